// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type DataCategory,
  type DeliveryOf,
  domainDigits,
  formatYmd,
  type ReferralRecalled,
  uuidToBase32,
} from '@tsunagi/plugin-sdk';
import { type Fitted, fits, type FlawedField, type Replacements } from '../layout/fitted';
import { insuredNumberOf } from '../layout/insured-number';
import { japaneseMoment } from '../layout/japanese-moment';
import { labelField } from '../layout/kanji-field';
import { personFields } from './person-fields';
import { HubOnlyError } from './referral.errors';
import { authorityCodes, kindCodes, urgencyCodes } from './referral-codes';
import { fieldNumber, type ReferralKey, referralLayout, widthOf } from './referral-layout';

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
 * A referral, or a supplement to one (取消区分 2), which is whole and joined by ハブ紹介ID.
 * @throws HubOnlyError
 */
export function referralRecord(
  { kind, deliveryId, referral }: DeliveryOf<'referral' | 'supplement'>,
  { insurers, replacements }: ReferralSettings,
): ReferralRecord {
  if (referral.kind === 'notification') throw new HubOnlyError();
  const { subject, from, fromWorker } = referral;
  const { fields, notCarried } = personFields(referral, replacements);
  const label = (key: ReferralKey, text: string | undefined) =>
    text === undefined ? undefined : labelField(text, widthOf(key), replacements);
  const insured = insuredNumberOf(subject.identifiers, insurers)?.insured;
  return {
    notCarried,
    ...toRecord({
      ...head(referral.referralId, deliveryId, kind === 'referral' ? '1' : '2'),
      kind: fits(kindCodes[referral.kind]),
      fromDomain: fits(domainDigits[from.domain]),
      fromOffice: label('fromOffice', from.name),
      fromWorker: label('fromWorker', fromWorker),
      authority: fits(authorityCodes[referral.authority]),
      insured: insured === undefined ? undefined : fits(insured),
      ...fields,
      urgency: fits(urgencyCodes[referral.urgency]),
      acceptBy: fits(formatYmd(referral.acceptBy)),
      mask: fits(referral.mask),
      sentOn: fits(formatYmd(referral.sentOn)),
    }),
  };
}

/** The recall of a delivery: its ids and the day, and nothing of the person. */
export function recallRecord({ referralId, cancels }: ReferralRecalled, now: Date): ReferralRecord {
  const fields = { ...head(referralId, cancels, '3'), sentOn: fits(japaneseMoment(now).day) };
  return { notCarried: [], ...toRecord(fields) };
}

type Fields = Partial<Record<ReferralKey, Fitted | undefined>>;

function head(referralId: string, deliveryId: string, cancel: '1' | '2' | '3'): Fields {
  return {
    exchangeId: fits('Z113'),
    recordKind: fits('01'),
    referralId: fits(uuidToBase32(referralId)),
    deliveryId: fits(uuidToBase32(deliveryId)),
    cancel: fits(cancel),
  };
}

function toRecord(fields: Fields): Pick<ReferralRecord, 'values' | 'flaws'> {
  return {
    values: referralLayout.map(({ key }) => fields[key]?.value ?? ''),
    flaws: referralLayout.flatMap(({ key }) => {
      const code = fields[key]?.flaw;
      return code === undefined ? [] : [{ code, field: fieldNumber(key) }];
    }),
  };
}
