// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Member, MemberItems } from '@tsunagi/plugin-sdk';
import { present } from '@tsunagi/plugin-sdk/records';
import { sha256 } from './record-key';
import type { Registration } from './event-body';

type Household = Registration['household'];

/** The hub keeps a number of 40 signs; a longer key goes under its hash, and is known again by it. */
export function toIdentifier(municipalityIdentityKey: string) {
  const value =
    municipalityIdentityKey.length <= 40
      ? municipalityIdentityKey
      : `h-${sha256(municipalityIdentityKey).slice(0, 38)}`;
  return { system: 'kosodate', value };
}

/** 本人, each item in its data category. */
export function toSubject(event: Registration, reason: string | undefined): Member {
  const { subject, household, homeReturn, expectedDate, isNotDisclosed, occurredAt } = event;
  const { name, nameKana: kana, dateOfBirth, dateOfBirthText: birthDateText, sex, address } = subject;
  return {
    ref: 'subject',
    role: 'subject',
    identifiers: [toIdentifier(event.municipalityIdentityKey)],
    ...(isNotDisclosed && { sealed: true as const }),
    items:
      present<MemberItems>({
        identity: present({ name, kana, birthDate: dateOfBirth ?? undefined, birthDateText, sex: sex && sexes[sex] }),
        contact: present({ address, residence: homeReturn && placeOf(homeReturn) }),
        household_outline: household.length === 0 ? undefined : outlineOf(household),
        concern: concernOf(event),
        health: present({ pregnancyDue: expectedDate }),
        narrative: reason === undefined ? undefined : { fact: reason, writtenOn: occurredAt.slice(0, 10) },
      }) ?? {},
  };
}

/** Those whom the system names; of the others the outline tells. */
export function toOthers(household: Household): Member[] {
  return household.flatMap(({ role, name, ...about }, index) =>
    name === undefined
      ? []
      : [{ ref: `h${index + 1}`, role, relation: relationOf(about), identifiers: [], items: { identity: { name } } }],
  );
}

const sexes = { '1': 'male', '2': 'female', '9': 'unknown' } as const;

function outlineOf(household: Household): NonNullable<MemberItems['household_outline']> {
  return { size: household.length + 1, relations: household.map(relationOf) };
}

/** 続柄, with the age where it is known: there is no date of birth to put it in. */
function relationOf({ relation, age }: Pick<Household[number], 'relation' | 'age'>): string {
  return age === undefined ? relation : `${relation}（${age}歳）`;
}

/** 里帰り is a place where somebody stays for a time. */
function placeOf({ place, from, to }: NonNullable<Registration['homeReturn']>): string {
  return from === undefined && to === undefined
    ? `里帰り先：${place}`
    : `里帰り先：${place}（${from ?? ''}から${to ?? ''}まで）`;
}

function concernOf({ concerns, primaryConcern }: Registration): MemberItems['concern'] {
  if (concerns.length === 0) return undefined;
  return primaryConcern === undefined ? { boxes: concerns } : { boxes: concerns, mostPressing: [primaryConcern] };
}
