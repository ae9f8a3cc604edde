// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Feedback } from '@tsunagi/domain';
import type { ReferralRecord } from './referral.record';
import { statusOf } from './status-body';
import type { ClaimedDelivery } from '../delivery';
import type { DisclosableReferral } from '../disclosure';
import type { Directory } from '../organizations';

const directory = {
  outline: () => ({ domain: 'konkyu', code: '9900000041', name: '自立相談支援機関' }),
} as unknown as Directory;
const delivery = { id: 'd', claim: 'c', status: '20', status_at: new Date(0) } as unknown as ClaimedDelivery;
const referral = {
  id: 'r',
  toFunction: 'f',
  worker: '試験　太郎',
  nextContactOn: '2026-12-01',
} as unknown as ReferralRecord & DisclosableReferral;

const told = (feedback: Feedback) => {
  const { by, worker, nextContactOn, note } = statusOf(delivery, referral, feedback, directory, {
    said: '来週、面談の予定です。',
    hideTown: false,
  });
  return { by: by?.code, worker, nextContactOn, note };
};

describe('what a status tells', () => {
  it.each([
    ['none', {}],
    ['state', { by: '9900000041' }],
    [
      'state+note',
      { by: '9900000041', worker: '試験　太郎', nextContactOn: '2026-12-01', note: '来週、面談の予定です。' },
    ],
  ] as const)('with feedback %s', (feedback, expected) => {
    expect(told(feedback)).toEqual(expected);
  });
});
