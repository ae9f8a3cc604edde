// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/** How something came to somebody's eyes; each line of the ledger says one. */
export const DisclosureWay = z.enum([
  /** To a system. */
  'message',
  /** To a desk that works in the hub. */
  'screen',
  /** On paper, or with the person. */
  'sheet',
  /** 連絡文: what is written beside the content. */
  'words',
  /** What goes back to the sender. */
  'feedback',
  /** To those who coordinate. */
  'sight',
  /** An item of a conference. */
  'conference',
  'read',
  'print',
]);
export type DisclosureWay = z.infer<typeof DisclosureWay>;

/** What was read or printed. */
export const LookedAt = z.enum(['referral', 'facts', 'consents', 'withdrawal', 'disclosures', 'incident', 'name']);
export type LookedAt = z.infer<typeof LookedAt>;
