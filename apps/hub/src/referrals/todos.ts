// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { todoListsOf, type Role, type StateTodoKind, type Viewer } from '@tsunagi/domain';
import { newId, type Tx } from '../platform';

/** Asks for something beside the referral's own steps; whoever has done it says so. */
const tickable = [
  'support_ended',
  'talk_after_withdrawal',
  'stop_using',
  'recall_disposition',
  'see_correction',
  'refer_on',
  'see_misdirected',
  'unassigned',
  'ask_consent_again',
  'delivery_stuck',
  'person_deceased',
  'death_in_error',
  'whereabouts_due',
  'judge_merge',
  'judge_split',
  'acknowledge_conditions',
  'ground_ends',
  'tell_person_when_safe',
  'exceptions_repeated',
  'seal_lapsed',
  'confirm_unseal',
  'propose_conference',
  'review_disclosures',
] as const;
type TickableKind = (typeof tickable)[number];

/** Asked beside the referral's own steps, and done by what the room that asks it brings about. */
const settledElsewhere = [
  'ratify',
  'confirm_assertion',
  'conference_proposed',
  'conference_review',
  'recall_unanswered',
  'release_name',
] as const;
type SettledElsewhere = (typeof settledElsewhere)[number];

/** What a to-do asks for. The sentence is rendered from the code; no personal data in it. */
export type TodoKind = StateTodoKind | TickableKind | SettledElsewhere;

/** Waits for a step of the conference. */
type ConferenceTodoKind = Extract<SettledElsewhere, `conference_${string}`>;

/** A row of somebody's list. */
export interface ListedTodo {
  readonly function: string;
  readonly role: Role;
  readonly kind: TodoKind;
  readonly referral: string;
  /** Time has run out; it stands before the others. */
  readonly escalated: boolean;
}

/** Something to be done beside the steps of a referral, which no state tells. */
export interface Reminder {
  readonly function: string;
  readonly role: Role;
  readonly kind: TickableKind | SettledElsewhere;
  readonly referral: string;
  readonly at: Date;
}

/** Asked by a state, and answered by saying so, which is a step of its own. */
const answered = [
  'withdrawal_asked',
  'ask_after_no',
  'carried_not_arrived',
] as const satisfies readonly StateTodoKind[];
export type Answered = (typeof answered)[number];
export const isAnswered = (kind: string): kind is Answered => (answered as readonly string[]).includes(kind);

export const isTickable = (kind: string): boolean => (tickable as readonly string[]).includes(kind) || isAnswered(kind);

/**
 * Is this on a list of the viewer's? Of a 通報・通告 (`hidden`) only the people of its two functions hear: no list for the whole
 * municipality, and no system.
 */
export const isListedFor = (
  viewer: Viewer,
  todo: { readonly function: string; readonly role: Role; readonly hidden: boolean },
): boolean =>
  !(todo.hidden && viewer.kind !== 'staff') &&
  todoListsOf(viewer).some(
    (l) => l.role === todo.role && (l.function ?? (todo.hidden ? undefined : todo.function)) === todo.function,
  );

/** By name: to them it is nobody's. */
export const isShutOut = (
  { excluded }: Pick<Viewer, 'excluded'>,
  { referral, person }: { readonly referral: string | null; readonly person: string | null },
): boolean => excluded !== undefined && (excluded.referrals.has(referral ?? '') || excluded.persons.has(person ?? ''));

/** A name that nobody has released within a day is asked for no more (ours). */
export const askedSince = (now: Date): Date => new Date(now.getTime() - 24 * 60 * 60_000);

/** Something to be done about a person, whatever the referrals. */
export type ReminderOfPerson = Omit<Reminder, 'referral'> & { readonly person: string };

/** Writes to-dos that no referral has; one that stands already is not doubled. */
export function remindOfPersons(tx: Tx, reminders: readonly ReminderOfPerson[]): void {
  tx.insert(
    'todo',
    reminders.map(({ at, ...r }) => ({ id: newId(at), ...r, created_at: at.toISOString() })),
    'on conflict do nothing',
  );
}

