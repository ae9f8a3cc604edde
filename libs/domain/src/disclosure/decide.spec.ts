// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { decide } from './decide';
import { disclosureDecision, type DisclosureDecision } from './decision';
import {
  aConsent,
  anAssertion,
  anAuthority,
  aParty,
  aQuestion,
  aRefusal,
  aStatuteRow,
  dayIn,
  daysAgo,
  houkatsu,
  jiritsu,
  mother,
  now,
  partiesOf,
  shogai,
  son,
  uuid,
} from '../../test/builders';
import type { AuthorityRow } from './authority-row';
import type { DecisionInput } from './question';
import type { DataCategory } from '../member/data-category';

const permitted = (decision: DisclosureDecision, ref = 'subject') =>
  decision.outcome === 'permit' ? decision.members.find((m) => m.ref === ref)?.categories : decision.outcome;
const reasons = (decision: DisclosureDecision): readonly string[] => decision.reasons;

/** What a notification adds to a question. */
const reported = {
  kind: 'notification',
  statute: 'elder_abuse',
  authorities: [aStatuteRow()],
} as const;

describe('deciding whether a referral may leave', () => {
  describe('by consent', () => {
    it('is permitted with the categories that the consent names and the record holds', () => {
      const decision = decide(aQuestion({ consents: [aConsent()] }));
      expect(decision).toMatchObject({ outcome: 'permit', authority: 'consent', feedback: 'state', reasons: [] });
      expect(permitted(decision)).toEqual(['identity', 'contact', 'concern']);
    });

    it('answers with the consent relied on, not only with yes', () => {
      const decision = decide(aQuestion({ consents: [aConsent()] }));
      expect(decision).toMatchObject({ members: [{ ref: 'subject', consents: [aConsent().id] }] });
    });

    it('is held when nobody has asked yet, and says which consent would lift it', () => {
      expect(decide(aQuestion())).toEqual({
        outcome: 'hold',
        reasons: ['CONSENT_MISSING'],
        lift: {
          givenTo: houkatsu.function,
          recipient: jiritsu.function,
          categories: ['identity', 'contact', 'concern'],
        },
      });
    });

    it('leaves behind what the consent does not name', () => {
      const decision = decide(aQuestion({ consents: [aConsent({ scope: { categories: ['identity', 'concern'] } })] }));
      expect(permitted(decision)).toEqual(['identity', 'concern']);
      expect(reasons(decision)).toEqual([]);
    });

    it('is held when the consent covers contact but not identity', () => {
      const decision = decide(aQuestion({ consents: [aConsent({ scope: { categories: ['contact'] } })] }));
      expect(decision).toMatchObject({ outcome: 'hold', reasons: ['CONSENT_LACKS_IDENTITY'] });
    });

    it('is held for a person whom nobody knows, whatever others consented to', () => {
      const subject = { ref: 'subject', present: ['identity'] as DataCategory[] };
      expect(reasons(decide(aQuestion({ subject, consents: [aConsent()] })))).toEqual(['CONSENT_MISSING']);
    });

    it('adds up two consents of the same person', () => {
      const decision = decide(
        aQuestion({
          consents: [
            aConsent({ scope: { categories: ['identity'], feedback: 'none' } }),
            aConsent({ id: uuid(203), scope: { categories: ['concern'], feedback: 'state+note', until: dayIn(3) } }),
          ],
        }),
      );
      expect(permitted(decision)).toEqual(['identity', 'concern']);
      expect(decision).toMatchObject({ feedback: 'state+note', notAfter: `${dayIn(3)}T23:59:59.999+09:00` });
    });

    it('takes the consent of one person for no other', () => {
      expect(decide(aQuestion({ consents: [aConsent({ person: son })] })).outcome).toBe('hold');
    });

    it.each([
      ['given at another function', aConsent({ givenTo: shogai.function }), 'CONSENT_MISSING'],
      ['superseded by a later version', aConsent({ supersededBy: uuid(9) }), 'CONSENT_MISSING'],
      ['withdrawn', aConsent({ status: 'withdrawn', withdrawnAt: daysAgo(1) }), 'CONSENT_WITHDRAWN'],
      ['refused when it was asked for', aConsent({ status: 'refused' }), 'CONSENT_REFUSED'],
      ['marked as expired', aConsent({ status: 'expired' }), 'CONSENT_EXPIRED'],
      ['past its last day', aConsent({ scope: { until: dayIn(-1) } }), 'CONSENT_EXPIRED'],
      ['not begun', aConsent({ scope: { from: dayIn(1) } }), 'CONSENT_NOT_YET'],
      ['for another domain', aConsent({ scope: { recipients: [{ domain: 'shogai' }] } }), 'CONSENT_OTHER_RECIPIENT'],
      [
        'withdrawn, but it was for another domain',
        aConsent({ status: 'withdrawn', scope: { recipients: [{ domain: 'shogai' }] } }),
        'CONSENT_OTHER_RECIPIENT',
      ],
      ['one that shuts this desk out', aConsent({ exclusions: [jiritsu.function] }), 'CONSENT_EXCLUDES_RECIPIENT'],
      ['for another purpose', aConsent({ scope: { purposes: ['coordination'] } }), 'CONSENT_OTHER_PURPOSE'],
      ['one that names who worked there before', aConsent({ namedOrganization: uuid(61) }), 'CONSENT_OTHER_RECIPIENT'],
    ])('is held when the only consent is %s', (_, consent, because) => {
      expect(decide(aQuestion({ consents: [consent] }))).toMatchObject({ outcome: 'hold', reasons: [because] });
    });

    it.each([
      ['its first day', aConsent({ scope: { from: dayIn(0) } })],
      ['its last day', aConsent({ scope: { until: dayIn(0) } })],
      ['a desk named itself', aConsent({ scope: { recipients: [{ function: jiritsu.function }] } })],
      ['every desk of the type', aConsent({ scope: { recipients: [{ functionType: 'jiritsu_soudan' }] } })],
      ['another desk shut out', aConsent({ exclusions: [shogai.function] })],
      ['the organization at the desk named itself', aConsent({ namedOrganization: uuid(60) })],
    ])('counts on %s', (_, consent) => {
      expect(decide(aQuestion({ consents: [consent] })).outcome).toBe('permit');
    });

    it('reads days by the clock of Japan, not of London', () => {
      const consents = [aConsent({ scope: { until: '2026-11-20' } })];
      const lastMinute = new Date('2026-11-20T23:59:59+09:00');
      const midnight = new Date('2026-11-21T00:00:00+09:00');
      expect(decide(aQuestion({ consents, now: lastMinute })).outcome).toBe('permit');
      expect(reasons(decide(aQuestion({ consents, now: midnight })))).toEqual(['CONSENT_EXPIRED']);
    });

    it('may not be written after the last day of the shortest consent relied on', () => {
      const decision = decide(aQuestion({ consents: [aConsent({ scope: { until: '2026-12-03' } })] }));
      expect(decision).toMatchObject({ notAfter: '2026-12-03T23:59:59.999+09:00' });
    });
  });

  describe('by what a legacy system asserts', () => {
    it('is permitted within 30 days of the first arrival', () => {
      expect(decide(aQuestion({ consents: [anAssertion({ grantedAt: daysAgo(29.9) })] })).outcome).toBe('permit');
    });

    it('is held after 30 days unless a person confirmed it', () => {
      const consents = [anAssertion({ grantedAt: daysAgo(30) })];
      expect(reasons(decide(aQuestion({ consents })))).toEqual(['CONSENT_UNCONFIRMED']);
      const confirmed = [anAssertion({ grantedAt: daysAgo(30), confirmedAt: daysAgo(12) })];
      expect(decide(aQuestion({ consents: confirmed })).outcome).toBe('permit');
    });

    it('may not be written once the 30 days are over, though the period of the form runs on', () => {
      const unconfirmed = decide(aQuestion({ consents: [anAssertion({ grantedAt: daysAgo(29) })] }));
      expect(unconfirmed).toMatchObject({ notAfter: '2026-11-21T11:59:59.999+09:00' });
      const confirmed = decide(
        aQuestion({ consents: [anAssertion({ grantedAt: daysAgo(29), confirmedAt: daysAgo(1) })] }),
      );
      expect(confirmed).toMatchObject({ notAfter: `${dayIn(80)}T23:59:59.999+09:00` });
    });

    it('is held when the consent was withdrawn on Monday and asserted again on Tuesday', () => {
      const decision = decide(
        aQuestion({
          consents: [
            aConsent({ status: 'withdrawn', withdrawnAt: daysAgo(4) }),
            anAssertion({ grantedAt: daysAgo(3) }),
          ],
        }),
      );
      expect(decision).toMatchObject({ outcome: 'hold', reasons: ['CONSENT_WITHDRAWN'] });
    });

    it('never beats a withdrawal recorded by a person, whatever the dates', () => {
      for (const [withdrawn, asserted] of [
        [1, 5],
        [5, 1],
        [3, 3],
      ] as const) {
        const decision = decide(
          aQuestion({
            consents: [
              anAssertion({ grantedAt: daysAgo(asserted) }),
              aConsent({ status: 'withdrawn', withdrawnAt: daysAgo(withdrawn) }),
            ],
          }),
        );
        expect(decision.outcome).toBe('hold');
      }
    });

    it('never beats a refusal recorded by a person, whatever the dates', () => {
      for (const refused of [1, 5, 9]) {
        const refusals = [aRefusal({ at: daysAgo(refused) })];
        const decision = decide(aQuestion({ consents: [anAssertion({ grantedAt: daysAgo(5) })], refusals }));
        expect(decision).toMatchObject({ outcome: 'hold', reasons: ['CONSENT_REFUSED'] });
      }
    });

    it('never beats a consent form that the person handed back refused', () => {
      const consents = [anAssertion({ grantedAt: daysAgo(1) }), aConsent({ status: 'refused', grantedAt: daysAgo(9) })];
      expect(decide(aQuestion({ consents }))).toMatchObject({ outcome: 'hold', reasons: ['CONSENT_REFUSED'] });
    });

    it('is not touched by a withdrawal or refusal toward somebody else', () => {
      const toShogai = [{ domain: 'shogai' as const }];
      const decision = decide(
        aQuestion({
          consents: [anAssertion(), aConsent({ status: 'withdrawn', scope: { recipients: toShogai } })],
          refusals: [aRefusal({ recipients: toShogai })],
        }),
      );
      expect(decision.outcome).toBe('permit');
    });

    it('is silenced by what a person recorded, even when that covers less', () => {
      const decision = decide(
        aQuestion({ consents: [anAssertion(), aConsent({ scope: { categories: ['identity'] } })] }),
      );
      expect(permitted(decision)).toEqual(['identity']);
    });

    it('stays silenced when a refusal leaves nothing of what the person recorded', () => {
      const decision = decide(
        aQuestion({ consents: [anAssertion(), aConsent()], refusals: [aRefusal({ categories: ['identity'] })] }),
      );
      expect(decision.outcome).toBe('hold');
    });

    it('is not silenced by a recorded consent that has merely run out', () => {
      const decision = decide(aQuestion({ consents: [anAssertion(), aConsent({ scope: { until: dayIn(-1) } })] }));
      expect(decision.outcome).toBe('permit');
    });

    it('gives way to a new written consent after a withdrawal', () => {
      const decision = decide(
        aQuestion({
          consents: [
            aConsent({ status: 'withdrawn' }),
            anAssertion(),
            aConsent({ id: uuid(204), grantedAt: daysAgo(1), scope: { categories: ['identity'] } }),
          ],
        }),
      );
      expect(permitted(decision)).toEqual(['identity']);
    });
  });

  describe('when the person refused', () => {
    it('is held when the refusal is newer than the consent', () => {
      const decision = decide(aQuestion({ consents: [aConsent()], refusals: [aRefusal()] }));
      expect(decision).toMatchObject({ outcome: 'hold', reasons: ['CONSENT_REFUSED'] });
    });

    it('is permitted when the consent is newer than the refusal', () => {
      const decision = decide(aQuestion({ consents: [aConsent({ grantedAt: daysAgo(4) })], refusals: [aRefusal()] }));
      expect(permitted(decision)).toEqual(['identity', 'contact', 'concern']);
    });

    it('lets the refusal win when both bear the same moment', () => {
      const decision = decide(aQuestion({ consents: [aConsent({ grantedAt: daysAgo(5) })], refusals: [aRefusal()] }));
      expect(decision.outcome).toBe('hold');
    });

    it('leaves only the refused item behind, and says why', () => {
      const decision = decide(aQuestion({ consents: [aConsent()], refusals: [aRefusal({ categories: ['contact'] })] }));
      expect(permitted(decision)).toEqual(['identity', 'concern']);
      expect(reasons(decision)).toEqual(['CONSENT_REFUSED']);
    });

    it('is not touched by a refusal toward another recipient, or of another person', () => {
      const refusals = [aRefusal({ recipients: [{ function: shogai.function }] }), aRefusal({ person: son })];
      const decision = decide(aQuestion({ consents: [aConsent()], refusals }));
      expect(decision).toMatchObject({ outcome: 'permit', reasons: [] });
    });

    it('tells the true reason when it is identity that was refused', () => {
      const decision = decide(
        aQuestion({ consents: [aConsent()], refusals: [aRefusal({ categories: ['identity'] })] }),
      );
      expect(decision).toMatchObject({ outcome: 'hold', reasons: ['CONSENT_REFUSED'] });
    });

    it('counts a form handed back refused against an older consent, for what it asked', () => {
      const refused = aConsent({
        id: uuid(205),
        status: 'refused',
        grantedAt: daysAgo(2),
        scope: { categories: ['contact'] },
      });
      expect(permitted(decide(aQuestion({ consents: [aConsent(), refused] })))).toEqual(['identity', 'concern']);
      const otherPurpose = { ...refused, scope: { ...refused.scope, purposes: ['emergency' as const] } };
      expect(permitted(decide(aQuestion({ consents: [aConsent(), otherPurpose] })))).toContain('contact');
      const replaced = { ...refused, supersededBy: uuid(9) };
      expect(permitted(decide(aQuestion({ consents: [aConsent(), replaced] })))).toContain('contact');
    });
  });

  describe('what the sender learns of other functions', () => {
    it('is nothing but to ask, of a refusal recorded there', () => {
      for (const categories of [undefined, ['identity'] as DataCategory[]]) {
        const elsewhere = { ...aRefusal({ recordedBy: shogai.function }), ...(categories && { categories }) };
        const decision = decide(aQuestion({ consents: [aConsent()], refusals: [elsewhere] }));
        expect(decision).toMatchObject({ outcome: 'hold', reasons: ['ASK_ADMINISTRATOR'] });
      }
    });

    it('is nothing but to ask, of a withdrawal recorded there', () => {
      const elsewhere = aConsent({ givenTo: shogai.function, status: 'withdrawn' });
      const decision = decide(aQuestion({ consents: [anAssertion(), elsewhere] }));
      expect(decision).toMatchObject({ outcome: 'hold', reasons: ['ASK_ADMINISTRATOR'] });
    });

    it('is nothing at all of a refusal there while the sender has no consent that it could beat', () => {
      const decision = decide(aQuestion({ refusals: [aRefusal({ recordedBy: shogai.function })] }));
      expect(reasons(decision)).toEqual(['CONSENT_MISSING']);
    });

    it('is nothing at all of a consent given there', () => {
      const elsewhere = aConsent({ givenTo: shogai.function, status: 'expired' });
      expect(decide(aQuestion({ consents: [elsewhere] }))).toEqual(decide(aQuestion()));
    });

    it('speaks of its own refusal first when both recorded one, in whichever order they come', () => {
      const refusals = [aRefusal(), aRefusal({ id: uuid(302), recordedBy: shogai.function })];
      for (const order of [refusals, [...refusals].reverse()]) {
        expect(reasons(decide(aQuestion({ consents: [aConsent()], refusals: order })))).toEqual(['CONSENT_REFUSED']);
      }
    });
  });

  describe('連絡上の注意', () => {
    const subject = {
      ref: 'subject',
      person: mother,
      present: ['identity', 'contact', 'contact_wishes'] as DataCategory[],
    };

    it('leaves with the contact it protects, though the consent does not name it', () => {
      expect(permitted(decide(aQuestion({ subject, consents: [aConsent()] })))).toEqual([
        'identity',
        'contact',
        'contact_wishes',
      ]);
    });

    it('never leaves without it, though the consent names it', () => {
      const consents = [aConsent({ scope: { categories: ['identity', 'contact_wishes'] } })];
      expect(permitted(decide(aQuestion({ subject, consents })))).toEqual(['identity']);
    });

    it('stays behind with a contact that was refused', () => {
      const refusals = [aRefusal({ categories: ['contact'] })];
      expect(permitted(decide(aQuestion({ subject, consents: [aConsent()], refusals })))).toEqual(['identity']);
    });

    it('stays behind when the person refused just that', () => {
      const refusals = [aRefusal({ categories: ['contact_wishes'] })];
      expect(permitted(decide(aQuestion({ subject, consents: [aConsent()], refusals })))).toEqual([
        'identity',
        'contact',
      ]);
    });
  });

  describe('本人の希望', () => {
    const subject = { ref: 'subject', person: mother, present: ['identity', 'wishes'] as DataCategory[] };
    const on = (over: Parameters<typeof aQuestion>[0]) => permitted(decide(aQuestion({ subject, ...over })));

    it('goes along though the consent does not name it', () => {
      expect(on({ consents: [aConsent()] })).toEqual(['identity', 'wishes']);
    });

    it('stays behind when the person objected, before or after', () => {
      for (const at of [daysAgo(20), daysAgo(2)]) {
        expect(on({ consents: [aConsent()], refusals: [aRefusal({ at, categories: ['wishes'] })] })).toEqual([
          'identity',
        ]);
      }
    });

    it('goes along again when a newer consent names it', () => {
      const consents = [aConsent({ scope: { categories: ['identity', 'wishes'] } })];
      const refusals = [aRefusal({ at: daysAgo(20), categories: ['wishes'] })];
      expect(on({ consents, refusals })).toEqual(['identity', 'wishes']);
    });

    it('is not held back by an objection toward another recipient', () => {
      const refusals = [aRefusal({ recipients: [{ domain: 'shogai' }] })];
      expect(on({ consents: [aConsent()], refusals })).toEqual(['identity', 'wishes']);
    });

    it('is no authority by itself', () => {
      expect(on({})).toBe('hold');
    });
  });

  describe('the household', () => {
    const household: DataCategory[] = ['identity', 'concern', 'household'];
    const others = [{ ref: 'son', person: son, present: ['identity', 'employment'] as DataCategory[] }];
    const motherAllows = aConsent({ scope: { categories: household } });
    const sonAllows = aConsent({
      id: uuid(206),
      person: son,
      scope: { categories: ['identity', 'employment'], until: dayIn(2), feedback: 'state+note' },
    });

    it("goes along with the subject's leave and each member's own consent", () => {
      const decision = decide(aQuestion({ others, consents: [motherAllows, sonAllows] }));
      expect(permitted(decision, 'son')).toEqual(['identity', 'employment']);
    });

    it("stays behind without the subject's leave", () => {
      const decision = decide(aQuestion({ others, consents: [aConsent(), sonAllows] }));
      expect(permitted(decision)).toBeDefined();
      expect(permitted(decision, 'son')).toBeUndefined();
    });

    it("stays behind without the member's own consent, and the subject goes alone", () => {
      const decision = decide(aQuestion({ others, consents: [motherAllows] }));
      expect(permitted(decision)).toEqual(['identity', 'concern']);
      expect(permitted(decision, 'son')).toBeUndefined();
    });

    it('stays behind when the leave was refused later', () => {
      const refusals = [aRefusal({ categories: ['household'] })];
      const decision = decide(aQuestion({ others, consents: [motherAllows, sonAllows], refusals }));
      expect(permitted(decision, 'son')).toBeUndefined();
    });

    it('leaves out a member whose consent does not cover the name', () => {
      const nameless = { ...sonAllows, scope: { ...sonAllows.scope, categories: ['employment' as const] } };
      const decision = decide(aQuestion({ others, consents: [motherAllows, nameless] }));
      expect(permitted(decision, 'son')).toBeUndefined();
    });

    it('leaves out a member whom nobody knows', () => {
      const unknown = [{ ref: 'son', present: ['identity'] as DataCategory[] }];
      const decision = decide(aQuestion({ others: unknown, consents: [motherAllows, sonAllows] }));
      expect(permitted(decision, 'son')).toBeUndefined();
    });

    it("may not be written after a member's consent has run out", () => {
      const decision = decide(aQuestion({ others, consents: [motherAllows, sonAllows] }));
      expect(decision).toMatchObject({ notAfter: `${dayIn(2)}T23:59:59.999+09:00` });
    });

    it("takes the feedback from the subject's consent only", () => {
      expect(decide(aQuestion({ others, consents: [motherAllows, sonAllows] }))).toMatchObject({ feedback: 'state' });
    });

    it('does not go along on a consent that only the member gave', () => {
      expect(decide(aQuestion({ others, consents: [sonAllows] })).outcome).toBe('hold');
    });
  });

  describe('within the purpose (個人情報保護法61条・69条1項)', () => {
    const authorities = [anAuthority()];

    it.each(['referral', 'support_request', 'prefecture'] as const)('is never the basis of a %s', (kind) => {
      expect(decide(aQuestion({ ...partiesOf(kind), kind, authorities })).outcome).toBe('hold');
      expect(decide(aQuestion({ ...partiesOf(kind), kind, authorities, consents: [aConsent()] }))).toMatchObject({
        authority: 'consent',
      });
    });

    it.each(['handback', 'inquiry', 'protection'] as const)('permits a %s with the items listed only', (kind) => {
      const decision = decide(aQuestion({ ...partiesOf(kind), kind, authorities }));
      expect(decision).toMatchObject({ outcome: 'permit', authority: 'within_purpose', feedback: 'state' });
      expect(permitted(decision)).toEqual(['identity', 'concern']);
    });

    it('takes the subject only', () => {
      const others = [{ ref: 'son', person: son, present: ['identity'] as DataCategory[] }];
      const rows = [anAuthority({ categories: ['identity', 'household'] })];
      const decision = decide(aQuestion({ ...partiesOf('inquiry'), kind: 'inquiry', authorities: rows, others }));
      expect(permitted(decision, 'son')).toBeUndefined();
    });

    it('is held when a side is neither of the municipality nor its contractor', () => {
      const bank = { ...partiesOf('inquiry').recipient, bodyKind: 'private' as const };
      expect(
        decide(aQuestion({ ...partiesOf('inquiry'), kind: 'inquiry', authorities, recipient: bank })).outcome,
      ).toBe('hold');
      const volunteer = { ...partiesOf('inquiry').sender, bodyKind: 'official_volunteer' as const };
      expect(
        decide(aQuestion({ ...partiesOf('inquiry'), kind: 'inquiry', authorities, sender: volunteer })).outcome,
      ).toBe('hold');
    });

    it('is held when no row has this purpose, or its items leave the name out', () => {
      const coordination = [anAuthority({ purposes: ['coordination'] })];
      expect(decide(aQuestion({ ...partiesOf('inquiry'), kind: 'inquiry', authorities: coordination })).outcome).toBe(
        'hold',
      );
      const nameless = [anAuthority({ categories: ['concern'] })];
      expect(decide(aQuestion({ ...partiesOf('inquiry'), kind: 'inquiry', authorities: nameless })).outcome).toBe(
        'hold',
      );
    });

    it('counts within its windows only, and ends with its own last day', () => {
      const asked = (over: Partial<AuthorityRow>) =>
        decide(aQuestion({ ...partiesOf('inquiry'), kind: 'inquiry', authorities: [anAuthority(over)] }));
      expect(
        asked({ windows: [{ from: '2026-11-21T00:00:00+09:00', until: '2026-11-22T00:00:00+09:00' }] }).outcome,
      ).toBe('hold');
      expect(asked({ validTo: '2026-11-20' })).toMatchObject({ notAfter: '2026-11-20T23:59:59.999+09:00' });
    });

    it('is held when the record holds no name to give', () => {
      const subject = { ref: 'subject', person: mother, present: ['concern'] as DataCategory[] };
      expect(decide(aQuestion({ ...partiesOf('inquiry'), kind: 'inquiry', authorities, subject })).outcome).toBe(
        'hold',
      );
    });

    it('adds up two rows of one purpose, in whichever order they come', () => {
      const rows = [...authorities, anAuthority({ id: uuid(503), categories: ['contact'] })];
      for (const order of [rows, [...rows].reverse()]) {
        expect(permitted(decide(aQuestion({ ...partiesOf('inquiry'), kind: 'inquiry', authorities: order })))).toEqual([
          'identity',
          'contact',
          'concern',
        ]);
      }
    });

    it('lets 連絡上の注意 go with a listed contact and never without one', () => {
      const present: DataCategory[] = ['identity', 'contact', 'contact_wishes'];
      const subject = { ref: 'subject', person: mother, present };
      const listing = (...categories: DataCategory[]) => [anAuthority({ categories })];
      const on = (...categories: DataCategory[]) =>
        permitted(
          decide(aQuestion({ ...partiesOf('inquiry'), kind: 'inquiry', subject, authorities: listing(...categories) })),
        );
      expect(on('identity', 'contact')).toEqual(['identity', 'contact', 'contact_wishes']);
      expect(on('identity', 'contact_wishes')).toEqual(['identity']);
    });
  });

  describe('of a prefecture', () => {
    const town = { ...partiesOf('prefecture'), kind: 'prefecture' as const };

    it('lets only go what its business needs, whatever the consent says', () => {
      const present: DataCategory[] = ['identity', 'income_debt', 'care_level', 'abuse'];
      const consents = [aConsent({ scope: { categories: present } })];
      const decision = decide(aQuestion({ ...town, subject: { ref: 'subject', person: mother, present }, consents }));
      expect(permitted(decision)).toEqual(['identity', 'income_debt']);
    });

    it('is held when nothing may come back: the town stays the contact desk', () => {
      const consents = [aConsent({ scope: { feedback: 'none' } })];
      const decision = decide(aQuestion({ ...town, consents }));
      expect([decision.outcome, reasons(decision)]).toEqual(['hold', ['FEEDBACK_NOT_PERMITTED']]);
    });
  });

  describe('of a notification (通報・通告)', () => {
    it('is permitted by the law, for everybody in it, without a word of theirs', () => {
      const others = [{ ref: 'son', person: son, present: ['identity', 'abuse'] as DataCategory[] }];
      const refusals = [aRefusal()];
      const decision = decide(aQuestion({ ...partiesOf('notification'), ...reported, others, refusals }));
      expect(decision).toMatchObject({ outcome: 'permit', authority: 'elder_abuse', feedback: 'none' });
      expect([permitted(decision), permitted(decision, 'son')]).toEqual([['identity', 'contact'], ['identity']]);
    });

    it('is denied when the law’s row is not in force, or another law is named', () => {
      for (const over of [{ authorities: [] }, { statute: 'dv' as const }, { statute: undefined }])
        expect(reasons(decide(aQuestion({ ...partiesOf('notification'), ...reported, ...over })))).toEqual([
          'STATUTE_NOT_IN_FORCE',
        ]);
    });

    it.each([
      ['the law names another function', { recipientTypes: ['elder_abuse_desk'] }, 'STATUTE_OTHER_FUNCTION'],
      ['its row is for other recipients', { recipients: ['agency' as const] }, 'BODY_KIND_NOT_OF_AUTHORITY'],
      ['its row is for other senders', { senders: ['agency' as const] }, 'BODY_KIND_NOT_OF_AUTHORITY'],
      ['its row is for other kinds', { kinds: ['inquiry' as const] }, 'STATUTE_NOT_IN_FORCE'],
      ['its row is for other purposes', { purposes: ['coordination' as const] }, 'STATUTE_NOT_IN_FORCE'],
      ['its row counts at other times', { windows: [] }, 'STATUTE_NOT_IN_FORCE'],
    ])('is denied when %s', (_, over, because) => {
      const authorities = [aStatuteRow(over)];
      expect(decide(aQuestion({ ...partiesOf('notification'), ...reported, authorities }))).toEqual({
        outcome: 'deny',
        reasons: [because],
      });
    });

    it('goes to the function that the law names, with what all its rows list, until the first of them ends', () => {
      const rows = [
        aStatuteRow({ recipientTypes: [jiritsu.functionType], validTo: '2026-12-31' }),
        aStatuteRow({ id: uuid(503), categories: ['concern'] }),
      ];
      const decision = decide(aQuestion({ ...partiesOf('notification'), ...reported, authorities: rows }));
      expect(permitted(decision)).toEqual(['identity', 'contact', 'concern']);
      expect(decision).toMatchObject({
        notAfter: '2026-12-31T23:59:59.999+09:00',
        rows: [{ id: uuid(502) }, { id: uuid(503) }],
      });
    });

    it('needs no purpose of the sender: a law commands everybody', () => {
      const { recipient, sender } = partiesOf('notification');
      const ask = (over: Partial<DecisionInput>) => decide(aQuestion({ sender, recipient, ...reported, ...over }));
      expect(ask({ sender: { ...sender, purposes: [] } }).outcome).toBe('permit');
      expect(reasons(ask({ recipient: { ...recipient, purposes: [] } }))).toEqual(['PURPOSE_NOT_HELD']);
    });
  });

  describe('of an advice (助言依頼)', () => {
    const advice = { ...partiesOf('advice'), kind: 'advice' as const };

    it('is permitted while nobody is in it', () => {
      const decision = decide(aQuestion({ ...advice, subject: { ref: 'subject', present: [] } }));
      expect(decision).toMatchObject({ outcome: 'permit', authority: 'person_free', feedback: 'state+note' });
    });

    it('is denied as soon as there is somebody, with or without consent', () => {
      const nobody = { ref: 'subject', present: [] };
      for (const over of [{ consents: [aConsent()] }, { subject: nobody, others: [{ ref: 'son', present: [] }] }])
        expect(reasons(decide(aQuestion({ ...advice, ...over })))).toEqual(['KIND_WITHOUT_PERSON']);
    });
  });

  describe('carried by the person (本人持参)', () => {
    it('needs no consent toward the desk, and takes nothing of others along', () => {
      const others = [{ ref: 'son', person: son, present: ['identity'] as DataCategory[] }];
      const decision = decide(aQuestion({ carried: true, others, refusals: [aRefusal()] }));
      expect(decision).toMatchObject({ outcome: 'permit', authority: 'to_person', feedback: 'none' });
      expect([permitted(decision), permitted(decision, 'son')]).toEqual([
        ['identity', 'contact', 'concern'],
        undefined,
      ]);
    });

    it('stays with the desk as far as it is on the sheet; the rest is held, refused or permitted like anything else', () => {
      const onSheet: DataCategory[] = ['identity', 'concern'];
      const alone = decide(aQuestion({ onSheet, refusals: [aRefusal()] }));
      expect(alone).toMatchObject({ outcome: 'permit', authority: 'to_person' });
      expect(permitted(alone)).toEqual(['identity', 'concern']);
      expect(reasons(alone)).toEqual(['CONSENT_MISSING']);
      const scope = aConsent().scope;
      const less = aConsent({ scope: { ...scope, categories: ['identity'] } });
      const beside = decide(aQuestion({ onSheet, consents: [less] }));
      expect(beside).toMatchObject({ authority: 'consent', feedback: 'state' });
      expect(permitted(beside)).toEqual(['identity', 'concern']);
      const more = aConsent({ scope: { ...scope, categories: ['identity', 'contact'] } });
      const both = decide(aQuestion({ onSheet, consents: [more] }));
      expect(both).toMatchObject({ outcome: 'permit', authority: 'consent' });
      expect(permitted(both)).toEqual(['identity', 'contact', 'concern']);
      expect(reasons(decide(aQuestion({ onSheet: [] })))).toEqual(['CONSENT_MISSING']);
    });

    it('goes no more to a function that has closed', () => {
      const decision = decide(aQuestion({ carried: true, recipient: { ...jiritsu, closed: true } }));
      expect(reasons(decision)).toEqual(['FUNCTION_CLOSED']);
    });
  });

  describe('what no consent lifts', () => {
    it.each([
      ['to itself', { recipient: houkatsu }, 'SAME_FUNCTION'],
      ['a kind that does not begin here', { kind: 'handback' as const }, 'KIND_NOT_FROM_HERE'],
      ['a kind that does not go there', { kind: 'support_request' as const }, 'KIND_NOT_TO_THERE'],
      ['a purpose the sender does not hold', { sender: aParty({ purposes: ['coordination'] }) }, 'PURPOSE_NOT_HELD'],
      ['a desk that takes in nobody', { recipient: aParty({ ...jiritsu, takesNobody: true }) }, 'RECEIVES_NO_PERSONS'],
      [
        'a purpose the recipient does not hold',
        { recipient: aParty({ ...jiritsu, purposes: [] }) },
        'PURPOSE_NOT_HELD',
      ],
    ])('is denied: %s', (_, over, because) => {
      expect(decide(aQuestion({ consents: [aConsent()], ...over }))).toEqual({ outcome: 'deny', reasons: [because] });
    });
  });

  describe('the stories', () => {
    const record: DataCategory[] = [
      'identity',
      'contact',
      'household_outline',
      'concern',
      'care_level',
      'service_use',
      'narrative',
    ];
    const subject = { ref: 'subject', person: mother, present: record };

    it('S1: by the registered form the care level, service use and 連絡文 stay behind, and so does the son', () => {
      const asserted = anAssertion({
        scope: { categories: ['identity', 'contact', 'contact_wishes', 'household_outline', 'concern'] },
      });
      const others = [{ ref: 'son', person: son, present: ['identity'] as DataCategory[] }];
      const decision = decide(aQuestion({ subject, others, consents: [asserted] }));
      expect(decision).toMatchObject({ outcome: 'permit', feedback: 'state', members: [{ ref: 'subject' }] });
      expect(permitted(decision)).toEqual(['identity', 'contact', 'household_outline', 'concern']);
      expect(decision.outcome === 'permit' && decision.members).toHaveLength(1);
    });

    it('S2: the next day a consent to identity and concern lets just these leave', () => {
      expect(decide(aQuestion({ subject })).outcome).toBe('hold');
      const consents = [aConsent({ grantedAt: now.toISOString(), scope: { categories: ['identity', 'concern'] } })];
      expect(permitted(decide(aQuestion({ subject, consents })))).toEqual(['identity', 'concern']);
    });

    it('S7: withdrawn at 14:03, the queued referral is held when it is claimed again', () => {
      const before = decide(aQuestion({ consents: [aConsent()] }));
      const after = decide(aQuestion({ consents: [aConsent({ status: 'withdrawn', withdrawnAt: daysAgo(0) })] }));
      expect([before.outcome, after.outcome]).toEqual(['permit', 'hold']);
    });
  });

  it('is a decision that the ledger can keep', () => {
    for (const question of [
      aQuestion(),
      aQuestion({ consents: [aConsent()] }),
      aQuestion({ consents: [anAssertion()] }),
      aQuestion({ kind: 'advice' }),
      aQuestion({ ...partiesOf('notification'), ...reported }),
      aQuestion({ carried: true }),
    ]) {
      expect(disclosureDecision.parse(decide(question))).toEqual(decide(question));
    }
  });
});
