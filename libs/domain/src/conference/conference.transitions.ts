// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ConferenceAction, ConferenceState } from './conference-step.schema';

/** `holder`: the chair or the 事務局; `called`: whoever was called by name; `member`: the same, secrecy acknowledged. */
export type ConferencePost = 'holder' | 'chair' | 'called' | 'member';

export interface ConferenceTransition {
  readonly action: ConferenceAction;
  readonly from: readonly ConferenceState[];
  /** Where it may lead; `same` = it does not move. */
  readonly to: readonly (ConferenceState | 'same')[];
  readonly by: ConferencePost;
}

/** The life of a conference. A proposal is its first step; nothing leaves `declined` and `ended`. */
export const conferenceTransitions: readonly ConferenceTransition[] = [
  { action: 'decline', from: ['proposed'], to: ['declined'], by: 'holder' },
  { action: 'call', from: ['proposed', 'called', 'open'], to: ['called', 'same'], by: 'holder' },
  { action: 'acknowledge', from: ['called', 'open', 'held'], to: ['same'], by: 'called' },
  { action: 'open', from: ['called'], to: ['open'], by: 'holder' },
  { action: 'add-item', from: ['open'], to: ['same'], by: 'member' },
  { action: 'request', from: ['open'], to: ['same'], by: 'member' },
  { action: 'promote', from: ['open', 'held'], to: ['same'], by: 'member' },
  { action: 'agree-promotion', from: ['open', 'held'], to: ['same'], by: 'member' },
  { action: 'erase', from: ['open', 'held'], to: ['same'], by: 'member' },
  { action: 'record', from: ['open'], to: ['held'], by: 'chair' },
  { action: 'review', from: ['held'], to: ['called', 'same', 'ended'], by: 'holder' },
  { action: 'end', from: ['proposed', 'called', 'open', 'held'], to: ['ended'], by: 'holder' },
];
