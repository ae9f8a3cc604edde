// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isOfRecipientOnly, type Feedback } from '@tsunagi/domain';
import type { Viewpoint } from './viewpoint';

/**
 * May somebody who looks from there know of this event? What happened at the other desk is told as far as the feedback scope
 * said then or says now.
 */
export const isTold = (
  viewpoint: Viewpoint,
  event: { readonly action: string; readonly told: boolean },
  feedback: Feedback = 'none',
): boolean => viewpoint.whole('timeline') || ((event.told || feedback !== 'none') && !isOfRecipientOnly(event.action));
