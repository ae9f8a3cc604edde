// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import {
  recallAcknowledgement,
  referralResponse,
  type Checkpoint,
  type ItemAnswer,
  type RecallAcknowledgement,
  type ReferralResponse,
} from '@tsunagi/contracts';
import {
  DomainError,
  japaneseDay,
  OutcomeCode,
  ReferralNotThereError,
  ReturnReason,
  takeStep,
  type ActionFacts,
  type ItemOutcome,
  type ReferralAction,
  type ReferralState,
} from '@tsunagi/domain';
import { Changes } from './changes';
import { myNumberIn } from './my-number';
import { acknowledgeRecall } from './recalls';
import { personsOf, referralsById, subjectOf, type ReferralRecord } from './referral.record';
import { deliveryById, Relay, setDeliveryState, type Delivery } from '../delivery';
import type { HubConfig } from '../hub.config';
import { Directory } from '../organizations';
import { addIdentifiers, lockPersons } from '../people';
import { Clock, Database, firstPointer, HUB_CONFIG, HUB_KEYS, type HubKeys, type Tx } from '../platform';
import { saveCheckpoint } from '../plugins';

export interface AnswerItem {
  readonly itemId: string;
  readonly response?: unknown;
  readonly acknowledgement?: unknown;
}

interface Outcome {
  readonly outcome: ItemOutcome;
  readonly codes: readonly string[];
  readonly referral?: string | undefined;
}

