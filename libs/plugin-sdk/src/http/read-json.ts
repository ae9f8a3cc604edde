// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { jsonFaultIn } from '@tsunagi/text';
import { isUtf8 } from 'node:buffer';
import type { DoorRequest } from './door';
import { RefusedRequestError } from './refusal';

const mostLevels = 16;

/**
 * The JSON object of a request.
 * @throws RefusedRequestError 415 for another type, charset or coding; 400 for what is no such object, or one of two readings
 */
export function readJson({ headers, body }: Pick<DoorRequest, 'headers' | 'body'>): Readonly<Record<string, unknown>> {
  if (!isPlainJson(headers['content-type'] ?? '') || (headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new RefusedRequestError(415, 'E-TYPE');
  if (!isUtf8(body)) throw new RefusedRequestError(400, 'E-JSON');
  const value = jsonIn(body.toString('utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RefusedRequestError(400, 'E-JSON');
  return value as Readonly<Record<string, unknown>>;
}

/** In another charset the same bytes mean something else. */
function isPlainJson(contentType: string): boolean {
  return /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(contentType.trim());
}

/** The one value that a text of JSON has; undefined for what is none, goes very deep, or has two readings. */
export function jsonIn(text: string): unknown {
  if (jsonFaultIn(text, mostLevels) !== undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
