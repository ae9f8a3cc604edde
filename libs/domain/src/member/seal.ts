// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/** Why a person is protected: 支援措置, 不開示, or because a desk says so. */
export const SealGround = z.enum(['shien_sochi', 'fukaiji', 'own']);
export type SealGround = z.infer<typeof SealGround>;

/**
 * 秘匿: what gives the whereabouts of this person away never leaves. All that stand are given to a decision: one whose
 * 支援措置 has lapsed still stands, it only asks.
 */
export interface PersonSeal {
  readonly id: string;
  readonly person: string;
}
