// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralStatus } from '@tsunagi/contracts';
import { withoutThirdParties, type Feedback, type StatusCode } from '@tsunagi/domain';
import type { ReferralRecord } from './referral.record';
import type { ClaimedDelivery } from '../delivery';
import type { DisclosableReferral } from '../disclosure';
import type { Directory } from '../organizations';

/**
 * What a status tells the sender. `state`: keys, code, moment, the receiving function and the return reason;
 * `state+note`: worker, next date and the recipient's note as well; own-record codes: the sender's own keys only.
 */
export function statusOf(
  delivery: ClaimedDelivery,
  referral: ReferralRecord & DisclosableReferral,
  feedback: Feedback,
  directory: Pick<Directory, 'outline'>,
  { said, hideTown }: { readonly said: string | undefined; readonly hideTown: boolean },
): ReferralStatus {
  const code = delivery.status as StatusCode;
  const state = feedback !== 'none';
  const note = feedback === 'state+note';
  const reason = referral.proposedReasons?.[0];
  return {
    deliveryId: delivery.id,
    claim: delivery.claim,
    referralId: referral.id,
    code,
    at: (delivery.status_at ?? referral.stateAt).toISOString(),
    ...(referral.echo !== undefined && { echo: referral.echo }),
    ...(state && { by: directory.outline(referral.toFunction, { hideTown }) }),
    ...(state && code === '50' && reason !== undefined && { returnReason: reason }),
    ...(note && referral.worker !== undefined && { worker: referral.worker }),
    ...(note && referral.nextContactOn !== undefined && { nextContactOn: referral.nextContactOn }),
    ...(note && said !== undefined && { note: withoutThirdParties(said) }),
  };
}
