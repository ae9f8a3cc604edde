// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { journalEntry, type JournalEntry } from './journal-entry';
import { entriesOf, stateOf } from './journal-state';

/** Few names and ids, so that the lines of a sequence meet each other often. */
const name = fc.constantFrom('F1', 'F2', 'F3');
const deliveries = fc.array(fc.constantFrom('d1', 'd2', 'd3', 'd4'), { maxLength: 4 });
const serial = fc.integer({ min: 1, max: 9 });
const prefix = fc.constantFrom('KAO', 'KAR');
/** Every kind of line there is: the compiler asks for a new one here, too. */
const kinds: { [K in JournalEntry['entry']]: fc.Arbitrary<Omit<Extract<JournalEntry, { entry: K }>, 'entry'>> } = {
  opened: fc.record({}),
  taken: fc.record({ name }),
  settled: fc.record({ sha256: fc.constantFrom('a', 'b'), folder: fc.constantFrom('done', 'error') }),
  transmission: fc.record({ number: fc.constantFrom('S/1', 'S/2'), sha256: fc.constantFrom('a', 'b') }),
  accepted: fc.record({
    record: fc.constantFrom('1'.repeat(64), '2'.repeat(64)),
    content: fc.constantFrom('a'.repeat(64), 'b'.repeat(64)),
    version: fc.constantFrom('1', '2'),
    at: fc.constantFrom('2026-11-20T09:00:00+09:00', '2026-11-21T09:00:00+09:00'),
  }),
  'result-ready': fc.record({ name, result: fc.constantFrom('R1', 'R2') }),
  'result-of': fc.record({ name, result: fc.constantFrom('R1', 'R2', 'R3') }),
  'result-done': fc.record({ name }),
  moved: fc.record({ name }),
  'output-ready': fc.record({ prefix, serial, name, deliveries }),
  'output-done': fc.record({ name }),
  written: fc.record({ deliveries }),
  'in-hand': fc.record({ deliveries }),
  'put-down': fc.record({}),
  serial: fc.record({ prefix, serial }),
  killed: fc.record({ delivery: fc.constantFrom('d1', 'd2'), times: fc.integer({ min: 1, max: 3 }) }),
};
const entry = fc.oneof(
  ...Object.entries(kinds).map(([kind, rest]) => rest.map((fields) => ({ entry: kind, ...fields }) as JournalEntry)),
);
const entries = fc.array(entry, { maxLength: 60 });
const compact = (lines: readonly JournalEntry[]) => entriesOf(stateOf(lines));

describe('a compacted journal', () => {
  it('says exactly what the lines said', () => {
    fc.assert(
      fc.property(entries, (lines) => {
        const [before, after] = [stateOf(lines), stateOf(compact(lines))];
        expect(after).toEqual(before);
        // Half-done files are finished in their order.
        expect([...after.outputs.keys()]).toEqual([...before.outputs.keys()]);
      }),
      { numRuns: 1000 },
    );
  });

  it('goes on like the old one, through deaths and further compactions', () => {
    fc.assert(
      fc.property(entries, entries, (lines, more) => {
        const after = [...compact(lines), { entry: 'opened' } as const, ...more];
        expect(stateOf(compact(after))).toEqual(stateOf([...lines, { entry: 'opened' }, ...more]));
      }),
      { numRuns: 1000 },
    );
  });

  it('is made of lines that a journal takes', () => {
    fc.assert(
      fc.property(entries, (lines) => {
        for (const one of compact(lines)) expect(journalEntry.parse(one)).toEqual(one);
      }),
    );
  });

  it('holds any number of written deliveries, none of them in a line that is too long', () => {
    const ids = Array.from({ length: 2001 }, (_, index) => `d${index}`);
    const compacted = compact(ids.map((id) => ({ entry: 'written', deliveries: [id] })));
    expect(compacted).toHaveLength(3);
    for (const one of compacted) expect(journalEntry.safeParse(one).success).toBe(true);
    expect([...stateOf(compacted).written]).toEqual(ids);
  });

  it('holds nothing of what is over, but whose result a name was given to', () => {
    expect(
      compact([
        { entry: 'opened' },
        { entry: 'taken', name: 'F1' },
        { entry: 'result-ready', name: 'F1', result: 'R1' },
        { entry: 'result-done', name: 'F1' },
        { entry: 'moved', name: 'F1' },
        { entry: 'in-hand', deliveries: ['d1'] },
        { entry: 'put-down' },
      ]),
    ).toEqual([{ entry: 'result-of', name: 'F1', result: 'R1' }]);
  });
});
