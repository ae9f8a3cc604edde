// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { decide } from './decide';
import { disclosureDecision } from './decision';
import {
  aConsent,
  aGround,
  aGroundRow,
  anApproval,
  anAuthority,
  aQuestion,
  aRefusal,
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
import { ReferralKind } from '../codes/vocabulary';

const ask = (over: Partial<DecisionInput> = {}) =>
  decide(aQuestion({ referral: uuid(701), authorities: [aGroundRow()], grounds: [aGround()], ...over }));
const law = aGroundRow({
  id: uuid(505),
  code: 'law',
  approval: 'none',
  hours: undefined,
  feedback: 'state',
  needs: ['law'],
});
const onLaw = aGround({ id: uuid(602), row: law.id, code: 'law', said: ['law'] });
const reasonable = aGroundRow({
  id: uuid(506),
  code: 'internal_reasonable',
  approval: 'before',
  hours: undefined,
  overRefusal: 'with_words',
  feedback: 'state',
});
const onReason = (over = {}) => aGround({ id: uuid(603), row: reasonable.id, code: 'internal_reasonable', ...over });
const approved = { decided: anApproval(), until: '2026-12-10' };

describe('deciding on what was recorded without a consent', () => {
  it('S18: lets out in an emergency what was recorded, to be written within the 72 hours', () => {
    const decision = ask();
    expect(decision).toMatchObject({
      outcome: 'permit',
      authority: 'emergency',
      feedback: 'none',
      notAfter: '2026-11-23T10:59:59.999+09:00',
      rows: [{ id: aGroundRow().id, version: 1 }],
      members: [{ ref: 'subject', consents: [], grounds: [uuid(601)] }],
    });
    expect(fieldsOf(decision)).toEqual(['identity', 'contact', 'concern']);
  });

  it('lets nothing out toward another recipient than the one that it was recorded for', () => {
    const recorded = [aGround({ recipient: jiritsu.function })];
    expect(ask({ grounds: recorded })).toEqual(ask());
    expect(ask({ grounds: recorded, recipient: shogai }).outcome).toBe('hold');
  });

  it('S18: whatever the person has refused', () => {
    expect(ask({ refusals: [aRefusal()] }).outcome).toBe('permit');
  });

  it.each<[string, Partial<DecisionInput>]>([
    ['another referral', { referral: uuid(702) }],
    ['no referral that is known yet', { referral: undefined }],
    ['another function', { grounds: [aGround({ function: shogai.function })] }],
    ['another person', { grounds: [aGround({ persons: [son] })] }],
    ['a row that is not in force', { authorities: [] }],
    ['a row of another code', { grounds: [aGround({ code: 'law' })] }],
    ['a row that asks for more than was said', { authorities: [aGroundRow({ needs: ['reason', 'why_no_consent'] })] }],
    ['a row for other senders', { authorities: [aGroundRow({ senders: ['private'] })] }],
    ['a row for other recipients', { authorities: [aGroundRow({ recipients: ['private'] })] }],
    ['a row for other kinds', { authorities: [aGroundRow({ kinds: ['protection'] })] }],
    ['a row for other purposes', { authorities: [aGroundRow({ purposes: ['coordination'] })] }],
    ['a row that never lists the name', { authorities: [aGroundRow({ categories: ['contact'] })] }],
    ['a person whom nobody knows', { subject: { ref: 'subject', present: ['identity', 'contact'] } }],
  ])('is held when it was recorded for %s', (_, over) => {
    expect(ask(over)).toMatchObject({ outcome: 'hold', reasons: ['CONSENT_MISSING'] });
  });

  it.each(ReferralKind.options)('carries a %s or not, as its kind says', (kind) => {
    const sides = partiesOf(kind);
    const authorities = [aGroundRow({ kinds: ReferralKind.options })];
    const decision = ask({ ...sides, kind, authorities });
    const carries = ['referral', 'support_request', 'protection', 'inquiry'].includes(kind);
    expect(decision.outcome === 'permit' && decision.authority === 'emergency').toBe(carries);
  });

  it('lets out nothing that the row does not list or the record does not hold', () => {
    const everything: DataCategory[] = ['identity', 'contact', 'concern', 'criminal', 'health'];
    const subject = { ref: 'subject', person: mother, present: ['identity', 'concern', 'criminal'] as DataCategory[] };
    expect(fieldsOf(ask({ subject, grounds: [aGround({ categories: everything })] }))).toEqual(['identity', 'concern']);
  });

  describe('beside a consent', () => {
    const named = aConsent({ scope: { categories: ['identity'], feedback: 'state', until: '2026-12-24' } });

    it('adds what the consent does not name, and gives the permit its name', () => {
      const decision = ask({ consents: [named] });
      expect(fieldsOf(decision)).toEqual(['identity', 'contact', 'concern']);
      expect(decision).toMatchObject({
        authority: 'emergency',
        feedback: 'state',
        members: [{ consents: [named.id], grounds: [uuid(601)] }],
        notAfter: '2026-11-23T10:59:59.999+09:00',
      });
    });

    it('that permits all of it the ground is not relied on', () => {
      const consents = [aConsent()];
      expect(ask({ consents })).toEqual(decide(aQuestion({ consents })));
    });

    it('adds the name that the consent lacks', () => {
      const consents = [aConsent({ scope: { categories: ['concern'] } })];
      const grounds = [aGround({ categories: ['identity'] })];
      expect(fieldsOf(ask({ consents, grounds }))).toEqual(['identity', 'concern']);
    });

    it('is held when neither lets the name out', () => {
      const consents = [aConsent({ scope: { categories: ['concern'] } })];
      const decision = ask({ consents, grounds: [aGround({ categories: ['contact'] })] });
      expect(decision).toMatchObject({ outcome: 'hold', reasons: ['CONSENT_LACKS_IDENTITY'] });
    });

    it('adds to what is permitted within the purpose, too', () => {
      const sides = partiesOf('protection');
      const decision = ask({ ...sides, kind: 'protection', authorities: [anAuthority(), aGroundRow()] });
      expect(decision).toMatchObject({ authority: 'emergency', feedback: 'state' });
      expect(fieldsOf(decision)).toEqual(['identity', 'contact', 'concern']);
      expect(decision.outcome === 'permit' && decision.rows?.map((r) => r.id)).toEqual([uuid(501), uuid(503)]);
    });
  });

  describe('on several', () => {
    const both = { authorities: [aGroundRow(), law], grounds: [aGround(), onLaw] };

    it('bears the name of the first in order that adds something, in whichever order they come', () => {
      for (const grounds of [both.grounds, [...both.grounds].reverse()])
        expect(ask({ ...both, grounds })).toMatchObject({ authority: 'law', feedback: 'state' });
    });

    it('not of one that adds nothing', () => {
      const consents = [aConsent({ scope: { categories: ['identity'] } })];
      const grounds = [aGround(), { ...onLaw, categories: ['identity' as const] }];
      expect(ask({ ...both, consents, grounds })).toMatchObject({ authority: 'emergency', feedback: 'state' });
    });

    it('asks of the recipient what each of them does, once', () => {
      const authorities = [
        aGroundRow({ conditions: ['返却する', '目的の外に使わない'] }),
        { ...law, conditions: ['返却する'] },
      ];
      expect(ask({ ...both, authorities })).toMatchObject({ conditions: ['返却する', '目的の外に使わない'] });
      expect(ask(both)).not.toHaveProperty('conditions');
    });
  });

  describe('that somebody must approve', () => {
    const waiting = { authorities: [reasonable], grounds: [onReason()] };

    it('is held until then, and says that it waits', () => {
      expect(ask(waiting)).toMatchObject({ outcome: 'hold', reasons: ['CONSENT_MISSING', 'GROUND_UNAPPROVED'] });
      expect(ask({ ...waiting, grounds: [onReason(approved)] })).toMatchObject({
        authority: 'internal_reasonable',
        notAfter: '2026-12-10T23:59:59.999+09:00',
      });
    });

    it('says so of what stays behind beside a consent, and nothing where nothing does', () => {
      const consents = [aConsent({ scope: { categories: ['identity'] } })];
      expect(ask({ ...waiting, consents })).toMatchObject({ authority: 'consent', reasons: ['GROUND_UNAPPROVED'] });
      expect(ask({ ...waiting, consents: [aConsent()] })).toMatchObject({ authority: 'consent', reasons: [] });
    });

    it('over a refusal needs words, and of a refusal recorded elsewhere the sender learns nothing', () => {
      const grounds = [onReason(approved)];
      expect(ask({ ...waiting, grounds, refusals: [aRefusal()] }).reasons).toContain('GROUND_REFUSAL_WORDS');
      const elsewhere = ask({ ...waiting, grounds, refusals: [aRefusal({ recordedBy: shogai.function })] });
      expect(elsewhere.reasons).toEqual(['CONSENT_MISSING', 'ASK_ADMINISTRATOR']);
    });

    it.each([
      ['toward somebody else', aRefusal({ recipients: [{ function: shogai.function }] })],
      ['of other items', aRefusal({ categories: ['health'] })],
      ['of another person', aRefusal({ person: son })],
      ['of somebody who cannot decide for the person', aRefusal({ entitled: false })],
    ])('is not touched by a refusal %s', (_, refusal) => {
      expect(ask({ ...waiting, grounds: [onReason(approved)], refusals: [refusal] }).outcome).toBe('permit');
    });

    it('counts a form handed back refused as a refusal', () => {
      const refused = aConsent({ status: 'refused', scope: { categories: ['contact'] } });
      const decision = ask({ ...waiting, grounds: [onReason(approved)], consents: [refused] });
      expect(decision.reasons).toContain('GROUND_REFUSAL_WORDS');
    });
  });

  describe('for others of the household', () => {
    const others = [{ ref: 'son', person: son, present: ['identity', 'health'] as DataCategory[] }];
    const forBoth = (categories: DataCategory[]) => [aGround({ persons: [mother, son], categories })];

    it('takes them along with their own names, without the subject’s leave', () => {
      const decision = ask({ others, grounds: forBoth(['identity', 'health']) });
      expect(fieldsOf(decision, 'son')).toEqual(['identity', 'health']);
    });

    it('leaves behind whoever would go without a name', () => {
      const consents = [aConsent({ scope: { categories: ['identity'] } })];
      const decision = ask({ others, consents, grounds: forBoth(['health', 'contact']) });
      expect([fieldsOf(decision), fieldsOf(decision, 'son')]).toEqual([['identity', 'contact'], undefined]);
    });

    it('is one’s own refusal only: it does not stop what is recorded for the other', () => {
      const grounds = [onReason({ ...approved, persons: [mother, son] })];
      const refusals = [aRefusal({ person: son })];
      const decision = ask({ others, authorities: [reasonable], grounds, refusals });
      expect([fieldsOf(decision), fieldsOf(decision, 'son')]).toEqual([['identity', 'contact'], undefined]);
    });

    it('holds when only others would leave', () => {
      expect(ask({ others, grounds: [aGround({ persons: [son] })] }).outcome).toBe('hold');
    });
  });

  it('never lets tax data out: that takes a consent (地方税法22条)', () => {
    const subject = {
      ref: 'subject',
      person: mother,
      present: ['identity', 'income_debt'] as DataCategory[],
      consentOnly: ['income_debt'] as DataCategory[],
    };
    const authorities = [aGroundRow({ categories: ['identity', 'income_debt'] })];
    const grounds = [aGround({ categories: ['identity', 'income_debt'] })];
    expect(fieldsOf(ask({ subject, authorities, grounds }))).toEqual(['identity']);
    const within = [anAuthority({ categories: ['identity', 'income_debt'] })];
    expect(fieldsOf(ask({ ...partiesOf('inquiry'), kind: 'inquiry', subject, authorities: within }))).toEqual([
      'identity',
    ]);
    const consents = [aConsent({ scope: { categories: ['identity', 'income_debt'] } })];
    expect(fieldsOf(ask({ subject, authorities, grounds, consents }))).toEqual(['identity', 'income_debt']);
  });

  it('is a decision that the ledger can keep', () => {
    for (const decision of [
      ask(),
      ask({ grounds: [onReason()] }),
      ask({ authorities: [aGroundRow({ conditions: ['返却する'] })] }),
    ])
      expect(disclosureDecision.parse(decision)).toEqual(decision);
  });

  it('counts for the recipient of this referral alone, not for those who look on', () => {
    expect([houkatsu.function, jiritsu.function]).toEqual([aGround().function, aQuestion().recipient.function]);
    expect(ask({ now, sender: jiritsu, recipient: houkatsu }).outcome).toBe('hold');
  });
});
