// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { DeliveryDesk, type Claim, type ClaimedDelivery, type Locking, type TakenReceipt } from './delivery-desk';
export { DeliveryModule } from './delivery.module';
export {
  bringsContent,
  buildAnew,
  freeLanes,
  deliveryById,
  newestBrought,
  notCarriedBy,
  queueDeliveries,
  recalledOf,
  referralDeliveries,
  requeue,
  requeueUnwritten,
  setDeliveryState,
  sheetOf,
  statusGoes,
  stillOnTheirWay,
  underWayTo,
  type Delivery,
  type NewDelivery,
} from './delivery.rows';
export { maxOut, Relay, type Departure } from './relay.service';
