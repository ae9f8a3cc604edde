// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { Flows, FlowsQuery } from '@tsunagi/contracts';
import {
  addDays,
  desksFor,
  japaneseDay,
  kindOfWaiting,
  mayForAll,
  OutcomeCode,
  saidAlone,
  saidList,
  saidTogether,
  smallCount,
  startOf,
  workingDaysUntil,
} from '@tsunagi/domain';
import { monthOf, mostWaiting, waitingSql, type Scope, type WaitingRow } from './flows.rows';
import { flowsOf, other, saidOf, Tally } from './said-of-flows';
import { actingFor, RoleMissingError, type Caller } from '../access';
import { Directory } from '../organizations';
import { Clock, Database, sentenceOf } from '../platform';
import { Failures } from '../referrals';

/** DOMAIN §9: what crosses between the fields, and how it goes on. Numbers only, and no small ones. */
@Injectable()
export class FlowsOfTown {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly failures: Failures,
    private readonly clock: Clock,
  ) {}

  async of(caller: Caller, query: FlowsQuery): Promise<Flows> {
    const scope = scopeOf(caller);
    const today = japaneseDay(this.clock.now());
    const months = monthsOf(query);
    const begun = months.filter((month) => `${month}-01` <= today);
    const tallies: Tally[] = [];
    for (const month of begun) tallies.push(await this.tally(scope, month));
    const [from, last] = [`${months[0]}-01`, addDays(firstAfter(months.at(-1) ?? ''), -1)];
    const sees = scope.desk !== undefined || mayForAll(caller, 'referrals.coordinate');
    return {
      from,
      until: today >= from && today < last ? today : last,
      ...(scope.desk !== undefined && { function: this.directory.outline(scope.desk) }),
      ...flowsOf(
        tallies.map(saidOf),
        tallies.map((t) => t.taken),
      ),
      ...(scope.desk === undefined && { failures: await this.failed(begun) }),
      ...(sees && { waiting: await this.waiting(scope) }),
    };
  }

  private async tally(scope: Scope, month: string): Promise<Tally> {
    const span = { from: startOf(`${month}-01`), until: startOf(firstAfter(month)) };
    const { sent, accepted, ended } = await monthOf(this.database, scope, span);
    const tally = new Tally();
    const domainOf = (desk: string) => this.directory.function(desk).domain;
    for (const { from, to, kind, channel, authority, n } of sent) {
      tally.add('flow', `${domainOf(from)} ${domainOf(to)}`, n);
      tally.add('kind', kind, n);
      tally.add('channel', this.directory.channelTo(to, kind, channel ?? undefined), n);
      tally.add('basis', authority ?? other, n);
    }
    for (const { to, sent: sentOn, taken, n } of accepted) {
      tally.add('accepted', domainOf(to), n);
      if (this.knowsDaysOff(sentOn))
        tally.took(domainOf(to), workingDaysUntil(sentOn, taken, this.directory.calendar(to)), n);
    }
    for (const { to_state: state, code, n } of ended)
      if (state === 'completed') tally.add('outcome', OutcomeCode.safeParse(code).data ?? other, n);
      else tally.add('turned', state, n);
    return tally;
  }

  /** The calendars of the hub begin with last year; of what was sent before it no days are said. */
  private knowsDaysOff(day: string): boolean {
    return Number(day.slice(0, 4)) >= Number(japaneseDay(this.clock.now()).slice(0, 4)) - 1;
  }

  private async failed(months: readonly string[]): Promise<NonNullable<Flows['failures']>> {
    const counts = [];
    for (const month of months) counts.push(await this.failures.of({ month }));
    return {
      pingPong: saidTogether(counts.map((c) => saidAlone(c.pingPong))),
      dumping: saidTogether(counts.map((c) => saidAlone(c.dumping))),
      // Not of the months: what stands at the end.
      hoarding: saidAlone(counts.at(-1)?.hoarding ?? 0),
    };
  }

  private async waiting(scope: Scope): Promise<NonNullable<Flows['waiting']>> {
    const rows = await this.database.query<WaitingRow>(...waitingSql(scope));
    const codes = rows.map((row) => row.reason ?? kindOfWaiting[row.waits_for ?? 'authority']);
    const { total, cells } = saidList(rows.map((row) => row.n));
    const more = rows.reduce((all, row) => all + row.n, 0) > mostWaiting;
    return {
      total,
      rows: rows.flatMap(({ n, since }, k) => {
        const [code = '', count = '0+'] = [codes[k], cells[k]];
        // Which reasons there are tells what the few wait for.
        if (count === '0+') return [];
        return [
          {
            code,
            sentence: sentenceOf(code),
            count,
            ...(n >= smallCount && count === n && { since: japaneseDay(since) }),
          },
        ];
      }),
      ...(more && { more: true as const }),
    };
  }
}

/** The whole municipality, or the one function whose chief asks. */
function scopeOf(caller: Caller): Scope {
  if (mayForAll(caller, 'flows.count')) return { released: !mayForAll(caller, 'referrals.coordinate'), without: [] };
  const desks = desksFor(caller, 'flows.count');
  const desk = desks.length === 1 ? desks[0] : actingFor(caller);
  // Two of them together and one alone would tell of the other.
  if (desk === undefined || !desks.includes(desk)) throw new RoleMissingError();
  return { desk, released: false, without: [...(caller.excluded?.referrals ?? [])] };
}

function monthsOf({ month, fiscalYear }: FlowsQuery): string[] {
  if (month !== undefined) return [month];
  return Array.from({ length: 12 }, (_, k) =>
    new Date(Date.UTC(Number(fiscalYear), 3 + k, 1)).toISOString().slice(0, 7),
  );
}

/** The first day of the month after. */
function firstAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
}
