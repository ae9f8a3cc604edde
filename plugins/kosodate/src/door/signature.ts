// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a signature covers: a body that was meant for one place is worth nothing in another. */
export interface SignedRequest {
  readonly method: string;
  /** Without the server, such as `/plugins/kosodate/v1/events`. */
  readonly path: string;
  /** Seconds since 1970, as the header has them. */
  readonly timestamp: string;
  readonly body: Uint8Array;
}

export const timestampHeader = 'tsunagi-timestamp';
export const signatureHeader = 'tsunagi-signature';

/** A request signed longer ago, or later, than this is refused. */
const windowSeconds = 300;

/** `v1=` and HMAC-SHA-256 in hexadecimal digits over `timestamp LF method LF path LF body`. */
export function signatureOf(secret: string, request: SignedRequest): string {
  return `v1=${digestOf(secret, request).toString('hex')}`;
}

/**
 * Is it signed with this secret, and lately? Compared in constant time; that the time is wrong is told only to who has the
 * secret. A signature that comes again within the window brings the same body: the hub has it already.
 */
export function signatureFault(
  secret: string,
  signature: string,
  request: SignedRequest,
  now: Date,
): 'S-SIGNATURE' | 'S-TIMESTAMP' | undefined {
  const given = /^v1=([0-9a-f]{64})$/.exec(signature)?.[1];
  if (given === undefined || !timingSafeEqual(Buffer.from(given, 'hex'), digestOf(secret, request)))
    return 'S-SIGNATURE';
  const at = /^[0-9]{1,12}$/.test(request.timestamp) ? Number(request.timestamp) : 0;
  return Math.abs(now.getTime() / 1000 - at) <= windowSeconds ? undefined : 'S-TIMESTAMP';
}

function digestOf(secret: string, { method, path, timestamp, body }: SignedRequest): Buffer {
  return createHmac('sha256', secret).update(`${timestamp}\n${method}\n${path}\n`).update(body).digest();
}
