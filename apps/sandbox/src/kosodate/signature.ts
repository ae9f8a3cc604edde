// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHmac } from 'node:crypto';

/** As the interface of the hub's plugin says: HMAC-SHA-256 over time, method, path and body. Written from its README alone. */
export function signed(secret: string, method: string, path: string, body: string, at: Date): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return {
    'Tsunagi-Timestamp': timestamp,
    'Tsunagi-Signature': signatureOf(secret, { method, path, body, timestamp }),
  };
}

export function signatureOf(
  secret: string,
  { method, path, body, timestamp }: { method: string; path: string; body: string; timestamp: string },
): string {
  const digest = createHmac('sha256', secret).update(`${timestamp}\n${method}\n${path}\n${body}`).digest('hex');
  return `v1=${digest}`;
}
