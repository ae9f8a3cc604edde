// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { QueueQuery } from '@tsunagi/contracts';
import {
  desksFor,
  finalStates,
  id as idSchema,
  overseersOf,
  ReferralState,
  unsentStates,
  wearing,
  type Hat,
  type Viewer,
} from '@tsunagi/domain';
import { base32ToUuid } from '@tsunagi/text';
import { unseenStates } from './readable';

interface Sql {
  readonly sql: string;
  readonly parameters: unknown[];
}

/** `without` = ids that are not found by what is asked for. */
type Wanted = QueueQuery & { readonly without?: readonly string[] };

/** States in which the next step is a side's own. */
const waitsFor: Readonly<Record<'sender' | 'recipient', readonly ReferralState[]>> = {
  sender: ['draft', 'awaiting_authority', 'questioned', 'return_proposed', 'returned', 'completed'],
  recipient: ['sent', 'received', 'accepted', 'in_progress'],
};

/**
 * The queue as branches: one for each state that is shown, side and desk. Each is answered from one index in the order of
 * the ids, so that the page is merged from the heads of the branches and a counter stops where it need not count further;
 * neither reads more when the table grows. Read it `inOrder`.
 */
export function queuePageSql(viewer: Viewer, query: Wanted, today: string, limit: number): Sql {
  const into = new Parameters();
  const newest = query.sort !== 'oldest';
  const order = `order by id ${newest ? 'desc' : 'asc'} limit ${limit}`;
  const after = query.cursor === undefined ? [] : [`id ${newest ? '<' : '>'} ${into.bind(query.cursor)}`];
  const heads = branchesOf(viewer, query, today, into).map(
    ({ where }) => `(select id from referral where ${[...where, ...after].join(' and ')} ${order})`,
  );
  if (heads.length === 0) return { sql: 'false', parameters: [] };
  const ids = `array(select id from (${heads.join(' union all ')}) heads ${order})`;
  return { sql: `id = any(${ids}) ${order}`, parameters: into.values };
}

/** By state, each counted up to `limit`. */
export function queueCountSql(viewer: Viewer, query: Wanted, today: string, limit: number): Sql {
  const into = new Parameters();
  const branches = branchesOf(viewer, query, today, into);
  const states = ReferralState.options.filter((state) => branches.some((b) => b.state === state));
  const counted = states.map((state) => {
    const parts = branches
      .filter((b) => b.state === state)
      .map(({ where }) => `(select 1 from referral where ${where.join(' and ')} limit ${limit})`);
    return `select '${state}' as state, count(*)::int as count from (select 1 from (${parts.join(' union all ')}) p limit ${limit}) c`;
  });
  if (counted.length === 0) return { sql: 'select null as state, 0 as count where false', parameters: [] };
  return {
    sql: `select state, count from (${counted.join(' union all ')}) counted where count > 0 order by state`,
    parameters: into.values,
  };
}

/**
 * Of a desk with little in a state the planner would rather collect all and sort it; the index has it sorted. And it would
 * rather walk all there is from the newest on, because that lies side by side; what a desk has is in memory and is less.
 */
export const inOrder = 'set local enable_sort = off; set local random_page_cost = 1';

/** Rests on no conference. */
const notAtSitting = 'conference is null';

/** A desk's part of a state, and in what capacity it has it. */
interface Side {
  readonly hat: Hat;
  readonly where: readonly string[];
}

interface Branch {
  /** The state as this viewer sees it. */
  readonly state: ReferralState;
  readonly where: readonly string[];
}

/**
 * Who sees it. An overseer sees every referral in its own state; a desk what it received or leads in its own state, and
 * what it sent in the state it was told: the same rule as `asShown`. Each stands in one branch only.
 */
