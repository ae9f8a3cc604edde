// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { isRecipient, openStates, type Consent, type ReferralState } from '@tsunagi/domain';
import { pluginTo } from './channel';
import { Changes } from './changes';
import { isRouted, personsOf, referralsWhere, subjectOf, type ReferralRecord } from './referral.record';
import { audit } from '../audit';
import { wishesOf } from '../consents';
import { referralDeliveries, Relay, setDeliveryState, type Delivery } from '../delivery';
import { closeLedger } from '../disclosure';
import type { HubConfig } from '../hub.config';
import { Directory, type FunctionOperator } from '../organizations';
import { lockPersons } from '../people';
import { nobodyNamed } from '../support-units';
import { Clock, Database, HUB_CONFIG, HUB_KEYS, Log, type HubKeys, type Tx } from '../platform';

/** Whether a day has come is looked at in memory, so it may be looked at often. */
const lookEveryMs = 500;
/** Referrals of one transaction. */
const batch = 50;

/** Released to the desk and still with it, or waiting to be. */
const concerned: readonly ReferralState[] = [...openStates].filter((s) => s !== 'returned');
/** Somebody at the desk has it in hand. */
const inHand: ReadonlySet<ReferralState> = new Set(concerned.filter((s) => s !== 'sent'));

interface Due {
  readonly id: string;
  readonly function: string;
  readonly organization: string;
  readonly newHands: boolean;
  readonly cursor: string | null;
}

/**
 * A desk has come into other hands, or is reached another way. Who may see what changes at midnight by itself (Directory,
 * Callers); here the open referrals are put on the list of those who follow: in the same state, with nobody named, and
 * what is on its way to the system of those before goes to theirs.
 */
