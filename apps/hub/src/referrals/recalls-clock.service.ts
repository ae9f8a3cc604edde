// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import { recallAlarm, recallTodos, type RecallTodo, type ReferralKind } from '@tsunagi/domain';
import { awaited } from './recall-deadlines';
import { hasten } from './todos';
import { audit } from '../audit';
import type { HubConfig } from '../hub.config';
import { Directory } from '../organizations';
import { lockPersons } from '../people';
import { Clock, Database, HUB_CONFIG, Log, Sweep, type Tx } from '../platform';

/** Looked at in one transaction. */
const batch = 50;

interface Due {
  readonly id: string;
  readonly referral: string;
  readonly subject: string;
  readonly kind: ReferralKind;
  readonly at_conference: boolean;
  readonly recipient: string;
  readonly of_sight: boolean;
  readonly requested_at: Date;
  readonly due_on: string | null;
  readonly clock_at: Date;
}

/**
 * What was recalled and is not acknowledged in time is put on the lists of worker, supervisor and coordinator. The moment
 * stands in the recall's own row (ADR 10), so it survives every restart; of several instances the later finds nothing due.
 */
@Injectable()
export class RecallsClock extends Sweep {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly clock: Clock,
    log: Log,
    @Inject(HUB_CONFIG) config: HubConfig,
  ) {
    super('recalls', { clock, log, config });
  }

  protected async turn(): Promise<boolean> {
    const due = await dueOf(this.database, this.clock.now());
    if (due.length > 0) await this.ask(due);
    return due.length > 0;
  }

  private ask(found: readonly Due[]): Promise<void> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      // Acknowledgements take the same locks: one that was first has taken the recall off the clock.
      await lockPersons(
        tx,
        found.map((d) => d.subject),
      );
      const due = await dueOf(
        tx,
        now,
        found.map((d) => d.referral),
      );
      const told = askedOnce(due.map((recall) => ({ recall, ...this.look(recall, now) })));
      hasten(
        tx,
        told.flatMap(({ recall, todos }) =>
          todos.map(({ kind, role }) => ({
            function: recall.recipient,
            role,
            kind,
            referral: recall.referral,
            at: now,
          })),
        ),
      );
      audit(
        tx,
        told
          .filter(({ todos }) => todos.length > 0)
          .map(({ recall, todos }) => ({
            ...{ at: now, actor: 'core', function: recall.recipient, action: 'referral.reminded' },
            ...{ objectKind: 'referral', object: recall.referral },
            details: { todos: todos.map((t) => `${t.role}:${t.kind}`) },
          })),
      );
      tx.change(
        'recall',
        `update recall c set due_on = n.due_on, clock_at = n.clock_at from jsonb_to_recordset($1::jsonb) as n(id uuid, due_on date, clock_at timestamptz)
         where c.id = n.id`,
        [JSON.stringify(told.map(({ recall, dueOn, next }) => ({ id: recall.id, due_on: dueOn, clock_at: next })))],
      );
    });
  }

  /** What is asked for since it was looked at last. Ticked off without an answer, it is asked for again by the next stage alone. */
  private look(recall: Due, now: Date): { dueOn: string; todos: RecallTodo[]; next: Date | undefined } {
    const { recipient, requested_at: requestedAt, kind, due_on: dueOn, clock_at: clockAt } = recall;
    const calendar = this.directory.calendar(recipient);
    const asked = { recipient, requestedAt, kind, ofSight: recall.of_sight, atConference: recall.at_conference };
    const waiting = awaited({ ...asked, dueOn: dueOn ?? undefined }, this.directory);
    const before = recallTodos(waiting, calendar, dueOn === null ? requestedAt : new Date(clockAt.getTime() - 1));
    const isNew = (todo: RecallTodo) =>
      !before.some((b) => b.role === todo.role && b.kind === todo.kind && b.escalated === todo.escalated);
    return {
      dueOn: waiting.dueOn,
      todos: recallTodos(waiting, calendar, now).filter(isNew),
      next: recallAlarm(waiting, calendar, now),
    };
  }
}

/** Several recalls of one referral that are late on the same day ask one desk the same only once. */
function askedOnce<T extends { readonly recall: Due; readonly todos: readonly RecallTodo[] }>(told: readonly T[]): T[] {
  const asked = new Set<string>();
  return told.map((one) => {
    const of = ({ role, kind }: RecallTodo) => [one.recall.referral, one.recall.recipient, role, kind].join(' ');
    const todos = one.todos.filter((todo) => !asked.has(of(todo)));
    for (const todo of one.todos) asked.add(of(todo));
    return { ...one, todos };
  });
}

/** What is due, the longest first; or all that is due of these referrals. */
function dueOf(tx: Pick<Tx, 'query'>, now: Date, referrals?: readonly string[]): Promise<Due[]> {
  return tx.query<Due>(
    `select c.id, c.referral, r.subject, r.kind, r.conference is not null as at_conference, c.recipient, c.line is not null as of_sight,
       c.requested_at, c.due_on::text, c.clock_at
     from recall c join referral r on r.id = c.referral
     where c.clock_at <= $1 ${referrals ? 'and c.referral = any($2::uuid[])' : ''} order by c.clock_at, c.id ${referrals ? '' : `limit ${batch}`}`,
    [now, ...(referrals ? [referrals] : [])],
  );
}
