// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/** How records come into the system of a department: as they arrive, or each after staff of the desk have approved it. */
export const Writes = z.enum(['unattended', 'confirmed']);
export type Writes = z.infer<typeof Writes>;

/** What brings somebody's items into a system, and what only takes them back or tells where a matter is. */
export type Written = 'referral' | 'supplement' | 'recall' | 'status';

/**
 * Does it wait until staff of its desk approve it? What brings items does, where the site forbids unattended writes. What takes them
 * back never waits for anybody's leave, and neither does what a system is told of its own record.
 */
export const waitsForStaff = (
  kind: Written,
  { writes, approved }: { readonly writes: Writes; readonly approved: boolean },
): boolean => writes === 'confirmed' && !approved && (kind === 'referral' || kind === 'supplement');
