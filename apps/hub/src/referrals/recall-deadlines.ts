// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  hiddenKinds,
  japaneseDay,
  recallAlarm,
  recallDueOn,
  type RecallAwaited,
  type ReferralKind,
} from '@tsunagi/domain';
import type { Directory } from '../organizations';
import type { Row } from '../platform';

/** Who is asked to stop using what, of which referral, since when. */
export interface RecallAsked {
  readonly recipient: string;
  readonly ofSight: boolean;
  readonly kind: ReferralKind;
  readonly atConference: boolean;
  readonly requestedAt: Date;
  readonly dueOn?: string | undefined;
}

/** As its recipient counts the days; what was asked for before there was a due date gets the one that it would have had. */
export function awaited(recall: RecallAsked, directory: Directory): RecallAwaited {
  const { recipient, requestedAt, ofSight, kind, atConference } = recall;
  const times = { calendar: directory.calendar(recipient), ...directory.ownTimes(recipient) };
  return {
    dueOn: recall.dueOn ?? recallDueOn(japaneseDay(requestedAt), times),
    ofSight,
    hidden: hiddenKinds.includes(kind) || atConference,
  };
}

/** The columns of a recall that say who answers it by when. Where nobody was asked, nobody is late. */
export function deadlineOf(
  recall: Omit<RecallAsked, 'recipient'> & { readonly recipient: string | undefined },
  directory: Directory,
): Row {
  const { recipient, requestedAt } = recall;
  if (recipient === undefined) return { recipient, due_on: undefined, clock_at: undefined };
  const waiting = awaited({ ...recall, recipient }, directory);
  const alarm = recallAlarm(waiting, directory.calendar(recipient), requestedAt);
  return { recipient, due_on: waiting.dueOn, clock_at: alarm?.toISOString() };
}
