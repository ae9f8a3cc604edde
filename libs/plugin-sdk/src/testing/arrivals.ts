// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DisclosedReferral } from '@tsunagi/contracts';
import { disclosureMask, type Member } from '@tsunagi/domain';
import type { DeliveryOf } from '../plugin/sink';

export const referralId = '019a9f00-0000-7000-8000-0000000000a1';
export const deliveryId = '019a9f00-0000-7000-8000-0000000000d1';
export const supplementId = '019a9f00-0000-7000-8000-0000000000d2';
export const recallId = '019a9f00-0000-7000-8000-0000000000d3';
/** The claim under which a delivery's message came. */
export const claim = '019a9f00-0000-7000-8000-0000000000c1';

/** What differs from the referral that {@link arrivals} makes. */
export type Changes = Partial<Omit<DisclosedReferral, 'subject'>> & Partial<Pick<Member, 'items' | 'identifiers'>>;

/** A synthetic mother of prefecture 99 with every category for which a record of a file has fields. */
export const carriedItems: Member['items'] = {
  identity: { name: '見本　花子', kana: 'ミホン ハナコ', birthDate: '1940-01-05', sex: 'female' },
  contact: { address: '見本県見本市見本町一丁目１番１号', telephone: '099-123-4567' },
  household_outline: { size: 2 },
  concern: { boxes: ['income_work', 'spending_debt'], mostPressing: ['spending_debt'] },
  narrative: { fact: '食事がとれていない様子。', writtenOn: '2026-11-18' },
};

/** What comes to one desk's plugin from the hub, for its specs: a referral on a consent, a supplement to it, its recall. */
export function arrivals(to: DisclosedReferral['to'], usual: Changes = {}) {
  const aReferral = (changes: Changes = {}): DisclosedReferral => {
    const { items = carriedItems, identifiers = [], others = [], ...rest } = { ...usual, ...changes };
    const subject: Member = { ref: 'subject', role: 'subject', identifiers, items };
    return {
      deliveryId,
      referralId,
      journeyId: '019a9f00-0000-7000-8000-0000000000b1',
      kind: 'referral',
      purpose: 'consultation',
      from: { domain: 'konkyu', code: 'KONKYU-01', name: '見本市自立相談支援機関' },
      fromWorker: '見本　三郎',
      to,
      urgency: 'normal',
      howTheyMeet: 'through_sender',
      acceptBy: '2026-11-30',
      sentOn: '2026-11-20',
      subject,
      others,
      mask: disclosureMask(subject, others),
      authority: 'consent',
      conditions: [],
      ...rest,
    };
  };
  return {
    aReferral,
    arriving(changes: Changes = {}): DeliveryOf<'referral'> {
      const referral = aReferral(changes);
      return { kind: 'referral', deliveryId: referral.deliveryId, claim, referral };
    },
    supplementing(changes: Changes = {}): DeliveryOf<'supplement'> {
      const referral = aReferral({ deliveryId: supplementId, ...changes });
      return { kind: 'supplement', deliveryId: referral.deliveryId, claim, referral };
    },
    recalling(cancels = deliveryId): DeliveryOf<'recall'> {
      const recall = { deliveryId: recallId, claim, cancels, referralId };
      return { kind: 'recall', deliveryId: recallId, claim, recall };
    },
  };
}
