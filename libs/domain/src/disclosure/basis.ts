// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { AuthorityRow } from './authority-row';
import type { HoldReason, MemberPermit } from './decision';
import type { Feedback } from '../codes/vocabulary';
import type { DataCategory } from '../member/data-category';

/** What the first basis of a kind that permits anything lets out, before what was recorded for this case adds to it. */
export interface Basis {
  readonly authority: 'consent' | 'within_purpose';
  readonly subject: MemberPermit;
  /** Those who may go along on it, each with the name. */
  readonly others: readonly MemberPermit[];
  readonly feedback: Feedback;
  /** The last moment of everything relied on; `Infinity` when it has none. */
  readonly until: number;
  readonly rows: readonly AuthorityRow[];
  /** Why it does not let the subject out at all. */
  readonly lacks: readonly HoldReason[];
  /** Why it leaves something of the subject behind. */
  readonly behind: readonly HoldReason[];
}

/** What one row lets out of one member without a consent, for this case. */
export interface Addition {
  readonly ref: string;
  readonly categories: readonly DataCategory[];
  readonly row: AuthorityRow;
  /** Of what was recorded for this referral; absent = the sitting does. */
  readonly ground?: string;
  /** The last moment at which it does. */
  readonly until: number;
}

/** What a sitting or a ground would add, were it not for this. */
export interface Missing {
  readonly ref: string;
  readonly categories: readonly DataCategory[];
  readonly because: HoldReason;
}

export interface Beside {
  readonly additions: readonly Addition[];
  readonly missing: readonly Missing[];
}
export const nothingBeside: Beside = { additions: [], missing: [] };
