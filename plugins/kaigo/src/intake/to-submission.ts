// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Addressee, HowTheyMeet, SubmissionDraft } from '@tsunagi/plugin-sdk';
import type { EventRecord } from './event-layout';
import { submissionKey, writeEcho } from './record-key';
import { toDay } from '../layout/to-day';
import { toSubject } from './subject';

/** What the settings say about every record. */
export interface IntakeSettings {
  readonly functionCode: string;
  /** What 同意 1 stands for; without it the hub holds the record. */
  readonly formVersion?: string | undefined;
}

/**
 * A sound change record in the common schema. Without つなぎ先 (分野 1, the department itself) and at 終了 it is still an
 * item, but names no addressee: the hub then makes no referral and reminds the desk of open ones.
 */
export function toSubmission(record: EventRecord, contentHash: string, settings: IntakeSettings): SubmissionDraft {
  const changedOn = toDay(record.changedOn);
  const to = record.change === '3' ? undefined : addressees[record.target];
  const meeting = record.meeting && meetings[record.meeting];
  return {
    source: {
      system: 'kaigo',
      key: submissionKey(record),
      change: changes[record.change],
      occurredAt: `${changedOn}T00:00:00+09:00`,
      echo: writeEcho(record),
      contentHash,
    },
    kind: to === 'unknown' ? 'support_request' : 'referral',
    fromCode: settings.functionCode,
    ...(to && { to }),
    urgency: 'normal',
    purpose: 'consultation',
    ...(meeting && { howTheyMeet: meeting }),
    subject: toSubject(record),
    others: [],
    asserted: {
      code: record.consent,
      ...(settings.formVersion && { formVersion: settings.formVersion }),
      on: changedOn,
    },
  };
}

/** つなぎ先分野. 1 is the department that sends: no referral. */
const addressees: Record<EventRecord['target'], Addressee | undefined> = {
  '1': undefined,
  '2': { domain: 'shogai' },
  '3': { domain: 'kosodate' },
  '4': { domain: 'konkyu' },
  '5': { domain: 'other' },
  '6': 'unknown',
};

const changes: Record<EventRecord['change'], SubmissionDraft['source']['change']> = {
  '1': 'new',
  '2': 'changed',
  '3': 'ended',
};

/** 会い方. Without it the hub takes 送り手を通す. */
const meetings: Record<NonNullable<EventRecord['meeting']>, HowTheyMeet> = {
  '1': 'contact_permitted',
  '2': 'accompanied',
  '3': 'person_visits',
  '4': 'through_sender',
};
