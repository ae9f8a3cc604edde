// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type {
  AuditAction,
  Proposal,
  ProposalItem,
  ProposalPage,
  ProposalQuery,
  ProposalSettled,
} from '@tsunagi/contracts';
import { desksFor, type Permit } from '@tsunagi/domain';
import { Changes } from './changes';
import { disclosedBy, mayArrive } from './claim-referral';
import { showAtDesk } from './correction';
import { dispatch } from './dispatch';
import { mattersOf, type Matters } from './matters';
import { changesBetween, openProposed, proposed, sealProposed, tagOf, type Proposed } from './proposed';
import {
  isRouted,
  openContent,
  personsOf,
  referralsById,
  referralsWhere,
  subjectOf,
  type ReferralRecord,
} from './referral.record';
import { NothingProposedError, ReferralUnknownError, VersionConflictError } from './referrals.errors';
import { viewpointOf } from './viewpoint';
import type { Caller } from '../access';
import { audit } from '../audit';
import { wishesOf, type Wishes } from '../consents';
import {
  approve,
  isProposal,
  proposalsTo,
  recalledOf,
  referralDeliveries,
  Relay,
  setDeliveryState,
  type Delivery,
  type Proposal as Queued,
} from '../delivery';
import { closeLedger, decideOn, isPermit, type DisclosableReferral } from '../disclosure';
import type { HubConfig } from '../hub.config';
import { enterLook } from '../looks';
import { Directory } from '../organizations';
import { lockPersons } from '../people';
import { Clock, Database, HUB_CONFIG, HUB_KEYS, type HubKeys, type Tx } from '../platform';

const pageSize = 100;

type Routed = ReferralRecord & DisclosableReferral;

/** What waits for staff of a desk, as it would be written at this moment; everybody in it is locked. */
interface Waiting {
  readonly referral: Routed;
  readonly delivery: Delivery;
  /** Of the same referral, oldest first. */
  readonly all: readonly Delivery[];
  readonly permit: Permit;
  readonly wishes: Wishes;
  readonly content: Proposed;
  readonly tag: string;
}

type Found = Omit<Queued, 'referral'> & { readonly referral: Routed };

/**
 * The confirm tray: where a site forbids unattended writes, what has come for a desk's system waits until its staff let it be
 * written, as they have seen it. Everything is decided at this moment, like at every claim.
 */
@Injectable()
export class Proposals {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly relay: Relay,
    private readonly clock: Clock,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  async list(caller: Caller, { cursor }: ProposalQuery = {}): Promise<ProposalPage> {
    const { found, next } = await this.page(caller, cursor);
    return {
      items: found.map(({ referral, kind, plugin, since }): ProposalItem => {
        const { id, kind: referralKind, urgency, toFunction } = referral;
        const to = this.directory.outline(toFunction);
        return { id, kind, referralKind, urgency, plugin, to, since: since.toISOString() };
      }),
      ...(next !== undefined && { next }),
    };
  }

  /** The first of them, for the list of what is to be done. */
  async waiting(caller: Caller): Promise<{ referral: string; toFunction: string; since: Date }[]> {
    const { found } = await this.page(caller, undefined);
    return found.map(({ referral, since }) => ({ referral: referral.id, toFunction: referral.toFunction, since }));
  }

  private async page(caller: Caller, cursor: string | undefined): Promise<{ found: Found[]; next?: string }> {
    const desks = desksFor(caller, 'writes.approve');
    if (desks.length === 0) return { found: [] };
    const rows = await proposalsTo(this.database, desks, { after: cursor, limit: pageSize + 1 });
    if (rows.length === 0) return { found: [] };
    const read = rows.slice(0, pageSize);
    const ids = read.map((p) => p.referral);
    const unread = { content: false };
    const known = await referralsWhere(this.database, 'id = any($1::uuid[])', [ids], unread);
    const referrals = new Map(known.map((r) => [r.id, r]));
    const wishes = await wishesOf(this.database, [...new Set(known.flatMap(personsOf))]);
    const last = rows.length > pageSize ? read.at(-1) : undefined;
    const found = read.flatMap((row): Found[] => {
      const referral = this.asOpen(caller, referrals.get(row.referral));
      return referral && this.permitNow(referral, row.plugin, wishes) ? [{ ...row, referral }] : [];
    });
    return { found, ...(last && { next: last.id }) };
  }

  /** To look at it is a disclosure before it arrives. @throws {ReferralUnknownError} @throws {NothingProposedError} */
  show(caller: Caller, id: string): Promise<Proposal> {
    return this.database.transaction(async (tx) => {
      const waiting = await this.locked(tx, caller, id);
      this.enter(tx, caller, waiting);
      const { referral, delivery, content, tag } = waiting;
      const last = await this.writtenLast(tx, waiting);
      const before = last && (last.approval ? openProposed(this.keys.sealing, last.id, last.approval) : undefined);
      return {
        id,
        kind: delivery.kind === 'supplement' ? 'supplement' : 'referral',
        referralKind: referral.kind,
        urgency: referral.urgency,
        plugin: delivery.plugin ?? '',
        to: this.directory.outline(referral.toFunction),
        since: (await this.since(tx, delivery)).toISOString(),
        version: tag,
        content,
        comparedWith: !last ? 'nothing' : before ? 'written' : 'not_kept',
        changes: changesBetween(before, content),
      };
    });
  }

