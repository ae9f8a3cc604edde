// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type Member, type MemberItems, toFullWidthKana } from '@tsunagi/plugin-sdk';
import { concernOf, present, toDay } from '@tsunagi/plugin-sdk/records';
import { toIdentifier } from '../layout/recipient-number';
import type { ChangeRecord } from './event-layout';

/** 本人, each item in its data category. The record speaks of nobody else. */
export function toSubject(record: ChangeRecord): Member {
  return {
    ref: 'subject',
    role: 'subject',
    identifiers: [toIdentifier(record)],
    items:
      present<MemberItems>({
        identity: present({
          name: record.kanji,
          kana: record.kana && toFullWidthKana(record.kana.trim()),
          birthDate: record.birthDate && toDay(record.birthDate),
          sex: record.sex && sexes[record.sex],
        }),
        contact: present({ address: record.address, telephone: record.telephone }),
        household_outline: present({
          size: record.householdSize === undefined ? undefined : Number(record.householdSize),
        }),
        concern: record.concerns === undefined ? undefined : concernOf(record.concerns),
        disability: present({
          kinds: kindsOf(record.kinds),
          physicalGrade: record.physicalGrade,
          intellectualGrade: record.intellectualGrade,
          mentalGrade: record.mentalGrade,
          supportLevel: record.supportLevel,
          validFrom: record.validFrom && toDay(record.validFrom),
          validTo: record.validTo && toDay(record.validTo),
        }),
        service_use: present({ office: record.office, services: record.service ? [record.service] : undefined }),
        narrative: record.message ? { fact: record.message, writtenOn: toDay(record.changedOn) } : undefined,
      }) ?? {},
  };
}

const sexes = { '1': 'male', '2': 'female' } as const;

/** In the order of 障害種別フラグ, which is this hub's own. */
const kinds = ['身体', '知的', '精神', '難病等', '障害児'];

function kindsOf(flags = ''): string[] | undefined {
  const found = kinds.filter((_, place) => flags[place] === '1');
  return found.length === 0 ? undefined : found;
}
