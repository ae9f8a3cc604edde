// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { decide } from './decide';
import {
  aConsent,
  aGround,
  aGroundRow,
  anAuthority,
  aParty,
  aQuestion,
  aSitting,
  aSittingRow,
  houkatsu,
  jiritsu,
  mother,
  now,
  partiesOf,
  shogai,
  son,
  uuid,
} from '../../test/builders';
import { fieldsOf } from '../../test/fields-of';
import type { DecisionInput } from './question';
import type { DataCategory } from '../member/data-category';

const ask = (over: Partial<DecisionInput> = {}) =>
  decide(
    aQuestion({
      kind: 'inquiry',
      conference: uuid(901),
      sittings: [aSitting()],
      authorities: [aSittingRow()],
      ...over,
    }),
  );
const members = (...acknowledged: boolean[]) =>
  [houkatsu, jiritsu].map((p, i) => ({
    function: p.function,
    staff: uuid(810 + i),
    acknowledged: acknowledged[i] === true,
  }));

describe('deciding on an inquiry that rests on a sitting', () => {
  it('S6: lets its members share without a consent what its law lists, the hub only, until it ends', () => {
    const decision = ask();
    expect(decision).toMatchObject({
      outcome: 'permit',
      authority: 'shien_kaigi',
      feedback: 'none',
      notAfter: '2026-11-20T12:59:59.999+09:00',
      rows: [{ id: aSittingRow().id, version: 1 }],
    });
    expect(fieldsOf(decision)).toEqual(['identity', 'contact', 'concern']);
  });

  it('of several parts rests on the one in which both sit, and on no other roster', () => {
    const [care, work] = members(true, true);
    const apart = (...roster: readonly (typeof care)[]) => aSitting({ members: roster.flatMap((m) => m ?? []) });
    const consentOnly = aSitting({ kind: 'juso', authority: undefined });
    expect(ask({ sittings: [consentOnly, aSitting()] })).toMatchObject({ outcome: 'hold' });
    expect(ask({ sittings: [apart(care), aSitting()] })).toMatchObject({ outcome: 'permit' });
    expect(ask({ sittings: [apart(care), apart(work)] })).toMatchObject({ outcome: 'deny' });
  });

  it('is shared up to the last moment of it', () => {
    const until = (ms: number) => [aSitting({ until: now.getTime() + ms })];
    expect(ask({ sittings: until(1) }).outcome).toBe('permit');
    expect(ask({ sittings: until(0) })).toMatchObject({
      outcome: 'hold',
      reasons: ['CONSENT_MISSING', 'CONFERENCE_NOT_OPEN'],
    });
  });

  it.each<[string, Partial<DecisionInput>, string]>([
    ['was called and is not open', { sittings: [aSitting({ state: 'called' })] }, 'CONFERENCE_NOT_OPEN'],
    ['does not discuss the person', { sittings: [aSitting({ persons: [son] })] }, 'CONFERENCE_NOT_OPEN'],
    [
      'the sender has not acknowledged',
      { sittings: [aSitting({ members: members(false, true) })] },
      'SECRECY_UNACKNOWLEDGED',
    ],
    [
      'the recipient has not acknowledged',
      { sittings: [aSitting({ members: members(true, false) })] },
      'SECRECY_UNACKNOWLEDGED',
    ],
  ])('is held when the sitting %s', (_, over, because) => {
    expect(ask(over)).toMatchObject({ outcome: 'hold', reasons: ['CONSENT_MISSING', because] });
  });

  it.each<[string, Partial<DecisionInput>]>([
    ['shares with consent only', { sittings: [aSitting({ authority: undefined })] }],
    ['rests on a law whose row is off', { authorities: [] }],
    ['rests on a row for other kinds', { authorities: [aSittingRow({ kinds: ['referral'] })] }],
    ['rests on a row for other bodies', { authorities: [aSittingRow({ recipients: ['private'] })] }],
    [
      'rests on no law of a conference',
      { sittings: [aSitting({ authority: 'emergency' })], authorities: [aGroundRow()] },
    ],
  ])('is held as without it when it %s', (_, over) => {
    expect(ask(over)).toMatchObject({ outcome: 'hold', reasons: ['CONSENT_MISSING'] });
  });

  it('is denied between two other desks that were not both called', () => {
    for (const over of [
      { conference: undefined },
      { conference: uuid(902) },
      { sittings: [] },
      { recipient: shogai },
      { sender: shogai, recipient: jiritsu },
    ])
      expect(ask(over)).toEqual({ outcome: 'deny', reasons: ['KIND_NOT_FROM_HERE'] });
  });

  it('tells a desk that was not called nothing but what an unknown one does', () => {
    const takikan = { recipient: partiesOf('inquiry').recipient, sender: shogai };
    expect(ask({ ...takikan, sittings: [] })).toEqual(ask(takikan));
  });

  it('carries no other kind', () => {
    expect(ask({ kind: 'referral' })).toMatchObject({ outcome: 'hold', reasons: ['CONSENT_MISSING'] });
  });

  it('takes along who is discussed there, each with the own name', () => {
    const others = [{ ref: 'son', person: son, present: ['identity', 'health'] as DataCategory[] }];
    expect(fieldsOf(ask({ others }), 'son')).toBeUndefined();
    const both = [aSitting({ persons: [mother, son] })];
    expect(fieldsOf(ask({ others, sittings: both }), 'son')).toEqual(['identity', 'health']);
    const nameless = [{ ref: 'son', person: son, present: ['health'] as DataCategory[] }];
    expect(fieldsOf(ask({ others: nameless, sittings: both }), 'son')).toBeUndefined();
  });

  it('is what it rests on and no common purpose; a consent that permits as much goes before it', () => {
    const sides = partiesOf('inquiry');
    const sittings = [
      aSitting({
        members: [sides.sender, sides.recipient].map((p) => ({
          function: p.function,
          staff: uuid(810),
          acknowledged: true,
        })),
      }),
    ];
    const authorities = [aSittingRow({ categories: ['identity', 'concern'] }), anAuthority()];
    expect(ask({ ...sides, sittings, authorities })).toMatchObject({ authority: 'shien_kaigi', feedback: 'none' });
    const elsewhere = { ...sides, conference: undefined, authorities };
    expect(ask(elsewhere)).toMatchObject({ authority: 'within_purpose', feedback: 'state' });
    expect(ask({ ...sides, sittings: [], authorities })).toMatchObject({ outcome: 'hold' });
    expect(ask({ consents: [aConsent()] })).toMatchObject({ authority: 'consent' });
  });

  it('stands beside what was recorded: the first in order names the permit', () => {
    const law = aGroundRow({ id: uuid(505), code: 'law', approval: 'none', hours: undefined, feedback: 'state' });
    const grounds = [aGround({ row: law.id, code: 'law' })];
    const decision = ask({ referral: uuid(701), authorities: [aSittingRow(), law], grounds });
    expect(decision).toMatchObject({ authority: 'law', feedback: 'state' });
  });

  it('says 到着 and no state, whatever its row would let back', () => {
    expect(ask({ authorities: [aSittingRow({ feedback: 'state+note' })] })).toMatchObject({ feedback: 'none' });
  });

  it('never carries it onward to a desk that does not sit there', () => {
    const elsewhere = aParty({ ...jiritsu, function: uuid(7), functionType: 'multi_agency_coordination' });
    expect(ask({ recipient: elsewhere })).toMatchObject({
      outcome: 'hold',
      reasons: ['CONSENT_MISSING', 'SECRECY_UNACKNOWLEDGED'],
    });
  });
});
