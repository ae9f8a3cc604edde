// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { uuidToBase32 } from '@tsunagi/plugin-sdk';
import { createHash } from 'node:crypto';
import { z } from 'zod';

/** What the system knows its own request by; it travels as `source.echo` and comes back in every status. */
export interface RecordKey {
  readonly eventId: string;
  /** つなぎ先分野 of the request: one event may ask several departments. */
  readonly domain: string;
  readonly isNotDisclosed: boolean;
}

const echo = z.tuple([z.string().min(1).max(64), z.string().regex(/^[1-6]?$/), z.boolean()]);

export function writeEcho({ eventId, domain, isNotDisclosed }: RecordKey): string {
  return JSON.stringify([eventId, domain, isNotDisclosed]);
}

/** `undefined` for anything that {@link writeEcho} did not write. */
export function readEcho(text: string | undefined): RecordKey | undefined {
  try {
    const [eventId, domain, isNotDisclosed] = echo.parse(JSON.parse(text ?? ''));
    return { eventId, domain, isNotDisclosed };
  } catch {
    return undefined;
  }
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The same record with the same content has the same receipt, however often it comes. */
export function receiptId(record: string, content: string): string {
  const hex = sha256(`${record}/${content}`);
  return uuidToBase32(
    [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-'),
  );
}

/**
 * Is this the version of a later state? Numbers as numbers, anything else, such as times, in the order of its signs; none is
 * never later.
 */
export function isLaterVersion(version: string | undefined, than: string | undefined): boolean {
  if (version === undefined) return false;
  if (than === undefined) return true;
  const numbers = [version, than].every((text) => /^[0-9]+$/.test(text));
  return numbers ? BigInt(version) > BigInt(than) : version > than;
}

export const laterVersion = (one: string | undefined, other: string | undefined): string | undefined =>
  isLaterVersion(one, other) ? one : other;
