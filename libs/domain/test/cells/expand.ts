// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The words of the cells, typed from DOMAIN.md §4 and §5 and DESIGN.md §6. Nothing here comes from the code that is
 * judged: what both sides read from one place, no test can find wrong.
 */
export const kinds = [
  'referral',
  'support_request',
  'handback',
  'inquiry',
  'prefecture',
  'notification',
  'protection',
  'advice',
] as const;
export const states = [
  'draft',
  'awaiting_authority',
  'declined',
  'sent',
  'received',
  'questioned',
  'accepted',
  'in_progress',
  'on_hold',
  'return_proposed',
  'returned',
  'redirected',
  'coordinating',
  'completed',
  'follow_up',
  'closed',
  'withdrawn',
  'revoked',
  'entered_in_error',
] as const;
/** What somebody may ask for, and the four steps that only the hub takes. */
export const askedActions = [
  'edit',
  'send',
  'receive',
  'ask',
  'answer',
  'accept',
  'start',
  'hold',
  'resume',
  'propose-return',
  'agree-return',
  'redirect',
  'coordinate',
  'complete',
  'send-back',
  'follow-up',
  'close',
  'withdraw',
  'decline',
  'supplement',
  'inform',
  'confirm-phone',
  'misdirected',
  'reopen',
  'mark-error',
] as const;
export const hubActions = ['await_authority', 'deliver', 'wake', 'revoke'] as const;
export const actions = [...askedActions, ...hubActions] as const;
/** The hats in which somebody may stand before a referral. */
export const roles = [
  'sender_caseworker',
  'sender_supervisor',
  'sender_machine',
  'recipient_caseworker',
  'recipient_supervisor',
  'recipient_machine',
  'lead',
  /** Of neither desk. */
  'coordinator',
  'coordinator_of_recipient_desk',
  /** The approver of the municipality. */
  'municipality',
  'core',
  'it_admin',
  'auditor',
  'privacy_officer',
  /** A caseworker of a function that took no part. */
  'stranger',
] as const;

export type Kind = (typeof kinds)[number];
export type State = (typeof states)[number];
export type Action = (typeof actions)[number];
export type Role = (typeof roles)[number];
export interface Cell {
  readonly kind: Kind;
  readonly state: State;
  readonly action: Action;
  readonly role: Role;
}
/** `allowed:<state>`, `allowed:before`, `refused:<CODE>` or `not_visible`. */
export type Outcome = `allowed:${State | 'before'}` | `refused:${string}` | 'not_visible';

interface Line {
  readonly at: string;
  readonly words: Readonly<Record<string, string>>;
}

export const nameOf = ({ kind, state, action, role }: Cell): string => `${kind} × ${state} × ${action} × ${role}`;

export const allCells: readonly Cell[] = kinds.flatMap((kind) =>
  states.flatMap((state) => actions.flatMap((action) => roles.map((role) => ({ kind, state, action, role })))),
);

/** Every cell with the outcome of the last rule that matches it. */
export function expandRules(text: string, file = 'rules.csv'): ReadonlyMap<string, Outcome> {
  const rules = linesOf(text, file, ['kind', 'state', 'action', 'role', 'outcome', 'domain']).map((line) => ({
    line,
    matches: matcherOf(line),
  }));
  const decides = new Set<Line>();
  const written = allCells.map((cell) => {
    const rule = rules.findLast(({ matches }) => matches(cell));
    if (!rule) throw new Error(`${file}: no rule covers ${nameOf(cell)}`);
    decides.add(rule.line);
    return { cell, outcome: outcomeOf(rule.line, cell) };
  });
  const idle = rules.find(({ line }) => !decides.has(line));
  if (idle) throw new Error(`${idle.line.at}: this rule decides no cell`);

  const taken = new Set(written.filter(({ outcome }) => outcome.startsWith('allowed:')).map(({ cell }) => step(cell)));
  return new Map(
    written.map(({ cell, outcome }) => [
      nameOf(cell),
      outcome === 'refused' ? `refused:${taken.has(step(cell)) ? 'NOT_YOUR_STEP' : 'STATE_NOT_THERE'}` : outcome,
    ]),
  );
}

/** The cells in which a referral's past matters, each with what then comes out. */
export function expandHistory(
  text: string,
  file = 'history.csv',
): readonly { history: string; cell: Cell; expected: Outcome }[] {
  const expected = new Map<string, { history: string; cell: Cell; expected: Outcome }>();
  for (const line of linesOf(text, file, ['history', 'kind', 'state', 'action', 'role', 'outcome', 'domain'])) {
    const history = wordOf(line, 'history');
    for (const cell of cellsOf(line)) {
      const name = `${history}: ${nameOf(cell)}`;
      if (expected.has(name)) throw new Error(`${line.at}: ${name} stands in two lines`);
      const outcome = outcomeOf(line, cell);
      if (outcome === 'refused') throw new Error(`${line.at}: with which code?`);
      expected.set(name, { history, cell, expected: outcome });
    }
  }
  return [...expected.values()];
}

