// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Permit } from '@tsunagi/domain';
import type { Changes } from './changes';
import type { ReferralRecord } from './referral.record';
import { remind } from './todos';
import { permitById } from '../disclosure';
import type { Tx } from '../platform';

/** 70条: does it ask anything of its recipient beyond the law? */
export const isConditional = (permit: Pick<Permit, 'conditions'> | undefined): boolean =>
  (permit?.conditions ?? []).length > 0;

/** It came without anybody having opened it here, so that somebody at its desk still reads what it must keep to. */
export function remindOfConditions(
  changes: Changes,
  { id, toFunction }: Pick<ReferralRecord, 'id' | 'toFunction'>,
  permit: Permit | undefined,
): void {
  if (toFunction === undefined || !isConditional(permit)) return;
  changes.remind({ function: toFunction, role: 'caseworker', kind: 'acknowledge_conditions', referral: id });
}

/** 70条: its desk has opened it before, and must keep now to what it has not been asked to keep to. */
export async function askForNewConditions(
  tx: Tx,
  { id, toFunction, decision }: Pick<ReferralRecord, 'id' | 'decision'> & { readonly toFunction: string },
  { conditions = [] }: Permit,
  at: Date,
): Promise<void> {
  if (conditions.length === 0) return;
  const before = decision === undefined ? undefined : (await permitById(tx, [decision])).get(decision);
  if (conditions.every((c) => before?.conditions?.includes(c))) return;
  remind(tx, [{ function: toFunction, role: 'caseworker', kind: 'acknowledge_conditions', referral: id, at }]);
}
