// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { accountOf, hubAccount, messages, type CloudEvent } from '@tsunagi/contracts';
import { CourierError } from './courier.errors';
import { limits } from './limits';
import { hubQueues, isRepliesQueue } from './topology';

export const contentType = 'application/cloudevents+json';

/** The envelope is the same for every message: taken from one of them, without what differs. */
const envelope = messages['items.answered.v1'].omit({ type: true, data: true });

/** The message as bytes; refused when too large. */
export function writeEvent(event: CloudEvent): Buffer {
  const content = Buffer.from(JSON.stringify(event), 'utf8');
  if (content.length <= limits.maxPayloadBytes) return content;
  throw new CourierError(
    'PAYLOAD_TOO_LARGE',
    `${event.type} of ${content.length} bytes; ${limits.maxPayloadBytes} are allowed`,
  );
}

/** The event when the bytes are one, with `data` as it came; undefined when they are not. */
export function readEvent(content: Buffer): CloudEvent | undefined {
  // An account of the broker can send more than our own publisher would.
  if (content.length > limits.maxPayloadBytes) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(utf8.decode(content));
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || !('data' in parsed) || !('type' in parsed)) return undefined;
  const { type, data, ...rest } = parsed;
  if (typeof type !== 'string') return undefined;
  const read = envelope.safeParse(rest);
  return read.success ? { ...read.data, type, data } : undefined;
}

/**
 * Whether the account that published it may speak as its source, and may speak into this queue. The broker vouches for the
 * account, and refuses the wrong queue as well, but RabbitMQ 3.10 overlooks the further routing keys of a CC header.
 */
export function isGenuine(event: CloudEvent, account: string | undefined, queue: string): account is string {
  if (account === undefined || accountOf(event.source) !== account) return false;
  return account === hubAccount || hubQueues.includes(queue) || isRepliesQueue(queue);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
