// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import {
  recallAcknowledgement,
  referralResponse,
  type Checkpoint,
  type ItemAnswer,
  type ItemOrigin,
  type RecallAcknowledgement,
  type ReferralResponse,
} from '@tsunagi/contracts';
import {
  DomainError,
  japaneseDay,
  planAnswer,
  ReferralNotThereError,
  takeStep,
  type ItemOutcome,
  type Protection,
} from '@tsunagi/domain';
import { speaksOfResidenceStatus } from '@tsunagi/text';
import { Changes, type Acting } from './changes';
import { afterProposal } from './journeys';
import { myNumberIn } from './my-number';
import { acknowledgeRecall } from './recalls';
import { isProtected } from './protected-content';
import { personsOf, referralsById, subjectOf, type ReferralRecord } from './referral.record';
import { rowsOfAnswers } from './rows-of-items';
import { releaseTwins } from './twins';
import { bringsContent, deliveryById, recalledOf, Relay, setDeliveryState, type Delivery } from '../delivery';
import { closeLedger } from '../disclosure';
import type { HubConfig } from '../hub.config';
import { Directory } from '../organizations';
import { addIdentifiers, lockPersons, protectionOf } from '../people';
import {
  Clock,
  countGuarded,
  Database,
  firstPointer,
  HUB_CONFIG,
  HUB_KEYS,
  type HubKeys,
  isGuarded,
  type Tx,
} from '../platform';
import { keepWaiting, saveCheckpoint, settleWaiting, type Place } from '../plugins';

export interface AnswerItem {
  readonly itemId: string;
  readonly response?: unknown;
  readonly acknowledgement?: unknown;
  readonly origin?: ItemOrigin | undefined;
}

interface Outcome {
  readonly outcome: ItemOutcome;
  readonly codes: readonly string[];
  readonly referral?: string | undefined;
}

/**
 * Takes the answers of recipients' systems. A plugin proposes; whether a step may be taken is judged by the table of
 * transitions, with what the state is now. An answer proves its delivery; 引受 without 到着 implies 到着.
 */
@Injectable()
export class Responses {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly relay: Relay,
    private readonly clock: Clock,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  async take(
    plugin: string,
    items: readonly AnswerItem[],
    checkpoint?: Checkpoint,
    place: Place = {},
  ): Promise<ItemAnswer[]> {
    const answers = await this.database.transaction(async (tx) => {
      const taken = await this.takeIn(tx, plugin, items);
      const from = { ...place, plugin };
      const now = this.clock.now();
      const { right, waiting } = rowsOfAnswers(items, taken);
      await settleWaiting(tx, from, right, [], now);
      await keepWaiting(tx, from, waiting, now);
      if (checkpoint) await saveCheckpoint(tx, plugin, checkpoint);
      return taken;
    });
    this.relay.wake();
    return answers;
  }

