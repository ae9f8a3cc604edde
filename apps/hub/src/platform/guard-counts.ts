// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { Guards, MonthQuery } from '@tsunagi/contracts';
import { japaneseDay } from '@tsunagi/domain';
import { Clock } from './clock';
import { Database, type Tx } from './database';
import { Log } from './log';

const guarded: ReadonlySet<unknown> = new Set(['S-MYNUMBER', 'S-MYNUMBER-FIELD']);

/** Was it refused because of a マイナンバー? */
export const isGuarded = (code: unknown): boolean => guarded.has(code);

/** マイナンバー that came in and were refused, by way and day. */
@Injectable()
export class GuardCounts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** What was refused is rolled back and answered; its number is kept beside, and a number that is missing stops nobody. */
  async count(way: string): Promise<void> {
    await this.database
      .transaction((tx) => countGuarded(tx, way, 1, this.clock.now()))
      .catch((error: unknown) => this.log.failure('guard count', error));
  }

  async of({ month }: MonthQuery): Promise<Guards> {
    const items = await this.database.query<Guards['items'][number]>(
      `select day::text, way, times from guard_count
       where day >= $1::date and day < $1::date + interval '1 month' order by day, way`,
      [`${month}-01`],
    );
    return { month, items };
  }
}

export async function countGuarded(tx: Pick<Tx, 'query'>, way: string, times: number, now: Date): Promise<void> {
  if (times === 0) return;
  await tx.query(
    `insert into guard_count (way, day, times) values ($1, $2, $3)
     on conflict (day, way) do update set times = guard_count.times + excluded.times`,
    [way, japaneseDay(now), times],
  );
}
