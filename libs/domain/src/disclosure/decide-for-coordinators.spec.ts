// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { decideForCoordinators } from './decide';
import { aConsent, anAuthority, aParty, aQuestion, aRefusal, houkatsu, uuid } from '../../test/builders';
import { propertyRuns } from '../../test/property-runs';
import { Purpose, ReferralKind } from '../codes/vocabulary';

const takikan = aParty({
  function: uuid(9),
  functionType: 'multi_agency_coordination',
  domain: 'takikan',
  bodyKind: 'agency',
  purposes: ['consultation', 'coordination'],
});
const covering = (scope: object = {}) =>
  aConsent({ scope: { recipients: [{ domain: 'takikan' }], purposes: ['coordination'], ...scope } });
const rows = [anAuthority({ purposes: ['coordination'] })];

type Asked = Parameters<typeof decideForCoordinators>[0];
const decide = (over: Partial<Asked> = {}) =>
  decideForCoordinators({ ...aQuestion(), recipient: takikan, municipalStaff: true, ...over });

describe('deciding whether those who coordinate may see a referral of others', () => {
  it('is permitted by a consent that covers 多機関協働 and this purpose, with what it names', () => {
    expect(decide({ consents: [covering({ categories: ['identity', 'concern'] })] })).toMatchObject({
      outcome: 'permit',
      authority: 'consent',
      members: [{ ref: 'subject', categories: ['identity', 'concern'] }],
    });
  });

  it.each([
    ['the consent is toward the recipient only', { consents: [aConsent()] }, 'CONSENT_OTHER_RECIPIENT'],
    [
      'the consent is for another purpose',
      { consents: [covering({ purposes: ['consultation'] })] },
      'CONSENT_OTHER_PURPOSE',
    ],
    ['it was withdrawn', { consents: [{ ...covering(), status: 'withdrawn' as const }] }, 'CONSENT_WITHDRAWN'],
    [
      'the person has refused since',
      { consents: [covering()], refusals: [aRefusal({ recipients: [{ domain: 'takikan' }] })] },
      'CONSENT_REFUSED',
    ],
    ['nobody was asked', {}, 'CONSENT_MISSING'],
  ])('is held when %s', (_, over, reason) => {
    expect(decide(over)).toMatchObject({ outcome: 'hold', reasons: [reason] });
  });

  it('is denied where their desk does not hold the purpose, or is closed', () => {
    const consents = [covering()];
    const recipient = { ...takikan, purposes: ['consultation' as const] };
    expect(decide({ consents, recipient })).toEqual({ outcome: 'deny', reasons: ['PURPOSE_NOT_HELD'] });
    expect(decide({ consents, recipient: { ...takikan, closed: true } })).toEqual({
      outcome: 'deny',
      reasons: ['FUNCTION_CLOSED'],
    });
  });

  it('of a つなぎ stands on no purpose: this product asks for consent', () => {
    const sender = { ...houkatsu, purposes: Purpose.options };
    for (const kind of ['referral', 'support_request', 'prefecture'] as const)
      expect(decide({ kind, sender, authorities: rows }).outcome).toBe('hold');
  });

  it('of another kind is permitted within a purpose of both functions, to the municipality’s own staff, as listed', () => {
    const sender = { ...houkatsu, purposes: Purpose.options };
    const asked = { kind: 'protection', sender, authorities: rows } as const;
    expect(decide(asked)).toMatchObject({
      outcome: 'permit',
      authority: 'within_purpose',
      members: [{ categories: ['identity', 'concern'] }],
    });
    expect(decide({ ...asked, municipalStaff: false }).outcome).toBe('hold');
    expect(decide({ ...asked, recipient: { ...takikan, bodyKind: 'contractor' } }).outcome).toBe('hold');
    expect(decide({ ...asked, sender: houkatsu }).outcome).toBe('hold');
    expect(decide({ ...asked, authorities: [] }).outcome).toBe('hold');
  });

  it('never permits what the two functions alone may know, nor more than a consent names, whatever else is given', () => {
    const anyAsked = fc.record({
      kind: fc.constantFrom(...ReferralKind.options),
      municipalStaff: fc.boolean(),
      named: fc.subarray(['identity', 'contact', 'concern'] as const),
      purposes: fc.subarray([...Purpose.options], { minLength: 1 }),
    });
    fc.assert(
      fc.property(anyAsked, ({ kind, municipalStaff, named, purposes }) => {
        const decision = decide({ kind, municipalStaff, consents: [covering({ categories: named, purposes })] });
        if (decision.outcome !== 'permit') return;
        expect(['notification', 'advice']).not.toContain(kind);
        expect(purposes).toContain('coordination');
        for (const { categories } of decision.members)
          expect(named).toEqual(expect.arrayContaining(categories.filter((c) => c !== 'wishes')));
      }),
      { numRuns: propertyRuns },
    );
  });
});
