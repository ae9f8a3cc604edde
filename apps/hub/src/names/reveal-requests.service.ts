// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { NewRevealRequest, RevealDecided, RevealRequests as Listed } from '@tsunagi/contracts';
import { desksFor, type RevealPurpose } from '@tsunagi/domain';
import { RevealNotNeededError } from './names.errors';
import { refuseResidenceStatus, type Caller } from '../access';
import { audit } from '../audit';
import { Clock, Database, HUB_KEYS, newId, NotFoundError, type HubKeys, type Tx } from '../platform';
import { askedSince, Names, remind } from '../referrals';

/** How long whoever has asked may see the name once another one has agreed (ours). */
const releasedMs = 15 * 60_000;

interface RequestRow {
  id: string;
  referral: string;
  function: string;
  purpose: RevealPurpose;
  reason: Buffer;
  asked_by: string;
  asker: string | null;
  asked_at: Date;
  approved: boolean | null;
  until: Date | null;
}

/** Two persons show the name of somebody who is protected: one asks and says why, a supervisor of the desk agrees. */
@Injectable()
export class RevealRequests {
  constructor(
    private readonly database: Database,
    private readonly names: Names,
    private readonly clock: Clock,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  /** Has another one released this name to this caller, for now? */
  async isReleased({ actor }: Caller, referral: string): Promise<boolean> {
    const rows = await this.database.query(
      'select 1 from reveal_request where referral = $1 and asked_by = $2 and approved and until > $3 limit 1',
      [referral, actor, this.clock.now()],
    );
    return rows.length > 0;
  }

  /** Asked again while it waits, it is the one that waits. @throws {NotFoundError} @throws {RevealNotNeededError} */
  async ask(caller: Caller, referral: string, { purpose, reason }: NewRevealRequest): Promise<{ id: string }> {
    const at = await this.names.atDesk(caller, referral);
    if (!at) throw new NotFoundError();
    if (!at.protected) throw new RevealNotNeededError();
    refuseResidenceStatus(caller, at.desk, { reason });
    const now = this.clock.now();
    const id = newId(now);
    return this.database.transaction(async (tx) => {
      // What nobody has answered in time does not stand in the way.
      await tx.query(
        'update reveal_request set decided_at = $3, approved = false where referral = $1 and asked_by = $2 and decided_at is null and asked_at <= $4',
        [referral, caller.actor, now, askedSince(now)],
      );
      const [asked] = await tx.query<{ id: string }>(
        `insert into reveal_request (id, referral, function, purpose, reason, asked_by, asked_at) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (referral, asked_by) where decided_at is null do nothing returning id`,
        [id, referral, at.desk, purpose, this.keys.sealing.seal(place(id), reason), caller.actor, now],
      );
      if (!asked) {
        const [waiting] = await tx.query<{ id: string }>(
          'select id from reveal_request where referral = $1 and asked_by = $2 and decided_at is null',
          [referral, caller.actor],
        );
        // Decided at this very moment: it is asked for anew by whoever asks again.
        if (!waiting) throw new NotFoundError();
        return waiting;
      }
      remind(tx, [{ function: at.desk, role: 'supervisor', kind: 'release_name', referral, at: now }]);
      this.testify(tx, caller, 'asked', { id, referral, function: at.desk, purpose }, now);
      return asked;
    });
  }

  /** What waits for the caller's word, and what became of the caller's own. */
  async list(caller: Caller): Promise<Listed> {
    const now = this.clock.now();
    const rows = await this.database.query<RequestRow>(
      `select ${columns} from reveal_request q left join staff s on q.asked_by = 'staff:' || s.id
       where q.asked_at > $4 and ((q.decided_at is null and q.asked_by <> $1 and q.function = any($2::uuid[]))
         or (q.asked_by = $1 and q.function = any($3::uuid[])))
       order by q.id limit 200`,
      [caller.actor, desksFor(caller, 'names.release'), desksFor(caller, 'persons.find'), askedSince(now)],
    );
    const items: Listed['items'] = [];
    // Whoever may not see it any more, or is shut out from it by name, hears of no request.
    for (const row of rows) if (await this.names.atDesk(caller, row.referral)) items.push(this.shown(row, caller, now));
    return { items };
  }

  /** @throws {NotFoundError} absent, decided, the caller's own, or not for this caller */
  async decide(caller: Caller, id: string, approved: boolean): Promise<RevealDecided> {
    const desks = desksFor(caller, 'names.release');
    const now = this.clock.now();
    const [found] = await this.database.query<{ referral: string }>(
      'select referral from reveal_request where id = $1 and decided_at is null and asked_by <> $2 and function = any($3::uuid[]) and asked_at > $4',
      [id, caller.actor, desks, askedSince(now)],
    );
    if (!found || !(await this.names.atDesk(caller, found.referral))) throw new NotFoundError();
    const until = approved ? new Date(now.getTime() + releasedMs) : undefined;
    await this.database.transaction(async (tx) => {
      const [row] = await tx.query<{ referral: string; function: string; purpose: RevealPurpose }>(
        `update reveal_request set decided_by = $2, decided_at = $3, approved = $4, until = $5
         where id = $1 and decided_at is null and asked_by <> $2 and function = any($6::uuid[]) returning referral, function, purpose`,
        [id, caller.actor, now, approved, until ?? null, desks],
      );
      if (!row) throw new NotFoundError();
      await tx.query(
        `update todo t set done_at = $3, done_by = $4 where t.kind = 'release_name' and t.referral = $1 and t.function = $2 and t.done_at is null
           and not exists (select 1 from reveal_request q where q.referral = t.referral and q.function = t.function and q.decided_at is null)`,
        [row.referral, row.function, now, caller.actor],
      );
      this.testify(tx, caller, approved ? 'approved' : 'refused', { id, ...row }, now);
    });
    return { id, state: approved ? 'approved' : 'refused', ...(until && { until: until.toISOString() }) };
  }

  private shown(row: RequestRow, { actor }: Caller, now: Date): Listed['items'][number] {
    const stands = row.approved === true && row.until !== null && row.until > now;
    return {
      id: row.id,
      referralId: row.referral,
      state: row.approved === null ? 'waiting' : !row.approved ? 'refused' : stands ? 'approved' : 'ended',
      purpose: row.purpose,
      reason: this.keys.sealing.open<string>(place(row.id), row.reason),
      askedBy: row.asker ?? '—',
      mine: row.asked_by === actor,
      askedAt: row.asked_at.toISOString(),
      ...(stands && { until: row.until?.toISOString() }),
    };
  }

  private testify(
    tx: Tx,
    { actor }: Caller,
    what: 'asked' | 'approved' | 'refused',
    of: { id: string; referral: string; function: string; purpose: RevealPurpose },
    at: Date,
  ): void {
    audit(tx, {
      ...{ at, actor, function: of.function, action: `reveal.${what}`, objectKind: 'referral', object: of.referral },
      details: { request: of.id, purpose: of.purpose },
    });
  }
}

const columns = `q.id, q.referral, q.function, q.purpose, q.reason, q.asked_by, s.name as asker, q.asked_at, q.approved, q.until`;
const place = (id: string) => `reveal_request:${id}`;
