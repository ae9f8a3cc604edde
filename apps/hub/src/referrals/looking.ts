// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Feedback, Permit } from '@tsunagi/domain';
import { isRouted, personsOf, referralsById, type ReferralRecord } from './referral.record';
import { ReferralUnknownError } from './referrals.errors';
import { viewpointOf, type Viewpoint } from './viewpoint';
import type { Caller } from '../access';
import { wishesOf } from '../consents';
import { feedbackOn, permitById } from '../disclosure';
import type { Directory } from '../organizations';
import type { Tx } from '../platform';

/** What every view of one referral looks with. */
export interface Looking {
  readonly tx: Pick<Tx, 'query'>;
  readonly directory: Directory;
  readonly now: Date;
}

/** @throws {ReferralUnknownError} Absent, or not for this caller. */
export async function lookAt(
  caller: Caller,
  id: string,
  { tx, directory }: Looking,
): Promise<{ referral: ReferralRecord; viewpoint: Viewpoint }> {
  const referral = (await referralsById(tx, [id])).get(id);
  const viewpoint = referral && viewpointOf(caller, referral, directory);
  if (!viewpoint) throw new ReferralUnknownError();
  return { referral, viewpoint };
}

/** What may go back to its sender now. */
export async function feedbackNow(referral: ReferralRecord, { tx, directory, now }: Looking): Promise<Feedback> {
  const permit = await wentOn(referral, tx);
  if (!permit || !isRouted(referral)) return 'none';
  return feedbackOn(referral, permit, await wishesOf(tx, personsOf(referral)), directory, now).feedback;
}

/** What its recipient must keep to, as it was when it went. */
export async function conditionsOf(
  referral: ReferralRecord,
  tx: Pick<Tx, 'query'>,
): Promise<Permit['conditions'] | undefined> {
  return (await wentOn(referral, tx))?.conditions;
}

/** On what it went out last. */
export const wentOn = async ({ decision }: ReferralRecord, tx: Pick<Tx, 'query'>): Promise<Permit | undefined> =>
  decision === undefined ? undefined : (await permitById(tx, [decision])).get(decision);

/** Nobody reads what was entered in error, and no recipient what came to it by mistake. */
export function isMasked(r: ReferralRecord, viewpoint: Viewpoint): boolean {
  return r.state === 'entered_in_error' || (r.misdirected === true && !viewpoint.sender);
}
