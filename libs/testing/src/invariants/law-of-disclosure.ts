// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { AuthorityCode, BodyKind, ConferenceKind, ReferralKind } from '@tsunagi/domain';
import type { GroundCode } from './deeds-of-law';

/** DOMAIN §6 "a person confirms it within 30 days or nothing further leaves"; "72 h (ours) unless ratified". */
export const unconfirmedDays = 30;
export const emergencyHours = 72;

const everybody: readonly BodyKind[] = [
  'agency',
  'other_agency',
  'contractor',
  'public_body',
  'official_volunteer',
  'private',
];
const own: readonly BodyKind[] = ['agency', 'contractor'];

/** A basis without consent, as DOMAIN §6 and ADR 16 have it. */
interface LawOfGround {
  readonly senders: readonly BodyKind[];
  readonly recipients: readonly BodyKind[];
  /** Approved before it counts; to go on counting; or never. */
  readonly approved: 'before' | 'after' | 'never';
  /** "then a 69条2項 basis needs the approver's words why it is overridden" */
  readonly wordsOverRefusal: boolean;
  /** "for conference and emergency 到着 only", else `state`. */
  readonly arrivalOnly: boolean;
}
const occasional = { approved: 'before', wordsOverRefusal: true, arrivalOnly: false } as const;
const standing = { approved: 'never', wordsOverRefusal: false, arrivalOnly: false } as const;

/** DOMAIN §6, the table of authorities: who may disclose to whom on it. */
export const lawOfGrounds: Readonly<Record<GroundCode, LawOfGround>> = {
  law: { ...standing, senders: everybody, recipients: everybody },
  // 69条2項2号: inside the own agency.
  internal_reasonable: { ...occasional, senders: own, recipients: ['agency'] },
  // 3号: another agency or public body for its statutory business.
  public_body_reasonable: { ...occasional, senders: own, recipients: ['other_agency', 'public_body'] },
  // 4号: clearly needed for the person's life, body or property.
  benefit_of_person: { ...occasional, senders: [...own, 'other_agency'], recipients: everybody },
  // 27条1項: private senders.
  private_necessity: { ...occasional, senders: ['private'], recipients: everybody },
  // 災害対策基本法49条の11
  disaster: {
    ...standing,
    senders: own,
    recipients: ['agency', 'other_agency', 'public_body', 'official_volunteer', 'private'],
  },
  emergency: {
    ...standing,
    senders: everybody,
    recipients: everybody,
    approved: 'after',
    arrivalOnly: true,
  },
};

/** Kinds that may stand on what is recorded for one case; DOMAIN §4 knows another basis for the others. */
export const onGrounds: readonly ReferralKind[] = ['referral', 'support_request', 'protection', 'inquiry'];

/** DOMAIN §7: persons are discussed without consent on these laws; elsewhere with consent. */
export const lawOfConference: Readonly<Partial<Record<ConferenceKind, AuthorityCode>>> = {
  shien_kaigi: 'shien_kaigi',
  shien_kaigi_konkyu: 'shien_kaigi_konkyu',
  chosei_kaigi: 'chosei_kaigi',
  yotaikyo_case: 'yotaikyo',
};

/** DOMAIN §6 Seal: "address, telephone, school or nursery, workplace, hospital, provider, 転出先"; ADR 17: other names. */
export const givesAway: readonly string[] = [
  'contact.address',
  'contact.telephone',
  'identity.otherNames',
  'education.school',
  'employment.status',
  'housing.status',
  'service_use.office',
];

/** ADR 17: "Texts wait until somebody of the sending function has read this version of them". */
export const texts: readonly string[] = [
  'household_outline.affected',
  'wishes.wishes',
  'income_debt.arrears',
  'employment.note',
  'housing.note',
  'education.note',
  'narrative.fact',
];
