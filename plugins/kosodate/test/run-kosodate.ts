// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ItemAnswer } from '@tsunagi/plugin-sdk';
import { FakeClock, type PluginRun, runPlugin, type RunPluginOptions } from '@tsunagi/plugin-sdk/testing';
import { sign } from 'jsonwebtoken';
import { randomUUID } from 'node:crypto';
import { signatureOf } from '../src/door/signature';
import { kosodatePlugin } from '../src/kosodate.plugin';
import { secrets } from './department';

export const settings = (callbackUrl: string, more: Readonly<Record<string, unknown>> = {}) => ({
  functionCode: '9910000031',
  formVersion: 'C-2026-1',
  municipality: '990019',
  childAbuseContact: '見本市こども家庭センター 000-0000-0110',
  clientSecret: { secretRef: 'kosodate-client' },
  signatureSecret: { secretRef: 'kosodate-signature' },
  callbackUrl,
  callbackSecret: { secretRef: 'kosodate-callback' },
  callbackPlainHttp: true,
  callbackTimeoutMs: 500,
  ...more,
});

/** The plugin in a host, against a hub in memory. */
export function runKosodate(
  folder: string,
  callbackUrl: string,
  { config = {}, ...options }: Omit<Partial<RunPluginOptions>, 'config'> & { config?: Record<string, unknown> } = {},
): Promise<PluginRun> {
  return runPlugin(kosodatePlugin, {
    secrets,
    stateFolder: folder,
    ...options,
    config: settings(callbackUrl, config),
  });
}

/**
 * The hub remembers what it was sent: equal content again, or what comes before the last by time, file and row, is a duplicate;
 * another content that calls itself new conflicts.
 */
export function hubMemory() {
  const last = new Map<string, { hash: string; place: readonly number[]; referralId: string }>();
  let made = 0;
  return (item: { type: string; body: object }): Partial<Omit<ItemAnswer, 'itemId'>> => {
    if (!('submission' in item.body)) return {};
    const { source, to } = (item.body as { submission: Submission }).submission;
    const place = [Date.parse(source.occurredAt), source.fileSerial ?? 0, source.row ?? 0];
    const before = last.get(source.key);
    if (before && (before.hash === source.contentHash || isBefore(place, before.place)))
      return { outcome: 'duplicate', referralId: before.referralId };
    if (before && source.change === 'new') return { outcome: 'conflict', codes: ['E-DUP-DIFF'], referralId: undefined };
    made += before ? 0 : 1;
    const referralId = before?.referralId ?? `019a9f00-0000-7000-8000-0000000${String(made).padStart(5, '0')}`;
    last.set(source.key, { hash: source.contentHash, place, referralId });
    return to === undefined ? { outcome: 'no_referral', referralId: undefined } : { outcome: 'accepted', referralId };
  };
}
interface Submission {
  readonly source: {
    key: string;
    contentHash: string;
    occurredAt: string;
    change?: string;
    fileSerial?: number;
    row?: number;
  };
  readonly to?: unknown;
}

function isBefore(one: readonly number[], other: readonly number[]): boolean {
  const place = one.findIndex((value, index) => value !== other[index]);
  return place !== -1 && one[place]! < other[place]!;
}

export interface Said {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, any>;
}

/** The department's system as it calls the plugin. */
export class Caller {
  constructor(private readonly run: Pick<PluginRun, 'url' | 'clock'>) {}

  /** A body, signed as it should be. */
  sign(path: string, body: string | Buffer, { at = this.now(), secret = secrets['kosodate-signature'] } = {}) {
    const timestamp = String(at);
    const signed = { method: 'POST', path: `/plugins/kosodate/v1/${path}`, timestamp, body: Buffer.from(body) };
    return { 'Tsunagi-Timestamp': timestamp, 'Tsunagi-Signature': signatureOf(secret, signed) };
  }

  /** Signed and with its key, unless told otherwise. */
  post(path: 'events' | 'responses', body: object, headers: Record<string, string> = {}): Promise<Said> {
    const text = JSON.stringify(body);
    const key = (body as Record<string, string>)[path === 'events' ? 'eventId' : 'responseId'] ?? '';
    return this.raw(path, text, {
      'Content-Type': 'application/json',
      'Idempotency-Key': key,
      ...this.sign(path, text),
      ...headers,
    });
  }

  async raw(path: string, body: string | Buffer, headers: Record<string, string>, method = 'POST'): Promise<Said> {
    const url = `${this.run.url}/plugins/kosodate/v1/${path}`;
    const answered = await fetch(url, {
      method,
      headers,
      ...(method === 'POST' && { body: new Uint8Array(Buffer.from(body)) }),
    });
    const text = await answered.text();
    return {
      status: answered.status,
      headers: answered.headers,
      body: text === '' ? {} : (JSON.parse(text) as object),
    };
  }

  assertion(claims: Record<string, unknown> = {}, secret = secrets['kosodate-client']): string {
    const iat = this.now();
    const usual = {
      iss: 'kosodate',
      sub: 'kosodate',
      aud: 'tsunagi-plugin-kosodate',
      iat,
      exp: iat + 60,
      jti: randomUUID(),
    };
    return sign({ ...usual, ...claims }, secret, { algorithm: 'HS256' });
  }

  token(fields: Record<string, string> = {}): Promise<Said> {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: this.assertion(),
      ...fields,
    });
    return this.raw('token', form.toString(), { 'Content-Type': 'application/x-www-form-urlencoded' });
  }

  private now(): number {
    return Math.floor(this.run.clock.now().getTime() / 1000);
  }
}

export { FakeClock };
