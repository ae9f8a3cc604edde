// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { awaitsPaper, consentAlarm, isToBeAskedAgain, refusalAlarm } from './asking-again';
import type { Consent, Refusal } from './consent.schema';
import { aConsent, anAssertion, aRefusal, uuid } from '../../test/builders';
import { propertyRuns } from '../../test/property-runs';
import { mustBeConfirmedBefore } from '../disclosure/effective-consents';

const at = (day: string, time = '09:00:00') => new Date(`${day}T${time}+09:00`);
const arrived = at('2026-11-02', '23:30:00').toISOString();
const asserted = anAssertion({ grantedAt: arrived });

describe('the paper of an asserted consent', () => {
  const waits = (consent: Consent, day: string, time?: string) => awaitsPaper(consent, at(day, time));

  it('is asked for from the next day on, urgently from the twentieth, and no more when the thirty days are over', () => {
    expect(waits(asserted, '2026-11-02', '23:59:59')).toBeUndefined();
    expect(waits(asserted, '2026-11-03', '00:00:00')).toBe('quiet');
    expect(waits(asserted, '2026-11-21', '23:59:59')).toBe('quiet');
    expect(waits(asserted, '2026-11-22', '00:00:00')).toBe('escalated');
    expect(waits(asserted, '2026-12-02', '23:29:59')).toBe('escalated');
    expect(waits(asserted, '2026-12-02', '23:30:00')).toBeUndefined();
  });

  it('is asked for no more when it was confirmed, replaced, or has ended, and never of what a person recorded', () => {
    const over: Partial<Consent>[] = [
      { confirmedAt: arrived },
      { supersededBy: uuid(1) },
      { status: 'expired' },
      { status: 'withdrawn' },
      { manner: 'written' },
    ];
    for (const one of over) expect([one, waits({ ...asserted, ...one }, '2026-11-10')]).toEqual([one, undefined]);
  });

  it('changes only at its alarms, and the last of them is the end', () => {
    const end = mustBeConfirmedBefore(asserted)!;
    fc.assert(
      fc.property(fc.integer({ min: -86_400_000, max: 40 * 86_400_000 }), fc.nat(86_400_000), (from, later) => {
        const now = new Date(Date.parse(arrived) + from);
        const then = new Date(now.getTime() + later);
        const next = consentAlarm(asserted, now);
        expect(next === undefined).toBe(now.getTime() >= end);
        if (next) expect(next > now).toBe(true);
        if (!next || then < next) expect(awaitsPaper(asserted, then)).toBe(awaitsPaper(asserted, now));
      }),
      { numRuns: propertyRuns },
    );
  });
});

describe('asking a person again', () => {
  const refusal = aRefusal({ at: arrived, categories: ['health', 'abuse'], askAgainOn: '2027-02-01' });
  const again = (about: Consent | Refusal, now: Date, consents: Consent[] = [], refusals: Refusal[] = []) =>
    isToBeAskedAgain(about, { consents, refusals }, now);

  it('begins on the day that the refusal names, and is asked for by time only once', () => {
    const before = at('2027-01-31', '23:59:59');
    expect([again(refusal, before), refusalAlarm(refusal, before)]).toEqual([false, at('2027-02-01', '00:00:00')]);
    const on = at('2027-02-01', '00:00:00');
    expect([again(refusal, on), refusalAlarm(refusal, on)]).toEqual([true, undefined]);
    expect(again(aRefusal(), on)).toBe(false);
  });

  it('is not needed when the desk has asked about any of it since', () => {
    const on = at('2027-02-01');
    const later = at('2027-01-10').toISOString();
    const yes = (scope: Partial<Consent['scope']>, over: Partial<Consent> = {}) =>
      aConsent({ id: uuid(7), grantedAt: later, scope, ...over });
    expect(again(refusal, on, [yes({ categories: ['health'] })])).toBe(false);
    expect(again(refusal, on, [], [aRefusal({ id: uuid(8), at: later })])).toBe(false);
    expect(again(refusal, on, [yes({ categories: ['contact'] })])).toBe(true);
    expect(again(refusal, on, [yes({ categories: ['health'] }, { manner: 'asserted_by_system' })])).toBe(true);
    expect(again(refusal, on, [yes({ categories: ['health'] }, { giver: 'family', entitled: false })])).toBe(true);
    expect(again(refusal, on, [yes({ categories: ['health'] }, { grantedAt: '2026-10-01T00:00:00.000Z' })])).toBe(true);
  });

  it('begins on the birthday from which on another must be asked', () => {
    const scope = { until: '2027-03-31' };
    const mothers = aConsent({ giver: 'legal_guardian', grantedAt: arrived, entitledUntil: '2027-04-01', scope });
    const eve = at('2027-03-31', '23:59:59');
    expect([again(mothers, eve), consentAlarm(mothers, eve)]).toEqual([false, at('2027-04-01', '00:00:00')]);
    expect(again(mothers, at('2027-04-01', '00:00:00'))).toBe(true);
    const own = aConsent({ id: uuid(9), grantedAt: at('2027-03-20').toISOString() });
    expect(again(mothers, at('2027-04-01'), [own])).toBe(false);
  });

  it('is no matter of age where the consent would have ended before, or has', () => {
    const day = at('2027-04-01');
    const ended = aConsent({ entitledUntil: '2027-04-01', scope: { until: '2027-01-31' } });
    expect([again(ended, day), consentAlarm(ended, at('2027-03-01'))]).toEqual([false, undefined]);
    const takenBack = aConsent({ entitledUntil: '2027-04-01', scope: { until: '2027-03-31' }, status: 'withdrawn' });
    expect([again(takenBack, day), consentAlarm(takenBack, at('2027-03-01'))]).toEqual([false, undefined]);
  });
});