  private async takeIn(tx: Tx, plugin: string, items: readonly AnswerItem[]): Promise<ItemAnswer[]> {
    const now = this.clock.now();
    const sender = `plugin:${plugin}`;
    const answers = new Map<string, Outcome>();
    const first = await tx.query<{ item_id: string; outcome: ItemOutcome; codes: string[]; referral: string | null }>(
      'select item_id, outcome, codes, referral from response where sender = $1 and item_id = any($2::text[])',
      [sender, items.map((i) => i.itemId)],
    );
    for (const r of first)
      answers.set(r.item_id, { outcome: r.outcome, codes: r.codes, referral: r.referral ?? undefined });

    const parsed = items.filter((i) => !answers.has(i.itemId)).map((i) => ({ itemId: i.itemId, ...parse(i) }));
    const about = parsed.flatMap((p) => p.about?.deliveryId ?? []);
    const unlocked = await referralsById(
      tx,
      [...(await deliveryById(tx, about)).values()].map((d) => d.referral),
    );
    await lockPersons(tx, [...unlocked.values()].flatMap(personsOf));
    // Something may have been taken back while this waited.
    const deliveries = await deliveryById(tx, about);
    const referrals = await referralsById(tx, [...unlocked.keys()]);
    const changes = new Changes(
      { sealing: this.keys.sealing, directory: this.directory, legal: this.config.legal },
      now,
    );

    const noted = parsed.some((p) => p.response?.note !== undefined);
    const protection = noted ? await protectionOf(tx, [...referrals.values()].flatMap(personsOf)) : {};
    const rows = [];
    for (const { itemId, about, response, acknowledgement, pointer } of parsed) {
      if (answers.has(itemId)) continue;
      const delivery = about && deliveries.get(about.deliveryId);
      const referral = delivery && referrals.get(delivery.referral);
      const known = delivery?.plugin === plugin && bringsContent(delivery) ? referral : undefined;
      let outcome: Outcome = { outcome: 'rejected', codes: [pointer === undefined ? 'DELIVERY_UNKNOWN' : 'INVALID'] };
      if (delivery?.plugin === plugin && response && isStatusTakenIn(delivery, response))
        outcome = statusRead(tx, delivery);
      else if (delivery && known && response)
        outcome = await this.respond(tx, changes, plugin, delivery, changes.latest(known), response, protection);
      else if (delivery && known && acknowledgement)
        outcome = await acknowledgeRecall(tx, changes, known, acknowledgement, `plugin:${plugin}`);
      answers.set(itemId, outcome);
      rows.push({
        sender,
        item_id: itemId,
        delivery: known ? delivery?.id : null,
        referral: known?.id ?? null,
        code: response?.code ?? (acknowledgement ? '60' : ''),
        outcome: outcome.outcome,
        codes: outcome.codes,
        at: now.toISOString(),
      });
    }
    await releaseTwins(tx, changes, this.directory);
    await changes.save(tx);
    tx.insert('response', rows);
    await countGuarded(tx, `${sender}/answer`, rows.filter((r) => r.codes.some(isGuarded)).length, now);
    return items.flatMap(({ itemId }) => {
      const a = answers.get(itemId);
      return a
        ? [
            {
              itemId,
              outcome: a.outcome,
              codes: [...a.codes],
              ...(a.referral !== undefined && { referralId: a.referral }),
            },
          ]
        : [];
    });
  }

  private async respond(
    tx: Tx,
    changes: Changes,
    plugin: string,
    delivery: Delivery,
    referral: ReferralRecord,
    response: ReferralResponse,
    protection: Protection,
  ): Promise<Outcome> {
    if (myNumberIn({ note: response.note, worker: response.worker }) !== undefined)
      return { outcome: 'rejected', codes: ['S-MYNUMBER'], referral: referral.id };
    if (delivery.state === 'recalled')
      return { outcome: 'rejected', codes: ['DELIVERY_RECALLED'], referral: referral.id };
    // Nobody was told to write it, so nobody can have read it.
    if (delivery.go_at === null) return { outcome: 'rejected', codes: ['DELIVERY_UNKNOWN'], referral: referral.id };
    // A system that served the desk under its last operator has no say there any more.
    if (referral.toFunction === undefined || !this.directory.isServedBy(referral.toFunction, plugin))
      return { outcome: 'rejected', codes: ['FUNCTION_NOT_YOURS'], referral: referral.id };
    const here = await this.arrived(tx, changes, delivery, referral);
    const { note, ...bare } = response;
    // Nobody reads it before it goes back: it stays where it was written, and the rest counts.
    const leftOut = note === undefined ? undefined : whyLeftOut(note, referral, protection);
    try {
      const answered = leftOut === undefined ? response : bare;
      await this.answer(tx, changes, { actor: `plugin:${plugin}`, function: referral.toFunction }, here, answered);
      // A system speaks of its own numbers only.
      const system = referral.toFunction === undefined ? null : this.directory.function(referral.toFunction).system;
      const own = (response.identifiers ?? []).filter((i) => i.system === system);
      addIdentifiers(tx, subjectOf(referral), own);
      return { outcome: 'accepted', codes: leftOut === undefined ? [] : [leftOut], referral: referral.id };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      // Where the state has moved because it was taken back, that is the reason the desk understands.
      const recalled = error instanceof ReferralNotThereError && (await recalledOf(tx, [delivery.id])).has(delivery.id);
      return { outcome: 'rejected', codes: [recalled ? 'DELIVERY_RECALLED' : error.code], referral: referral.id };
    }
  }

  /** An answer proves its delivery, whatever becomes of the answer: what it brought has arrived and was read. */
  private async arrived(
    tx: Tx,
    changes: Changes,
    delivery: Delivery,
    referral: ReferralRecord,
  ): Promise<ReferralRecord> {
    setDeliveryState(tx, [delivery.id], 'read');
    closeLedger(tx, [delivery.id], 'written');
    return referral.state === 'sent'
      ? changes.move(referral, takeStep(referral, { action: 'deliver', by: 'core', facts: {} }), { actor: 'core' })
      : referral;
  }

