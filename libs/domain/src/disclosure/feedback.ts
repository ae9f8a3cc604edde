// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Feedback } from '../codes/vocabulary';

const rank: Record<Feedback, number> = { none: 0, state: 1, 'state+note': 2 };

/** Of several that count the one that lets most flow back. */
export const widest = (...each: readonly Feedback[]): Feedback =>
  each.reduce<Feedback>((most, one) => (rank[one] > rank[most] ? one : most), 'none');

/** Does what may flow back now still let through what was once to flow back? */
export const feedbackCovers = (now: Feedback, then: Feedback): boolean => rank[now] >= rank[then];
