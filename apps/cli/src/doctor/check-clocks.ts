// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { doctorTexts, fill } from '../texts';
import type { Finding, Verdict } from './finding';
import { onDatabase } from './on-database';

/** By how much the clock of another machine is ahead of the one that asks. */
export interface ClockReading {
  readonly where: string;
  readonly aheadMs: number;
}

/** A `Date` header knows whole seconds, and a heartbeat has a way to go. */
const toleratedMs = 3_000;
/** What lives so long (a client's assertion) would be refused. */
const harmfulMs = 60_000;

const { name, ...texts } = doctorTexts.clock;

/** The worst is told; each that is wrong, by name. */
export function judgeClocks(readings: readonly ClockReading[]): Finding {
  if (readings.length === 0) return { name, verdict: 'ok', says: texts.alone };
  const off = readings.filter(({ aheadMs }) => Math.abs(aheadMs) > toleratedMs);
  if (off.length === 0)
    return { name, verdict: 'ok', says: fill(texts.fine, { list: readings.map(({ where }) => where).join('、') }) };
  const verdict: Verdict = off.some(({ aheadMs }) => Math.abs(aheadMs) > harmfulMs) ? 'failure' : 'warning';
  const says = off.map(({ where, aheadMs }) => {
    const direction = aheadMs > 0 ? texts.ahead : texts.behind;
    return fill(texts.off, { where, seconds: Math.round(Math.abs(aheadMs) / 1_000), direction });
  });
  return { name, verdict, says: says.join(''), remedy: texts.remedy };
}

/** Undefined where it cannot be asked, which is another finding. */
export async function clockOfDatabase(databaseUrl: string, now = Date.now): Promise<ClockReading | undefined> {
  const asked = onDatabase(databaseUrl, (client) =>
    between(now, async () => {
      const { rows } = await client.query<{ ms: string }>('select extract(epoch from clock_timestamp()) * 1000 as ms');
      return Number(rows[0]?.ms);
    }),
  );
  return asked.then((aheadMs) => ({ where: texts.database, aheadMs })).catch(() => undefined);
}

export async function clockOfHub(url: string, now = Date.now): Promise<ClockReading | undefined> {
  const asked = between(now, async () => {
    const response = await fetch(new URL('/health/live', url), { signal: AbortSignal.timeout(3_000) });
    await response.arrayBuffer();
    // The header leaves the fraction out: half a second on average.
    return Date.parse(response.headers.get('date') ?? '') + 500;
  });
  const aheadMs = await asked.catch(() => NaN);
  return Number.isNaN(aheadMs) ? undefined : { where: texts.hub, aheadMs };
}

/** The hub has heard it and says by how much it is ahead of the hub. */
export const clockOfHost = (id: string, aheadOfHubMs: number, hub: ClockReading | undefined): ClockReading => ({
  where: fill(texts.host, { id }),
  aheadMs: aheadOfHubMs + (hub?.aheadMs ?? 0),
});

/** Ahead of the middle of the time that the question took. */
async function between(now: () => number, ask: () => Promise<number>): Promise<number> {
  const before = now();
  const there = await ask();
  return there - (before + now()) / 2;
}
