// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isOfJudgeOnly, isOfRecipientOnly, type Feedback } from '@tsunagi/domain';
import type { Viewpoint } from './viewpoint';

interface Event {
  readonly action: string;
  readonly told: boolean;
  /** For which desk it was done. */
  readonly function: string | null;
}

interface Desks {
  readonly fromFunction: string;
  readonly toFunction?: string | undefined;
  readonly lead?: string | undefined;
}

/** Done at the viewer's own desk. */
export const isOwn = (viewpoint: Viewpoint, event: Event, referral: Desks): boolean =>
  event.function !== null &&
  ((viewpoint.sender && event.function === referral.fromFunction) ||
    (viewpoint.recipient && event.function === referral.toFunction) ||
    (viewpoint.lead && event.function === referral.lead));

/**
 * May somebody who looks from there know of this event? What happened at the other desk is told as far as the feedback scope
 * said then or says now; whoever took no part in it sees what was done at the own desk.
 */
export function isTold(viewpoint: Viewpoint, event: Event, referral: Desks, feedback: Feedback = 'none'): boolean {
  if (isOfJudgeOnly(event.action)) return viewpoint.has('timeline', 'whole') || isOwn(viewpoint, event, referral);
  if (viewpoint.whole('timeline')) return true;
  if (!(event.told || feedback !== 'none') || isOfRecipientOnly(event.action)) return false;
  const sees = viewpoint.has('timeline', 'told') || viewpoint.has('timeline', 'released');
  return sees || isOwn(viewpoint, event, referral);
}
