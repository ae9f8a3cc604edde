// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { SubmissionDraft } from '@tsunagi/plugin-sdk';
import { addresseeOf, changes, meetings, type TargetDigit, toDay } from '@tsunagi/plugin-sdk/records';
import type { ChangeRecord } from './event-layout';
import { submissionKey, writeEcho } from './record-key';
import { toSubject } from './subject';

/** What the settings say about every record. */
export interface IntakeSettings {
  readonly functionCode: string;
  /** What 同意 1 stands for; without it the hub holds the record. */
  readonly formVersion?: string | undefined;
  /** Name of a record among all of its system. @default that of the hub's own files */
  readonly keyOf?: ((record: Pick<ChangeRecord, 'municipality' | 'externalNumber'>) => string) | undefined;
}

type ConsentCode = NonNullable<SubmissionDraft['asserted']>['code'];

/**
 * A sound change record in the common schema. Without つなぎ先 (分野 2, the department itself) and at 終了 it is still an
 * item, but names no addressee: the hub then makes no referral and reminds the desk of open ones.
 */
export function toSubmission(record: ChangeRecord, contentHash: string, settings: IntakeSettings): SubmissionDraft {
  const changedOn = toDay(record.changedOn);
  // Two codes of one digit, each judged to be one of its list.
  const [target, consent] = [...record.targetAndConsent] as [TargetDigit, ConsentCode];
  const to = record.change === '3' ? undefined : addresseeOf(target, 'shogai');
  const meeting = record.meeting && meetings[record.meeting];
  return {
    source: {
      system: 'shogai',
      key: (settings.keyOf ?? submissionKey)(record),
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
      code: consent,
      ...(settings.formVersion && { formVersion: settings.formVersion }),
      on: changedOn,
    },
  };
}
