// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/**
 * How a referral reaches its recipient: by its system, by its desk in the hub, on a sheet that goes by post or by hand,
 * on a sheet that the person carries, or in the hub alone, whatever the recipient's own channel.
 */
export const DeliveryChannel = z.enum(['plugin', 'web', 'paper', 'carried_by_person', 'hub_only']);
export type DeliveryChannel = z.infer<typeof DeliveryChannel>;

/** Channels that a sender may choose for one referral; absent, the recipient's own counts. */
export const ChosenChannel = z.enum(['web', 'paper', 'carried_by_person']);
export type ChosenChannel = z.infer<typeof ChosenChannel>;

/** A sheet with a code goes to the recipient; it has arrived when somebody there enters the code. */
export const hasSheet = (channel: DeliveryChannel): boolean => channel === 'paper' || channel === 'carried_by_person';
