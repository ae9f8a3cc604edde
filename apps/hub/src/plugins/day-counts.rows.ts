// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ControlCount } from '@tsunagi/contracts';
import { addDays, type CountPair, type DayCount, type DayStanding } from '@tsunagi/domain';
import { firstIdOf, newId, type Tx } from '../platform';

type Reader = Pick<Tx, 'query'>;

/** A day of a plugin as it was counted last. */
export interface PluginDayRow {
  plugin: string;
  day: string;
  next_at: Date | null;
  counted_at: Date | null;
  code: string | null;
  counts: DayCount[] | null;
  differs_since: Date | null;
  told: boolean;
}
const columns = 'plugin, day, next_at, counted_at, code, counts, differs_since, told';

/** The last days and whatever differs, the newest first. */
export const readDays = (reader: Reader, plugin: string, last: number) =>
  reader.query<PluginDayRow>(
    `select ${columns} from plugin_day where plugin = $1 and (told or day in
       (select day from plugin_day where plugin = $1 order by day desc limit $2)) order by day desc`,
    [plugin, last],
  );

/** Each plugin with the last day that was asked for. */
export async function lastDays(reader: Reader): Promise<Map<string, string>> {
  const rows = await reader.query<{ plugin: string; day: string }>(
    'select plugin, max(day) as day from plugin_day group by plugin',
  );
  return new Map(rows.map(({ plugin, day }) => [plugin, day]));
}

export async function insertDays(reader: Reader, plugin: string, days: readonly string[], now: Date): Promise<void> {
  await reader.query(
    `insert into plugin_day (plugin, day, next_at) select $1, day, $3 from unnest($2::text[]) day on conflict do nothing`,
    [plugin, days, now],
  );
}

/** Days that are to be counted now, the earliest first. */
export const readDueDays = (reader: Reader, plugin: string, now: Date) =>
  reader.query<{ day: string }>('select day from plugin_day where plugin = $1 and next_at <= $2 order by day', [
    plugin,
    now,
  ]);

/** The question that is asked now; undefined: another instance has asked it. It is asked again when nobody answers. */
export async function askDay(
  tx: Tx,
  { plugin, day }: { plugin: string; day: string },
  { now, nextAt }: { now: Date; nextAt: Date },
): Promise<string | undefined> {
  const [row] = await tx.query<{ command: string }>(
    `update plugin_day set command = $3, next_at = $5 where plugin = $1 and day = $2 and next_at <= $4 returning command`,
    [plugin, day, newId(now), now, nextAt],
  );
  return row?.command;
}

export async function dayOf(
  reader: Reader,
  plugin: string,
  command: string,
  lock: '' | 'for update' = '',
): Promise<PluginDayRow | undefined> {
  const sql = `select ${columns} from plugin_day where plugin = $1 and command = $2 ${lock}`;
  return (await reader.query<PluginDayRow>(sql, [plugin, command]))[0];
}

export async function noteUncounted(reader: Reader, plugin: string, command: string, code: string): Promise<void> {
  await reader.query('update plugin_day set command = null, code = $3 where plugin = $1 and command = $2', [
    plugin,
    command,
    code,
  ]);
}

export async function noteCounted(
  tx: Tx,
  { plugin, day }: { plugin: string; day: string },
  counts: readonly DayCount[],
  { differsSince, told, nextAt }: DayStanding,
  now: Date,
): Promise<void> {
  await tx.query(
    `update plugin_day set command = null, code = null, counted_at = $3, counts = $4::jsonb, differs_since = $5, told = $6, next_at = $7
     where plugin = $1 and day = $2`,
    [plugin, day, now, JSON.stringify(counts), differsSince ?? null, told, nextAt ?? null],
  );
}

/** Nobody is told of this difference any more, and the day is not counted again. True: it stood open. */
export async function settleDay(tx: Tx, plugin: string, day: string): Promise<boolean> {
  const settled = await tx.query(
    `update plugin_day set told = false, next_at = null, command = null
     where plugin = $1 and day = $2 and told returning day`,
    [plugin, day],
  );
  return settled.length > 0;
}

/** Clocks of hub and host may be so far from each other before anybody is told. */
const clocksMs = 60_000;
/** A legacy system's own clock, for what it writes itself. */
const legacyClockMs = 3_600_000;

