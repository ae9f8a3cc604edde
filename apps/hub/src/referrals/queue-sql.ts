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
import { ruleOf } from './queue-views';
import { unseenStates } from './readable';

interface Sql {
  readonly sql: string;
  readonly parameters: unknown[];
}

/** `without` = ids that are not found by what is asked for; `among` = those that a view asks for by what stands in no row. */
export type Wanted = QueueQuery & { readonly without?: readonly string[]; readonly among?: readonly string[] };

/** A line of the page, with the date by which it is sorted. */
export interface QueuePlace {
  readonly id: string;
  readonly due: string | null;
}

/** States in which the next step is a side's own. */
const waitsFor: Readonly<Record<'sender' | 'recipient', readonly ReferralState[]>> = {
  sender: ['draft', 'awaiting_authority', 'questioned', 'return_proposed', 'returned', 'completed'],
  recipient: ['sent', 'received', 'accepted', 'in_progress'],
};

/**
 * The queue as branches: one for each state that is shown, side and desk. Each is answered from one index in the order that
 * is asked for, so that the page is merged from the heads of the branches and a counter stops where it need not count
 * further; neither reads more when the table grows. Read it `inOrder`.
 *
 * @returns the statements that have the page, each only asked for when those before it have too few: by due date, what has
 *   one comes before what has none. Rows: {@link QueuePlace}
 */
export function queuePageSql(viewer: Viewer, query: Wanted, today: string, limit: number): Sql[] {
  const [day, id] = placeOf(query.cursor);
  if (query.sort !== 'due') return pageSql(viewer, query, today, limit, byId(query.sort === 'oldest', id));
  const isPastDates = query.cursor !== undefined && day === undefined;
  const dated = () => pageSql(viewer, query, today, limit, dueFirst(day, id));
  const undated = () => pageSql(viewer, query, today, limit, notDue(isPastDates ? id : undefined));
  // Without a date nothing is late.
  const allLate = query.overdue === 'true' || query.view === 'overdue';
  return [...(isPastDates ? [] : dated()), ...(allLate ? [] : undated())];
}

/** Where the page before ended: the id, and of what is sorted by due date that date; without one it had none. */
function placeOf(cursor: string | undefined): [day: string | undefined, id: string | undefined] {
  if (cursor === undefined) return [undefined, undefined];
  const [day, id] = cursor.split('.');
  return id === undefined ? [undefined, day] : [day, id];
}

export const cursorOf = ({ id, due }: QueuePlace): string => (due === null ? id : `${due}.${id}`);

/** What of a branch stands on the page, by the column of the date that its viewer is shown, and in which order. */
interface PageOrder {
  due(date: DateColumn): string;
  where(date: DateColumn, into: Parameters): string[];
  by(due: string): string;
}

const byId = (isRising: boolean, after: string | undefined): PageOrder => ({
  due: () => 'null::date',
  where: (_, into) => (after === undefined ? [] : [`id ${isRising ? '>' : '<'} ${into.bind(after)}`]),
  by: () => (isRising ? 'id asc' : 'id desc'),
});

const dueFirst = (day: string | undefined, id: string | undefined): PageOrder => ({
  due: (date) => date,
  where: (date, into) => [
    `${date} is not null`,
    ...(day === undefined ? [] : [`(${date}, id) > (${into.bind(day)}::date, ${into.bind(id)}::uuid)`]),
  ],
  by: (due) => `${due}, id`,
});

const notDue = (after: string | undefined): PageOrder => ({
  ...byId(true, after),
  where: (date, into) => [`${date} is null`, ...byId(true, after).where(date, into)],
});

function pageSql(viewer: Viewer, query: Wanted, today: string, limit: number, order: PageOrder): Sql[] {
  const into = new Parameters();
  const heads = branchesOf(viewer, query, today, into).map(({ where, date }) => {
    const conditions = [...where, ...order.where(date, into)].join(' and ');
    return `(select id, ${order.due(date)} as due from referral where ${conditions} order by ${order.by(date)} limit ${limit})`;
  });
  if (heads.length === 0) return [];
  const sql = `select id, due::text as due from (select id, due from (${heads.join(' union all ')}) heads order by ${order.by('due')} limit ${limit}) page order by ${order.by('page.due')}`;
  return [into.of(sql)];
}

/** By state, each counted up to `limit`. Read it `counting`. */
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
  return into.of(`select state, count from (${counted.join(' union all ')}) counted where count > 0 order by state`);
}

/**
 * Of a desk with little in a state the planner would rather collect all and sort it; the index has it sorted. And it would
 * rather walk all there is from the newest on, because that lies side by side; what a desk has is in memory and is less.
 */
export const inOrder = 'set local enable_sort = off; set local random_page_cost = 1';

/** The planner would rather collect all that a state has before it counts the first; by the index it stops where it need not go on. */
export const counting = 'set local random_page_cost = 1';

/** One matter, or those of a few persons: there is little of it in all the table, and it is collected and sorted. */
export const isFew = ({ journey, view }: QueueQuery): boolean => journey !== undefined || view === 'without_lead';

/** Rests on no conference. */
const notAtSitting = 'conference is null';

/** The due date as whoever looks at it in this capacity is shown it. */
type DateColumn = 'due_on' | 'told_due_on';

