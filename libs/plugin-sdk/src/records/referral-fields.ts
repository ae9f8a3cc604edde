// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { authorityNumbers, domainDigits, kindNumbers, type ReferralRecalled } from '@tsunagi/contracts';
import type { DataCategory, Urgency } from '@tsunagi/domain';
import { formatYmd } from '@tsunagi/legacy';
import { uuidToBase32 } from '@tsunagi/text';
import type { DeliveryOf } from '../plugin/sink';
import { type Fitted, fits, type FlawedField } from './fitted';
import { HubOnlyError } from './hub-only.error';
import { japaneseMoment } from './japanese-moment';
import { labelField } from './kanji-field';
import { personFields, type PersonKey, type PersonLayout } from './person-fields';

/** What every layout of referrals has besides the department's own number of the person. */
export type ReferralFieldKey =
  | PersonKey
  | 'referralId'
  | 'deliveryId'
  | 'cancel'
  | 'kind'
  | 'fromDomain'
  | 'fromOffice'
  | 'fromWorker'
  | 'authority'
  | 'urgency'
  | 'acceptBy'
  | 'mask'
  | 'sentOn';
export type ReferralFields = Partial<Record<ReferralFieldKey, Fitted | undefined>>;

export interface ReferralFieldLayout extends PersonLayout {
  readonly widthOf: (key: PersonKey | 'fromOffice' | 'fromWorker') => number;
}

/**
 * A referral, or a supplement to one (取消区分 2), which is whole and joined by ハブ紹介ID.
 * @throws HubOnlyError
 */
export function referralFields(
  { kind, deliveryId, referral }: DeliveryOf<'referral' | 'supplement'>,
  into: ReferralFieldLayout,
): { readonly fields: ReferralFields; readonly notCarried: readonly DataCategory[] } {
  if (referral.kind === 'notification') throw new HubOnlyError();
  const { from, fromWorker } = referral;
  const { fields, notCarried } = personFields(referral, into);
  const label = (key: 'fromOffice' | 'fromWorker', text: string | undefined) =>
    text === undefined ? undefined : labelField(text, into.widthOf(key), into.replacements);
  return {
    notCarried,
    fields: {
      ...head(referral.referralId, deliveryId, kind === 'referral' ? '1' : '2'),
      kind: fits(kindNumbers[referral.kind]),
      fromDomain: fits(domainDigits[from.domain]),
      fromOffice: label('fromOffice', from.name),
      fromWorker: label('fromWorker', fromWorker),
      authority: fits(authorityNumbers[referral.authority]),
      ...fields,
      urgency: fits(urgencyCodes[referral.urgency]),
      acceptBy: fits(formatYmd(referral.acceptBy)),
      mask: fits(referral.mask),
      sentOn: fits(formatYmd(referral.sentOn)),
    },
  };
}

/** The recall of a delivery: its ids and the day, and nothing of the person. */
export function recallFields({ referralId, cancels }: ReferralRecalled, now: Date): ReferralFields {
  return { ...head(referralId, cancels, '3'), sentOn: fits(japaneseMoment(now).day) };
}

/** The name of the record that a delivery becomes: a recall carries the id of the delivery it cancels, and is one record however often it is asked for. */
export function referralRecordName(delivery: DeliveryOf<'referral' | 'supplement' | 'recall'>): string {
  return delivery.kind === 'recall' ? `${delivery.recall.cancels}/3` : delivery.deliveryId;
}

/** The values of a record in the order of its layout, and which of them do not hold all they should. */
export function inLayout<K extends string>(
  layout: readonly { readonly key: K }[],
  fields: Partial<Record<K, Fitted | undefined>>,
): { readonly values: readonly string[]; readonly flaws: readonly FlawedField[] } {
  return {
    values: layout.map(({ key }) => fields[key]?.value ?? ''),
    flaws: layout.flatMap(({ key }, index) => {
      const code = fields[key]?.flaw;
      return code === undefined ? [] : [{ code, field: index + 1 }];
    }),
  };
}

/** 緊急度: 1 通常 2 急 3 即日. */
const urgencyCodes: Record<Urgency, string> = { normal: '1', urgent: '2', same_day: '3' };

function head(referralId: string, deliveryId: string, cancel: '1' | '2' | '3'): ReferralFields {
  return {
    referralId: fits(uuidToBase32(referralId)),
    deliveryId: fits(uuidToBase32(deliveryId)),
    cancel: fits(cancel),
  };
}
