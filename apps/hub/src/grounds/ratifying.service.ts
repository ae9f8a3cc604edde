// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { Ratify } from '@tsunagi/contracts';
import {
  addDays,
  approvedDays,
  groundAlarm,
  holdsPost,
  isNearPost,
  japaneseDay,
  type AuthorityRow,
} from '@tsunagi/domain';
import { GroundChangedError, GroundDecidedError, NotThePostError } from './grounds.errors';
import { groundsWhere, sealDecision, toGround, type GroundRow } from './grounds.rows';
import { settleRatify } from './grounds.todos';
import { refuseResidenceStatus, type Caller } from '../access';
import { audit } from '../audit';
import { Directory } from '../organizations';
import {
  Clock,
  Database,
  HUB_KEYS,
  InvalidInputError,
  NotFoundError,
  OwnDraftError,
  type HubKeys,
  type Tx,
} from '../platform';
import { GroundedReferrals } from '../referrals';

/** The approver's word on what was recorded without a consent: never on one's own draft, and never by a contractor. */
@Injectable()
export class Ratifying {
  constructor(
    private readonly database: Database,
    private readonly referrals: GroundedReferrals,
    private readonly directory: Directory,
    private readonly clock: Clock,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  /** @param decision one in which the ground was considered */
  async ratify(caller: Caller, decision: string, version: number, body: Ratify): Promise<void> {
    const now = this.clock.now();
    const found = await this.groundOf(caller, decision, body);
    const row = this.rowOf(found);
    if (!row || !this.mayDecide(caller, found, row)) throw new NotThePostError();
    if (isOwnDraft(caller, found)) throw new OwnDraftError();
    if (found.decided_at !== null) throw new GroundDecidedError();
    if (found.version !== version) throw new GroundChangedError();
    refuseResidenceStatus(caller, found.function, body);
    const until = body.outcome === 'approved' ? lastDay(body, now) : undefined;
    const beyond = body.categories.findIndex((c) => !found.categories.includes(c));
    if (beyond >= 0)
      throw new InvalidInputError([{ code: 'custom', path: ['categories', beyond], message: 'not recorded' }], body);
    const by = { actor: caller.actor, function: found.function };
    await this.database.transaction(async (tx) => {
      await this.referrals.around(tx, by, found.referral, () =>
        this.write(tx, caller, found, row, { ...body, until }, now),
      );
      settleRatify(tx, found.referral, caller.actor, now);
      audit(tx, {
        at: now,
        ...by,
        action: `ground.${body.outcome}`,
        objectKind: 'referral',
        object: found.referral,
        details: { ground: found.id, code: found.code, categories: body.categories },
      });
    });
    this.referrals.committed();
  }

  private async write(
    tx: Tx,
    caller: Caller,
    found: GroundRow,
    row: AuthorityRow,
    { outcome, categories, until, words }: Ratify,
    now: Date,
  ): Promise<void> {
    const approved = [...new Set(categories)];
    const decided = {
      at: now.toISOString(),
      by: caller.actor,
      outcome,
      categories: approved,
      overRefusal: words !== undefined,
    };
    const next = groundAlarm({ ...toGround(found), decided, until }, row, now);
    const changed = await tx.query(
      `with d as (update ground set version = version + 1, decided_at = $3, decided_by = $4, outcome = $5, approved = $6, over_refusal = $7,
           decision_words = $8, until = $9, clock_at = $10
         where id = $1 and version = $2 and decided_at is null returning id) select id from d`,
      [
        found.id,
        found.version,
        now,
        caller.actor,
        outcome,
        approved,
        words !== undefined,
        words === undefined ? null : sealDecision(this.keys.sealing, found.id, words),
        until ?? null,
        next ?? null,
      ],
    );
    if (changed.length === 0) throw new GroundChangedError();
  }

  /** The one that is named, or the only one that waits. Where nothing is to be decided for this caller, nothing is there. */
  private async groundOf(caller: Caller, decision: string, { ground }: Ratify): Promise<GroundRow> {
    const considered = await groundsWhere(
      this.database,
      `id = any(array(select (g->>'id')::uuid from disclosure_decision d, jsonb_array_elements(d.inputs->'grounds') g where d.id = $1))`,
      [decision],
    );
    const near = considered.filter(
      (g) => isNearPost(caller, this.senderOf(g)) || this.mayDecide(caller, g, this.rowOf(g)),
    );
    if (near.length === 0) throw new NotFoundError();
    const waiting = near.filter((g) => (ground === undefined ? g.decided_at === null : g.id === ground));
    const [only] = waiting;
    if (only && waiting.length === 1) return only;
    if (waiting.length === 0 && ground === undefined) throw new GroundDecidedError();
    throw new InvalidInputError([{ code: 'custom', path: ['ground'], message: 'which of them' }], { decision });
  }

  private mayDecide(caller: Caller, ground: GroundRow, row: AuthorityRow | undefined): boolean {
    return row?.approvers.some((post) => holdsPost(caller, post, this.senderOf(ground))) === true;
  }

  private senderOf({ function: desk }: GroundRow) {
    return { function: desk, bodyKind: this.directory.party(desk).bodyKind };
  }

  private rowOf({ authority_row: id }: GroundRow): AuthorityRow | undefined {
    return this.directory.judgedAuthorities().find(({ row }) => row.id === id)?.row;
  }
}

/** A deputy of the drafter counts as the drafter. */
const isOwnDraft = (caller: Caller, { drafted_by: by }: GroundRow): boolean =>
  [caller.actor, ...caller.standsInFor.map((id) => `staff:${id}`)].includes(by);

function lastDay({ until }: Ratify, now: Date): string {
  const today = japaneseDay(now);
  const latest = addDays(today, approvedDays);
  if (until !== undefined && (until < today || until > latest))
    throw new InvalidInputError([{ code: 'custom', path: ['until'], message: 'within 30 days' }], { until });
  return until ?? latest;
}
