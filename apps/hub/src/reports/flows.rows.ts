// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  hiddenKinds,
  type AuthorityCode,
  type DeliveryChannel,
  type ReferralKind,
  type WaitsFor,
} from '@tsunagi/domain';
import type { Tx } from '../platform';

/** Of which referrals somebody may count. */
export interface Scope {
  /** Of this function alone; absent = of the whole municipality. */
  readonly desk?: string | undefined;
  /** Only what has left its sender. */
  readonly released: boolean;
  /** From which the viewer is shut out by name. */
  readonly without: readonly string[];
}

export interface Span {
  readonly from: Date;
  readonly until: Date;
}

export interface SentRow {
  readonly from: string;
  readonly to: string;
  readonly kind: ReferralKind;
  readonly channel: DeliveryChannel | null;
  readonly authority: AuthorityCode | null;
  readonly n: number;
}

export interface AcceptedRow {
  readonly to: string;
  readonly sent: string;
  readonly taken: string;
  readonly n: number;
}

export interface EndedRow {
  readonly to_state: string;
  readonly code: string | null;
  readonly n: number;
}

export interface WaitingRow {
  readonly reason: string | null;
  readonly waits_for: WaitsFor | null;
  readonly n: number;
  readonly since: Date;
}

/** Counted in one go; of more, the oldest. */
export const mostWaiting = 10_000;

type Sql = readonly [sql: string, parameters: unknown[]];

/** What was sent, by all that it is counted by. A desk counts what it sent, and what has come to it. */
export const sentSql = (scope: Scope, span: Span): Sql =>
  stepsOf(
    `r.from_function as "from", r.to_function as "to", r.kind, r.channel, d.authority, count(*)::int as n`,
    `left join disclosure_decision d on d.id = r.decision`,
    { ...scope, actions: ['send'], span, also: ['r.to_function is not null'], sides: 'both' },
    'group by 1, 2, 3, 4, 5',
  );

/** What was taken for the first time, by the days. What became of it a desk counts only of what has come to it. */
export const acceptedSql = (scope: Scope, span: Span): Sql =>
  stepsOf(
    `r.to_function as "to", (r.sent_at at time zone 'Asia/Tokyo')::date::text as sent, (e.at at time zone 'Asia/Tokyo')::date::text as taken, count(*)::int as n`,
    '',
    {
      ...scope,
      actions: ['accept'],
      span,
      also: [
        'r.sent_at is not null',
        // Only from a talk of the desks it can be taken once more.
        `(e.from_state <> 'coordinating' or not exists (select 1 from referral_event b
          where b.referral = e.referral and b.version < e.version and b.action = 'accept'))`,
      ],
      sides: 'recipient',
    },
    'group by 1, 2, 3',
  );

/** What the recipient has answered or the desks have agreed on. */
export const answeredSql = (scope: Scope, span: Span): Sql =>
  endedSql(scope, span, ['complete', 'agree-return', 'redirect'], 'recipient');

/** What its sender, or the person, has ended. */
export const takenBackSql = (scope: Scope, span: Span): Sql =>
  endedSql(scope, span, ['decline', 'withdraw', 'revoke'], 'both');

/** What waits now for what permits it, by the reason that was last said. */
export function waitingSql({ desk, without }: Scope): Sql {
  const parameters: unknown[] = [hiddenKinds, [...without], ...(desk === undefined ? [] : [desk])];
  return [
    `select d.reason, w.waits_for, count(*)::int as n, min(w.state_at) as since
     from (select id, waits_for, state_at from referral
           where state = 'awaiting_authority' and kind <> all($1::text[]) and conference is null and id <> all($2::uuid[])
             ${desk === undefined ? '' : 'and from_function = $3'}
           order by id limit ${mostWaiting + 1}) w
     left join lateral (
       select reasons[1] as reason from disclosure_decision where referral = w.id and direction = 'referral'
       order by decided_at desc, id desc limit 1) d on w.waits_for is null or w.waits_for = 'authority'
     group by 1, 2`,
    parameters,
  ];
}

/** Steps of these kinds within the span, found by an index of their own; the rest by keys. */
function stepsOf(
  columns: string,
  join: string,
  {
    desk,
    released,
    without,
    actions,
    span,
    also,
    sides,
  }: Scope & {
    readonly actions: readonly string[];
    readonly span: Span;
    readonly also: readonly string[];
    readonly sides: 'both' | 'recipient';
  },
  grouped: string,
): Sql {
  const parameters: unknown[] = [span.from, span.until, hiddenKinds, [...without]];
  const own = () => {
    const mine = `$${parameters.push(desk)}`;
    // Of what the person carries a desk knows when it is there.
    const came = `(r.to_function = ${mine} and r.sent_at is not null and (r.ever_received or r.ever_accepted or r.channel is distinct from 'carried_by_person'))`;
    return sides === 'both' ? `(r.from_function = ${mine} or ${came})` : came;
  };
  const where = [
    // Said one by one, as the index has them.
    `e.action in (${actions.map((action) => `'${action}'`).join(', ')})`,
    'e.at >= $1 and e.at < $2',
    // A paper that goes around says nothing of these, to nobody.
    'r.kind <> all($3::text[]) and r.conference is null',
    'r.id <> all($4::uuid[])',
    ...(desk === undefined ? [] : [own()]),
    ...(released ? ['r.sent_at is not null'] : []),
    ...also,
  ];
  return [
    `select ${columns} from referral_event e join referral r on r.id = e.referral ${join} where ${where.join(' and ')} ${grouped}`,
    parameters,
  ];
}

/** Sent back and reported anew, it is one result of that month. */
const endedSql = (scope: Scope, span: Span, actions: readonly string[], sides: 'both' | 'recipient'): Sql =>
  stepsOf(
    'e.to_state, e.reasons[1] as code, count(distinct e.referral)::int as n',
    '',
    { ...scope, actions, span, also: [], sides },
    'group by 1, 2',
  );

/** Everything of one month. */
export async function monthOf(tx: Pick<Tx, 'query'>, scope: Scope, span: Span) {
  return {
    sent: await tx.query<SentRow>(...sentSql(scope, span)),
    accepted: await tx.query<AcceptedRow>(...acceptedSql(scope, span)),
    ended: [
      ...(await tx.query<EndedRow>(...answeredSql(scope, span))),
      ...(await tx.query<EndedRow>(...takenBackSql(scope, span))),
    ],
  };
}
