// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hubSource, messages, type CloudEvent, type MessageData } from '@tsunagi/contracts';
import { id } from '@tsunagi/domain';
import { z } from 'zod';
import type { Delivery, DeliveryClaim } from '../plugin/sink';

/** The messages that bring a delivery. */
export const deliveryTypes = [
  'referral.sent.v1',
  'referral.supplemented.v1',
  'referral.recalled.v1',
  'referral.status.v1',
] as const;
export type DeliveryType = (typeof deliveryTypes)[number];

/** The hub sent something this host does not understand. */
export class DeliveryUnreadableError extends Error {
  readonly code = 'MESSAGE_INVALID';

  /** @param delivery which it was, if both its id and its claim could be made out: a receipt needs both. */
  constructor(readonly delivery: DeliveryClaim | undefined) {
    super('not a delivery of the hub');
    this.name = 'DeliveryUnreadableError';
  }
}

/** @throws DeliveryUnreadableError */
export function readDelivery(event: CloudEvent): Delivery {
  if (event.source === hubSource && isDeliveryType(event.type)) {
    const parsed = messages[event.type].safeParse(event);
    if (parsed.success) return toDelivery(parsed.data);
  }
  throw new DeliveryUnreadableError(claimIn(event));
}

function isDeliveryType(type: string): type is DeliveryType {
  return (deliveryTypes as readonly string[]).includes(type);
}

function toDelivery(event: { [T in DeliveryType]: { type: T; data: MessageData<T> } }[DeliveryType]): Delivery {
  const { deliveryId, claim } = event.data;
  switch (event.type) {
    case 'referral.sent.v1':
      return { kind: 'referral', deliveryId, claim, referral: event.data.referral };
    case 'referral.supplemented.v1':
      return { kind: 'supplement', deliveryId, claim, referral: event.data.referral };
    case 'referral.recalled.v1':
      return { kind: 'recall', deliveryId, claim, recall: event.data };
    case 'referral.status.v1':
      return { kind: 'status', deliveryId, claim, status: event.data };
  }
}

const withClaim = z.looseObject({ deliveryId: id, claim: id });

/** The two ids and nothing else of a message nobody understands. */
function claimIn(event: CloudEvent): DeliveryClaim | undefined {
  const parsed = withClaim.safeParse(event.data);
  if (event.source !== hubSource || !parsed.success) return undefined;
  const { deliveryId, claim } = parsed.data;
  return { deliveryId, claim };
}
