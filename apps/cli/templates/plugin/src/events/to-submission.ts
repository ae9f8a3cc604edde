// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type Mapping, type MemberItems, type SubmissionDraft, toFullWidthKana } from '@tsunagi/plugin-sdk';
import { addresseeOf, changes, present, toDay } from '@tsunagi/plugin-sdk/records';
import { domain, type HogoConfig } from '../hogo.config';
import type { EventRecord } from './event-layout';
import type { Event } from './read-events';

/** A sound record in the common schema. Pure: the same record gives the same submission, whenever it is read. */
export function toSubmission(
  { record, warnings }: Event,
  { functionCode, formVersion }: Pick<HogoConfig, 'functionCode' | 'formVersion'>,
): Mapping<SubmissionDraft> {
  const changedOn = toDay(record.changedOn);
  // 異動区分 3, 終了, asks for nobody; neither does the department's own digit.
  const to = record.change === '3' ? undefined : addresseeOf(record.target, domain);
  const value: SubmissionDraft = {
    source: {
      system: 'hogo',
      key: record.caseNumber,
      change: changes[record.change],
      occurredAt: `${changedOn}T00:00:00+09:00`,
      echo: record.caseNumber,
    },
    kind: to === 'unknown' ? 'support_request' : 'referral',
    fromCode: functionCode,
    ...(to && { to }),
    urgency: 'normal',
    purpose: 'consultation',
    subject: {
      ref: 'subject',
      role: 'subject',
      identifiers: [{ system: 'hogo', value: record.caseNumber }],
      items: itemsOf(record, changedOn),
    },
    others: [],
    asserted: { code: record.consent, ...(formVersion && { formVersion }), on: changedOn },
  };
  return { ok: true, value, warnings };
}

/** Each item in its data category. */
function itemsOf(record: EventRecord, writtenOn: string): MemberItems {
  const { kanji, kana, birthDate, sex, address, telephone, message } = record;
  return (
    present<MemberItems>({
      identity: present({
        name: kanji,
        kana: toFullWidthKana(kana.trim()),
        birthDate: birthDate && toDay(birthDate),
        sex: sex && sexes[sex],
      }),
      contact: present({ address, telephone }),
      narrative: message ? { fact: message, writtenOn } : undefined,
    }) ?? {}
  );
}

const sexes = { '1': 'male', '2': 'female' } as const;
