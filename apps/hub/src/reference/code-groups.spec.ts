// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { PauseReason, recordCodes, resultNames } from '@tsunagi/contracts';
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

  it('says the same in HTML', () => {
    const html = codesHtml(groups);
    for (const code of Object.keys(recordCodes)) expect(html).toContain(`<code>${code}</code>`);
  });
});
