// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { compareDryRuns, differingFields, type Tried } from './compare-dry-runs';
import type { DryRunAnswer } from './dry-run-report';

interface Asked {
  readonly row: number;
  readonly outcome?: DryRunAnswer['outcome'];
  readonly route?: DryRunAnswer['route'];
  readonly mapped?: unknown;
}

const kaigo = { domain: 'kaigo' as const, code: '9970100005', name: '地域包括支援センター' };
const konkyu = { domain: 'konkyu' as const, code: '9900000041', name: '自立相談支援機関' };

function tried(...rows: readonly Asked[]): Tried {
  const told = rows.map(({ row, outcome = 'accepted', route }, at) => ({
    row,
    outcome,
    verdict: { itemId: `x/${row}/${at}`, outcome, codes: [], sentence: '。', ...(route && { route }) },
  }));
  return {
    run: { rows: told, questions: 1, notJudged: 0 },
    mapped: new Map(rows.map(({ row, mapped = {} }, at) => [`x/${row}/${at}`, mapped])),
  };
}
const about = { plugin: 'kaigo', file: 'KAI00001.CSV', versions: { today: '0.1.0', candidate: '0.2.0' } };
const compare = (today: Tried, candidate: Tried) => compareDryRuns(today, candidate, about);

describe('what a candidate makes of a file, beside what is made of it today', () => {
  it('is nothing where all is the same', () => {
    const rows = [{ row: 1, route: kaigo, mapped: { urgency: 'normal' } }, { row: 2 }];
    expect(compare(tried(...rows), tried(...rows))).toMatchObject({ ok: true, differences: [] });
  });

  it('is another outcome, or another desk', () => {
    const today = tried({ row: 1, route: kaigo }, { row: 2 }, { row: 3 });
    const then = tried({ row: 1, route: konkyu }, { row: 2, outcome: 'held' }, { row: 3 });
    expect(compare(today, then).differences).toMatchObject([
      { row: 1, today: { route: kaigo }, candidate: { route: konkyu }, fields: [] },
      { row: 2, today: { outcome: 'accepted' }, candidate: { outcome: 'held' } },
    ]);
  });

  it('is told of each thing that a row asks for, whatever the order of the rows', () => {
    const today = tried({ row: 1, route: kaigo }, { row: 1, route: konkyu }, { row: 2 });
    const then = tried({ row: 2 }, { row: 1, route: kaigo });
    const { differences } = compare(today, then);
    expect(differences).toMatchObject([{ row: 1, today: { route: konkyu } }]);
    expect(differences[0]).not.toHaveProperty('candidate');
  });

  it('may be that it reads the file at all', () => {
    const left: Tried = { run: undefined, mapped: new Map() };
    expect(compare(left, tried())).toMatchObject({ ok: false, taken: { today: false, candidate: true } });
    expect(compare(tried({ row: 1 }), left).differences).toMatchObject([{ row: 1, today: { outcome: 'accepted' } }]);
  });
});

describe('the fields that differ', () => {
  it.each<[string, unknown, unknown, string[]]>([
    ['by their names', { a: { b: '見本', c: 1 } }, { a: { b: '別', c: 1 } }, ['a.b']],
    ['each one of a group that is only on one side', { a: 1 }, { a: 1, g: { x: '見本', y: 2 } }, ['g.x', 'g.y']],
    ['a list of words as one', { boxes: ['care'] }, { boxes: ['care', 'health'] }, ['boxes']],
    ['a list that was none', {}, { boxes: ['care'] }, ['boxes']],
    [
      'members of the household by their place',
      { others: [{ n: 1 }] },
      { others: [{ n: 1 }, { n: 2 }] },
      ['others.1.n'],
    ],
    ['what has become a group', { to: 'unknown' }, { to: { domain: 'kaigo' } }, ['to']],
    ['in whatever order they are written', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
  ])('are named, %s', (_, one, other, names) => {
    expect(differingFields(one, other)).toEqual(names);
    expect(differingFields(other, one)).toEqual(names);
  });
});
