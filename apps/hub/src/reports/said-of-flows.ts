// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Flows } from '@tsunagi/contracts';
import {
  AuthorityCode,
  daysOfShare,
  DeliveryChannel,
  Domain,
  hiddenKinds,
  leastOf,
  OutcomeCode,
  ReferralKind,
  saidAlone,
  saidList,
  saidTable,
  saidTogether,
  smallCount,
  type DaysTaken,
  type SaidCount,
} from '@tsunagi/domain';

const turned = ['declined', 'returned', 'redirected', 'withdrawn', 'revoked'] as const;

/** Counts of one month as they are; what is none of the listed has a place of its own, so that it is not the difference. */
export class Tally {
  private readonly counts = new Map<string, number>();
  /** Working days until it was taken, by the recipient's domain. */
  readonly taken = new Map<Domain, Map<number, number>>();

  add(table: string, one: string, n: number): void {
    const key = `${table} ${one}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + n);
  }

  took(domain: Domain, days: number, n: number): void {
    const of = this.taken.get(domain) ?? new Map<number, number>();
    this.taken.set(domain, of.set(days, (of.get(days) ?? 0) + n));
  }

  of(table: string, one: string): number {
    return this.counts.get(`${table} ${one}`) ?? 0;
  }
}

/** Of one month what is published, by place. */
export type SaidOfMonth = ReadonlyMap<string, SaidCount>;

export const other = 'other_than_these';

export function saidOf(tally: Tally): SaidOfMonth {
  const said = new Map<string, SaidCount>();
  const flows = saidTable(Domain.options.map((from) => Domain.options.map((to) => tally.of('flow', `${from} ${to}`))));
  said.set('sent', flows.total);
  for (const [i, from] of Domain.options.entries()) {
    said.set(`from ${from}`, flows.rows[i] ?? 0);
    said.set(`to ${from}`, flows.columns[i] ?? 0);
    for (const [j, to] of Domain.options.entries()) said.set(`flow ${from} ${to}`, flows.cells[i]?.[j] ?? 0);
  }
  const list = (table: string, options: readonly string[]) => {
    const all = [...options, other];
    const { total, cells } = saidList(all.map((one) => tally.of(table, one)));
    said.set(`all ${table}`, total);
    for (const [k, one] of all.entries()) said.set(`${table} ${one}`, cells[k] ?? 0);
  };
  list('kind', ReferralKind.options);
  list('channel', DeliveryChannel.options);
  list('basis', AuthorityCode.options);
  list('accepted', Domain.options);
  list('outcome', OutcomeCode.options);
  for (const what of turned) said.set(`turned ${what}`, saidAlone(tally.of('turned', what)));
  return said;
}

/** The months as one: of a single month it is that month. */
export function flowsOf(months: readonly SaidOfMonth[], days: readonly DaysBy[]): Omit<Flows, 'from' | 'until'> {
  const of = (place: string) => saidTogether(months.map((month) => month.get(place) ?? 0));
  const rows = <K extends string, O extends string>(key: K, options: readonly O[], table: string = key) =>
    options.map((one) => ({ [key]: one, count: of(`${table} ${one}`) }) as Record<K, O> & { count: SaidCount });
  const accepted = rows('to', Domain.options, 'accepted');
  return {
    sent: {
      total: of('sent'),
      flows: Domain.options.flatMap((from) =>
        Domain.options.map((to) => ({ from, to, count: of(`flow ${from} ${to}`) })),
      ),
      byFrom: rows('from', Domain.options),
      byTo: rows('to', Domain.options),
      // Always none of those that are in nobody's count: a row would say that there are none.
      kinds: rows(
        'kind',
        ReferralKind.options.filter((kind) => !hiddenKinds.includes(kind)),
      ),
      channels: rows('channel', DeliveryChannel.options),
      bases: rows('basis', AuthorityCode.options),
    },
    accepted: {
      total: of('all accepted'),
      rows: accepted.map((row) => ({ ...row, ...sharesOf(row.count, together(days, [row.to])) })),
      ...sharesOf(of('all accepted'), together(days, Domain.options)),
    },
    outcomes: { total: of('all outcome'), rows: rows('outcome', OutcomeCode.options) },
    turned: rows('what', turned, 'turned'),
  };
}

type DaysBy = ReadonlyMap<Domain, DaysTaken>;

/** The days of a few are the days of each: they are said only where what is said of the number allows it. */
function sharesOf(count: SaidCount, taken: DaysTaken): { median?: number; ninetieth?: number } {
  if (leastOf(count) < smallCount) return {};
  const [median, ninetieth] = [daysOfShare(taken, 0.5), daysOfShare(taken, 0.9)];
  return { ...(median !== undefined && { median }), ...(ninetieth !== undefined && { ninetieth }) };
}

function together(days: readonly DaysBy[], domains: readonly Domain[]): DaysTaken {
  const all = new Map<number, number>();
  for (const by of days)
    for (const domain of domains)
      for (const [after, n] of by.get(domain) ?? []) all.set(after, (all.get(after) ?? 0) + n);
  return all;
}