/** Who is asked for the paper of what a system asserts, and how urgently; of all others nobody is any more. */
export interface PaperAwaited {
  readonly function: string;
  readonly person: string;
  readonly awaited: 'quiet' | 'escalated' | undefined;
}

/** Makes the lists of these desks say so of these persons. */
export function indexPapers(tx: Tx, papers: readonly PaperAwaited[], now: Date): void {
  if (papers.length === 0) return;
  tx.insert(
    'todo',
    papers
      .filter((p) => p.awaited)
      .map(({ function: desk, person }) => ({
        ...{ id: newId(now), function: desk, role: 'caseworker', kind: 'confirm_assertion', person },
        ...{ escalated: false, created_at: now.toISOString() },
      })),
    'on conflict do nothing',
  );
  tx.change(
    'todo',
    `update todo t set escalated = k.awaited is not distinct from 'escalated', done_at = case when k.awaited is null then $2::timestamptz end
     from jsonb_to_recordset($1::jsonb) as k(function uuid, person uuid, awaited text)
     where t.function = k.function and t.person = k.person and t.kind = 'confirm_assertion' and t.done_at is null`,
    [JSON.stringify(papers), now],
  );
}

/** The 事務局 has it on its list; nobody else hears of a conference. One that stands already is not doubled. */
export function remindOfConference(
  tx: Tx,
  {
    at,
    ...todo
  }: { readonly function: string; readonly kind: ConferenceTodoKind; readonly conference: string; readonly at: Date },
): void {
  tx.insert(
    'todo',
    [{ id: newId(at), ...todo, role: 'caseworker', created_at: at.toISOString() }],
    'on conflict do nothing',
  );
}

/** Writes to-dos; one that stands already is not doubled. */
export function remind(tx: Tx, reminders: readonly Reminder[]): void {
  list(
    tx,
    reminders.map(({ at, ...r }) => ({ ...r, escalated: false, at })),
  );
}

/** Time has run out on these: they stand before the others, written anew where somebody has ticked them off. */
export function hasten(tx: Tx, reminders: readonly Reminder[]): void {
  if (reminders.length === 0) return;
  list(
    tx,
    reminders.map((r) => ({ ...r, escalated: true })),
  );
  tx.change(
    'todo',
    `update todo t set escalated = true from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) as k(referral, function, role, kind)
     where t.referral = k.referral and t.function = k.function and t.role = k.role and t.kind = k.kind and t.done_at is null and not t.escalated`,
    [
      reminders.map((t) => t.referral),
      reminders.map((t) => t.function),
      reminders.map((t) => t.role),
      reminders.map((t) => t.kind),
    ],
  );
}

function list(tx: Tx, todos: readonly (ListedTodo & { readonly at: Date })[]): void {
  tx.insert(
    'todo',
    todos.map((t) => ({
      id: newId(t.at),
      function: t.function,
      role: t.role,
      kind: t.kind,
      referral: t.referral,
      escalated: t.escalated,
      created_at: t.at.toISOString(),
    })),
    'on conflict do nothing',
  );
}

/**
 * Makes the lists say of these referrals what their state says: what no state asks for any more is done, the rest stands.
 *
 * @param known those that had rows perhaps; a new referral has none
 */
export function indexTodos(tx: Tx, known: readonly string[], todos: readonly ListedTodo[], now: Date): void {
  if (known.length > 0)
    tx.change(
      'todo',
      `update todo t set done_at = $2
       where t.referral = any($1::uuid[]) and t.done_at is null and t.kind <> all($3::text[])
         and not exists (select 1 from unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[]) as k(referral, function, role, kind)
                         where (k.referral, k.function, k.role, k.kind) = (t.referral, t.function, t.role, t.kind))`,
      [
        known,
        now,
        [...tickable, ...settledElsewhere],
        todos.map((t) => t.referral),
        todos.map((t) => t.function),
        todos.map((t) => t.role),
        todos.map((t) => t.kind),
      ],
    );
  list(
    tx,
    todos.map((t) => ({ ...t, at: now })),
  );
}
