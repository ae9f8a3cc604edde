// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DecisionView } from '@tsunagi/contracts';
import type { Explanation } from './explanation';
import { explanationLines } from './explanation-lines';

const withdrawn = { code: 'CONSENT_WITHDRAWN', sentence: '同意が撤回されています。' };
const members: DecisionView['members'] = [{ ref: 'subject', categories: ['identity', 'concern'], consents: [] }];
const disclosed: DecisionView = {
  outcome: 'permit',
  direction: 'referral',
  authority: 'consent',
  members,
  feedback: 'state',
  reasons: [],
  inputs: {},
  decidedAt: '2026-11-20T01:00:00Z',
};
const returned: DecisionView = { ...disclosed, direction: 'feedback', decidedAt: '2026-11-21T01:00:00Z' };

const told = (explanation: Partial<Explanation>) =>
  explanationLines({ state: 'accepted', history: [], ...explanation });

describe('the explanation of a consent', () => {
  it('begins with the state and what holds now, whatever was decided before', () => {
    const now = { outcome: 'hold' as const, to: '自立相談支援機関', members: [], reasons: [withdrawn] };
    expect(told({ now, history: [disclosed] }).slice(0, 4)).toEqual([
      '状態　引受',
      'いま　自立相談支援機関への提供は止まっています。',
      '  理由',
      '    同意が撤回されています。（CONSENT_WITHDRAWN）',
    ]);
  });

  it('tells what went to the recipient from what may go back', () => {
    const lines = told({ history: [returned, disclosed] });
    const from = lines.indexOf('これまでの判断（新しい順）');
    expect(lines.slice(from + 1)).toEqual([
      '返し　2026年11月21日 10:00　状態を返せると判断',
      '  根拠　consent',
      '提供　2026年11月20日 10:00　提供できると判断',
      '  根拠　consent',
      '  subject　氏名・生年月日・性別、相談事由',
    ]);
  });

  it('says of what goes back how far it goes', () => {
    const { authority: _none, ...own } = returned;
    expect(told({ history: [{ ...own, members: [], feedback: 'none' }] }).at(-1)).toContain('送り元の記録の変化だけ');
    expect(told({ history: [{ ...own, feedback: 'state+note' }] }).at(-1)).toContain('状態と連絡文');
  });

  it('says so when it cannot know what holds now, and when nothing was decided', () => {
    expect(told({ state: 'draft' })).toEqual([
      '状態　下書き',
      expect.stringContaining('ここからは分かりません'),
      '',
      'これまでの判断はありません。',
    ]);
  });

  it('leaves no blank open', () => {
    const now = { ...disclosed, to: '自立相談支援機関', notAfter: '2027-01-01T00:00:00Z', reasons: [withdrawn] };
    expect(told({ now, history: [disclosed, returned] }).join('\n')).not.toMatch(/\{\w+\}|undefined/);
  });
});
