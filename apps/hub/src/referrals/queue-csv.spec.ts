// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { QueueItem } from '@tsunagi/contracts';
import { queueRows } from './queue-csv';
import { csvFile, csvText, readCsv } from '../platform';

const item: QueueItem = {
  id: '01900000-0000-7000-8000-000000000001',
  journeyId: '01900000-0000-7000-8000-000000000002',
  kind: 'referral',
  state: 'received',
  version: 3,
  from: { domain: 'kaigo', code: 'A', name: '見本　包括' },
  urgency: 'normal',
  createdAt: '2026-11-20T05:02:00.000Z',
  stateAt: '2026-11-20T05:02:00.000Z',
  dueOn: '2026-11-17',
  overdue: true,
  waitedDays: 2,
  dueInDays: -3,
  basis: 'consent_ending',
};
const read = (items: readonly QueueItem[], notes: readonly string[] = []) =>
  readCsv(csvText(csvFile(queueRows(items, notes), 'utf-8-bom').bytes));

describe('the queue as CSV', () => {
  it('has what a line of the queue has, in Japanese', () => {
    const [head = [], row = []] = read([item]);
    const cells = Object.fromEntries(head.map((name, n) => [name, row[n]]));
    expect(cells).toMatchObject({
      状態: '到着',
      種類: 'つなぎ',
      緊急度: '通常',
      送り元: '見本　包括',
      宛先: '',
      根拠: '同意 期限間近',
      期限超過: '超過',
      '期限まで(営業日)': '-3',
      '経過(営業日)': '2',
    });
  });

  it.each(['=1+1', '+81', '-cmd', '@here', '\tx', '\rx'])(
    'takes the power from a text that is a formula: %j',
    (name) => {
      const [head = [], row = []] = read([{ ...item, from: { ...item.from, name } }]);
      expect(row[head.indexOf('送り元')]).toBe(`'${name}`);
    },
  );

  it('says what is to be said of it after the last line', () => {
    expect(read([item], ['10,000件まで']).at(-1)).toEqual(['10,000件まで']);
  });
});
