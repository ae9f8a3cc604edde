// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { z } from 'zod';
import { cloudEvent } from './cloud-event';
import {
  deliveriesCheck,
  deliveriesChecked,
  deliveryReceipts,
  referralRecalled,
  referralSent,
  referralStatus,
  referralSupplemented,
} from './deliveries';
import { acknowledgedItems, itemsAnswered, quarantinedItems, respondedItems, submittedItems } from './items';
import { pluginCommand, pluginHeartbeat, pluginHello, pluginRehearsed, pluginResult } from './plugin-control';

/** Every message that crosses a process border, by type. A changed meaning is a new version beside the old. */
export const messages = {
  'referral.submitted.v1': cloudEvent('referral.submitted.v1', submittedItems),
  'referral.response.v1': cloudEvent('referral.response.v1', respondedItems),
  'rows.quarantined.v1': cloudEvent('rows.quarantined.v1', quarantinedItems),
  'recall.acknowledged.v1': cloudEvent('recall.acknowledged.v1', acknowledgedItems),
  'items.answered.v1': cloudEvent('items.answered.v1', itemsAnswered),
  'referral.sent.v1': cloudEvent('referral.sent.v1', referralSent),
  'referral.supplemented.v1': cloudEvent('referral.supplemented.v1', referralSupplemented),
  'referral.recalled.v1': cloudEvent('referral.recalled.v1', referralRecalled),
  'referral.status.v1': cloudEvent('referral.status.v1', referralStatus),
  'deliveries.check.v1': cloudEvent('deliveries.check.v1', deliveriesCheck),
  'deliveries.checked.v1': cloudEvent('deliveries.checked.v1', deliveriesChecked),
  'delivery.receipt.v1': cloudEvent('delivery.receipt.v1', deliveryReceipts),
  'plugin.hello.v1': cloudEvent('plugin.hello.v1', pluginHello),
  'plugin.heartbeat.v1': cloudEvent('plugin.heartbeat.v1', pluginHeartbeat),
  'plugin.command.v1': cloudEvent('plugin.command.v1', pluginCommand),
  'plugin.result.v1': cloudEvent('plugin.result.v1', pluginResult),
  'plugin.rehearsed.v1': cloudEvent('plugin.rehearsed.v1', pluginRehearsed),
} as const;

export type MessageType = keyof typeof messages;
export type Message<T extends MessageType = MessageType> = z.infer<(typeof messages)[T]>;
export type MessageData<T extends MessageType> = Message<T>['data'];

/** The queue of the hub that takes each type from plugins. */
export const hubQueueOf = {
  'referral.submitted.v1': 'hub.intake',
  'rows.quarantined.v1': 'hub.intake',
  'referral.response.v1': 'hub.answers',
  'recall.acknowledged.v1': 'hub.answers',
  'deliveries.check.v1': 'hub.answers',
  'delivery.receipt.v1': 'hub.answers',
  'plugin.hello.v1': 'hub.control',
  'plugin.heartbeat.v1': 'hub.control',
  'plugin.result.v1': 'hub.control',
} as const satisfies Partial<Record<MessageType, string>>;
export type MessageToHub = keyof typeof hubQueueOf;
/** What goes to the one instance of the hub that asked for it, and waits; nobody else has any use for it. */
export type ReplyToHub = 'plugin.rehearsed.v1';
export type MessageFromHub = Exclude<MessageType, MessageToHub | ReplyToHub>;

/** On which way each type leaves the hub: the two queues of a plugin, or the queue of the host that runs it. */
export const wayFromHub = {
  'referral.sent.v1': 'deliveries',
  'referral.supplemented.v1': 'deliveries',
  'referral.recalled.v1': 'deliveries',
  'referral.status.v1': 'deliveries',
  'items.answered.v1': 'answers',
  'deliveries.checked.v1': 'answers',
  'plugin.command.v1': 'host',
} as const satisfies Record<MessageFromHub, 'deliveries' | 'answers' | 'host'>;

export const deliveriesQueueOf = (plugin: string) => `plugin.${plugin}.deliveries`;
export const answersQueueOf = (plugin: string) => `plugin.${plugin}.answers`;
export const hostQueueOf = (hostId: string) => `host.${hostId}`;
/** Belongs to one instance of the hub and goes with its connection. */
export const repliesQueueOf = (instance: string) => `hub.replies.${instance}`;
/** Payloads above this are refused before publishing. */
export const maxPayloadBytes = 128 * 1024;
