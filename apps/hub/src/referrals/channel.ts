// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DeliveryChannel } from '@tsunagi/domain';
import { pluginOf, type ReferralRecord } from './referral.record';
import type { DisclosableReferral } from '../disclosure';
import type { Directory } from '../organizations';

/** How this referral goes: what its sender chose, or what its recipient's function has; its kind has the last word. */
export const channelOf = (referral: ReferralRecord & DisclosableReferral, directory: Directory): DeliveryChannel =>
  directory.channelTo(referral.toFunction, referral.kind, referral.channel);

/** By which plugin it goes; `undefined` = by none. */
export function pluginTo(referral: ReferralRecord & DisclosableReferral, directory: Directory): string | undefined {
  if (channelOf(referral, directory) !== 'plugin') return undefined;
  return pluginOf(directory.function(referral.toFunction).channel);
}
