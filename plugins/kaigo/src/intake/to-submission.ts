// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { SubmissionDraft } from '@tsunagi/plugin-sdk';
import { addresseeOf, changes, meetings, toDay } from '@tsunagi/plugin-sdk/records';
import type { ChangeRecord } from './event-layout';
import { submissionKey, writeEcho } from './record-key';
import { toSubject } from './subject';

/** What the settings say about every record. */
export interface IntakeSettings {
  readonly functionCode: string;
  /** What 同意 1 stands for; without it the hub holds the record. */
  readonly formVersion?: string | undefined;
  /**
   * By what the hub knows the record.
   * @default insurer and 外部管理番号
   */
  readonly keyOf?: ((record: ChangeRecord) => string) | undefined;
  /**
   * Can a record of this system name an addressee at all? Where none can, nobody would read what it says of the person, and
   * only the number leaves the department.
   * @default true
   */
  readonly asks?: boolean | undefined;
}

/**
 * A sound change record in the common schema. Without つなぎ先 (分野 1, the department itself) and at 終了 it is still an
 * item, but names no addressee: the hub then makes no referral and reminds the desk of open ones.
 */
export function toSubmission(record: ChangeRecord, contentHash: string, settings: IntakeSettings): SubmissionDraft {
  const { keyOf = submissionKey, asks = true } = settings;
  const changedOn = toDay(record.changedOn);
  const to = record.change === '3' || !record.target ? undefined : addresseeOf(record.target, 'kaigo');
  const subject = toSubject(record);
  const meeting = record.meeting && meetings[record.meeting];
  return {
    source: {
      system: 'kaigo',
      key: keyOf(record),
      ...(record.change && { change: changes[record.change] }),
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
    subject: asks ? subject : { ...subject, items: {} },
    others: [],
    ...(record.consent && {
      asserted: {
        code: record.consent,
        ...(settings.formVersion && { formVersion: settings.formVersion }),
        on: changedOn,
      },
    }),
  };
}
