// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type Member, type MemberItems, toFullWidthKana } from '@tsunagi/plugin-sdk';
import { concernOf, present, toDay } from '@tsunagi/plugin-sdk/records';
import type { ChangeRecord } from './event-layout';
import { toIdentifier } from '../layout/insured-number';

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
          // The common schema writes readings in full width; ﾀﾞ becomes ダ, and 半角 output gets it back as it was.
          kana: record.kana && toFullWidthKana(record.kana.trim()),
          birthDate: record.birthDate && toDay(record.birthDate),
          sex: record.sex && sexes[record.sex],
        }),
        contact: present({ address: record.address, telephone: record.telephone }),
        household_outline: present({
          size: record.householdSize === undefined ? undefined : Number(record.householdSize),
        }),
        concern: record.concerns === undefined ? undefined : concernOf(record.concerns),
        care_level: present({
          level: record.careLevel,
          application: record.application,
          validFrom: record.validFrom && toDay(record.validFrom),
          validTo: record.validTo && toDay(record.validTo),
          physicalIndependence: record.physicalIndependence,
          dementiaIndependence: record.dementiaIndependence,
        }),
        service_use: present({ planKind: record.planKind, office: record.office }),
        narrative: record.message ? { fact: record.message, writtenOn: toDay(record.changedOn) } : undefined,
      }) ?? {},
  };
}

const sexes = { '1': 'male', '2': 'female' } as const;
