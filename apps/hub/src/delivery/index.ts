// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { DeliveryDesk, type Claim, type ClaimedDelivery, type Locking, type TakenReceipt } from './delivery-desk';
export { DeliveryModule } from './delivery.module';
export {
  bringsContent,
  deliveryById,
  queueDeliveries,
  recalledOf,
  referralDeliveries,
  requeue,
  setDeliveryState,
  statusGoes,
  stillOnTheirWay,
  type Delivery,
  type NewDelivery,
} from './delivery.rows';
export { Relay } from './relay.service';
