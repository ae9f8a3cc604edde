// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { answersQueueOf, deliveriesQueueOf, hubQueueOf } from '@tsunagi/contracts';
import { limits, prefetches } from './limits';

/** Everything the broker must hold. Only the hub declares it; a plugin's account could not. */
export const exchange = 'tsunagi';
export const deadExchange = 'tsunagi.dead';
export const deadQueue = 'dead';
export const hubQueues: readonly string[] = [...new Set(Object.values(hubQueueOf))];

export type QueueKind = keyof typeof prefetches;

export interface QueuePolicy {
  readonly kind: QueueKind;
  readonly durable: boolean;
  /** One consumer has the queue, the next takes over: for a plugin the order of its messages is the order of events. */
  readonly singleActiveConsumer: boolean;
  /** Belongs to the connection that declared it and goes with it. */
  readonly exclusive: boolean;
  /** Hangs on our exchange. A host's own queue does not: its owner has no right to it. */
  readonly bound: boolean;
  /** What dies here goes to `dead`. Not from `dead` itself, and not from a host's queue: a host may not write there. */
  readonly deadLetters: boolean;
  readonly prefetch: number;
}

const hubKinds: Record<string, QueueKind> = {
  'hub.intake': 'intake',
  'hub.answers': 'answers',
  'hub.control': 'control',
};

const pluginQueue = /^plugin\.([a-z][a-z0-9-]*)\.(deliveries|answers)$/;
const repliesQueue = /^hub\.replies\.[0-9A-Za-z_-]+$/;
const hostQueue = /^host\.[a-z][a-z0-9-]*\.[0-9A-Za-z_:-]+$/;

/** What holds for a queue, by its name; undefined for a queue that is none of ours. */
export function policyOfQueue(queue: string): QueuePolicy | undefined {
  const hubKind = hubKinds[queue];
  if (hubKind) return shared(hubKind);
  const plugin = pluginQueue.exec(queue);
  if (plugin) {
    return { ...shared(plugin[2] === 'deliveries' ? 'deliveries' : 'pluginAnswers'), singleActiveConsumer: true };
  }
  if (queue === deadQueue) return { ...shared('dead'), deadLetters: false };
  // Nothing of what goes there is for the record: it is not written to disk, and what nobody takes ends there.
  if (isRepliesQueue(queue)) {
    return { ...shared('replies'), durable: false, exclusive: true, deadLetters: false };
  }
  if (hostQueue.test(queue)) {
    return { ...shared('host'), durable: false, exclusive: true, bound: false, deadLetters: false };
  }
  return undefined;
}

const shared = (kind: QueueKind): QueuePolicy => ({
  kind,
  durable: true,
  singleActiveConsumer: false,
  exclusive: false,
  bound: true,
  deadLetters: true,
  prefetch: prefetches[kind],
});

/** Of one instance of the hub: what it has asked a host for. */
export const isRepliesQueue = (queue: string): boolean => repliesQueue.test(queue);

export const pluginQueuesOf = (plugin: string): string[] => [deliveriesQueueOf(plugin), answersQueueOf(plugin)];

/** All shared queues, `dead` first: the others refer to it. */
export const sharedQueues = (plugins: Iterable<string>): string[] => [
  deadQueue,
  ...hubQueues,
  ...[...plugins].flatMap(pluginQueuesOf),
];

/** Words of a topic are divided by dots and `#` stands for any number of them, so this takes every type for this queue only. */
export const bindingKeyOf = (queue: string): string => `${queue}.#`;
export const routingKeyOf = (queue: string, type: string): string => `${queue}.${type}`;

/** RabbitMQ's arguments of a shared queue. Changing one means another queue: RabbitMQ refuses to redeclare with a difference. */
export function queueArguments(policy: QueuePolicy): Record<string, string | number | boolean> {
  return {
    'x-queue-type': 'quorum',
    ...(policy.deadLetters && {
      'x-delivery-limit': limits.deliveryLimit,
      'x-dead-letter-exchange': deadExchange,
      // Else a dead letter could be lost on its way; the strategy demands reject-publish.
      'x-dead-letter-strategy': 'at-least-once',
      'x-overflow': 'reject-publish',
    }),
    ...(policy.singleActiveConsumer && { 'x-single-active-consumer': true }),
  };
}

/** A name for a host's queue that says whose it is, so that no plugin's account can take the place of another's host. */
export const hostIdOf = (plugin: string, instance: string): string => `${plugin}.${instance}`;
