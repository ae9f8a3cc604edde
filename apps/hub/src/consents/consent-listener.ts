// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Tx } from '../platform';

/** What is changing in a person's wishes. */
export interface ConsentChange {
  readonly person: string;
  readonly actor: string;
  readonly function: string;
  /** The consent that is withdrawn, if that is the change. */
  readonly withdrawn?: string;
}

/**
 * Stands around every new consent, refusal, confirmation and withdrawal, inside the transaction that records it. The
 * room of the referrals implements it; consents know no referral.
 */
export abstract class ConsentListener {
  /**
   * Locks the person and everybody whose referrals the change may touch, lets it be recorded by `write`, and draws the
   * consequences.
   */
  abstract around(tx: Tx, change: ConsentChange, write: () => Promise<void>): Promise<void>;

  /** What this function's own records say of the person's birth date; the person is locked. */
  abstract bornOn(tx: Tx, person: string, desk: string): Promise<string | undefined>;

  /** After the commit. */
  abstract committed(): void;
}