function branchesOf(viewer: Viewer, query: Wanted, today: string, into: Parameters): Branch[] {
  const desks = desksFor(viewer, 'referrals.work');
  const overseers = overseersOf(viewer);
  // Of several hats the one that sees most.
  const overseer = overseers.find((hat) => wearing[hat].released !== true) ?? overseers[0];
  const filters = filtersOf(query, into);
  const byLead = leadFilterOf(query, into);
  return statesOf(query).flatMap((state) => {
    const overseen = overseer && conditionsOf(overseer, viewer, state, into);
    const sides = sidesOf(desks, viewer, state, query, today, into);
    const asOverseer = !overseen
      ? []
      : query.waiting === undefined
        ? [[`state = ${into.bind(state)}`, ...overseen, ...lateOn('due_on', query, today, into)]]
        : sides.map(({ where }) => [...where, 'told_state = state', ...overseen]);
    const beside = (hat: Hat) => (overseer && overseen ? besideOverseer(overseer, hat, overseen, into) : [[]]);
    const atDesks = sides.flatMap(({ hat, where }) => beside(hat).map((only) => [...where, ...only]));
    return [...asOverseer, ...atDesks].flatMap((one) =>
      byLead.map((lead) => ({ state, where: [...one, ...lead, ...filters] })),
    );
  });
}

/**
 * What of a side the overseer does not see already. The rare kinds have an index of their own; each alone keeps the order of
 * the ids.
 */
function besideOverseer(overseer: Hat, side: Hat, overseen: readonly string[], into: Parameters): string[][] {
  const { notKinds = [], released, atSittings: _, ...others } = wearing[overseer];
  const apart = notKinds.map((kind) => [`kind = ${into.bind(kind)}`, `kind <> 'referral'`]);
  const sameRelease = released !== true || wearing[side].released === true;
  if (sameRelease && Object.keys(others).length === 0) return apart;
  // What rests on a conference stands on the desk's to-dos; here a list of its own would cost every page.
  const rest = overseen.filter((condition) => condition !== notAtSitting);
  return [...apart, [`not kind = any(${into.bind(notKinds)}::text[])`, `not (${rest.join(' and ')})`]];
}

/** The rule of a hat as conditions on a row; `undefined` = in this state nobody wears it. */
function conditionsOf(hat: Hat, viewer: Viewer, state: ReferralState, into: Parameters): string[] | undefined {
  const { released, states, notKinds, byPeople, atSittings, notYet } = wearing[hat];
  if ((released && unsentStates.has(state)) || states?.includes(state) === false) return undefined;
  // Bound only where it is said: PostgreSQL refuses a value that nothing uses.
  const isNone = (kinds: readonly string[]) => `not kind = any(${into.bind(kinds)}::text[])`;
  return [
    ...(released ? ['sent_at is not null'] : []),
    ...(notKinds ? [isNone(notKinds)] : []),
    ...(byPeople && viewer.kind !== 'staff' ? [isNone(byPeople)] : []),
    ...(atSittings === 'never' || viewer.kind !== 'staff' ? [notAtSitting] : []),
    ...(notYet ? [`(ever_received or ever_accepted or channel is distinct from '${notYet}')`] : []),
  ];
}

/** A state to which nothing more happens is not late, and waits for nobody. */
function statesOf({ state, overdue, waiting }: Wanted): readonly ReferralState[] {
  const states = state === undefined ? ReferralState.options : [state];
  return overdue === undefined && waiting === undefined ? states : states.filter((s) => !finalStates.has(s));
}

