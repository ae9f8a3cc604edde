// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { referralSubmission } from '@tsunagi/plugin-sdk';
import { eventRecord, type EventValues } from '../../test/event-file';
import { anything } from '../layout/intake-rules';
import { judgeEvent } from './judge-event';
import { readEvents, toEventSubmission } from './read-events';
import { readEcho } from './record-key';
import { toSubmission } from './to-submission';

const settings = { functionCode: '9910100001', formVersion: 'shogai-2026-1' };

function submission(row: EventValues = {}) {
  const judged = judgeEvent(eventRecord(row), '990019', anything);
  if (!judged.ok) throw new Error(judged.faults[0].code);
  return toSubmission(judged.record, 'a'.repeat(64), settings);
}

describe('a change record in the common schema', () => {
  it('puts every item in its category', () => {
    expect(submission().subject).toEqual({
      ref: 'subject',
      role: 'subject',
      identifiers: [{ system: 'shogai', value: '990019-9910100008' }],
      items: {
        identity: { name: '見本　次郎', kana: 'ミホン ジロウ', birthDate: '1985-10-15', sex: 'male' },
        contact: { address: '見本県見本市本町一丁目１番１号', telephone: '0991234567' },
        household_outline: { size: 2 },
        concern: { boxes: ['income_work', 'housing'] },
        disability: {
          kinds: ['身体', '知的'],
          physicalGrade: '2',
          intellectualGrade: 'B1',
          mentalGrade: '3',
          supportLevel: '24',
          validFrom: '2026-04-01',
          validTo: '2027-03-31',
        },
        service_use: { office: '9970100005', services: ['111000'] },
        narrative: { fact: '家計管理の相談希望。', writtenOn: '2026-11-10' },
      },
    });
  });

  it('names the sender, the day of the change and its own keys, 宛名番号 among them', () => {
    const { source, fromCode, asserted } = submission();
    expect(source).toMatchObject({
      system: 'shogai',
      key: '990019/SHG-20261110-0001',
      change: 'new',
      occurredAt: '2026-11-10T00:00:00+09:00',
    });
    expect(readEcho(source.echo)).toEqual({
      municipality: '990019',
      recipient: '9910100008',
      resident: '000000000001236',
      externalNumber: 'SHG-20261110-0001',
    });
    expect(fromCode).toBe('9910100001');
    expect(asserted).toEqual({ code: '1', formVersion: 'shogai-2026-1', on: '2026-11-10' });
  });

  it.each([
    ['11', { domain: 'kaigo' }, 'referral', '1'],
    ['32', { domain: 'kosodate' }, 'referral', '2'],
    ['43', { domain: 'konkyu' }, 'referral', '3'],
    ['59', { domain: 'other' }, 'referral', '9'],
    ['61', 'unknown', 'support_request', '1'],
  ])('with つなぎ先分野・同意 %s goes to %j', (targetAndConsent, to, kind, code) => {
    expect(submission({ targetAndConsent })).toMatchObject({ to, kind, asserted: { code } });
  });

  it('asks for no referral when it stays in the department', () => {
    expect(submission({ targetAndConsent: '21' })).not.toHaveProperty('to');
  });

  it('asks for no referral when the matter ended, and says so', () => {
    const ended = submission({ change: '3' });
    expect(ended).not.toHaveProperty('to');
    expect(ended.source.change).toBe('ended');
  });

  it('leaves 会い方, household, grades and address open where the record has zeros or nothing', () => {
    const zeros = { meeting: '0', householdSize: '00', physicalGrade: '0', mentalGrade: '0', kinds: '00000' };
    const bare = submission({ ...zeros, address: '', telephone: '', concerns: '000000000000' });
    expect(bare).not.toHaveProperty('howTheyMeet');
    expect(Object.keys(bare.subject.items)).toEqual(['identity', 'disability', 'service_use', 'narrative']);
    expect(bare.subject.items.disability).not.toHaveProperty('physicalGrade');
  });

  it('is, of the sample, one the hub understands', () => {
    const reading = readEvents(readFileSync(join(__dirname, '../../samples/SHG24061.DAT')), anything);
    if (!reading.ok) throw new Error(reading.code);
    const [row, ...more] = reading.rows;
    if (!row || !('event' in row)) throw new Error('quarantined');
    const mapped = toEventSubmission(row.event, settings);
    if (!mapped.ok) throw new Error(mapped.code);
    expect(more).toEqual([]);
    expect(mapped).toMatchObject({
      warnings: [],
      value: {
        to: { domain: 'konkyu' },
        howTheyMeet: 'contact_permitted',
        subject: {
          items: {
            identity: { name: '見本　次郎', kana: 'ミホン ジロウ', birthDate: '1985-10-15', sex: 'male' },
            disability: { kinds: ['身体', '知的'], physicalGrade: '2', supportLevel: '24' },
            narrative: { fact: '家計管理の相談希望。同行支援が必要' },
            household_outline: { size: 2 },
          },
        },
      },
    });
    const { source, ...draft } = mapped.value;
    const frame = { channel: 'plugin', plugin: 'shogai', row: 1 };
    expect(() => referralSubmission.parse({ ...draft, source: { ...frame, ...source } })).not.toThrow();
  });
});
