// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DeliveryChannel, ReferralKind } from '@tsunagi/domain';
import { pluginOf, type ReferralRecord } from './referral.record';
import type { DisclosableReferral } from '../disclosure';
import type { Directory } from '../organizations';

/**
 * How this referral goes: what its sender chose, or what its recipient's function has; its kind has the last word. What
 * rests on a sitting stays in the hub, whatever permits it.
 */
export const channelOf = (referral: ReferralRecord & DisclosableReferral, directory: Directory): DeliveryChannel =>
  referral.conference !== undefined
    ? 'hub_only'
    : directory.channelTo(referral.toFunction, referral.kind, referral.channel);

/**
 * The channel that is kept with a referral to this desk: what its sender chose; and 本人持参 whoever chose it, since what
 * the person carries is hidden from its desk until it is there.
 */
export function channelKept(
  to: string | undefined,
  kind: ReferralKind,
  chosen: DeliveryChannel | undefined,
  directory: Directory,
): DeliveryChannel | undefined {
  const way = to && directory.channelTo(to, kind, chosen);
  return way === 'carried_by_person' ? way : chosen;
}

/** What of the kept channel its sender has chosen, as far as it shows: what its desk has of its own ends with that desk. */
export function channelChosen(referral: ReferralRecord, directory: Directory): DeliveryChannel | undefined {
  const { toFunction, kind, channel } = referral;
  return toFunction !== undefined && directory.channelTo(toFunction, kind, undefined) === channel ? undefined : channel;
}

/** By which plugin it goes; `undefined` = by none. */
export function pluginTo(referral: ReferralRecord & DisclosableReferral, directory: Directory): string | undefined {
  if (referral.onScreen === true || channelOf(referral, directory) !== 'plugin') return undefined;
  return pluginOf(directory.function(referral.toFunction).channel);
}
