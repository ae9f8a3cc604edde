// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ConferenceKind } from './conference-kinds';
import type { AuthorityCode } from '../disclosure/authority-row';

/** Somebody who was called to this case, by name. */
export interface SittingMember {
  readonly function: string;
  readonly staff: string;
  /** Secrecy was acknowledged; before that the member sees nothing. */
  readonly acknowledged: boolean;
}

/** A conference about certain persons, as a decision sees it: who sits in it and how long it shares. */
export interface Sitting {
  readonly id: string;
  readonly version: number;
  readonly kind: ConferenceKind;
  /** The law that lets its members share without consent; absent = with consent only. */
  readonly authority?: AuthorityCode | undefined;
  readonly state: 'called' | 'open';
  readonly persons: readonly string[];
  /** It shares up to, but without, this moment (in milliseconds, as `Date.getTime`). */
  readonly until?: number | undefined;
  readonly members: readonly SittingMember[];
}
