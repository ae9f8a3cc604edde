// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { PauseReason, recordCodes, resultNames, toldRemedy } from '@tsunagi/contracts';
import {
  AuthorityCode,
  DenyReason,
  HoldReason,
  ItemOutcome,
  OutcomeCode,
  ReferralKind,
  ResponseCode,
  ReturnReason,
  StatusCode,
} from '@tsunagi/domain';
import { codeGroups } from './code-groups';
import { codesPage } from './codes-page';
import { codesHtml } from './docs-page';
import { catalogue } from '../platform';

describe('the page of codes', () => {
  const groups = codeGroups();
  const codesOf = (id: string) => groups.find((g) => g.id === id)?.rows.map(([code]) => code);

  it.each<[string, readonly string[]]>([
    ['records', Object.keys(recordCodes)],
    ['results', Object.keys(resultNames)],
    ['outcomes', ItemOutcome.options],
    ['holds', [...HoldReason.options, 'OPEN_TWIN', 'ASSERTION_ENDED']],
    ['denials', [...DenyReason.options, 'PERSON_DECEASED']],
    ['pauses', PauseReason.options],
    ['kinds', ReferralKind.options],
    ['authorities', AuthorityCode.options],
    ['statuses', StatusCode.options],
    ['responses', ResponseCode.options],
    ['return-reasons', ReturnReason.options],
    ['outcome-codes', OutcomeCode.options],
  ])('lists all %s', (id, codes) => {
    expect(codesOf(id)?.slice().sort()).toEqual([...codes].sort());
  });

  it('lists every problem once, those of steps with the steps', () => {
    expect([...(codesOf('problems') ?? []), ...(codesOf('steps') ?? [])].sort()).toEqual(Object.keys(catalogue).sort());
  });

  it('has as many cells in each row as columns, in Markdown too', () => {
    for (const { id, columns, rows } of groups)
      for (const row of rows) expect([id, row.length]).toEqual([id, columns.length]);
    for (const line of codesPage(groups)
      .split('\n')
      .filter((l) => l.startsWith('|')))
      expect(line).toMatch(/^\| .* \|$/);
  });

  /** Of the others there is nothing to do: they are words, or say how a kind is handled. */
  const wordsOnly = ['kinds', 'numbers', 'vocabulary'];

  it.each(groups.filter(({ id }) => !wordsOnly.includes(id)))(
    'leaves no code of $id without meaning and remedy',
    (group) => {
      const told = group.columns.flatMap((name, n) => (/意味|許す|直し方|すること/.test(name) ? [n] : []));
      expect(told.length).toBeGreaterThan(0);
      expect(group.columns.filter((name) => /直し方|すること/.test(name))).toHaveLength(1);
      for (const [code, ...cells] of group.rows)
        for (const n of told) expect([code, cells[n - 1]]).toEqual([code, expect.stringMatching(/。$/)]);
    },
  );

  it('says that nothing has to be done only where the words do not ask for anything', () => {
    expect(toldRemedy({ says: '届きました。' })).toBe('何もしなくてよいです。');
    expect(toldRemedy({ says: '理由を入れてください。' })).toBe('意味の文のとおりです。');
    expect(toldRemedy({ says: '断ります。', remedy: '直してください。' })).toBe('直してください。');
  });

  it('names for every authority of the law the article that it rests on', () => {
    const inside = ['to_person', 'person_free', 'own_desk', 'young_carer'];
    for (const [code = '', , , says] of groups.find(({ id }) => id === 'authorities')?.rows ?? [])
      expect([code, /[0-9]+条/.test(says ?? '')]).toEqual([code, !inside.includes(code)]);
  });

  it('says the same in HTML', () => {
    const html = codesHtml(groups);
    for (const code of Object.keys(recordCodes)) expect(html).toContain(`<code>${code}</code>`);
  });
});
