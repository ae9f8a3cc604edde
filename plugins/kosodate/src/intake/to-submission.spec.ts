// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { referralSubmission } from '@tsunagi/plugin-sdk';
import { anEvent, aSubject } from '../../test/event-body';
import { judgeEvent } from './judge-event';
import { readEcho } from './record-key';
import { requestsOf, toSubmission } from './to-submission';

const settings = { functionCode: '9910000031', formVersion: 'C-2026-1' };
const rules = { municipality: '990019', childAbuseContact: 'x' };

function submissions(changes: Readonly<Record<string, unknown>> = {}, body = anEvent(changes)) {
  const judged = judgeEvent(body, rules);
  if (!judged.ok) throw new Error(judged.errors[0].code);
  const about = {
    event: judged.event,
    warnings: judged.warnings,
    change: 'new' as const,
    asOf: judged.event.occurredAt,
    contentHash: 'a'.repeat(64),
  };
  return requestsOf(about).map((request) => {
    const mapped = toSubmission(request, settings);
    if (!mapped.ok) throw new Error(mapped.code);
    const source = { ...mapped.value.source, channel: 'plugin', plugin: 'kosodate', row: 0 };
    // What the hub understands.
    return referralSubmission.parse({ ...mapped.value, source });
  });
}
const one = (changes: Readonly<Record<string, unknown>> = {}) => submissions(changes)[0]!;

describe('an event in the common schema', () => {
  it('puts every item in its category', () => {
    const homeReturn = { place: '見本県隣町', from: '2026-12-01', to: '2027-01-31' };
    expect(one({ homeReturn, expectedDate: '2027-02-03' }).subject).toEqual({
      ref: 'subject',
      role: 'subject',
      identifiers: [{ system: 'kosodate', value: '000000000001236' }],
      items: {
        identity: { name: '見本　𠮷郎', kana: 'ミホン　ヨシロウ', birthDate: '2023-10-02', sex: 'male' },
        contact: {
          address: '見本県見本市見本町一丁目１番１号',
          residence: '里帰り先：見本県隣町（2026-12-01から2027-01-31まで）',
        },
        household_outline: { size: 3, relations: ['母（31歳）', '姉（5歳）'] },
        concern: { boxes: ['disability', 'child_rearing'], mostPressing: ['child_rearing'] },
        health: { pregnancyDue: '2027-02-03' },
        narrative: {
          fact: '三歳児健診でことばの遅れ。（希望する機関：見本市児童発達支援センター）',
          writtenOn: '2026-11-10',
        },
      },
    });
  });

  it('names those of the household whom the system names, each for themselves', () => {
    expect(one().others).toEqual([
      {
        ref: 'h1',
        role: 'parent',
        relation: '母（31歳）',
        identifiers: [],
        items: { identity: { name: '見本　花子' } },
      },
    ]);
  });

  it('names the sender, the time of the event and its own keys', () => {
    const { source, fromCode, asserted } = one();
    expect(source).toMatchObject({
      system: 'kosodate',
      key: 'EV-20261110-0001/2',
      occurredAt: '2026-11-10T10:30:00+09:00',
    });
    expect(readEcho(source.echo)).toEqual({ eventId: 'EV-20261110-0001', domain: '2', isNotDisclosed: false });
    expect(fromCode).toBe('9910000031');
    expect(asserted).toEqual({ code: '1', formVersion: 'C-2026-1', on: '2026-11-10' });
  });

  it.each([
    ['1', { domain: 'kaigo' }, 'referral'],
    ['2', { domain: 'shogai' }, 'referral'],
    ['4', { domain: 'konkyu' }, 'referral'],
    ['5', { domain: 'other' }, 'referral'],
    ['6', 'unknown', 'support_request'],
  ])('with つなぎ先 %s goes to %j', (domain, to, kind) => {
    expect(one({ referTo: [{ domain, reason: '相談。' }] })).toMatchObject({ to, kind });
  });

  it.each([
    ['given', '1'],
    ['none_under_106_6', '2'],
    ['none_other_basis', '3'],
    ['unknown', '9'],
  ])('with the consent %s asserts %s', (status, code) => {
    expect(one({ consent: { status } }).asserted).toMatchObject({ code, on: '2026-11-10' });
  });

  it('without a consent says that nobody knows', () => {
    expect(one({ consent: undefined }).asserted?.code).toBe('9');
  });

  it.each([
    ['1', 'normal'],
    ['2', 'urgent'],
    ['3', 'same_day'],
  ])('with urgency %s is %s', (urgency, meant) => {
    expect(one({ urgency }).urgency).toBe(meant);
  });

  it('of the department itself, or without つなぎ先, is no referral, and says nothing of the person', () => {
    for (const referTo of [[{ domain: '3', reason: '相談。' }], []]) {
      const submission = one({ referTo });
      expect(submission).not.toHaveProperty('to');
      expect([submission.subject.items, submission.others]).toEqual([{}, []]);
    }
  });

  it('that names two departments is two, known apart by their domain', () => {
    const referTo = [
      { domain: '1', reason: '祖母の介護。' },
      { domain: '4', reason: '家計の相談。' },
    ];
    expect(submissions({ referTo }).map(({ source, subject }) => [source.key, subject.items.narrative?.fact])).toEqual([
      ['EV-20261110-0001/1', '祖母の介護。'],
      ['EV-20261110-0001/4', '家計の相談。'],
    ]);
  });

  it('that is a 支援プラン asks for support as a whole', () => {
    const referTo = [
      { domain: '1', reason: '祖母の介護。' },
      { domain: '4', reason: '家計の相談。' },
    ];
    const plan = submissions({ eventType: 'support_plan', referTo });
    expect(plan).toMatchObject([
      {
        kind: 'support_request',
        to: 'unknown',
        subject: { items: { narrative: { fact: '祖母の介護。\n家計の相談。' } } },
      },
    ]);
    expect(submissions({ eventType: 'support_plan', referTo: [] })).toMatchObject([{ kind: 'support_request' }]);
  });

  it('keeps a date that no calendar has as its text, and invents none', () => {
    const subject = aSubject({ dateOfBirth: null, dateOfBirthText: '令和5年2月29日', sex: '9' });
    const { identity } = one({ subject }).subject.items;
    expect(identity).toMatchObject({ birthDateText: '令和5年2月29日', sex: 'unknown' });
    expect(identity).not.toHaveProperty('birthDate');
  });

  it('knows a person by a key that is too long for the hub, too, and tells two of them apart', () => {
    const [first, again, other] = ['a', 'a', 'b'].map(
      (end) => one({ municipalityIdentityKey: '9'.repeat(99) + end }).subject.identifiers[0]?.value,
    );
    expect(first).toHaveLength(40);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('is, of the sample, one the hub understands', () => {
    const sample = JSON.parse(readFileSync(join(__dirname, '../../samples/event.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(submissions({}, sample)).toMatchObject([{ to: { domain: 'shogai' } }]);
  });
});