/** What these desks received or lead in this state, and what they sent and were told to be in it. */
function sidesOf(
  desks: readonly string[],
  viewer: Viewer,
  state: ReferralState,
  query: Wanted,
  today: string,
  into: Parameters,
): Side[] {
  const isWanted = (side: keyof typeof waitsFor) => query.waiting === undefined || waitsFor[side].includes(state);
  const as = (hat: Hat) => conditionsOf(hat, viewer, state, into);
  const among = (column: string) => `${column} = any(${into.bind(desks)}::uuid[])`;
  /** Nothing that a desk received stands in another branch as well. */
  const notReceived = () => {
    const received = as('recipient');
    return received ? [`not coalesce(${[among('to_function'), ...received].join(' and ')}, false)`] : [];
  };
  const shutOut = [...(viewer.excluded?.referrals ?? [])];
  const notShutOut = shutOut.length === 0 ? [] : [`not id = any(${into.bind(shutOut)}::uuid[])`];
  return desks.flatMap((desk) => {
    const sides: Side[] = [];
    const add = (hat: Hat, ...where: readonly string[]) => void sides.push({ hat, where: [...where, ...notShutOut] });
    const received = isWanted('recipient') ? as('recipient') : undefined;
    if (received)
      add(
        'recipient',
        `to_function = ${into.bind(desk)}`,
        `state = ${into.bind(state)}`,
        ...received,
        ...lateOn('due_on', query, today, into),
        // Whose support unit it is about a recipient may know when it has seen who it is about.
        ...(query.lead === undefined
          ? []
          : [`(${among('from_function')} or ${unseenStates.has(state) ? 'false' : 'not misdirected'})`]),
      );
    if (isWanted('sender'))
      add(
        'sender',
        `from_function = ${into.bind(desk)}`,
        `told_state = ${into.bind(state)}`,
        ...(as('sender') ?? []),
        ...notReceived(),
        // What a sender was not told of is not late for it either.
        ...lateOn('told_due_on', query, today, into),
      );
    const led = query.waiting === undefined ? as('lead') : undefined;
    if (led)
      add(
        'lead',
        `lead = ${into.bind(desk)}`,
        `state = ${into.bind(state)}`,
        ...led,
        ...lateOn('due_on', query, today, into),
        `not ${among('from_function')}`,
        ...notReceived(),
      );
    return sides;
  });
}

/** Who leads stands in the row where it is not the sender. */
function leadFilterOf({ lead }: Wanted, into: Parameters): string[][] {
  if (lead === undefined) return [[]];
  const wanted = into.bind(lead);
  return [[`lead = ${wanted}`], ['lead is null', `from_function = ${wanted}`]];
}

function filtersOf(query: Wanted, into: Parameters): string[] {
  const { from, to, function: either, kind, urgency, q, without = [] } = query;
  const wanted = q === undefined ? undefined : idIn(q);
  const side = either === undefined ? '' : into.bind(either);
  return [
    ...(without.length === 0 ? [] : [`not id = any(${into.bind(without)}::uuid[])`]),
    ...(from === undefined ? [] : [`from_function = ${into.bind(from)}`]),
    ...(to === undefined ? [] : [`to_function = ${into.bind(to)}`]),
    ...(either === undefined ? [] : [`(from_function = ${side} or to_function = ${side})`]),
    // The rare ones have an index of their own, which the usual one stays out of.
    ...(kind === undefined
      ? []
      : [`kind = ${into.bind(kind)}`, ...(kind === 'referral' ? [] : [`kind <> 'referral'`])]),
    ...(urgency === undefined
      ? []
      : [`urgency = ${into.bind(urgency)}`, ...(urgency === 'normal' ? [] : [`urgency <> 'normal'`])]),
    ...(q === undefined ? [] : [wanted === undefined ? 'false' : `id = ${into.bind(wanted)}`]),
  ];
}

/** Past the date that this side knows. */
const lateOn = (date: 'due_on' | 'told_due_on', { overdue }: Wanted, today: string, into: Parameters): string[] =>
  overdue === undefined ? [] : [`${date} < ${into.bind(today)}`];

/** An id as people copy it: a UUID or the 26 characters of screen and paper. */
function idIn(q: string): string | undefined {
  const text = q.trim();
  if (idSchema.safeParse(text).success) return text;
  try {
    return base32ToUuid(text);
  } catch {
    return undefined;
  }
}

/** Values of a statement, each bound once. */
class Parameters {
  readonly values: unknown[] = [];

  bind(value: unknown): string {
    const known = this.values.indexOf(value);
    return `$${known >= 0 ? known + 1 : this.values.push(value)}`;
  }
}
