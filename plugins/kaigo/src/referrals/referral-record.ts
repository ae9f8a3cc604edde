// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type DataCategory, type DeliveryOf, formatYmd, type ReferralRecalled } from '@tsunagi/plugin-sdk';
import {
  fits,
  type FlawedField,
  inLayout,
  recallFields,
  type ReferralFields,
  referralFields,
  type Replacements,
} from '@tsunagi/plugin-sdk/records';
import { insuredNumberOf } from '../layout/insured-number';
import { referralLayout, widthOf } from './referral-layout';

export interface ReferralRecord {
  /** 24 values of Z113. */
  readonly values: readonly string[];
  /** Disclosed, but not, or not all, in the record. */
  readonly notCarried: readonly DataCategory[];
  /** Fields that do not hold all of what they should. */
  readonly flaws: readonly FlawedField[];
}

/** What the settings say about every record. */
export interface ReferralSettings {
  /** 証記載保険者番号 that are served; empty = all. */
  readonly insurers: readonly string[];
  readonly replacements: Replacements;
}

/**
 * A referral, or a supplement to one.
 * @throws HubOnlyError
 */
export function referralRecord(
  delivery: DeliveryOf<'referral' | 'supplement'>,
  { insurers, replacements }: ReferralSettings,
): ReferralRecord {
  const { fields, notCarried } = referralFields(delivery, {
    widthOf,
    dayField: (date) => fits(formatYmd(date)),
    replacements,
  });
  const insured = insuredNumberOf(delivery.referral.subject.identifiers, insurers)?.insured;
  return { notCarried, ...toRecord(fields, insured) };
}

/** The recall of a delivery. */
export function recallRecord(recall: ReferralRecalled, now: Date): ReferralRecord {
  return { notCarried: [], ...toRecord(recallFields(recall, now)) };
}

function toRecord(fields: ReferralFields, insured?: string): Pick<ReferralRecord, 'values' | 'flaws'> {
  return inLayout(referralLayout, {
    ...fields,
    exchangeId: fits('Z113'),
    recordKind: fits('01'),
    insured: insured === undefined ? undefined : fits(insured),
  });
}
