// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { decide } from './decide';
import { disclosureDecision, type DisclosureDecision } from './decision';
import { DataCategory } from '../member/data-category';
import { uuid } from '../../test/builders';
import { answerOf } from '../../test/naive/agreement';
import { evaluate } from '../../test/naive/evaluate';
import { propertyRuns } from '../../test/property-runs';
import { anyConsent, anyQuestion, anyRefusal } from '../../test/questions';

const sorted = <A extends ReturnType<typeof answerOf>>(answer: A) => ({ ...answer, fields: [...answer.fields].sort() });
const fieldsOf = (decision: DisclosureDecision) => new Set(answerOf(decision).fields);
const reliedOn = (decision: DisclosureDecision) =>
  decision.outcome === 'permit' ? decision.members.map((m) => [m.ref, [...m.consents].sort()]) : [];
const feedbackOf = (decision: DisclosureDecision) =>
  ['none', 'state', 'state+note'].indexOf(decision.outcome === 'permit' ? decision.feedback : 'none');
const runs = { numRuns: propertyRuns };

describe('whatever is recorded', () => {
  // The tuples of the second reading are random throughout; here two persons have said many things, and what differs is made small.
  it('a second reading of the rules comes to the same decision', () => {
    const seen: Record<string, number> = {};
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const answer = evaluate(question);
        expect(sorted(answerOf(decide(question)))).toEqual(sorted(answer));
        const kind = answer.authority ?? answer.outcome;
        seen[kind] = (seen[kind] ?? 0) + 1;
        if (answer.fields.some((f) => f.startsWith('son:'))) seen['son'] = (seen['son'] ?? 0) + 1;
      }),
      runs,
    );
    // The comparison says nothing unless every kind of decision came up often.
    for (const kind of ['consent', 'within_purpose', 'elder_abuse', 'to_person', 'hold', 'deny', 'son'])
      expect([kind, (seen[kind] ?? 0) * 200 > propertyRuns]).toEqual([kind, true]);
  });

  it('nothing leaves that is not there, or that no consent relied on and no rider covers', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const decision = decide(question);
        if (decision.outcome !== 'permit' || decision.authority !== 'consent') return;
        for (const permit of decision.members) {
          const member = [question.subject, ...question.others].find((m) => m.ref === permit.ref)!;
          const reliedOn = question.consents.filter((c) => permit.consents.includes(c.id));
          expect(reliedOn.length).toBeGreaterThan(0);
          expect(reliedOn.every((c) => c.person === member.person && c.status === 'active')).toBe(true);
          const scope = new Set(reliedOn.flatMap((c) => c.scope.categories));
          const cover = (c: DataCategory) => (c === 'contact_wishes' ? 'contact' : c);
          const stray = permit.categories.filter(
            (c) => !member.present.includes(c) || (c !== 'wishes' && !scope.has(cover(c))),
          );
          expect(stray).toEqual([]);
        }
      }),
      runs,
    );
  });

  it('a referral, support request or prefecture never leaves without a consent of the subject', () => {
    fc.assert(
      fc.property(
        anyQuestion,
        fc.constantFrom('referral' as const, 'support_request' as const, 'prefecture' as const),
        (question, kind) => {
          const decision = decide({ ...question, kind, carried: false });
          if (decision.outcome !== 'permit') return;
          expect(decision.authority).toBe('consent');
          expect(decision.members[0]).toMatchObject({ ref: 'subject' });
          expect(decision.members.every((m) => m.consents.length > 0 && m.categories.includes('identity'))).toBe(true);
        },
      ),
      runs,
    );
  });

  it('a sheet that the person has brought adds what stands on it, and nothing else', () => {
    fc.assert(
      fc.property(anyQuestion, fc.subarray([...DataCategory.options]), (question, onSheet) => {
        const asked = { ...question, carried: false };
        const [without, brought] = [fieldsOf(decide(asked)), fieldsOf(decide({ ...asked, onSheet }))];
        expect([...without].filter((f) => !brought.has(f))).toEqual([]);
        const more = [...brought].filter((f) => !without.has(f));
        expect(more.filter((f) => !onSheet.some((c) => f === `subject:${c}`))).toEqual([]);
      }),
      runs,
    );
  });

  it('one more refusal or withdrawal never lets more leave, forward or back', () => {
    const oneMoreNo = fc.oneof(
      anyRefusal.map((refusal) => ({ refusals: [{ ...refusal, id: uuid(399) }], consents: [] })),
      anyConsent.map((c) => ({ refusals: [], consents: [{ ...c, id: uuid(299), status: 'withdrawn' as const }] })),
    );
    fc.assert(
      fc.property(anyQuestion, oneMoreNo, (question, no) => {
        const before = decide(question);
        const after = decide({
          ...question,
          refusals: [...question.refusals, ...no.refusals],
          consents: [...question.consents, ...no.consents],
        });
        expect([...fieldsOf(after)].filter((f) => !fieldsOf(before).has(f))).toEqual([]);
        expect(feedbackOf(after)).toBeLessThanOrEqual(feedbackOf(before));
        if (before.outcome !== 'permit') expect(after.outcome).toBe(before.outcome);
      }),
      runs,
    );
  });

  it('withdrawing a consent that was given never lets more leave', () => {
    fc.assert(
      fc.property(anyQuestion, fc.nat(), (question, n) => {
        const given = question.consents.filter((c) => c.status === 'active');
        const withdrawn = given[n % given.length];
        const consents = question.consents.map((c) => (c === withdrawn ? { ...c, status: 'withdrawn' as const } : c));
        const before = fieldsOf(decide(question));
        expect([...fieldsOf(decide({ ...question, consents }))].filter((f) => !before.has(f))).toEqual([]);
      }),
      runs,
    );
  });

  it('the order in which consents, refusals and rows are read changes nothing, reasons included', () => {
    const shuffled = anyQuestion.chain((question) =>
      fc
        .record({
          consents: fc.shuffledSubarray([...question.consents], { minLength: question.consents.length }),
          refusals: fc.shuffledSubarray([...question.refusals], { minLength: question.refusals.length }),
          authorities: fc.shuffledSubarray([...question.authorities], { minLength: question.authorities.length }),
        })
        .map((order) => [question, { ...question, ...order }] as const),
    );
    const all = (decision: DisclosureDecision) => [
      sorted(answerOf(decision)),
      reliedOn(decision),
      [...decision.reasons].sort(),
    ];
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(all(decide(other))).toEqual(all(decide(one)));
      }),
      runs,
    );
  });

  it('the sender is told of no refusal, withdrawal or expiry but its own', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const { reasons } = decide(question);
        const own = question.consents.filter((c) => c.givenTo === question.sender.function);
        const refused =
          question.refusals.some((r) => r.recordedBy === question.sender.function) ||
          own.some((c) => c.status === 'refused');
        if (!refused) expect(reasons).not.toContain('CONSENT_REFUSED');
        if (!own.some((c) => c.status === 'withdrawn')) expect(reasons).not.toContain('CONSENT_WITHDRAWN');
        if (own.length === 0) expect(reasons).not.toContain('CONSENT_EXPIRED');
        if (own.length === 0 && question.kind === 'referral' && decide(question).outcome === 'hold')
          expect(reasons).toEqual(['CONSENT_MISSING']);
      }),
      runs,
    );
  });

  it('every decision is one that the ledger can keep', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const decision = decide(question);
        expect(disclosureDecision.parse(decision)).toEqual(decision);
      }),
      runs,
    );
  });
});
