// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { ReferralAction } from './referral.actions';
import type { CoreStep } from './referral.transitions';

const coreSteps = ['await_authority', 'deliver', 'revoke', 'wake'] as const satisfies readonly CoreStep[];

/** What is written into the history of a referral beside the steps of its life. */
export const BesideSteps = z.enum([
  'submit',
  'replace',
  'correct',
  'assign',
  'hand-over',
  'go_on',
  'asked_again',
  'noted',
  'return_asked',
  'duplicate_closed',
  'feedback_permitted',
  'authority_lost',
  'authority_narrowed',
  'persons_merged',
  'person_split',
]);
export type BesideSteps = z.infer<typeof BesideSteps>;

/** Everything that a line of the history may say was done. */
export const HistoryEntry = z.enum([...ReferralAction.options, ...coreSteps, ...BesideSteps.options]);
export type HistoryEntry = z.infer<typeof HistoryEntry>;
