// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Tx } from '../platform';

/** Who at its sender's desk a referral comes from. The room of the referrals knows; this one opens no content. */
export abstract class SenderWorkers {
  abstract of(tx: Tx, referral: string): Promise<string | undefined>;
}
