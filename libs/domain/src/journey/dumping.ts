// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralKind } from '../codes/vocabulary';

/** 丸投げ: 支援依頼 that does not say what its sender keeps doing. The weightiest lack of a refused one is its first code. */
export const isDumping = (kind: ReferralKind, refusedFor: string | undefined): boolean =>
  kind === 'support_request' && refusedFor === 'KEEPS_DOING_MISSING';
