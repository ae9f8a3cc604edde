// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { DeliveryDesk, type Claim, type ClaimedDelivery, type Locking, type TakenReceipt } from './delivery-desk';
export { DeliveryModule } from './delivery.module';
export {
  approve,
  bringsContent,
  buildAnew,
  freeLanes,
  deliveryById,
  isProposal,
  isUnapproved,
  newestBrought,
  notCarriedBy,
  proposalsTo,
  queueDeliveries,
  recalledOf,
  referralDeliveries,
  requeue,
  requeueUnwritten,
  setDeliveryState,
  sheetOf,
  statusGoes,
  stillOnTheirWay,
  toSystems,
  underWayTo,
  type Delivery,
  type NewDelivery,
  type Proposal,
  type TriedDelivery,
} from './delivery.rows';
export { maxOut, Relay, type Departure } from './relay.service';
