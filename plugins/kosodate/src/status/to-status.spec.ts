// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type ReferralStatus, uuidToBase32 } from '@tsunagi/plugin-sdk';
import { claim, deliveryId, referralId } from '../../test/disclosed-referral';
import { writeEcho } from '../intake/record-key';
import { statusFields, toRefusal, toStatus } from './to-status';

const now = new Date('2026-11-20T09:00:00+09:00');
const echo = writeEcho({ eventId: 'EV-1', domain: '2', isNotDisclosed: true });
const status = (changes: Partial<ReferralStatus> = {}) =>
  toStatus({ deliveryId, claim, referralId, code: '20', at: '2026-11-20T00:30:00Z', echo, ...changes }, now);

describe('what became of the department’s own request', () => {
  it('has the fourteen fields of the interface, always all of them', () => {
    expect(statusFields).toHaveLength(14);
    expect(Object.keys(status()).sort()).toEqual([...statusFields].sort());
    expect(Object.keys(toRefusal({ eventId: 'EV-1', code: 'E-DATE' }, now)).sort()).toEqual([...statusFields].sort());
  });

  it('tells all that may be told', () => {
    const by = { domain: 'shogai', code: '9910100001', name: '見本市障害福祉課' } as const;
    const more = { worker: '障害　一', nextContactOn: '2026-12-01', returnReason: '102', note: '訪問します。' };
    expect(status({ by, ...more })).toEqual({
      eventId: 'EV-1',
      referralId: uuidToBase32(referralId),
      status: '20',
      statusAt: '2026-11-20T09:30:00+09:00',
      domain: '2',
      organisationId: '9910100001',
      organisationName: '見本市障害福祉課',
      personInCharge: '障害　一',
      nextContactOn: '2026-12-01',
      returnReason: '102',
      message: '訪問します。',
      isNotDisclosed: true,
      hubVersion: '1.0',
      sentAt: '2026-11-20T09:00:00+09:00',
    });
  });

  it('without a recipient speaks of the department that was asked', () => {
    expect(status({ code: '65' })).toMatchObject({ status: '65', domain: '2', organisationName: null, message: null });
  });

  it.each([undefined, '', '["x"]'])('guesses no record for the keys %j', (unknown) => {
    expect(() => status({ echo: unknown })).toThrow(expect.objectContaining({ code: 'E-ECHO' }));
  });

  it('says of a row that waits which it was and why, and never a value', () => {
    expect(toRefusal({ eventId: 'EV-1', code: 'E-DATE', field: 10 }, now)).toMatchObject({
      eventId: 'EV-1',
      referralId: null,
      status: '90',
      message: 'E-DATE（10 subject.dateOfBirth）',
    });
    expect(toRefusal({ eventId: 'EV-1', code: 'E-REFUSED' }, now).message).toBe('E-REFUSED');
  });
});
