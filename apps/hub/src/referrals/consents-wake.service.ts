// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import { consentAlarm, isToBeAskedAgain, refusalAlarm } from '@tsunagi/domain';
import { paperAwaited, saidAt, type AtDesk } from './asked-of-desks';
import { indexPapers, remindOfPersons } from './todos';
import { audit } from '../audit';
import { wishesOf } from '../consents';
import type { HubConfig } from '../hub.config';
import { lockPersons } from '../people';
import { Clock, Database, HUB_CONFIG, Log, Sweep, type Tx } from '../platform';

/** Looked at in one transaction. */
const batch = 50;

/** A consent or refusal whose moment has come. */
interface Due extends AtDesk {
  readonly id: string;
}

/**
 * What somebody has said asks something of the desk that keeps it as time goes by: to see the paper behind what a system
 * asserts, and to ask the person again. The moment stands in the row of the word itself (ADR 10), so it survives every
 * restart; of several instances the later finds nothing due.
 */
@Injectable()
export class ConsentsWake extends Sweep {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    log: Log,
    @Inject(HUB_CONFIG) config: HubConfig,
  ) {
    super('consents', { clock, log, config });
  }

  protected async turn(): Promise<boolean> {
    const due = await dueOf(this.database, this.clock.now());
    if (due.length > 0) await this.ask(due.map((d) => d.person));
    return due.length > 0;
  }

  private ask(persons: readonly string[]): Promise<void> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      await lockPersons(tx, persons);
      const due = await dueOf(tx, now, persons);
      const wishes = await wishesOf(tx, [...new Set(due.map((d) => d.person))]);
      const desks = [...new Map(due.map((d) => [`${d.person}/${d.function}`, d])).values()];
      const isDue = new Set(due.map((d) => d.id));
      const papers = desks.map((at) => paperAwaited(at, saidAt(at, wishes).consents, now));
      const asked = desks.filter((at) => {
        const said = saidAt(at, wishes);
        return [...said.consents, ...said.refusals].some((w) => isDue.has(w.id) && isToBeAskedAgain(w, said, now));
      });
      indexPapers(tx, papers, now);
      remindOfPersons(
        tx,
        asked.map(({ person, function: desk }) => ({
          ...{ function: desk, person, role: 'caseworker', kind: 'ask_consent_again', at: now },
        })),
      );
      const told = [
        ...papers.filter((p) => p.awaited).map((p) => ({ ...p, kind: 'confirm_assertion' })),
        ...asked.map((a) => ({ ...a, kind: 'ask_consent_again' })),
      ];
      audit(
        tx,
        told.map(({ function: desk, person, kind }) => ({
          ...{ at: now, actor: 'core', function: desk, action: 'person.reminded' },
          ...{ objectKind: 'person', object: person, details: { todos: [kind] } },
        })),
      );
      const next = [
        ...wishes.consents.map((c) => ({ id: c.id, at: consentAlarm(c, now) })),
        ...wishes.refusals.map((r) => ({ id: r.id, at: refusalAlarm(r, now) })),
      ].filter((n) => isDue.has(n.id));
      for (const table of ['consent', 'refusal'])
        tx.change(
          table,
          `update ${table} w set clock_at = n.at from jsonb_to_recordset($1::jsonb) as n(id uuid, at timestamptz) where w.id = n.id`,
          [JSON.stringify(next)],
        );
    });
  }
}

/** Whose moment has come; of these persons only, if they are named. */
function dueOf(tx: Pick<Tx, 'query'>, now: Date, persons?: readonly string[]): Promise<Due[]> {
  const narrow = persons ? 'and person = any($2::uuid[])' : '';
  const of = (table: string, desk: string) =>
    `(select id, person, ${desk} as function from ${table} where clock_at <= $1 ${narrow} order by clock_at, id limit ${batch})`;
  return tx.query<Due>(`${of('consent', 'given_to')} union all ${of('refusal', 'recorded_by')}`, [
    now,
    ...(persons ? [persons] : []),
  ]);
}
