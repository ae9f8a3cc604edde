// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { anEvent, aSubject } from '../../test/event-body';
import type { Registration } from './event-body';
import { judgeEvent } from './judge-event';

const rules = { municipality: '990019', childAbuseContact: '見本市こども家庭センター 000-0000-0110' };
const judge = (changes: Readonly<Record<string, unknown>> = {}) => judgeEvent(anEvent(changes), rules);
const faults = (changes: Readonly<Record<string, unknown>>) => {
  const judged = judge(changes);
  return judged.ok ? [] : judged.errors.map(({ pointer, code }) => [pointer, code]);
};
const subject = (changes: Readonly<Record<string, unknown>>) => ({ subject: aSubject(changes) });
const warnings = (changes: Readonly<Record<string, unknown>>) => {
  const judged = judge(changes);
  return judged.ok ? judged.warnings : judged.errors;
};

describe('a sound event', () => {
  it('is taken as it came, with any character that Unicode has', () => {
    expect(judge()).toMatchObject({
      ok: true,
      warnings: [],
      event: { eventId: 'EV-20261110-0001', registered: { subject: { name: '見本　𠮷郎' } } },
    });
  });

  it('needs of a registration what the interface says, and no more', () => {
    const person = { role: 'child', dateOfBirth: '2023-10-02' };
    const optional = ['household', 'concerns', 'primaryConcern', 'consent', 'referTo', 'urgency', 'historyKey'];
    const bare = Object.fromEntries(optional.map((name) => [name, undefined]));
    expect(judge({ ...bare, subject: person })).toMatchObject({ ok: true, event: { registered: { urgency: '1' } } });
  });

  it('that is withdrawn is read no further than its keys', () => {
    const judged = judge({ modificationSeg: '2', subject: 'x', isNotDisclosed: undefined });
    expect(judged).toMatchObject({ ok: true, event: { municipalityIdentityKey: '000000000001236' } });
    expect(judged.ok && judged.event).not.toHaveProperty('registered');
  });
});

describe('what is refused, and where', () => {
  it.each([
    // Keys
    ['no eventId', { eventId: undefined }, '/eventId', 'E-REQUIRED'],
    ['an eventId of 65 characters', { eventId: 'x'.repeat(65) }, '/eventId', 'E-LENGTH'],
    ['a name in the eventId', { eventId: '見本太郎' }, '/eventId', 'E-ATTR'],
    ['an unknown eventType', { eventType: 'other' }, '/eventType', 'E-CODE'],
    ['no modificationSeg', { modificationSeg: undefined }, '/modificationSeg', 'E-REQUIRED'],
    ['an unknown modificationSeg', { modificationSeg: '3' }, '/modificationSeg', 'E-CODE'],
    ['a time in another zone', { occurredAt: '2026-11-10T01:30:00Z' }, '/occurredAt', 'E-DATE'],
    ['an unreal time', { occurredAt: '2026-02-29T10:00:00+09:00' }, '/occurredAt', 'E-DATE'],
    ['the check digit of an insurer', { municipalityCode: '990010' }, '/municipalityCode', 'E-CD-MUNI'],
    ['another municipality', { municipalityCode: '131016' }, '/municipalityCode', 'E-CODE'],
    ['no key of the person', { municipalityIdentityKey: undefined }, '/municipalityIdentityKey', 'E-REQUIRED'],
    ['a key of 101 characters', { municipalityIdentityKey: '1'.repeat(101) }, '/municipalityIdentityKey', 'E-LENGTH'],
    ['a historyKey of 51 characters', { historyKey: '1'.repeat(51) }, '/historyKey', 'E-LENGTH'],
    // The person
    ['no subject', { subject: undefined }, '/subject', 'E-REQUIRED'],
    ['an unknown role', subject({ role: 'uncle' }), '/subject/role', 'E-CODE'],
    ['a name with a line end', subject({ name: '見本\n太郎' }), '/subject/name', 'E-ATTR'],
    ['half a surrogate pair', subject({ name: '見本\ud842' }), '/subject/name', 'E-ATTR'],
    ['a kana of half width', subject({ nameKana: 'ﾐﾎﾝ' }), '/subject/nameKana', 'E-ATTR'],
    ['a kana in hiragana', subject({ nameKana: 'みほん' }), '/subject/nameKana', 'E-ATTR'],
    ['29 February of a common year', subject({ dateOfBirth: '2023-02-29' }), '/subject/dateOfBirth', 'E-DATE'],
    ['no date of birth', subject({ dateOfBirth: undefined }), '/subject/dateOfBirth', 'E-REQUIRED'],
    ['null, and no text for it', subject({ dateOfBirth: null }), '/subject/dateOfBirthText', 'E-REQUIRED'],
    ['an unknown sex', subject({ sex: '3' }), '/subject/sex', 'E-CODE'],
    ['an address of 201 characters', subject({ address: '見'.repeat(201) }), '/subject/address', 'E-LENGTH'],
    ['a field of nobody', subject({ shoeSize: 22 }), '/subject/shoeSize', 'E-UNKNOWN'],
    ['no isNotDisclosed', { isNotDisclosed: undefined }, '/isNotDisclosed', 'E-REQUIRED'],
    ['isNotDisclosed as text', { isNotDisclosed: 'true' }, '/isNotDisclosed', 'E-ATTR'],
    // What goes with it
    ['a member without 続柄', { household: [{ role: 'parent' }] }, '/household/0/relation', 'E-REQUIRED'],
    ['an unreal 分娩予定日', { expectedDate: '2026-13-01' }, '/expectedDate', 'E-DATE'],
    ['里帰り to nowhere', { homeReturn: { from: '2026-12-01' } }, '/homeReturn/place', 'E-REQUIRED'],
    ['an unknown concern', { concerns: ['money'], primaryConcern: undefined }, '/concerns/0', 'E-CODE'],
    ['the same concern twice', { concerns: ['care', 'care'], primaryConcern: 'care' }, '/concerns', 'E-CODE'],
    ['a primary concern that is none of them', { primaryConcern: 'housing' }, '/primaryConcern', 'E-CODE'],
    ['an unknown consent', { consent: { status: 'maybe' } }, '/consent/status', 'E-CODE'],
    [
      'an unreal day of consent',
      { consent: { status: 'given', obtainedOn: '2026-02-30' } },
      '/consent/obtainedOn',
      'E-DATE',
    ],
    ['an unknown domain', { referTo: [{ domain: '7', reason: 'x' }] }, '/referTo/0/domain', 'E-CODE'],
    [
      'a reason of 401 characters',
      { referTo: [{ domain: '1', reason: 'x'.repeat(401) }] },
      '/referTo/0/reason',
      'E-LENGTH',
    ],
    [
      'one domain asked twice',
      {
        referTo: [
          { domain: '1', reason: 'x' },
          { domain: '1', reason: 'y' },
        ],
      },
      '/referTo/1/domain',
      'E-CODE',
    ],
    ['an unknown urgency', { urgency: '4' }, '/urgency', 'E-CODE'],
    ['a field of no event', { telephone: '000' }, '/telephone', 'E-UNKNOWN'],
    // What never comes in
    ['a field for a マイナンバー', { myNumber: '' }, '/myNumber', 'S-MYNUMBER-FIELD'],
    [
      'one in another spelling, deep inside',
      { household: [{ 'MY-NUMBER': null }] },
      '/household/0/MY-NUMBER',
      'S-MYNUMBER-FIELD',
    ],
    [
      'one typed into a text',
      { referTo: [{ domain: '1', reason: '番号は１２３４ ５６７８ ９０１８。' }] },
      '/referTo/0/reason',
      'S-MYNUMBER',
    ],
    ['a 通告', { eventType: 'tsuukoku' }, '/eventType', 'E-HUB-ONLY'],
  ])('%s', (_, changes, pointer, code) => {
    expect(faults(changes)).toEqual([[pointer, code]]);
  });

  it('everything that is wrong is told at once', () => {
    expect(faults({ urgency: '4', subject: aSubject({ sex: '3' }), x: 1 })).toEqual([
      ['/subject/sex', 'E-CODE'],
      ['/urgency', 'E-CODE'],
      ['/x', 'E-UNKNOWN'],
    ]);
  });

  it('a マイナンバー comes before everything, a 通告 before the rest', () => {
    expect(faults({ mynumber: 1, eventType: 'tsuukoku', urgency: '4' })).toEqual([['/mynumber', 'S-MYNUMBER-FIELD']]);
    expect(faults({ eventType: 'tsuukoku', urgency: '4' })).toEqual([['/eventType', 'E-HUB-ONLY']]);
  });

  it('is never an exception, whatever comes, and never a value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(anEvent()), 'x'), fc.jsonValue()), (changes) => {
        const judged = judge(changes);
        if (!judged.ok) for (const { code } of judged.errors) expect(code).toMatch(/^[ES]-[A-Z-]+$/);
      }),
    );
  });
});

