// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type AtWork, defineKit, type KitFile, type KitPerson, type Office } from '@tsunagi/plugin-sdk/verify';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signatureHeader, signatureOf, timestampHeader } from './door/signature';

const municipality = '990019';
const secrets = {
  'kosodate-signature': 'signature-secret-of-the-conformance-kit',
  'kosodate-callback': 'callback-secret-of-the-conformance-kit',
};

/**
 * What the conformance suite has to know beside the plugin: a system that is called back, that calls with what is JSON, and
 * that leaves everything else as its daily file.
 */
export default defineKit({
  office,
  input: (people) => ({ name: 'events.csv', bytes: dailyFile(people) }),
});

async function office(): Promise<Office> {
  const folder = await mkdtemp(join(tmpdir(), 'tsunagi-kosodate-'));
  const day = join(folder, 'kosodate', '20261120');
  await mkdir(day, { recursive: true });
  /** What it keeps: each call once, under its key. */
  const kept = new Map<string, KitFile>();
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { method = '', url: path = '', headers } = request;
      const timestamp = String(headers[timestampHeader.toLowerCase()]);
      const expected = signatureOf(secrets['kosodate-callback'], { method, path, timestamp, body });
      const isKnown = headers[signatureHeader.toLowerCase()] === expected;
      if (isKnown && method !== 'HEAD') keep(kept, [method, path, headers['idempotency-key']].join(' '), body);
      response.writeHead(isKnown ? 204 : 401).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    config: {
      functionCode: '9910000031',
      formVersion: 'C-2026-1',
      municipality,
      childAbuseContact: '見本市こども家庭センター 000-0000-0110',
      signatureSecret: { secretRef: 'kosodate-signature' },
      callbackUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hub`,
      callbackSecret: { secretRef: 'kosodate-callback' },
      callbackPlainHttp: true,
      bulkFolder: folder,
      pollMs: 1000,
    },
    secrets,
    async bring({ name, bytes }, plugin) {
      if (!name.endsWith('.csv')) return call(name.startsWith('response') ? 'responses' : 'events', bytes, plugin);
      // Another content, another name.
      const own = `${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}.csv`;
      await writeFile(join(folder, own), bytes);
      // Written by its clock, which is the one of the call.
      await utimes(join(folder, own), plugin.clock.now(), plugin.clock.now());
      await rename(join(folder, own), join(day, own));
      await writeFile(join(day, '.done'), '');
    },
    bringJunk: (bytes, plugin) => call('events', bytes, plugin),
    written: () => Promise.resolve([...kept.values()]),
    async close() {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Of two calls with one key it has the first; a recall comes under the key of its own delivery. */
function keep(kept: Map<string, KitFile>, name: string, bytes: Buffer): void {
  if (!kept.has(name)) kept.set(name, { name, bytes });
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Signed and with its key, whatever is answered; a body without a key has none. */
async function call(place: 'events' | 'responses', bytes: Uint8Array, { url, clock }: AtWork): Promise<void> {
  const path = `/plugins/kosodate/v1/${place}`;
  const body = Buffer.from(bytes);
  const timestamp = String(Math.floor(clock.now().getTime() / 1000));
  const key = /"(?:eventId|responseId)"\s*:\s*"([0-9A-Za-z_.:-]{1,64})"/.exec(body.toString('latin1'))?.[1];
  const answered = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      [timestampHeader]: timestamp,
      [signatureHeader]: signatureOf(secrets['kosodate-signature'], { method: 'POST', path, timestamp, body }),
      ...(key !== undefined && { 'Idempotency-Key': key }),
    },
    body,
  });
  await answered.arrayBuffer();
}

const columns = [
  'eventId',
  'eventType',
  'modificationSeg',
  'occurredAt',
  'municipalityCode',
  'municipalityIdentityKey',
  'subject.role',
  'subject.name',
  'subject.nameKana',
  'subject.dateOfBirth',
  'subject.dateOfBirthText',
  'subject.sex',
  'subject.address',
  'isNotDisclosed',
  'concerns',
  'consent',
  'referTo',
  'urgency',
  'historyKey',
] as const;

function dailyFile(people: readonly KitPerson[]): Buffer {
  const lines = [columns, ...people.map((person) => columns.map((column) => rowOf(person)[column] ?? ''))];
  return Buffer.from(
    lines.map((line) => `${line.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`).join(''),
  );
}

/** 不詳 is a text of its own. */
function rowOf({ number, name, kana, birthDate, note }: KitPerson): Partial<Record<(typeof columns)[number], string>> {
  return {
    eventId: `EV-VERIFY-${number}`,
    eventType: 'sodan',
    modificationSeg: '1',
    occurredAt: '2026-11-20T09:00:00+09:00',
    municipalityCode: municipality,
    municipalityIdentityKey: String(900_000 + number),
    'subject.role': 'guardian',
    'subject.name': name,
    'subject.nameKana': kana.replaceAll(' ', '　'),
    'subject.dateOfBirth': birthDate ?? '',
    'subject.dateOfBirthText': birthDate === undefined ? '不詳' : '',
    'subject.sex': '2',
    'subject.address': '見本県見本市本町一丁目１番１号',
    isNotDisclosed: 'false',
    concerns: '["child_rearing"]',
    consent: '{"status":"given"}',
    referTo: JSON.stringify([{ domain: '4', reason: note }]),
    urgency: '1',
    historyKey: '1',
  };
}
