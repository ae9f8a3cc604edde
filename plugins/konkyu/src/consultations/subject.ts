// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Concern, concernsTo12, type Member, type MemberItems } from '@tsunagi/plugin-sdk';
import type { Consultation } from './read-consultation';
import type { PersonOfConsultation } from './read-person';

/** 本人, each item in its data category. The row speaks of nobody else. */
export function toSubject({ sodanId, person, changedAt }: Consultation): Member {
  return {
    ref: 'subject',
    role: 'subject',
    identifiers: [{ system: 'konkyu', value: sodanId }],
    items: person === undefined ? {} : itemsOf(person, person.receivedOn ?? changedAt.slice(0, 10)),
  };
}

function itemsOf(person: PersonOfConsultation, writtenOn: string): MemberItems {
  return filled<MemberItems>({
    identity: filled({
      name: person.name,
      kana: person.kana,
      ...('date' in person.birth ? { birthDate: person.birth.date } : { birthDateText: person.birth.unknown }),
      sex: person.sex,
    }),
    contact: someOf({
      postalCode: person.postalCode,
      ...placeOf(person.address),
      telephone: person.telephone,
      mobile: person.mobile,
    }),
    concern: person.boxes === undefined ? undefined : concernOf(concernsTo12(person.boxes)),
    employment: someOf({ status: person.work }),
    housing: someOf({ status: person.home }),
    narrative: narrativeOf(person, writtenOn),
  });
}

/** 住所不定 is no address: it says where the person stays, or that nobody knows. */
function placeOf(text: string | undefined): NonNullable<MemberItems['contact']> {
  if (text === undefined) return {};
  return /(住所|住居|居所)不定/.test(text) ? { residence: text } : { address: text };
}

/** 12 flags in the order of the つなぐシート; 2 is ◎. */
function concernOf(flags: string): MemberItems['concern'] {
  const boxes = Concern.options.filter((_, box) => flags[box] !== '0');
  const mostPressing = Concern.options.filter((_, box) => flags[box] === '2');
  if (boxes.length === 0) return undefined;
  return mostPressing.length === 0 ? { boxes } : { boxes, mostPressing };
}

/** 主訴 are the person's own words only when the person came; what others told stands as told. */
function narrativeOf({ complaint, visitor }: PersonOfConsultation, writtenOn: string): MemberItems['narrative'] {
  if (complaint === undefined) return undefined;
  return visitor === '0' ? { words: complaint, writtenOn } : { fact: complaint, writtenOn };
}

/** Without what is absent; an absent group has no bit in the mask. */
function filled<T extends object>(group: T): T {
  return Object.fromEntries(Object.entries(group).filter(([, value]) => value !== undefined)) as T;
}

function someOf<T extends object>(group: T): T | undefined {
  const some = filled(group);
  return Object.keys(some).length === 0 ? undefined : some;
}