/** What the hub can say of the same as a number of the legacy system. */
export async function besideCount(
  reader: Reader,
  plugin: string,
  day: string,
  { what, source, items, count }: ControlCount,
): Promise<CountPair> {
  const pair = { what, ...(items !== undefined && { file: items.slice(-64) }), system: count };
  if (count === undefined) return { ...pair, hub: { fewest: 0, most: 0 } };
  const sender = `plugin:${plugin}`;
  const [from, until] = [day, addDays(day, 1)].map((one) => new Date(`${one}T00:00:00+09:00`)) as [Date, Date];
  if (items !== undefined) {
    const n = await knownOfFile(reader, plugin, sender, items, count);
    return { ...pair, hub: { fewest: n, most: n } };
  }
  const earliest = new Date(from.getTime() - legacyClockMs);
  switch (what) {
    case 'events':
      return { ...pair, hub: await knownOfView(reader, { plugin, sender, source, from, until, earliest }) };
    case 'answers':
      return { ...pair, hub: await knownAnswers(reader, { plugin, sender, source, earliest }) };
    case 'referrals':
      return { ...pair, hub: await brought(reader, plugin, ['referral', 'supplement', 'recall'], from, until) };
    case 'statuses':
      return { ...pair, hub: await brought(reader, plugin, ['status'], from, until) };
  }
}

/** Row numbers of a file begin with 1; 0 is its refusal. */
async function knownOfFile(reader: Reader, plugin: string, sender: string, items: string, rows: number) {
  const [found] = await reader.query<{ n: number }>(
    `with ids as materialized (select array(select $3 || '/' || n from generate_series(0, least($4::bigint, 5000000)) n) as named)
     select count(*)::int as n from (
       select item_id from submission, ids where sender = $2 and item_id = any(named)
       union select item_id from response, ids where sender = $2 and item_id = any(named)
       union select item_id from quarantined_row, ids where plugin = $1 and item_id = any(named)) known`,
    [plugin, sender, items, rows + 10],
  );
  return found?.n ?? 0;
}

interface OfView {
  readonly plugin: string;
  readonly sender: string;
  readonly source: string | undefined;
  /** Nothing of the day has come before. */
  readonly earliest: Date;
}

/**
 * Each row of the view by its number, as it came last, with the day on which it was changed. A row that waits did not tell
 * when it was changed: it may be of the day.
 */
async function knownOfView(
  reader: Reader,
  { plugin, sender, source, from, until, earliest }: OfView & { readonly from: Date; readonly until: Date },
): Promise<CountPair['hub']> {
  const [found] = await reader.query<{ sure: number; waiting: number }>(
    `select (count(*) filter (where changed >= $5 and changed < $6))::int as sure,
       (count(*) filter (where changed is null))::int as waiting
     from (
       select distinct on (number) number, changed from (
         select split_part(item_id, '/', 1) as number, occurred_at as changed, received_at as at
         from submission where id >= $3 and sender = $2
         union all
         select split_part(item_id, '/', 1), null, at from quarantined_row
         where plugin = $1 and file is null and at >= $4 and (source = $7 or source is null)) come
       where number <> 'null' order by number, at desc, changed nulls last) last`,
    [plugin, sender, firstIdOf(earliest), earliest, from, until, source ?? null],
  );
  const { sure = 0, waiting = 0 } = found ?? {};
  return { fewest: sure, most: sure + waiting };
}

/**
 * An answer does not tell when its row was changed: whatever has come since the day began may be of it. What is named by no
 * number, such as a mark that something was taken in, is no row of the view.
 */
async function knownAnswers(reader: Reader, { plugin, sender, source, earliest }: OfView): Promise<CountPair['hub']> {
  const [found] = await reader.query<{ n: number }>(
    `select count(distinct number)::int as n from (
       select split_part(item_id, '/', 1) as number from response where sender = $2 and at >= $3
       union all
       select split_part(item_id, '/', 1) from quarantined_row
       where plugin = $1 and file is null and at >= $3 and (source = $4 or source is null)) come where number ~ '^-?[0-9]+$'`,
    [plugin, sender, earliest, source ?? null],
  );
  return { fewest: 0, most: found?.n ?? 0 };
}

/** It was written between its go-ahead and its receipt: on the day for sure where both are, perhaps where one is. */
async function brought(
  reader: Reader,
  plugin: string,
  kinds: readonly string[],
  from: Date,
  until: Date,
): Promise<CountPair['hub']> {
  const [inside, outside] = [clocksMs, -clocksMs].map((ms) => [
    new Date(from.getTime() + ms),
    new Date(until.getTime() - ms),
  ]) as [[Date, Date], [Date, Date]];
  const [found] = await reader.query<{ fewest: number; most: number }>(
    `select (count(*) filter (where state in ('delivered', 'read') and go_at >= $3 and receipted_at < $4))::int as fewest,
       count(*)::int as most
     from delivery where plugin = $1 and channel is null and kind = any($2::text[])
       and go_at < $6 and (receipted_at is null or receipted_at >= $5)`,
    [plugin, kinds, ...inside, ...outside],
  );
  return found ?? { fewest: 0, most: 0 };
}
