// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { dryRunLines } from './dry-run-lines';
import { reportDryRun, type DryRunAnswer, type DryRunOutcome } from './dry-run-report';

const route = { domain: 'konkyu' as const, code: '9900000041', name: '自立相談支援機関' };
const answer = (row: number, outcome: DryRunAnswer['outcome'], more: Partial<DryRunAnswer> = {}) => ({
  row,
  outcome,
  label: 'KAI-0001',
  verdict: { itemId: `x/${row}`, outcome, codes: [], sentence: '送付しました。', ...more },
});
const about = { plugin: 'kaigo', file: 'KAI00001.CSV', versions: undefined };
const reportOf = (...rows: Parameters<typeof reportDryRun>[0]['rows'][number][]) =>
  reportDryRun({ rows, questions: 1, notJudged: 0 }, about);

describe('the report of a dry run', () => {
  const sent = answer(1, 'accepted', { route });
  const waiting = { row: 2, outcome: 'quarantined' as const, code: 'E-DATE', field: 10, label: 'KAI-0002' };

  it('says of each row where it would go, or which field keeps it back, and never the number it goes by', () => {
    const report = reportOf(sent, waiting);
    expect(report).toMatchObject({ ok: false, outcomes: { accepted: 1, quarantined: 1 } });
    expect(report.rows).toEqual([
      { row: 1, outcome: 'accepted', codes: [], sentence: '送付しました。', route },
      {
        row: 2,
        outcome: 'quarantined',
        codes: ['E-DATE'],
        field: 10,
        sentence: '存在しない日付か、期間の終わりが始まりより前です。',
      },
    ]);
    expect(JSON.stringify([report, dryRunLines(report)])).not.toContain('KAI-000');
    const [, , , one] = dryRunLines(report);
    expect(one).toMatch(/^送付 +1$/);
    expect(dryRunLines(report)).toContainEqual(
      expect.stringMatching(/^2 +保留 +- +E-DATE 項目10 +存在しない日付か、期間の終わりが始まりより前です。$/),
    );
  });

  it.each<[DryRunOutcome, boolean]>([
    ['accepted', true],
    ['held', true],
    ['denied', true],
    ['duplicate', true],
    ['no_referral', true],
    ['unrouted', true],
    ['draft', true],
    ['rejected', false],
    ['conflict', false],
    ['quarantined', false],
    ['refused', false],
  ])('is well with a row that would be %s: %s', (outcome, ok) => {
    expect(reportOf({ row: 1, outcome }).ok).toBe(ok);
  });

  it('names another version of the plugin, rows that were asked apart, and rows nobody could judge', () => {
    const versions = { here: '0.2.0', there: '0.1.0' };
    const lines = dryRunLines(
      reportDryRun({ rows: [sent], questions: 3, notJudged: 2 }, { ...about, versions }),
    ).join();
    for (const said of ['版 0.2.0', '3 回に分けました', '返事の行 2 件']) expect(lines).toContain(said);
  });

  it('shows a refused file as a whole', () => {
    const lines = dryRunLines(reportOf({ row: 0, outcome: 'refused', code: 'E-COUNT' }));
    expect(lines).toContainEqual(
      expect.stringMatching(/^全体 +ファイル拒否 +- +E-COUNT +レコード件数が実際の数と合いません。$/),
    );
  });
});
