// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { idsPerEntry, type JournalEntry } from './journal-entry';

/** How far an input file has come since it was last taken. */
export interface TakenFile {
  /** Name of its result file, once that is chosen. */
  readonly result?: string;
  /** Its result lies in `out/`; only the input is still to be moved. */
  readonly issued: boolean;
}

/** A file for the legacy system that is written under its temporary name and perhaps not yet renamed. */
export type PendingOutput = Extract<JournalEntry, { entry: 'output-ready' }>;

/** What was last taken of a record. */
export type AcceptedRecord = Pick<Extract<JournalEntry, { entry: 'accepted' }>, 'content' | 'version' | 'at'>;

/** What the lines of a journal say together. */
export interface JournalState {
  /** SHA-256 of a file → the folder it went to. */
  readonly settled: Map<string, 'done' | 'error'>;
  /** Number under which the legacy system sent a file → SHA-256 of the file. */
  readonly transmissions: Map<string, string>;
  readonly accepted: Map<string, AcceptedRecord>;
  readonly taken: Map<string, TakenFile>;
  /** Name of a result → name of the input it was first given to. */
  readonly resultsOf: Map<string, string>;
  readonly serials: Map<string, number>;
  readonly outputs: Map<string, PendingOutput>;
  readonly written: Set<string>;
  readonly kills: Map<string, number>;
  inHand: readonly string[];
}

export function stateOf(entries: Iterable<JournalEntry>): JournalState {
  const state: JournalState = {
    settled: new Map(),
    transmissions: new Map(),
    accepted: new Map(),
    taken: new Map(),
    resultsOf: new Map(),
    serials: new Map(),
    outputs: new Map(),
    written: new Set(),
    kills: new Map(),
    inHand: [],
  };
  for (const entry of entries) note(state, entry);
  return state;
}

/** One more line. */
export function note(state: JournalState, entry: JournalEntry): void {
  switch (entry.entry) {
    case 'opened':
      for (const id of state.inHand) state.kills.set(id, (state.kills.get(id) ?? 0) + 1);
      state.inHand = [];
      return;
    case 'taken':
      state.taken.set(entry.name, { issued: false });
      return;
    case 'settled':
      state.settled.set(entry.sha256, entry.folder);
      return;
    case 'transmission':
      state.transmissions.set(entry.number, entry.sha256);
      return;
    case 'accepted':
      state.accepted.set(entry.record, { content: entry.content, version: entry.version, at: entry.at });
      return;
    case 'result-ready':
      state.taken.set(entry.name, { result: entry.result, issued: false });
      giveResultName(state, entry);
      return;
    case 'result-done':
      state.taken.set(entry.name, { ...state.taken.get(entry.name), issued: true });
      return;
    case 'moved':
      state.taken.delete(entry.name);
      return;
    case 'output-ready':
      state.serials.set(entry.prefix, entry.serial);
      state.outputs.set(entry.name, entry);
      for (const id of entry.deliveries) state.written.add(id);
      return;
    case 'output-done':
      state.outputs.delete(entry.name);
      return;
    case 'written':
      for (const id of entry.deliveries) state.written.add(id);
      return;
    case 'in-hand':
      state.inHand = entry.deliveries;
      return;
    case 'put-down':
      for (const id of state.inHand) state.kills.delete(id);
      state.inHand = [];
      return;
    case 'result-of':
      giveResultName(state, entry);
      return;
    case 'serial':
      state.serials.set(entry.prefix, entry.serial);
      return;
    case 'killed':
      state.kills.set(entry.delivery, entry.times);
      return;
  }
}

function giveResultName({ resultsOf }: JournalState, { name, result }: { name: string; result: string }): void {
  if (!resultsOf.has(result)) resultsOf.set(result, name);
}

/** The shortest lines that say the same: `stateOf(entriesOf(state))` is `state`. */
export function entriesOf(state: JournalState): JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (const [sha256, folder] of state.settled) entries.push({ entry: 'settled', sha256, folder });
  for (const [number, sha256] of state.transmissions) entries.push({ entry: 'transmission', number, sha256 });
  for (const [record, { content, version, at }] of state.accepted)
    entries.push({
      ...({ entry: 'accepted', record, content } as const),
      ...(version !== undefined && { version }),
      ...(at !== undefined && { at }),
    });
  // Before the files under way, whose own lines would give their results' names to them.
  for (const [result, name] of state.resultsOf) entries.push({ entry: 'result-of', name, result });
  for (const [name, { result, issued }] of state.taken) {
    entries.push(result === undefined ? { entry: 'taken', name } : { entry: 'result-ready', name, result });
    if (issued) entries.push({ entry: 'result-done', name });
  }
  const written = [...state.written];
  for (let start = 0; start < written.length; start += idsPerEntry)
    entries.push({ entry: 'written', deliveries: written.slice(start, start + idsPerEntry) });
  entries.push(...state.outputs.values());
  // Behind the outputs, whose own serials are older.
  for (const [prefix, serial] of state.serials) entries.push({ entry: 'serial', prefix, serial });
  for (const [delivery, times] of state.kills) entries.push({ entry: 'killed', delivery, times });
  // Last, as it was when the host died: the line `opened` that follows counts it.
  if (state.inHand.length > 0) entries.push({ entry: 'in-hand', deliveries: [...state.inHand] });
  return entries;
}