/** A desk's part of a state, and in what capacity it has it. */
interface Side {
  readonly hat: Hat;
  readonly where: readonly string[];
  readonly date: DateColumn;
}

interface Branch {
  /** The state as this viewer sees it. */
  readonly state: ReferralState;
  readonly where: readonly string[];
  readonly date: DateColumn;
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
    const shown = (hat: Hat, date: DateColumn) => shownBy(query, state, hat, date, today, into);
    const whole = overseer && shown(overseer, 'due_on');
    const overseen = overseer && whole && conditionsOf(overseer, viewer, state, into);
    const sides = sidesOf(desks, viewer, state, query, into);
    const everywhere = [`state = ${into.bind(state)}`];
    const places = query.waiting === undefined ? [everywhere] : sides.map((s) => [...s.where, 'told_state = state']);
    const asOverseer: Side[] = !overseen
      ? []
      : places.map((where) => ({ hat: overseer, where: [...where, ...overseen], date: 'due_on' }));
    const beside = (hat: Hat) => (overseer && overseen ? besideOverseer(overseer, hat, overseen, into) : [[]]);
    const atDesks = sides.flatMap(({ hat, where, date }) =>
      beside(hat).map((only): Side => ({ hat, where: [...where, ...only], date })),
    );
    return [...asOverseer, ...atDesks].flatMap(({ hat, where, date }) => {
      const narrowed = shown(hat, date);
      if (!narrowed) return [];
      return byLead.map((lead) => ({ state, where: [...where, ...narrowed, ...lead, ...filters], date }));
    });
  });
}

/** What the view and the date ask for; `undefined` = of this state the view shows nothing in this capacity. */
function shownBy(
  { view, overdue, among = [] }: Wanted,
  state: ReferralState,
  hat: Hat,
  date: DateColumn,
  today: string,
  into: Parameters,
): string[] | undefined {
  const rule = view === undefined ? undefined : ruleOf(view, state, hat);
  if (view !== undefined && !rule) return undefined;
  const isLate = overdue === 'true' || rule?.overdue === true;
  return [
    ...(isLate ? [`${date} < ${into.bind(today)}`] : []),
    ...(overdue === 'false' ? [`(${date} is null or ${date} >= ${into.bind(today)})`] : []),
    ...(rule?.where === undefined ? [] : [rule.where]),
    ...(rule?.among ? [`id = any(${into.bind(among)}::uuid[])`] : []),
  ];
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
  return overdue !== 'true' && waiting === undefined ? states : states.filter((s) => !finalStates.has(s));
}

/** What these desks received or lead in this state, and what they sent and were told to be in it. */
function sidesOf(
  desks: readonly string[],
  viewer: Viewer,
  state: ReferralState,
  query: Wanted,
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
    const add = (hat: Hat, date: DateColumn, ...where: readonly string[]) =>
      void sides.push({ hat, date, where: [...where, ...notShutOut] });
    const received = isWanted('recipient') ? as('recipient') : undefined;
    if (received)
      add(
        'recipient',
        'due_on',
        `to_function = ${into.bind(desk)}`,
        `state = ${into.bind(state)}`,
        ...received,
        // Whose support unit it is about a recipient may know when it has seen who it is about.
        ...(query.lead === undefined
          ? []
          : [`(${among('from_function')} or ${unseenStates.has(state) ? 'false' : 'not misdirected'})`]),
      );
    if (isWanted('sender'))
      add(
        'sender',
        // What a sender was not told of is not late for it either.
        'told_due_on',
        `from_function = ${into.bind(desk)}`,
        `told_state = ${into.bind(state)}`,
        ...(as('sender') ?? []),
        ...notReceived(),
      );
    const led = query.waiting === undefined ? as('lead') : undefined;
    if (led)
      add(
        'lead',
        'due_on',
        `lead = ${into.bind(desk)}`,
        `state = ${into.bind(state)}`,
        ...led,
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
  const { from, to, function: either, kind, journey, urgency, q, without = [] } = query;
  const wanted = q === undefined ? undefined : idIn(q);
  const side = either === undefined ? '' : into.bind(either);
  return [
    ...(without.length === 0 ? [] : [`not id = any(${into.bind(without)}::uuid[])`]),
    ...(from === undefined ? [] : [`from_function = ${into.bind(from)}`]),
    ...(to === undefined ? [] : [`to_function = ${into.bind(to)}`]),
    ...(either === undefined ? [] : [`(from_function = ${side} or to_function = ${side})`]),
    ...(journey === undefined ? [] : [`journey = ${into.bind(journey)}`]),
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
  private readonly values: unknown[] = [];

  bind(value: unknown): string {
    const known = this.values.indexOf(value);
    return `$${known >= 0 ? known + 1 : this.values.push(value)}`;
  }

  /** With the values that it uses: PostgreSQL refuses one that nothing uses. */
  of(sql: string): Sql {
    const used = new Map<string, number>();
    const text = sql.replace(/\$(\d+)/g, (_, n: string) => {
      if (!used.has(n)) used.set(n, used.size + 1);
      return `$${used.get(n)}`;
    });
    return { sql: text, parameters: [...used.keys()].map((n) => this.values[Number(n) - 1]) };
  }
}
