// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Tx } from '../platform';

/** What has changed in a person's wishes. */
export interface ConsentChange {
  readonly person: string;
  readonly actor: string;
  readonly function: string;
  /** The consent that was withdrawn, if that is the change. */
  readonly withdrawn?: string;
}

/**
 * Learns of every new consent, refusal, confirmation and withdrawal inside the transaction that records it. The room
 * of the referrals implements it; consents know no referral.
 */
export abstract class ConsentListener {
  abstract changed(tx: Tx, change: ConsentChange): Promise<void>;

  /** After the commit. */
  abstract committed(): void;
}
