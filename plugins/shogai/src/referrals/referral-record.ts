// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type DataCategory,
  type DeliveryOf,
  ERA_DIGITS,
  formatEraDate,
  type ReferralRecalled,
} from '@tsunagi/plugin-sdk';
import {
  type Fitted,
  fits,
  type FlawedField,
  inLayout,
  leftOut,
  recallFields,
  type ReferralFields,
  referralFields,
  type Replacements,
} from '@tsunagi/plugin-sdk/records';
import { recipientNumberOf } from '../layout/recipient-number';
import { referralLayout, widthOf } from './referral-layout';

export interface ReferralRecord {
  /** In the order of the layout. */
  readonly values: readonly string[];
  /** Disclosed, but not, or not all, in the record. */
  readonly notCarried: readonly DataCategory[];
  /** Fields that do not hold all of what they should. */
  readonly flaws: readonly FlawedField[];
}

/** What the settings say about every record. */
export interface ReferralSettings {
  readonly municipality: string;
  readonly replacements: Replacements;
}

/**
 * A referral, or a supplement to one.
 * @throws HubOnlyError
 */
export function referralRecord(
  delivery: DeliveryOf<'referral' | 'supplement'>,
  { municipality, replacements }: ReferralSettings,
): ReferralRecord {
  const { fields, notCarried } = referralFields(delivery, { widthOf, dayField, replacements });
  const recipient = recipientNumberOf(delivery.referral.subject.identifiers, municipality);
  return { notCarried, ...toRecord(fields, municipality, recipient) };
}

/** The recall of a delivery. */
export function recallRecord(
  recall: ReferralRecalled,
  { municipality }: Pick<ReferralSettings, 'municipality'>,
  now: Date,
): ReferralRecord {
  return { notCarried: [], ...toRecord(recallFields(recall, now), municipality) };
}

function toRecord(
  { kind, ...fields }: ReferralFields,
  municipality: string,
  recipient?: string,
): Pick<ReferralRecord, 'values' | 'flaws'> {
  return inLayout(referralLayout, {
    ...fields,
    // 区分 is what this layout calls kind.
    referralKind: kind,
    municipality: fits(municipality),
    recipient: recipient === undefined ? undefined : fits(recipient),
  });
}

/** 生年月日 as GYYMMDD; before 明治 there is no code for it. */
function dayField(date: string): Fitted {
  const era = formatEraDate(date, ERA_DIGITS);
  return era === null ? leftOut('W-DATE') : fits(era.gengo + era.yymmdd);
}
