// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { operatorOn, standingOf } from './operator';
import { isEmpty, isInForce, overlaps } from './period';
import { addDays } from '../calendar/business-calendar';

const a = { organization: 'npo-a', validFrom: '2020-04-01', secrecyAcknowledgedAt: '2020-03-20T00:00:00Z' };
const b = { organization: 'shakyo-b', validFrom: '2027-04-01' };

const someDay = fc.integer({ min: 0, max: 4_000 }).map((n) => addDays('2020-01-01', n));
const aPeriod = fc.record({ validFrom: someDay, validTo: fc.option(someDay, { nil: undefined }) });

describe('who operates a function', () => {
  it('changes at midnight, though nobody wrote the end of the first contract', () => {
    expect(operatorOn([a, b], '2027-03-31')?.organization).toBe('npo-a');
    expect(operatorOn([b, a], '2027-04-01')?.organization).toBe('shakyo-b');
  });

  it('is nobody before the first contract and after the last', () => {
    const ended = { ...a, validTo: '2026-03-31' };
    expect(operatorOn([ended], '2020-03-31')).toBeUndefined();
    expect(operatorOn([ended], '2026-03-31')).toBe(ended);
    expect(operatorOn([ended], '2026-04-01')).toBeUndefined();
  });

  it('is never an organization whose contract does not run that day', () => {
    fc.assert(
      fc.property(fc.array(aPeriod), someDay, (periods, day) => {
        const operators = periods.map((p, n) => ({ ...p, organization: String(n) }));
        const found = operatorOn(operators, day);
        expect(found === undefined).toBe(operators.every((o) => !isInForce(o, day)));
        if (!found) return;
        expect(isInForce(found, day)).toBe(true);
        for (const o of operators) if (isInForce(o, day)) expect(o.validFrom <= found.validFrom).toBe(true);
      }),
    );
  });
});

describe('what an organization is to a function', () => {
  it('is nobody when another one operates it, or none', () => {
    expect(standingOf('npo-a', b, 'contractor')).toBe('nobody');
    expect(standingOf('npo-a', undefined, 'agency')).toBe('nobody');
  });

  it('must acknowledge secrecy when it works by contract, and not when statute binds it', () => {
    expect(standingOf('shakyo-b', b, 'contractor')).toBe('must_acknowledge');
    expect(standingOf('shakyo-b', b, 'private')).toBe('must_acknowledge');
    expect(standingOf('shakyo-b', b, 'agency')).toBe('works');
    expect(standingOf('npo-a', a, 'contractor')).toBe('works');
  });
});

describe('periods', () => {
  it('overlap exactly when some day lies in both', () => {
    fc.assert(
      fc.property(aPeriod, aPeriod, (one, other) => {
        fc.pre(!isEmpty(one) && !isEmpty(other));
        const later = one.validFrom > other.validFrom ? one.validFrom : other.validFrom;
        expect(overlaps(one, other)).toBe(isInForce(one, later) && isInForce(other, later));
      }),
    );
  });

  it('are empty when they end before they begin', () => {
    expect(isEmpty({ validFrom: '2026-04-01', validTo: '2026-03-31' })).toBe(true);
    expect(isEmpty({ validFrom: '2026-04-01', validTo: '2026-04-01' })).toBe(false);
    expect(isEmpty({ validFrom: '2026-04-01' })).toBe(false);
  });
});
