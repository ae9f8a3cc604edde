// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { eventFields, type EventValues } from '../../test/event-file';
import { judgeEvent } from './judge-event';
import { readEcho } from './record-key';
import { toSubmission } from './to-submission';

const settings = { functionCode: '9970100005', formVersion: 'kaigo-2026-1' };

function submission(row: EventValues = {}, fields = 29) {
  const raw = eventFields(row, { fields });
  const judged = judgeEvent(raw, { gaiji: new Map(), insurers: [] });
  if (!judged.ok) throw new Error(judged.faults[0].code);
  return toSubmission(judged.record, 'a'.repeat(64), settings);
}

describe('a change record in the common schema', () => {
  it('puts every item in its category', () => {
    expect(submission().subject).toEqual({
      ref: 'subject',
      role: 'subject',
      identifiers: [{ system: 'kaigo', value: '00990010-0000000201' }],
      items: {
        identity: { name: '見本　花子', kana: 'ミホン ハナコ', birthDate: '1940-01-05', sex: 'female' },
        contact: { address: '見本県見本市見本町一丁目１番１号', telephone: '0991234567' },
        household_outline: { size: 2 },
        concern: { boxes: ['income_work', 'spending_debt'] },
        care_level: {
          level: '22',
          application: '1',
          validFrom: '2026-06-01',
          validTo: '2027-05-31',
          physicalIndependence: '4',
          dementiaIndependence: '3',
        },
        service_use: { planKind: '1', office: '9970100005' },
        narrative: { fact: '家賃滞納あり。', writtenOn: '2026-11-10' },
      },
    });
  });

  it('names the sender, the day of the change and its own key', () => {
    const { source, fromCode, asserted } = submission();
    expect(source).toMatchObject({
      system: 'kaigo',
      key: '00990010/KAI-20261110-0001',
      change: 'new',
      occurredAt: '2026-11-10T00:00:00+09:00',
    });
    expect(readEcho(source.echo)).toMatchObject({
      insurer: '00990010',
      insured: '0000000201',
      externalNumber: 'KAI-20261110-0001',
    });
    expect(fromCode).toBe('9970100005');
    expect(asserted).toEqual({ code: '1', formVersion: 'kaigo-2026-1', on: '2026-11-10' });
  });

  it.each([
    ['2', { domain: 'shogai' }, 'referral'],
    ['3', { domain: 'kosodate' }, 'referral'],
    ['4', { domain: 'konkyu' }, 'referral'],
    ['5', { domain: 'other' }, 'referral'],
    ['6', 'unknown', 'support_request'],
  ])('with つなぎ先分野 %s goes to %j', (target, to, kind) => {
    expect(submission({ target })).toMatchObject({ to, kind });
  });

  it('asks for no referral when it stays in the department', () => {
    expect(submission({ target: '1' })).not.toHaveProperty('to');
  });

  it('asks for no referral when the matter ended, and says so', () => {
    const ended = submission({ change: '3' });
    expect(ended).not.toHaveProperty('to');
    expect(ended.source.change).toBe('ended');
  });

  it.each([
    ['1', 'contact_permitted'],
    ['2', 'accompanied'],
    ['3', 'person_visits'],
    ['4', 'through_sender'],
  ])('with 会い方 %s meets by %s', (meeting, howTheyMeet) => {
    expect(submission({ meeting })).toMatchObject({ howTheyMeet });
  });

  it('leaves 会い方 open where the record does', () => {
    expect(submission({}, 25)).not.toHaveProperty('howTheyMeet');
  });

  it('tells the most pressing concern from the others', () => {
    expect(submission({ concerns: '100002000001' }).subject.items.concern).toEqual({
      boxes: ['illness', 'income_work', 'other'],
      mostPressing: ['income_work'],
    });
  });

  it('has no group for what the record leaves empty', () => {
    const bare = submission({ concerns: '000000000000', message: '', planKind: '', office: '' }, 25);
    expect(Object.keys(bare.subject.items).sort()).toEqual(['care_level', 'identity']);
  });

  it('composes voiced kana', () => {
    expect(submission({ kana: 'ﾐﾎﾝ ｼﾞﾛｳ' }).subject.items.identity).toMatchObject({ kana: 'ミホン ジロウ' });
  });
});
