// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { QueueItem } from '@tsunagi/contracts';
import { summarize, summaryLines } from './summary';

const desk = (name: string) => ({ domain: 'kaigo' as const, code: '1', name });
const referral = (id: string, state: QueueItem['state']) =>
  ({ id, state, from: desk('地域包括支援センター'), to: desk('自立相談支援機関') }) as QueueItem;
const kaigo = {
  resultFiles: ['KAE26111.CSV'],
  results: { '10': 2, '11': 1, '14': 1, '90': 1 },
  faults: { 'E-DATE': 1 },
  statuses: {},
  received: { '1': 1 },
  answers: { '10': 1 },
  answerFaults: {},
};
const shogai = { ...kaigo, resultFiles: ['SHE26111.DAT'], results: { '10': 1 }, faults: { 'E-ERA': 1 } };
const kosodate = {
  events: 3,
  due: 0,
  faults: { 'E-VERSION': 1 },
  statuses: { '10': 2 },
  received: { '1': 1 },
  answers: { '10': 1 },
};
const silent = { received: {}, answers: {}, consultations: {}, results: {}, faults: {} };
const konkyu = { ...silent, received: { '1': 2 }, answers: { '10': 2, '45': 1 }, faults: { 'E-DATE': 1, 'E-ERA': 1 } };
const crossing = {
  complete: true,
  referrals: [referral('1', 'received'), referral('2', 'received'), referral('3', 'awaiting_authority')],
  sandbox: { kaigo, konkyu, kosodate, shogai },
};

describe('the summary of the demo', () => {
  it('tells apart what crossed, what consent stopped and what was quarantined', () => {
    const summary = summarize(crossing, []);
    expect(summary.crossed).toEqual([expect.objectContaining({ state: 'received', count: 2 })]);
    expect(summary.waiting).toEqual([expect.objectContaining({ state: 'awaiting_authority', count: 1 })]);
    expect(summary.quarantined).toEqual({ 'E-DATE': 2, 'E-ERA': 2, 'E-VERSION': 1 });
    expect(summary.otherRows).toEqual({ '14': 1 });
  });

  it('does not count as crossed what never left or was taken back', () => {
    const more = [referral('4', 'withdrawn'), referral('5', 'draft'), referral('6', 'sent')];
    const summary = summarize({ ...crossing, referrals: more }, []);
    expect([summary.crossed, summary.waiting, summary.elsewhere.length]).toEqual([[], [], 3]);
  });

  it('is read in plain Japanese', () => {
    const first = [
      { name: 'KAI26111.CSV', path: '/x', rows: 5 },
      { name: 'SHG26111.DAT', path: '/y', rows: 2 },
    ];
    const text = summaryLines(summarize(crossing, first)).join('\n');
    expect(text).toContain('最初のファイル KAI26111.CSV（5 行）');
    expect(text).toContain('地域包括支援センター → 自立相談支援機関　到着 2 件');
    expect(text).toContain('自立相談支援機関の受付表に 2 件');
    expect(text).toContain('自立相談支援機関からの返事 到着 2 件、照会 1 件');
    expect(text).toContain('介護システムへのファイルに 1 件');
    expect(text).toContain('介護システムからの返事 到着 1 件');
    expect(text).toContain('最初のファイル SHG26111.DAT（2 行）');
    expect(text).toContain('障害福祉システムへのファイルに 1 件');
    expect(text).toContain('障害福祉システムからの返事 到着 1 件');
    expect(text).toContain('子育てシステムから受け付けた出来事 3 件');
    expect(text).toContain('子育てシステムへの折り返しに 1 件');
    expect(text).toContain('子育てシステムからの返事 到着 1 件');
    expect(text).toContain('E-DATE 2 件　存在しない日付か、期間の終わりが始まりより前です。');
    expect(text).toContain('E-ERA 2 件　その元号にはない日付です。');
    expect(text).not.toMatch(/\{\w+\}|undefined/);
  });

  it('says when nothing has crossed, and when it is not over yet', () => {
    const idle = { ...kaigo, results: {}, faults: {}, received: {}, answers: {} };
    const nothing = {
      complete: false,
      referrals: [],
      sandbox: { kaigo: idle, konkyu: silent, kosodate: { ...silent, events: 0, due: 0, statuses: {} }, shogai: idle },
    };
    const text = summaryLines(summarize(nothing, [])).join('\n');
    expect(text).toContain('まだ処理中');
    expect(text.match(/ありません/g)).toHaveLength(3);
  });
});
