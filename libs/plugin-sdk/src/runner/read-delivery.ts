// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hubSource, messages, type CloudEvent, type MessageData } from '@tsunagi/contracts';
import { id } from '@tsunagi/domain';
import { z } from 'zod';
import type { Delivery } from '../plugin/sink';

/** The messages that bring a delivery. */
export const deliveryTypes = ['referral.sent.v1', 'referral.recalled.v1', 'referral.status.v1'] as const;
export type DeliveryType = (typeof deliveryTypes)[number];

/** The hub sent something this host does not understand. */
export class DeliveryUnreadableError extends Error {
  readonly code = 'MESSAGE_INVALID';

  /** @param deliveryId as far as it could be made out. */
  constructor(readonly deliveryId: string | undefined) {
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
  throw new DeliveryUnreadableError(deliveryIdIn(event));
}

function isDeliveryType(type: string): type is DeliveryType {
  return (deliveryTypes as readonly string[]).includes(type);
}

function toDelivery(event: { [T in DeliveryType]: { type: T; data: MessageData<T> } }[DeliveryType]): Delivery {
  const { deliveryId } = event.data;
  switch (event.type) {
    case 'referral.sent.v1':
      return { kind: 'referral', deliveryId, referral: event.data.referral };
    case 'referral.recalled.v1':
      return { kind: 'recall', deliveryId, recall: event.data };
    case 'referral.status.v1':
      return { kind: 'status', deliveryId, status: event.data };
  }
}

const withDeliveryId = z.looseObject({ deliveryId: id });

function deliveryIdIn(event: CloudEvent): string | undefined {
  const parsed = withDeliveryId.safeParse(event.data);
  return event.source === hubSource && parsed.success ? parsed.data.deliveryId : undefined;
}