describe('what is taken with a flag', () => {
  it('is a date of birth that no calendar has, as it is registered', () => {
    const born = subject({ dateOfBirth: null, dateOfBirthText: '令和5年2月29日' });
    expect(warnings(born)).toEqual([{ code: 'W-NONCALENDAR', field: 11 }]);
  });

  it('is an address, or a place of 里帰り, of somebody who is not disclosed: both are gone', () => {
    const judged = judge({ isNotDisclosed: true, homeReturn: { place: '見本県隣町' } });
    expect(judged).toMatchObject({
      ok: true,
      warnings: [
        { code: 'W-DV-ADDRESS', field: 13 },
        { code: 'W-DV-ADDRESS', field: 17 },
      ],
    });
    expect(JSON.stringify(judged)).not.toMatch(/見本町|隣町/);
  });

  it('is a sign that only the department’s fonts know: a name with one is left out, elsewhere it is 〓', () => {
    const judged = judge({
      ...subject({ name: '見本　\ue000子', address: '見本県\ue001町' }),
      household: [{ role: 'spouse', relation: '夫', name: '\ue002郎' }],
      referTo: [{ domain: '2', reason: '\ue003の相談。', organisation: '\ue004会' }],
    });
    const [name, address, household, refers] = [8, 13, 15, 21].map((field) => ({ code: 'W-GAIJI', field }));
    expect(judged).toMatchObject({ ok: true, warnings: [name, address, household, refers] });
    const { registered } = (judged as unknown as { event: { registered: Registration } }).event;
    expect(registered.subject).not.toHaveProperty('name');
    expect(registered.household).toEqual([{ role: 'spouse', relation: '夫' }]);
    expect([registered.subject.address, registered.referTo]).toEqual([
      '見本県〓町',
      [{ domain: '2', reason: '〓の相談。', organisation: '〓会' }],
    ]);
  });

  it('is nothing where somebody who is not disclosed comes without them', () => {
    expect(warnings({ isNotDisclosed: true, ...subject({ address: undefined }) })).toEqual([]);
  });
});
