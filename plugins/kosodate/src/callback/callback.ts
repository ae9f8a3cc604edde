// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type Clock, errorCode } from '@tsunagi/plugin-sdk';
import { signatureHeader, signatureOf, timestampHeader } from '../door/signature';

export interface CallbackOptions {
  /** Without a slash at its end. */
  readonly url: string;
  readonly secret: string;
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** What the department's system said to a call, or why it said nothing. */
export type Called =
  | { readonly said: true; readonly status: number; readonly body: unknown }
  | { readonly said: false; readonly code: string };

/** Nobody is asked to wait longer than this, whatever Retry-After says: the hub gives up after a day. */
const longestWaitMs = 3_600_000;
/** More of an answer is nobody's business here. */
const mostRead = 16 * 1024;

/** Calls the department's system back, signed. While the system has asked for time it is left alone. */
export class Callback {
  private notBefore = 0;

  constructor(private readonly options: CallbackOptions) {}

  /**
   * @param path below the system's address, without a query
   * @param key under which a repeat is known
   */
  async call(method: 'POST' | 'PUT', path: string, body: object, key: string): Promise<Called> {
    const { clock } = this.options;
    if (clock.now().getTime() < this.notBefore) return { said: false, code: 'RETRY_AFTER' };
    return this.send(method, path, JSON.stringify(body), { 'Idempotency-Key': key });
  }

  /** Is anybody there who knows our signature? Brings nothing. */
  ask(): Promise<Called> {
    return this.send('HEAD', '/referrals', undefined, {});
  }

  private async send(
    method: string,
    path: string,
    body: string | undefined,
    headers: Readonly<Record<string, string>>,
  ): Promise<Called> {
    const { url, timeoutMs, clock, secret } = this.options;
    const target = new URL(`${url}${path}`);
    const timestamp = String(Math.floor(clock.now().getTime() / 1000));
    const signed = { method, path: target.pathname, timestamp, body: Buffer.from(body ?? '') };
    try {
      const response = await fetch(target, {
        method,
        // Where it would lead nobody has looked whether anything may go there.
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          ...headers,
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          [timestampHeader]: timestamp,
          [signatureHeader]: signatureOf(secret, signed),
        },
        ...(body !== undefined && { body }),
      });
      this.heed(response);
      return { said: true, status: response.status, body: await read(response) };
    } catch (error) {
      // What fetch throws says why in its cause; only of a time-out does the name.
      const { name, cause } = error as { name?: unknown; cause?: unknown };
      return { said: false, code: name === 'TimeoutError' ? 'TIMEOUT' : errorCode(cause, 'CALL_FAILED') };
    }
  }

  /** Retry-After in seconds or as a date. */
  private heed(response: Response): void {
    const asked = response.headers.get('retry-after');
    if (asked === null || ![429, 503].includes(response.status)) return;
    const now = this.options.clock.now().getTime();
    const until = /^[0-9]{1,6}$/.test(asked) ? now + Number(asked) * 1000 : Date.parse(asked);
    if (until > now) this.notBefore = Math.min(until, now + longestWaitMs);
  }
}

/** The JSON of a short answer; undefined for anything else. */
async function read(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).length;
    if (bytes > mostRead) return undefined;
    chunks.push(chunk as Uint8Array);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