@Injectable()
export class Handovers implements OnModuleInit, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly relay: Relay,
    private readonly clock: Clock,
    private readonly log: Log,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => {
      this.running ??= this.carryOut()
        .catch((error: unknown) => this.log.failure('handovers', error))
        .finally(() => (this.running = undefined));
    }, lookEveryMs);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async carryOut(): Promise<void> {
    for (const operator of this.directory.dueHandovers()) {
      while (await this.step(operator));
      await this.directory.refresh();
      this.relay.wake();
    }
  }

  /** A batch of referrals. @returns whether there is more to do, and for this process */
  private step(operator: FunctionOperator): Promise<boolean> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const due = await this.lock(tx, operator);
      if (!due) return false;
      const referrals = await referralsWhere(
        tx,
        `to_function = $1 and state = any($2::text[]) and ($3::uuid is null or id > $3) order by id limit ${batch}`,
        [due.function, concerned, due.cursor],
      );
      await lockPersons(tx, referrals.flatMap(personsOf));
      const locked = await referralsWhere(tx, 'id = any($1::uuid[]) order by id', [referrals.map((r) => r.id)]);
      await this.passOn(
        tx,
        due,
        locked.filter((r) => concerned.includes(r.state)),
        now,
      );
      const last = referrals.at(-1);
      if (last) {
        await tx.query('update function_operator set handover_cursor = $2 where id = $1', [due.id, last.id]);
        return true;
      }
      await this.complete(tx, due, now);
      return false;
    });
  }

  /** Held until the transaction ends: two processes do not do the same. */
  private async lock(tx: Tx, operator: FunctionOperator): Promise<Due | undefined> {
    const [row] = await tx.query<{ handover_cursor: string | null; channel_only: boolean }>(
      'select handover_cursor, channel_only from function_operator where id = $1 and handed_over_at is null for update skip locked',
      [operator.id],
    );
    if (!row) return undefined;
    const [before] = await tx.query<{ organization: string }>(
      'select organization from function_operator where function = $1 and valid_from < $2 order by valid_from desc limit 1',
      [operator.function, operator.validFrom],
    );
    const { id, function: desk, organization } = operator;
    const newHands = !row.channel_only && before !== undefined && before.organization !== organization;
    return { id, function: desk, organization, newHands, cursor: row.handover_cursor };
  }

  private async passOn(tx: Tx, due: Due, referrals: readonly ReferralRecord[], now: Date): Promise<void> {
    const tools = { sealing: this.keys.sealing, directory: this.directory, legal: this.config.legal };
    const changes = new Changes(tools, now);
    const deliveries = await referralDeliveries(
      tx,
      referrals.map((r) => r.id),
    );
    const { consents } = due.newHands
      ? await wishesOf(tx, [...new Set(referrals.flatMap(personsOf))])
      : { consents: [] };

    for (const referral of referrals) {
      if (due.newHands && inHand.has(referral.state)) {
        const desk = { actor: 'core', function: due.function };
        changes.record(referral, 'hand-over', desk, {}, { worker: undefined, nextContactOn: undefined });
        this.remind(changes, due.function, 'unassigned', referral);
      } else changes.look(referral);
      for (const desk of new Set(consents.filter((c) => this.namesAnother(c, referral, due)).map((c) => c.givenTo)))
        this.remind(changes, desk, 'ask_consent_again', referral);
      this.reroute(
        tx,
        changes,
        referral,
        deliveries.filter((d) => d.referral === referral.id),
      );
    }
    await changes.save(tx);
  }

  /** What nobody was told to write yet goes no further by the way of before; their system gets what is with their desk. */
  private reroute(tx: Tx, changes: Changes, referral: ReferralRecord, deliveries: readonly Delivery[]): void {
    if (!isRouted(referral)) return;
    const plugin = pluginTo(referral, this.directory);
    const [there, elsewhere] = [true, false].map((is) =>
      deliveries.filter((d) => (d.plugin === (plugin ?? null)) === is),
    );
    const stale = (elsewhere ?? [])
      .filter((d) => d.go_at === null && ['queued', 'claimed', 'sent', 'parked'].includes(d.state))
      .map((d) => d.id);
    setDeliveryState(tx, stale, 'recalled', 'OTHER_CHANNEL');
    closeLedger(tx, stale, 'recalled');
    if (plugin !== undefined && there?.length === 0)
      changes.deliver({ plugin, kind: 'referral', referral: referral.id, person: subjectOf(referral) });
  }

  /** A consent of one of its people toward this desk that names an organization which does not work there any more. */
  private namesAnother(consent: Consent, referral: ReferralRecord, due: Due): boolean {
    return (
      consent.namedOrganization !== undefined &&
      consent.namedOrganization !== due.organization &&
      consent.status === 'active' &&
      consent.supersededBy === undefined &&
      consent.givenTo === referral.fromFunction &&
      personsOf(referral).includes(consent.person) &&
      consent.scope.recipients.some((r) => isRecipient(r, this.directory.party(due.function)))
    );
  }

  private remind(
    changes: Changes,
    desk: string,
    kind: 'unassigned' | 'ask_consent_again',
    referral: ReferralRecord,
  ): void {
    changes.remind({ function: desk, role: 'caseworker', kind, referral: referral.id });
  }

  /** From now on the function itself says where it is, what it is in law and how it is reached. */
  private async complete(tx: Tx, due: Due, now: Date): Promise<void> {
    await tx.query(
      `update desk_function f set desk = coalesce(o.desk, f.desk), body_kind = coalesce(o.body_kind, f.body_kind),
         channel = coalesce(o.channel, f.channel), system = case when o.channel is null then f.system else o.system end
       from function_operator o where o.id = $1 and f.id = o.function`,
      [due.id],
    );
    await tx.query('update function_operator set handed_over_at = $2 where id = $1', [due.id, now]);
    if (due.newHands) await nobodyNamed(tx, due.function);
    audit(tx, {
      actor: 'hub',
      function: due.function,
      action: 'desk_function.handed_over',
      objectKind: 'desk_function',
      object: due.function,
      details: { organization: due.organization, newHands: due.newHands },
      at: now,
    });
  }
}
