// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { waitFor } from '@tsunagi/testing';
import { isoDay, ymd } from './written';

/** A call of the hub's plugin, as it came. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly key: string;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** What it was answered. */
  readonly status: number;
}

export interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What of an event a journey turns on; everything else is 見本 四葉, born in 1995, who expects a child. */
export interface EventOver {
  readonly key: string;
  readonly person: string;
  readonly to?: readonly string[];
  readonly consent?: 'given' | 'unknown';
  readonly version?: string;
  readonly birth?: string;
  readonly address?: string;
}

/** An event of the department, by webhook or as a row of its daily file. */
export function kosodateEvent(over: EventOver) {
  const { key, person, to = ['4'], consent = 'given', version = '1', birth = '1995-04-01' } = over;
  const { address = '見本県見本市見本町一丁目１番１号' } = over;
  return {
    eventId: key,
    eventType: 'ninshin_8m',
    modificationSeg: '1',
    occurredAt: `${isoDay()}T00:00:00+09:00`,
    municipalityCode: '990019',
    municipalityIdentityKey: person,
    subject: {
      role: 'expectant',
      name: '見本　四葉',
      nameKana: 'ミホン　ヨツバ',
      dateOfBirth: birth,
      sex: '2',
      address,
    },
    isNotDisclosed: false,
    household: [{ role: 'spouse', relation: '夫' }],
    concerns: ['child_rearing', 'income_work'],
    primaryConcern: 'child_rearing',
    consent: { status: consent },
    referTo: to.map((domain) => ({ domain, reason: '出産後のくらしに不安がある。' })),
    urgency: '1',
    historyKey: version,
  };
}

const json: readonly string[] = ['household', 'concerns', 'consent', 'referTo'];

/** The same events as a daily file. */
export function dailyFile(events: readonly ReturnType<typeof kosodateEvent>[]): Buffer {
  const rows = events.map(({ subject, ...event }) => ({
    ...event,
    ...Object.fromEntries(Object.entries(subject).map(([name, value]) => [`subject.${name}`, value])),
  }));
  const header = Object.keys(rows[0] ?? {});
  const cell = (name: string, value: unknown) => (json.includes(name) ? JSON.stringify(value) : String(value));
  const lines = [header, ...rows.map((row) => Object.entries(row).map(([name, value]) => cell(name, value)))];
  return Buffer.from(
    lines.map((line) => `${line.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')}\r\n`).join(''),
  );
}

const signed = (secret: string, method: string, path: string, text: string, timestamp: string) =>
  `v1=${createHmac('sha256', secret).update(`${timestamp}\n${method}\n${path}\n${text}`).digest('hex')}`;

/** The system of the こども家庭センター: it calls the plugin's door, and keeps every call that comes from there. */
export class KosodateDesk {
  readonly calls: Call[] = [];
  readonly secrets = { signature: randomBytes(32).toString('hex'), callback: randomBytes(32).toString('hex') };
  /** Where the door is, and where the daily files go; the town says so. */
  hubUrl = '';
  bulkFolder = '';

  private constructor(private readonly server: Server) {}

  static async open(): Promise<KosodateDesk> {
    const server = createServer((request, response) => {
      void desk.hear(request).then((answered) => {
        response.writeHead(answered.status, { 'Content-Type': 'application/json' });
        response.end(request.method === 'HEAD' ? undefined : JSON.stringify(answered.body));
      });
    });
    const desk = new KosodateDesk(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return desk;
  }

  get callbackUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hub`;
  }

  /** Signed, once. */
  async send(place: 'events' | 'responses', content: Readonly<Record<string, unknown>>): Promise<Answered> {
    const path = `/plugins/kosodate/v1/${place}`;
    const text = JSON.stringify(content);
    const timestamp = String(Math.floor(Date.now() / 1000));
    const response = await fetch(`${this.hubUrl}${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': String(content['eventId'] ?? content['responseId']),
        'Tsunagi-Timestamp': timestamp,
        'Tsunagi-Signature': signed(this.secrets.signature, 'POST', path, text, timestamp),
      },
      body: text,
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  /** The same, again and again until somebody is there who can say something to it. */
  async insist(...call: Parameters<KosodateDesk['send']>): Promise<Answered> {
    return waitFor(
      async () => {
        const answered = await this.send(...call).catch(() => undefined);
        return answered && answered.status < 500 && answered.status !== 404 && answered;
      },
      { what: 'an answer at the door', timeoutMs: 90_000 },
    );
  }

  /** Leaves a daily file of today, and the mark behind it. */
  leave(name: string, bytes: Uint8Array): void {
    const day = join(this.bulkFolder, 'kosodate', ymd());
    mkdirSync(day, { recursive: true });
    writeFileSync(join(day, `${name}.tmp`), bytes);
    renameSync(join(day, `${name}.tmp`), join(day, name));
    writeFileSync(join(day, '.done'), '');
  }

  /** Call-backs about one of its own events, oldest first. */
  statuses(eventId: string): Call[] {
    return this.calls.filter(({ path }) => path === `/hub/referrals/${encodeURIComponent(eventId)}/status`);
  }

  /** The first call-back with this 状態コード. */
  status(eventId: string, code: string): Promise<Call> {
    return waitFor(() => this.statuses(eventId).find(({ body }) => body['status'] === code), {
      what: `${code} of ${eventId}`,
      timeoutMs: 30_000,
    });
  }

  referrals(): Call[] {
    return this.calls.filter(({ method, path }) => method === 'POST' && path === '/hub/referrals');
  }

  /** The newest call that brought this referral, corrected it (2) or took it back (3). */
  referral(referral: string, mark: '1' | '2' | '3' = '1'): Promise<Call> {
    const isThat = ({ body }: Call) => body['referralId'] === referral && body['cancel'] === mark;
    return waitFor(() => this.referrals().findLast(isThat), {
      what: `call ${mark} of the referral`,
      timeoutMs: 30_000,
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  /** Takes what is new, and says of what it has that it has it. */
  private async hear(request: IncomingMessage): Promise<Answered> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const { method = '', url: path = '', headers } = request;
    const expected = signed(this.secrets.callback, method, path, text, String(headers['tsunagi-timestamp']));
    if (headers['tsunagi-signature'] !== expected) return { status: 401, body: {} };
    if (method === 'HEAD') return { status: 204, body: {} };
    const body = JSON.parse(text) as Record<string, unknown>;
    const key = String(headers['idempotency-key']);
    const isKnown = this.calls.some((call) => call.key === key && call.body['cancel'] === body['cancel']);
    const status = isKnown && method === 'POST' ? 409 : 201;
    this.calls.push({ method, path, key, text, body, status });
    return { status, body: method === 'POST' ? { deliveryId: body['deliveryId'] } : {} };
  }
}
