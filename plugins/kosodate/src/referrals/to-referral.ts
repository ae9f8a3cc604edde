// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  authorityNumbers,
  dataCategories,
  type DataCategory,
  type DisclosedReferral,
  domainDigits,
  kindNumbers,
  type Member,
  type MemberItems,
  type ReferralRecalled,
  uuidToBase32,
} from '@tsunagi/plugin-sdk';
import { HubOnlyError, narrativeText } from '@tsunagi/plugin-sdk/records';
import { japaneseTime } from '../callback/japanese-time';

/** 緊急度: 1 通常 2 急 3 即日. */
const urgencies = { normal: '1', urgent: '2', same_day: '3' } as const;
const sexes = { male: '1', female: '2', unknown: '9' } as const;

/**
 * A referral, or with 取消区分 2 the whole of it once more, corrected or with more. A category is read only where the
 * 提供項目マスク has a 1.
 * @throws HubOnlyError
 */
export function toReferral(
  referral: DisclosedReferral,
  cancel: '1' | '2',
  now: Date,
): { readonly body: object; readonly notCarried: readonly DataCategory[] } {
  if (referral.kind === 'notification') throw new HubOnlyError();
  const { subject, others, from, fromWorker } = referral;
  const disclosed = dataCategories.filter((_, bit) => referral.mask[bit] === '1');
  const { concern, narrative } = permitted(subject.items, disclosed);
  const municipalityIdentityKey = subject.identifiers.find(({ system }) => system === 'kosodate')?.value;
  const body = {
    deliveryId: uuidToBase32(referral.deliveryId),
    referralId: uuidToBase32(referral.referralId),
    cancel,
    kind: kindNumbers[referral.kind],
    from: {
      domain: domainDigits[from.domain],
      organisationName: from.name,
      ...(fromWorker !== undefined && { personInCharge: fromWorker }),
    },
    authority: authorityNumbers[referral.authority],
    subject: { ...(municipalityIdentityKey && { municipalityIdentityKey }), ...personOf(subject, disclosed) },
    household: disclosed.includes('household') ? others.map((other) => memberOf(other)) : [],
    concerns: concern?.boxes ?? [],
    ...(concern?.mostPressing?.[0] && { primaryConcern: concern.mostPressing[0] }),
    ...(narrative && { message: narrativeText(narrative) }),
    urgency: urgencies[referral.urgency],
    acceptBy: referral.acceptBy,
    disclosedCategories: disclosed,
    isNotDisclosed: subject.sealed === true,
    sentAt: japaneseTime(now),
  };
  return { body, notCarried: leftOut(subject, others, disclosed) };
}

/** 取消区分 3: only which delivery is cancelled, and nothing of the person. */
export function toCancellation({ cancels, referralId }: ReferralRecalled, now: Date): object {
  return {
    deliveryId: uuidToBase32(cancels),
    referralId: uuidToBase32(referralId),
    cancel: '3',
    sentAt: japaneseTime(now),
  };
}

/** The other side brings each of the others with what is permitted of that one. */
function memberOf(other: Member): object {
  const { role, relation } = other;
  return { role, ...(relation !== undefined && { relation }), ...personOf(other, dataCategories) };
}

function personOf({ items, sealed }: Member, disclosed: readonly DataCategory[]): object {
  const { identity, contact, concern: _concern, narrative: _narrative, ...details } = permitted(items, disclosed);
  const { kana: nameKana, birthDate, birthDateText, sex, ...names } = identity ?? {};
  return {
    ...names,
    ...(nameKana !== undefined && { nameKana }),
    // No date is invented: who has none has a text, or nothing.
    ...((birthDate ?? birthDateText) !== undefined && { dateOfBirth: birthDate ?? null }),
    ...(birthDateText !== undefined && { dateOfBirthText: birthDateText }),
    ...(sex !== undefined && sex !== 'other' && { sex: sexes[sex] }),
    // The hub keeps no whereabouts of the protected; none would leave here either.
    ...(sealed !== true && contact),
    ...(Object.keys(details).length > 0 && { details }),
  };
}

function permitted(items: MemberItems, disclosed: readonly DataCategory[]): MemberItems {
  return Object.fromEntries(Object.entries(items).filter(([category]) => disclosed.includes(category as DataCategory)));
}

/** 性別 has no code for another, and ◎ stands for one concern. */
function leftOut(subject: Member, others: readonly Member[], disclosed: readonly DataCategory[]): DataCategory[] {
  const { identity, concern } = permitted(subject.items, disclosed);
  const found: DataCategory[] = [];
  if (identity?.sex === 'other') found.push('identity');
  if (disclosed.includes('household') && others.some(isMoreThanCarried)) found.push('household');
  if ((concern?.mostPressing?.length ?? 0) > 1) found.push('concern');
  return found;
}

/** Of the others there is no place for concerns and narratives. */
const isMoreThanCarried = ({ items }: Member) =>
  items.identity?.sex === 'other' || items.concern !== undefined || items.narrative !== undefined;
