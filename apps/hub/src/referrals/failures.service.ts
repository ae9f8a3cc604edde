// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { Failures as Counts, MonthQuery } from '@tsunagi/contracts';
import { startOf } from '@tsunagi/domain';
import { Hoarding } from './hoarding.service';
import { Clock, Database } from '../platform';

/** たらい回し, 丸投げ and 丸抱え of one month: numbers only. */
@Injectable()
export class Failures {
  constructor(
    private readonly database: Database,
    private readonly hoarding: Hoarding,
    private readonly clock: Clock,
  ) {}

  async of({ month }: MonthQuery): Promise<Counts> {
    const [from, to] = [startOf(`${month}-01`), startOf(`${nextMonth(month)}-01`)];
    const now = this.clock.now();
    // The clock brings desks together as well: where the coordinator had been told before that it is late. What rests on a
    // conference is there for its members alone, and in nobody's count.
    const [passedOn] = await this.database.query<{ n: number }>(
      `select count(distinct r.journey)::int as n from referral_event e join referral r on r.id = e.referral
       where e.to_state = 'coordinating' and e.actor = 'core' and e.at >= $1 and e.at < $2 and r.conference is null
         and not exists (select 1 from todo t
           where t.referral = e.referral and t.role = 'coordinator' and t.kind = 'overdue' and t.created_at < e.at and coalesce(t.done_at, e.at) >= e.at)`,
      [from, to],
    );
    const [dumped] = await this.database.query<{ n: number }>(
      `select count(distinct object)::int as n from audit_entry where action = 'support_request.dumped' and at >= $1 and at < $2`,
      [from, to],
    );
    const kept = from > now ? [] : await this.hoarding.until(to < now ? to : now);
    return { month, pingPong: passedOn?.n ?? 0, dumping: dumped?.n ?? 0, hoarding: kept.length };
  }
}

function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7);
}
