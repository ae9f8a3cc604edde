// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { openStates, type ReferralState } from '@tsunagi/domain';
import type { ReferralRecord } from './referral.record';

/** States in which the recipient's desk sees no content: it has not arrived, or must not be used any more. */
export const unseenStates: ReadonlySet<ReferralState> = new Set([
  'sent',
  'withdrawn',
  'revoked',
  'declined',
  'entered_in_error',
]);

/** May its recipient see anything of its content, as far as the referral itself goes? */
export const isReadable = ({ state, misdirected }: Pick<ReferralRecord, 'state' | 'misdirected'>): boolean =>
  !unseenStates.has(state) && misdirected !== true;

/** And may those who coordinate, or a sheet bring it? On its way the recipient has nothing to show; to coordinate is to see also what does not arrive. */
export const isSeenOnItsWay = ({ state, misdirected }: Pick<ReferralRecord, 'state' | 'misdirected'>): boolean =>
  state === 'sent' ? misdirected !== true : isReadable({ state, misdirected });

/** Where a note of the sender still finds somebody who has the matter in hand, or has just reported on it. */
export const takesNotes = (state: ReferralState): boolean =>
  state === 'completed' || (openStates.has(state) && state !== 'returned');
