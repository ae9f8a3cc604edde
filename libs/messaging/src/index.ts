// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { accountOfPlugin, brokerAccounts, type BrokerAccount } from './broker-accounts';
export type {
  ConsumeOptions,
  Courier,
  CourierFactory,
  CourierRole,
  DeadLetter,
  HostRole,
  MessageHandler,
  OutgoingMessage,
  PublishOptions,
  QueueDepth,
  ReceivedMessage,
  Subscription,
} from './courier';
export { CourierError, type CourierErrorCode } from './courier.errors';
export { failurePolicies, UnknownTypeError, type FailureCode, type FailurePolicy } from './failure-policies';
export { InProcessBroker, type InProcessBrokerOptions } from './in-process/in-process-broker';
export { backoffs, limits, prefetches } from './limits';
export type { MessagingLog, MessagingLogEntry } from './log';
export { RethrowFilter } from './nest/rethrow.filter';
export { TsunagiContext } from './nest/tsunagi-context';
export { TsunagiServer, type TsunagiServerOptions } from './nest/tsunagi-server';
export type { Pause } from './pause';
export { assertTopology, connectRabbit, type ConnectRabbitOptions } from './rabbit/connect-rabbit';
export { inspectRabbit, type BrokerState } from './rabbit/inspect-rabbit';
export {
  deadExchange,
  deadQueue,
  exchange,
  hostIdOf,
  hubQueues,
  policyOfQueue,
  routingKeyOf,
  sharedQueues,
  type QueuePolicy,
} from './topology';