/**
 * Cells that are known to differ, by name, with what the code says there by now: `allowed` or `refused`. As with the rules
 * the last line that matches decides.
 */
export function expandNotYet(text: string, file = 'not-yet.csv'): ReadonlyMap<string, string> {
  const lines = linesOf(text, file, ['history', 'kind', 'state', 'action', 'role', 'said', 'because']);
  const deciding = new Map<string, Line>();
  for (const line of lines) {
    const history = wordOf(line, 'history');
    if (!['allowed', 'refused'].includes(wordOf(line, 'said'))) throw new Error(`${line.at}: allowed or refused?`);
    for (const cell of cellsOf(line)) deciding.set((history === '' ? '' : `${history}: `) + nameOf(cell), line);
  }
  const decides = new Set(deciding.values());
  const idle = lines.find((line) => !decides.has(line));
  if (idle) throw new Error(`${idle.at}: this line decides no cell`);
  return new Map([...deciding].map(([name, line]) => [name, wordOf(line, 'said')]));
}

export function read(file: string): string {
  return readFileSync(join(__dirname, file), 'utf8');
}

/** A comma separates, always: there are no quotes, so a text that needs a comma uses a semicolon. */
function linesOf(text: string, file: string, columns: readonly string[]): readonly Line[] {
  const lines = text
    .split('\n')
    .map((line, index) => ({ at: `${file}:${index + 1}`, cells: line.split(',').map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.join('') !== '' && !cells[0]!.startsWith('#'));
  const [header, ...rows] = lines;
  if (header?.cells.join() !== columns.join()) throw new Error(`${file}: the columns are ${columns.join()}`);
  return rows.map(({ at, cells }) => {
    if (cells.length !== columns.length) throw new Error(`${at}: ${columns.length} columns, not ${cells.length}`);
    if (cells.at(-1) === '') throw new Error(`${at}: says no reason`);
    return { at, words: Object.fromEntries(columns.map((column, index) => [column, cells[index]!])) };
  });
}

function cellsOf(line: Line): readonly Cell[] {
  const cells = allCells.filter(matcherOf(line));
  if (cells.length === 0) throw new Error(`${line.at}: matches no cell`);
  return cells;
}

function matcherOf(line: Line): (cell: Cell) => boolean {
  const inKind = wordsOf(line, 'kind', kinds);
  const inState = wordsOf(line, 'state', states);
  const inAction = wordsOf(line, 'action', actions);
  const inRole = wordsOf(line, 'role', roles);
  return (cell) =>
    inKind.has(cell.kind) && inState.has(cell.state) && inAction.has(cell.action) && inRole.has(cell.role);
}

/** The words that a list of patterns names; a pattern that names none is a slip of the pen. */
function wordsOf(line: Line, column: string, vocabulary: readonly string[]): ReadonlySet<string> {
  const listed = wordOf(line, column).split(/\s+/);
  const without = listed[0] === 'not';
  const named = new Set(
    (without ? listed.slice(1) : listed).flatMap((pattern) => {
      const [head = '', tail] = pattern.split('*');
      const found = vocabulary.filter((word) =>
        tail === undefined ? word === pattern : word.startsWith(head) && word.endsWith(tail),
      );
      if (found.length === 0) throw new Error(`${line.at}: '${pattern}' is no ${column}`);
      return found;
    }),
  );
  return without ? new Set(vocabulary.filter((word) => !named.has(word))) : named;
}

function outcomeOf(line: Line, cell: Cell): Outcome | 'refused' {
  const outcome = wordOf(line, 'outcome');
  if (outcome === 'allowed:same') return `allowed:${cell.state}`;
  const [verdict, detail] = outcome.split(':');
  const known =
    verdict === 'allowed'
      ? detail === 'before' || states.some((state) => state === detail)
      : outcome === 'not_visible' || outcome === 'refused' || /^refused:[A-Z_]+$/.test(outcome);
  if (!known) throw new Error(`${line.at}: '${outcome}' is no outcome`);
  return outcome as Outcome | 'refused';
}

function wordOf(line: Line, column: string): string {
  return line.words[column] ?? '';
}

/** A cell without its role: whether anybody takes this step there. */
function step({ kind, state, action }: Cell): string {
  return `${kind} × ${state} × ${action}`;
}
