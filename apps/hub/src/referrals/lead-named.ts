// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { openContent, type ReferralRecord } from './referral.record';
import type { Here } from './stepping';
import { leadOfReferral } from '../support-units';

/** Is somebody named who leads? As long as no unit was asked for, the sender does, with the worker from whom it comes. */
export async function isLeadNamed(
  { tx, directory, keys }: Pick<Here, 'tx' | 'directory' | 'keys'>,
  referral: ReferralRecord,
): Promise<boolean> {
  const lead = await leadOfReferral(tx, referral.id);
  if (lead) return lead.named && directory.inForce(lead.function);
  return directory.inForce(referral.fromFunction) && openContent(keys.sealing, referral).worker !== undefined;
}
