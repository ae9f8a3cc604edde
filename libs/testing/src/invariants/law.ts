// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralState } from '@tsunagi/domain';

export type Side = 'sender' | 'recipient' | 'others' | 'core';

const active = 'sent received questioned accepted in_progress on_hold return_proposed returned';
const everything = `draft awaiting_authority declined ${active} redirected coordinating completed follow_up closed withdrawn revoked`;
const before = 'received questioned accepted in_progress on_hold';

/**
 * DOMAIN §5 once more, line by line: who may move a referral from where to where. `others` are coordinator, municipality
 * and the lead; "the state before" is any that it may have been, and the history says which it was.
 */
const law: readonly (readonly [from: string, to: string, by: string])[] = [
  ['draft', 'awaiting_authority', 'core sender others'],
  ['draft awaiting_authority', 'sent', 'core sender others'],
  ['awaiting_authority', 'declined', 'sender'],
  ['sent', 'received', 'core recipient'],
  ['received', 'questioned', 'recipient'],
  ['questioned', 'received', 'sender'],
  ['received', 'accepted', 'recipient'],
  ['received questioned accepted in_progress on_hold', 'return_proposed', 'recipient'],
  ['return_proposed', before, 'recipient'],
  ['return_proposed', 'declined closed', 'sender'],
  // R2: the sender, or the coordinator; never the one who wants to give it back.
  ['return_proposed', 'returned', 'sender others'],
  ['return_proposed', 'redirected', 'others'],
  ['returned', 'redirected closed', 'sender'],
  [active, 'coordinating', 'others core recipient'],
  ['coordinating', 'accepted redirected closed', 'others recipient'],
  ['accepted', 'in_progress', 'recipient'],
  ['received accepted in_progress', 'on_hold', 'recipient'],
  ['on_hold', 'received accepted in_progress', 'recipient core'],
  ['in_progress', 'completed', 'recipient'],
  // Of an advice there is nobody to follow up.
  ['completed', 'follow_up in_progress closed', 'sender'],
  ['follow_up', 'closed', 'sender others'],
  ['draft awaiting_authority sent received questioned', 'withdrawn', 'sender'],
  ['draft awaiting_authority sent', 'withdrawn', 'core'],
  // Later the sender asks the recipient.
  ['accepted in_progress on_hold', 'withdrawn', 'recipient'],
  ['sent received questioned return_proposed on_hold coordinating', 'revoked', 'core'],
  [everything, 'entered_in_error', 'sender core'],
];

const has = (words: string, word: string) => words.split(' ').includes(word);

export const mayMove = (from: ReferralState, to: ReferralState, by: Side): boolean =>
  law.some((line) => has(line[0], from) && has(line[1], to) && has(line[2], by));

/** What a system may bring about by itself: the sender's record, and what the recipient's desk has done. */
const bySystems =
  'awaiting_authority sent received questioned accepted in_progress on_hold completed return_proposed withdrawn';
export const maySystemMoveTo = (to: ReferralState): boolean => has(bySystems, to);

/** Back from a pause or a proposed return. */
export const isGoingBack = (from: ReferralState, to: ReferralState): boolean =>
  (from === 'on_hold' || from === 'return_proposed') && has(before, to);

/** Someone has to do something, and it has to stand on a list: what was given back, or may not leave, or is talked over. */
export const neverForgotten = (state: ReferralState): boolean =>
  has('draft awaiting_authority questioned return_proposed returned coordinating', state);

/** What the recipient's desk does; the sender hears of it as far as the feedback scope says. */
export const isRecipientsWork = (state: ReferralState): boolean =>
  has('received accepted in_progress on_hold completed', state);

export const isEnded = (state: ReferralState): boolean =>
  has('declined redirected closed withdrawn revoked entered_in_error', state);
