// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralAction } from '@tsunagi/domain';
import {
  chosen,
  factsOf,
  pick,
  roles,
  rolesFrom,
  type Done,
  type Move,
  type RoleInPlay,
} from '@tsunagi/testing/invariants';
import type { Sequence } from './sequence';
import type { Who } from '../sign-in';

export async function step(
  sequence: Sequence,
  referral: number,
  who: number,
  which: number,
  told: boolean,
): Promise<Done> {
  const id = sequence.chosen(referral);
  for (const role of id === undefined ? [] : rolesFrom(who)) {
    const asked = id && (await asking(sequence, id, role, which, told));
    if (asked) return takeStep(sequence, id, role, asked.action, asked.version, asked.facts);
  }
  return { line: 'nothing is offered to anybody', took: false };
}

async function asking(sequence: Sequence, id: string, role: RoleInPlay, choice: number, told: boolean) {
  const { from, to } = await sequence.sides(id);
  const who = somebody(sequence, role, from, to);
  const { body } = await sequence.call(who, 'GET', `/referrals/${id}/actions`);
  const offered = ((body.actions ?? []) as { action: ReferralAction; possible: boolean }[]).flatMap((a) =>
    a.possible ? a.action : [],
  );
  const action = chosen(offered, choice);
  return (
    action && { action, version: body.version as number, facts: factsFor(sequence, action, choice, told, from, to) }
  );
}

export async function tryStep(sequence: Sequence, move: Extract<Move, { do: 'try' }>): Promise<Done> {
  const id = sequence.chosen(move.referral);
  if (id === undefined) return { line: 'no referral', took: false };
  const { from, to } = await sequence.sides(id);
  const role = pick(roles, move.who)!;
  // As far as the matter has come for this one.
  const { body } = await sequence.call(somebody(sequence, role, from, to), 'GET', `/referrals/${id}/actions`);
  const facts = move.bare ? {} : factsFor(sequence, move.action, move.who, true, from, to);
  return takeStep(sequence, id, role, move.action, Number(body.version ?? 1), facts);
}

async function takeStep(
  sequence: Sequence,
  id: string,
  role: RoleInPlay,
  action: ReferralAction,
  version: number,
  facts: object,
  at = sequence.at,
): Promise<Done> {
  const { from, to } = await sequence.sides(id);
  const who = somebody(sequence, role, from, to);
  const call = async () => {
    const answer = await sequence.play.call(at, who, 'POST', `/referrals/${id}/${action}`, facts, {
      'if-match': `"${version}"`,
    });
    sequence.heard(answer);
    if (answer.body?.next !== undefined) sequence.know(answer.body.next);
    return answer.status === 200 ? String(answer.body.state) : `${answer.status} ${answer.body?.code}`;
  };
  const outcome = await call();
  const took = !/^\d/.test(outcome);
  const line = `${role} takes ${action}: ${outcome}`;
  // A step that was taken cannot be taken again: its version has gone.
  if (took) sequence.came.push({ line, call });
  const asker = 'function' in who && who.function !== undefined ? [who.function] : 'client' in who ? [who.client] : [];
  return { line, took, ...(took && { asker }) };
}

export async function race(sequence: Sequence, move: Extract<Move, { do: 'race' }>): Promise<Done> {
  const id = sequence.chosen(move.referral);
  if (id === undefined) return { line: 'no referral', took: false };
  const racing = [pick(roles, move.one)!, pick(roles, move.other)!];
  const asked = await Promise.all(racing.map((role) => asking(sequence, id, role, move.which, true)));
  const ready = asked.flatMap((a, n) => (a ? [{ ...a, role: racing[n]! }] : []));
  if (ready.length < 2) return { line: 'nobody to race with', took: false };
  // Each at another instance, where there are several.
  const done = await Promise.all(
    ready.map((a, n) => takeStep(sequence, id, a.role, a.action, a.version, a.facts, sequence.at + n)),
  );
  const won =
    done.every((d) => d.took) && (await isUnheard(sequence, id, ready)) ? 1 : done.filter((d) => d.took).length;
  return { line: `a race: ${done.map((d) => d.line).join(', ')}`, took: won > 0, race: { won } };
}

/**
 * A sender counts by what it has been told: a step of the other desk of which it must not hear leaves its version as it was,
 * and takes nothing from it. Only that way round, since whatever a sender does is seen on the other side.
 */
async function isUnheard(
  sequence: Sequence,
  referral: string,
  racing: readonly { role: RoleInPlay; version: number }[],
): Promise<boolean> {
  const others = racing.filter(({ role }) => role !== 'sender' && role !== 'sender_program');
  const [other] = others;
  if (!other || others.length === racing.length) return false;
  const first = `select e.told, e.function is not distinct from r.from_function as own from referral_event e join referral r on r.id = e.referral
    where e.referral = $1 and e.version > $2 order by e.version limit 1`;
  const [event] = await sequence.play.under.rows<{ told: boolean; own: boolean }>(first, [referral, other.version]);
  return event !== undefined && !event.told && !event.own;
}

function somebody(sequence: Sequence, role: RoleInPlay, from: string, to: string | undefined): Who {
  switch (role) {
    case 'sender':
      return { role: 'caseworker', function: from };
    case 'recipient':
      return { role: 'caseworker', function: to ?? from };
    case 'recipient_supervisor':
      return { role: 'supervisor', function: to ?? from };
    case 'sender_program':
      return { client: from };
    case 'coordinator':
    case 'approver':
      return { role };
    case 'stranger':
      return { role: 'supervisor', function: sequence.onlooker.id };
    default:
      return role satisfies never;
  }
}

function factsFor(
  sequence: Sequence,
  action: ReferralAction,
  which: number,
  told: boolean,
  from: string,
  to: string | undefined,
) {
  const elsewhere = pick(
    sequence.others.filter((d) => d.id !== from && d.id !== to),
    which,
  )!;
  return factsOf(action, { now: sequence.now, which, told, elsewhere: elsewhere.id });
}
