// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { AuthorityCode, GroundFact } from './authority-row';
import type { DataCategory } from '../member/data-category';

/** The approver's word on it. */
export interface GroundDecision {
  readonly at: string;
  readonly by: string;
  readonly outcome: 'approved' | 'refused';
  /** The items that it may go on with. */
  readonly categories: readonly DataCategory[];
  /** Said in so many words that the person's refusal is overridden, and why. */
  readonly overRefusal: boolean;
}

/**
 * An authority without consent, recorded by the sender for one referral. It lets out what it lists for the persons it
 * names, as long as its row is in force and the refusals and approvals that the row speaks of allow it.
 */
export interface Ground {
  readonly id: string;
  readonly version: number;
  readonly referral: string;
  /** The row of the law that it rests on. */
  readonly row: string;
  readonly code: AuthorityCode;
  /** The sending function. */
  readonly function: string;
  /** Who drafted it, and so may not approve it. */
  readonly by: string;
  readonly persons: readonly string[];
  readonly categories: readonly DataCategory[];
  /** Which facts were given; their words are sealed. */
  readonly said: readonly GroundFact[];
  readonly recordedAt: string;
  readonly decided?: GroundDecision | undefined;
  /** The last day, set by the approver: there whenever it was approved. */
  readonly until?: string | undefined;
}