/** 103 定員・体制 waits at most so many days. */
const waitDays = 14;

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

  async take(plugin: string, items: readonly AnswerItem[], checkpoint?: Checkpoint): Promise<ItemAnswer[]> {
    const answers = await this.database.transaction(async (tx) => {
      const taken = await this.takeIn(tx, plugin, items);
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
    const deliveries = await deliveryById(
      tx,
      parsed.flatMap((p) => p.about?.deliveryId ?? []),
    );
    const unlocked = await referralsById(
      tx,
      [...deliveries.values()].map((d) => d.referral),
    );
    await lockPersons(tx, [...unlocked.values()].flatMap(personsOf));
    const referrals = await referralsById(tx, [...unlocked.keys()]);
    const changes = new Changes(
      { sealing: this.keys.sealing, directory: this.directory, legal: this.config.legal },
      now,
    );

    const rows = [];
    for (const { itemId, about, response, acknowledgement, pointer } of parsed) {
      if (answers.has(itemId)) continue;
      const delivery = about && deliveries.get(about.deliveryId);
      const referral = delivery && referrals.get(delivery.referral);
      const known = delivery?.plugin === plugin && delivery.kind === 'referral' ? referral : undefined;
      let outcome: Outcome = { outcome: 'rejected', codes: [pointer === undefined ? 'DELIVERY_UNKNOWN' : 'INVALID'] };
      if (delivery && known && response)
        outcome = await this.respond(tx, changes, plugin, delivery, changes.latest(known), response);
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
    await changes.save(tx);
    await tx.insert('response', rows);
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
  ): Promise<Outcome> {
    if (myNumberIn({ note: response.note, worker: response.worker }) !== undefined)
      return { outcome: 'rejected', codes: ['S-MYNUMBER'], referral: referral.id };
    if (delivery.state === 'recalled')
      return { outcome: 'rejected', codes: ['DELIVERY_RECALLED'], referral: referral.id };
    await setDeliveryState(tx, [delivery.id], 'read');
    try {
      this.take10to50(changes, `plugin:${plugin}`, referral, response);
      // A system speaks of its own numbers only.
      const system = referral.toFunction === undefined ? null : this.directory.function(referral.toFunction).system;
      const own = (response.identifiers ?? []).filter((i) => i.system === system);
      await addIdentifiers(tx, subjectOf(referral), own);
      return { outcome: 'accepted', codes: [], referral: referral.id };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { outcome: 'rejected', codes: [error.code], referral: referral.id };
    }
  }

  private take10to50(changes: Changes, actor: string, referral: ReferralRecord, response: ReferralResponse): void {
    const by = { actor, function: referral.toFunction };
    const note = {
      ...(response.note !== undefined && { note: response.note }),
      ...(response.worker !== undefined && { worker: response.worker }),
    };
    const also = {
      ...(response.worker !== undefined && { worker: response.worker }),
      ...(response.nextContactOn !== undefined && { nextContactOn: response.nextContactOn }),
    };
    const step = <A extends ReferralAction>(
      r: ReferralRecord,
      action: A,
      facts: ActionFacts<A>,
      reasons: string[] = [],
    ) =>
      changes.move(
        r,
        takeStep(r, { action, by: 'recipient', facts: facts, fromRecord: true }),
        by,
        { reasons, facts: note },
        also,
      );
    const arrived = (r: ReferralRecord) => (r.state === 'sent' ? step(r, 'receive', {}) : r);
    const worker = response.worker ?? referral.worker;
    const accepted = (r: ReferralRecord) =>
      past(arrived(r), ['received'], (a) =>
        step(a, 'accept', {
          ...(worker !== undefined && { worker: { name: worker } }),
          personMatched: true,
        } as ActionFacts<'accept'>),
      );
    const started = (r: ReferralRecord) =>
      past(accepted(r), ['accepted'], (a) =>
        step(a, 'start', { firstContact: { on: japaneseDay(new Date(response.at)), how: 'record' } }),
      );

    switch (response.code) {
      case '10':
        arrived(referral);
        return;
      case '20':
        must(accepted(referral), ['accepted', 'in_progress'], 'accept');
        return;
      case '30':
        must(started(referral), ['in_progress'], 'start');
        return;
      case '35':
        step(arrived(referral), 'hold', { reason: 'record', wakeOn: response.nextContactOn ?? wakeOn(response) });
        return;
      case '40': {
        const outcome = OutcomeCode.safeParse(response.outcome).data;
        const facts = { ...(outcome && { outcome }), note: response.note ?? '（記録なし）' } as ActionFacts<'complete'>;
        step(started(referral), 'complete', facts, outcome ? [outcome] : []);
        return;
      }
      case '45':
        step(arrived(referral), 'ask', { questions: response.note ?? '（記録なし）' });
        changes.remind({
          function: referral.fromFunction,
          role: 'caseworker',
          kind: 'answer_question',
          referral: referral.id,
        });
        return;
      case '50':
        this.giveBack(changes, by, arrived(referral), response, note);
        return;
      case '60':
        return;
      default:
        response.code satisfies never;
    }
  }

  /** A return read from a system waits for the supervisor, unless the function registered otherwise; 103 and 104 are none. */
  private giveBack(
    changes: Changes,
    by: { actor: string; function: string | undefined },
    referral: ReferralRecord,
    response: ReferralResponse,
    note: Record<string, string>,
  ): void {
    const reason = ReturnReason.safeParse(response.reason).data;
    const also = { ...(response.worker !== undefined && { worker: response.worker }) };
    if (reason === '103') {
      const facts = { reason: '103', wakeOn: wakeOn(response) };
      changes.move(
        referral,
        takeStep(referral, { action: 'hold', by: 'recipient', facts, fromRecord: true }),
        by,
        { reasons: ['103'], facts: note },
        also,
      );
      return;
    }
    if (reason === '104') {
      const facts = { worker: { name: response.worker ?? '（記録なし）' }, personMatched: true as const };
      changes.move(
        referral,
        takeStep(referral, { action: 'accept', by: 'recipient', facts, fromRecord: true }),
        by,
        { reasons: ['104'], facts: note },
        also,
      );
      return;
    }
    const reasons = reason ? [reason] : [];
    const facts = { reasons, whoTellsPerson: response.worker ?? '（記録なし）' };
    const step = takeStep(referral, { action: 'propose-return', by: 'recipient_supervisor', facts, fromRecord: true });
    const recipient = referral.toFunction !== undefined ? this.directory.function(referral.toFunction) : undefined;
    if (recipient?.returnsWithoutSupervisor === true) {
      changes.move(referral, step, by, { reasons, facts: note }, { ...also, proposedReasons: reasons });
      changes.remind({
        function: referral.fromFunction,
        role: 'caseworker',
        kind: 'agree_return',
        referral: referral.id,
      });
      return;
    }
    const asked = changes.record(referral, 'return_asked', by, { reasons, facts: note }, also);
    if (asked.toFunction !== undefined)
      changes.remind({ function: asked.toFunction, role: 'supervisor', kind: 'confirm_return', referral: asked.id });
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
  const { deliveryId, at, worker } = parsed.data;
  return { about: parsed.data, acknowledgement: { deliveryId, at, ...(worker !== undefined && { worker }) } };
}

/** Takes the step when the referral is still in one of these states; a later one has taken it already. */
function past(
  referral: ReferralRecord,
  states: readonly ReferralState[],
  step: (r: ReferralRecord) => ReferralRecord,
): ReferralRecord {
  return states.includes(referral.state) ? step(referral) : referral;
}

/** An answer that comes too late or out of order is refused by the state it finds. */
function must(referral: ReferralRecord, states: readonly ReferralState[], action: ReferralAction): void {
  if (!states.includes(referral.state)) throw new ReferralNotThereError(referral.state, action);
}

function wakeOn(response: ReferralResponse): string {
  return japaneseDay(new Date(Date.parse(response.at) + waitDays * 86_400_000));
}
