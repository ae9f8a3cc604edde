// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type {
  DisclosureRequest,
  DisclosureRequestAnswer,
  DisclosureRequestList,
  DisclosureRequestsQuery,
  NewDisclosureRequest,
} from '@tsunagi/contracts';
import {
  desksFor,
  japaneseDay,
  mayForAll,
  type AskedBy,
  type DisclosureAnswer,
  type DisclosureRefusal,
  type IdentityCheck,
} from '@tsunagi/domain';
import { RequestAnsweredError } from './persons.errors';
import { actingFor, type Caller } from '../access';
import { audit } from '../audit';
import { Directory } from '../organizations';
import { lockPersons, tookPart, withMeant } from '../people';
import { changeAt, Clock, Database, newId, NotFoundError, type Tx } from '../platform';
import { remindOfPersons, SubmissionRejectedError } from '../referrals';

interface RequestRow {
  readonly id: string;
  readonly version: number;
  readonly person: string;
  readonly function: string | null;
  readonly asked_by: AskedBy;
  readonly asked_on: string;
  readonly identity: IdentityCheck;
  readonly recorded_at: Date;
  readonly outcome: DisclosureAnswer | null;
  readonly answered_on: string | null;
  readonly reason: DisclosureRefusal | null;
}
const columns =
  'id, version, person, function, asked_by, asked_on::text, identity, recorded_at, outcome, answered_on::text, reason';
const most = 500;

/**
 * Somebody has asked what was disclosed of a person. The desk where that was said writes it down and hears no more of it: who asks may
 * be the one whom the person fears, and may know somebody there.
 */
@Injectable()
export class DisclosureRequests {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  async record(caller: Caller, body: NewDisclosureRequest): Promise<{ id: string }> {
    const now = this.clock.now();
    if (body.askedOn > japaneseDay(now)) throw new SubmissionRejectedError('DATE_IN_FUTURE', '/askedOn');
    const id = newId(now);
    const isOfficer = mayForAll(caller, 'disclosures.ask');
    const desk = isOfficer ? undefined : actingFor(caller);
    const mine = desksFor(caller, 'disclosures.ask').filter((f) => f === desk);
    await withMeant(this.database, body.person, mine, ({ person, functions }) =>
      this.database.transaction(async (tx) => {
        await lockPersons(tx, [person]);
        const knows = isOfficer ? await isPerson(tx, person) : await tookPart(tx, person, caller, functions);
        if (!knows) throw new NotFoundError();
        tx.insert('disclosure_request', [
          {
            ...{ id, person, function: desk, asked_by: body.askedBy, asked_on: body.askedOn, identity: body.identity },
            ...{ recorded_by: caller.actor, recorded_at: now.toISOString() },
          },
        ]);
        if (desk !== undefined)
          remindOfPersons(tx, [
            { function: desk, role: 'privacy_officer', kind: 'review_disclosures', person, at: now },
          ]);
        audit(tx, {
          ...{ at: now, actor: caller.actor, function: desk, action: 'disclosures.asked' },
          ...{ objectKind: 'person', object: person, details: { request: id, askedBy: body.askedBy } },
        });
      }),
    );
    return { id };
  }

  async list({ answered }: DisclosureRequestsQuery): Promise<DisclosureRequestList> {
    const rows = await this.database.query<RequestRow>(
      `select ${columns} from disclosure_request where $1::boolean is null or (answered_at is not null) = $1
       order by id desc limit ${most + 1}`,
      [answered === undefined ? null : answered === 'true'],
    );
    return {
      items: rows.slice(0, most).map((row) => this.view(row)),
      ...(rows.length > most && { more: true as const }),
    };
  }

  /** @throws {NotFoundError} @throws {RequestAnsweredError} @throws {ChangedMeanwhileError} */
  async answer(caller: Caller, id: string, version: number, body: DisclosureRequestAnswer): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const [row] = await tx.query<RequestRow>(`select ${columns} from disclosure_request where id = $1 for update`, [
        id,
      ]);
      if (!row) throw new NotFoundError();
      if (row.version === version && row.outcome !== null) throw new RequestAnsweredError();
      if (body.on > japaneseDay(now)) throw new SubmissionRejectedError('DATE_IN_FUTURE', '/on');
      await changeAt(tx, 'disclosure_request', id, version, {
        ...{ outcome: body.outcome, answered_on: body.on, reason: body.reason },
        ...{ answered_by: caller.actor, answered_at: now.toISOString() },
      });
      // Of the same desk and person another one may wait still.
      tx.change(
        'todo',
        `update todo set done_at = $3, done_by = $4 where kind = 'review_disclosures' and person = $1 and function = $2 and done_at is null
           and not exists (select 1 from disclosure_request o where o.person = $1 and o.function = $2 and o.answered_at is null)`,
        [row.person, row.function, now, caller.actor],
      );
      audit(tx, {
        ...{ at: now, actor: caller.actor, action: 'disclosures.answered', objectKind: 'person', object: row.person },
        details: { request: id, outcome: body.outcome, ...(body.reason && { reason: body.reason }) },
      });
    });
  }

  private view(row: RequestRow): DisclosureRequest {
    return {
      id: row.id,
      version: row.version,
      person: row.person,
      askedBy: row.asked_by,
      askedOn: row.asked_on,
      identity: row.identity,
      ...(row.function !== null && { function: this.directory.outline(row.function) }),
      recordedAt: row.recorded_at.toISOString(),
      ...(row.outcome !== null &&
        row.answered_on !== null && {
          answer: { outcome: row.outcome, on: row.answered_on, ...(row.reason !== null && { reason: row.reason }) },
        }),
    };
  }
}

const isPerson = async (tx: Pick<Tx, 'query'>, person: string): Promise<boolean> =>
  (await tx.query('select 1 from person where id = $1', [person])).length > 0;