  /** Takes the steps that the answer stands for, all or none. */
  private async answer(
    tx: Tx,
    changes: Changes,
    by: Acting,
    referral: ReferralRecord,
    response: ReferralResponse,
  ): Promise<void> {
    const { at, ...said } = response;
    const recipient = referral.toFunction === undefined ? undefined : this.directory.function(referral.toFunction);
    const plan = planAnswer(
      referral,
      {
        ...said,
        on: japaneseDay(new Date(at)),
        takenOn: japaneseDay(changes.now),
        worker: said.worker ?? referral.worker,
      },
      { returnsWithoutSupervisor: recipient?.returnsWithoutSupervisor === true },
    );
    const { worker, nextContactOn, note } = response;
    const named = { ...(worker !== undefined && { worker }) };
    const facts = { ...(note !== undefined && { note }), ...named };
    const also = { ...(worker !== undefined && { worker }), ...(nextContactOn !== undefined && { nextContactOn }) };
    let latest = referral;
    for (const [n, { taken, reasons, wakeOn }] of plan.steps.entries()) {
      const remembered = {
        ...also,
        ...(taken.to === 'return_proposed' && { proposedReasons: reasons }),
        ...(wakeOn !== undefined && { wakeOn }),
      };
      // What is written in an answer is said of the step it stands for, not of those that it implies.
      const said = n === plan.steps.length - 1 ? facts : named;
      latest = changes.move(latest, taken, by, { reasons, facts: said }, remembered);
      if (taken.to === 'return_proposed') latest = await afterProposal(tx, changes, latest);
      if (taken.to === 'completed' && reasons.includes('013') && recipient)
        changes.remind({ function: recipient.id, role: 'caseworker', kind: 'refer_on', referral: latest.id });
    }
    // Where nothing moves, what is new is written down, and told as far as it may go back.
    const isNew =
      note !== undefined ||
      (worker !== undefined && worker !== latest.worker) ||
      (nextContactOn !== undefined && nextContactOn !== latest.nextContactOn);
    if (plan.steps.length === 0 && !plan.returnAsked && isNew) changes.record(latest, 'noted', by, { facts }, also);
    if (!plan.returnAsked) return;
    changes.record(latest, 'return_asked', by, { reasons: plan.returnAsked, facts }, { ...also, returnAsked: true });
  }
}

function parse(item: AnswerItem): {
  about?: { deliveryId: string };
  response?: ReferralResponse;
  acknowledgement?: RecallAcknowledgement;
  pointer?: string;
} {
  if (item.acknowledgement !== undefined) {
    const parsed = recallAcknowledgement.safeParse(item.acknowledgement);
    return parsed.success
      ? { about: parsed.data, acknowledgement: parsed.data }
      : { pointer: firstPointer(parsed.error) };
  }
  const parsed = referralResponse.safeParse(item.response);
  if (!parsed.success) return { pointer: firstPointer(parsed.error) };
  if (parsed.data.code !== '60') return { about: parsed.data, response: parsed.data };
  const { deliveryId, at, worker, disposition } = parsed.data;
  return {
    about: parsed.data,
    acknowledgement: {
      deliveryId,
      at,
      ...(worker !== undefined && { worker }),
      ...(disposition && { disposition }),
    },
  };
}

/** A status is no question: of its own record a system can only say that it has it. */
const isStatusTakenIn = (delivery: Delivery, { code }: ReferralResponse) =>
  delivery.kind === 'status' && code === '10' && delivery.go_at !== null && delivery.state !== 'recalled';

function statusRead(tx: Tx, { id, referral }: Delivery): Outcome {
  setDeliveryState(tx, [id], 'read');
  closeLedger(tx, [id], 'written');
  return { outcome: 'accepted', codes: [], referral };
}

/** Why a text of a system does not go back: it speaks of a 在留資格, or may tell where one who is protected is. */
function whyLeftOut(
  note: string,
  referral: ReferralRecord,
  protection: Protection,
): 'RESIDENCE_STATUS_TEXT' | 'SEALED_TEXT_UNCHECKED' | undefined {
  if (speaksOfResidenceStatus(note)) return 'RESIDENCE_STATUS_TEXT';
  return isProtected(referral, protection) ? 'SEALED_TEXT_UNCHECKED' : undefined;
}
