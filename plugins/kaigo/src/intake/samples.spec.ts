// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { referralSubmission } from '@tsunagi/plugin-sdk';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEvents, toEventSubmission } from './read-events';

const settings = { functionCode: '9970100005', formVersion: 'kaigo-2026-1' };

function submissionsOf(name: string) {
  const reading = readEvents(readFileSync(join(__dirname, '../../samples', name)), { gaiji: new Map(), insurers: [] });
  if (!reading.ok) throw new Error(reading.code);
  return [...reading.rows].map((row) => {
    if (!('event' in row)) throw new Error(`row ${row.row}`);
    const mapped = toEventSubmission(row.event, settings);
    if (!mapped.ok) throw new Error(mapped.code);
    return { label: row.label, warnings: mapped.warnings, ...mapped.value };
  });
}

describe('the sample files', () => {
  it('KAI24061: one row that ends at 外部管理番号, asking for konkyu, with consent and no 会い方', () => {
    const [only, ...more] = submissionsOf('KAI24061.CSV');
    expect(more).toEqual([]);
    expect(only).toMatchObject({
      label: 'KAI-20240610-0001',
      warnings: [],
      kind: 'referral',
      to: { domain: 'konkyu' },
      fromCode: '9970100005',
      urgency: 'normal',
      purpose: 'consultation',
      asserted: { code: '1', formVersion: 'kaigo-2026-1', on: '2024-06-10' },
      subject: {
        identifiers: [{ system: 'kaigo', value: '00990010-0000000123' }],
        items: {
          identity: { name: '見本　花子', kana: 'ミホン ハナコ', birthDate: '1940-01-05', sex: 'female' },
          concern: { boxes: ['spending_debt', 'housing'] },
          narrative: { fact: '家賃滞納あり。困窮担当へつなぐ', writtenOn: '2024-06-10' },
        },
      },
    });
    expect(only).not.toHaveProperty('howTheyMeet');
    expect(Object.keys(only!.subject.items)).toEqual(['identity', 'concern', 'care_level', 'service_use', 'narrative']);
  });

  it('KAI26111: one row with consent, one without whose person visits or is met through the sender', () => {
    const [hanako, jiro, ...more] = submissionsOf('KAI26111.CSV');
    expect(more).toEqual([]);
    expect(hanako).toMatchObject({
      asserted: { code: '1' },
      howTheyMeet: 'contact_permitted',
      subject: {
        items: {
          contact: { address: '見本県見本市見本町一丁目１番１号', telephone: '0991234567' },
          household_outline: { size: 2 },
        },
      },
    });
    expect(jiro).toMatchObject({
      asserted: { code: '9' },
      howTheyMeet: 'through_sender',
      subject: { items: { identity: { kana: 'ミホン ジロウ', sex: 'male' }, household_outline: { size: 1 } } },
    });
    expect(jiro!.subject.items).not.toHaveProperty('narrative');
  });

  it('become submissions the hub understands, the same each time', () => {
    const frame = { channel: 'plugin', plugin: 'kaigo', row: 1 };
    const submissions = ['KAI24061.CSV', 'KAI26111.CSV'].flatMap(submissionsOf);
    for (const { label: _label, warnings: _warnings, source, ...draft } of submissions) {
      expect(() => referralSubmission.parse({ ...draft, source: { ...frame, ...source } })).not.toThrow();
    }
    expect(['KAI24061.CSV', 'KAI26111.CSV'].flatMap(submissionsOf)).toEqual(submissions);
  });
});