  /** It is written as it was seen. @throws {VersionConflictError} when that is not how it would be written now. */
  async approve(caller: Caller, id: string, seen: string): Promise<ProposalSettled> {
    await this.database.transaction(async (tx) => {
      const waiting = await this.locked(tx, caller, id, seen);
      const { delivery, content } = waiting;
      const last = await this.writtenLast(tx, waiting);
      approve(tx, delivery, sealProposed(this.keys.sealing, delivery.id, content), last?.id);
      this.note(tx, caller, 'delivery.approved', waiting);
    });
    this.relay.wake();
    return { id, outcome: 'approved' };
  }

  /**
   * It is not written: its desk has it in the hub instead, where it can be opened, printed, answered and given back like anywhere.
   * @throws {VersionConflictError} when it would be written otherwise now
   */
  async decline(caller: Caller, id: string, seen: string): Promise<ProposalSettled> {
    await this.database.transaction(async (tx) => {
      const waiting = await this.locked(tx, caller, id, seen);
      const { delivery, permit, wishes } = waiting;
      const { directory, keys } = this;
      const changes = new Changes({ sealing: keys.sealing, directory, legal: this.config.legal }, this.clock.now());
      setDeliveryState(tx, [delivery.id], 'recalled', 'DECLINED');
      closeLedger(tx, [delivery.id], 'recalled');
      const { toFunction, state } = waiting.referral;
      // A correction of what its system has is shown here once, and the next one is for its system again.
      const staysHere = delivery.kind === 'referral' || state === 'sent';
      const after = staysHere ? changes.takeOnScreen(waiting.referral) : waiting.referral;
      const referral = { ...after, toFunction };
      if (state === 'sent')
        dispatch(tx, changes, referral, { permit, decision: changes.decide(referral, permit, wishes) }, directory);
      else showAtDesk(referral, permit, { tx, wishes, changes });
      await changes.save(tx);
      this.note(tx, caller, 'delivery.declined', waiting);
    });
    return { id, outcome: 'declined' };
  }

  /** @param seen the version that the caller has looked at */
  private async locked(tx: Tx, caller: Caller, id: string, seen?: string): Promise<Waiting> {
    const before = this.asOpen(caller, (await referralsById(tx, [id])).get(id));
    if (!before) throw new ReferralUnknownError();
    await lockPersons(tx, personsOf(before));
    const all = await referralDeliveries(tx, [id]);
    const delivery = all.filter(isProposal).at(-1);
    const matters: Matters | undefined = delivery && (await mattersOf(tx, [delivery.id], { content: true }));
    const referral = this.asOpen(caller, matters?.referrals.get(id));
    const permit = referral && delivery && matters && this.permitNow(referral, delivery.plugin, matters.wishes);
    if (!permit) throw new NothingProposedError();
    const { wishes, numbers } = matters;
    const contentOf = (r: ReferralRecord) => openContent(this.keys.sealing, r);
    const now = this.clock.now();
    const tools = { directory: this.directory, wishes, numbers, contentOf, now };
    const content = proposed(disclosedBy(delivery.id, referral, permit, tools));
    const tag = tagOf(delivery.id, content);
    if (seen !== undefined && seen !== tag) throw new VersionConflictError();
    return { referral, delivery, all, permit, wishes, content, tag };
  }

  /** The referral for who may let it be written at its desk. */
  private asOpen(caller: Caller, referral: ReferralRecord | undefined): Routed | undefined {
    if (!referral || !isRouted(referral)) return undefined;
    if (!desksFor(caller, 'writes.approve').includes(referral.toFunction)) return undefined;
    return viewpointOf(caller, referral, this.directory)?.recipient ? referral : undefined;
  }

  /** On what it would be written now; `undefined` = it would not be. */
  private permitNow(referral: Routed, plugin: string | null, wishes: Wishes): Permit | undefined {
    const { directory } = this;
    if (!mayArrive(referral) || plugin === null || !directory.isServedBy(referral.toFunction, plugin)) return undefined;
    const decision = decideOn(referral, wishes, directory, this.clock.now());
    return isPermit(decision) && directory.wayOf(decision.rows) !== 'hub_only' ? decision : undefined;
  }

  /** What the system was told to write last of this referral and may keep. */
  private async writtenLast(tx: Tx, { delivery, all }: Waiting): Promise<Delivery | undefined> {
    const gone = all.filter((d) => d.id !== delivery.id && d.plugin === delivery.plugin && d.go_at !== null);
    const recalled = await recalledOf(
      tx,
      gone.map((d) => d.id),
    );
    return gone.filter((d) => !recalled.has(d.id)).at(-1);
  }

  private async since(tx: Tx, { id }: Delivery): Promise<Date> {
    const [row] = await tx.query<{ since: Date }>('select not_before as since from delivery where id = $1', [id]);
    return row?.since ?? this.clock.now();
  }

  private enter(tx: Tx, { actor: viewer }: Caller, { referral, delivery, permit }: Waiting): void {
    const { id, members, contentVersion, fromFunction, toFunction } = referral;
    const personOf = (ref: string) => members.find((m) => m.ref === ref)?.person ?? '';
    enterLook(
      tx,
      {
        ...{ way: 'read', what: 'referral', viewer, referral: id, person: subjectOf(referral) },
        ...{ function: toFunction, from: fromFunction, authority: permit.authority },
        members: permit.members.map(({ ref, categories }) => ({
          ref,
          person: personOf(ref),
          categories: [...categories],
        })),
        version: contentVersion,
        details: { delivery: delivery.id },
      },
      this.clock.now(),
    );
  }

  private note(tx: Tx, { actor }: Caller, action: AuditAction, { referral, delivery }: Waiting): void {
    audit(tx, {
      ...{ at: this.clock.now(), actor, function: referral.toFunction, action },
      ...{ objectKind: 'delivery', object: delivery.id },
      details: { referral: referral.id, plugin: delivery.plugin, contentVersion: referral.contentVersion },
    });
  }
}
