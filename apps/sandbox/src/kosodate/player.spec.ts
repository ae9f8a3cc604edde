// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEvent } from './child-event';
import { dailyCsv, writeDailyFile } from './daily-file';
import { KosodateDepartment } from './department';
import { eventVariants, spoilEvent } from './event-variants';
import { KosodatePlayer } from './player';
import { signatureOf, signed } from './signature';

const clock = () => new Date('2026-11-20T09:00:00+09:00');
const secret = 'a secret of the hub and the department';
const referral = { referralId: '01KAFG0000E008000000000051', deliveryId: '01KAFG0000E00800000000006H', cancel: '1' };

describe('the system of the こども家庭センター', () => {
  let folder: string;
  let department: KosodateDepartment;
  let hub: Server;
  let status = 202;
  const heard: { path: string; body: Record<string, any> }[] = [];
  const memory = () => join(folder, 'sandbox', 'kosodate', 'department.json');
  const open = async () =>
    (department = await KosodateDepartment.open({ memory: memory(), callbackSecret: secret, clock }));
  const player = () => {
    const { port } = hub.address() as AddressInfo;
    return new KosodatePlayer({
      department,
      hubUrl: `http://127.0.0.1:${port}`,
      signatureSecret: secret,
      clock,
      script: [['20', '40']],
    });
  };
  const call = async (method: string, path: string, content: object, at = clock()) => {
    const body = JSON.stringify(content);
    const url = new URL(`${department.callbackUrl}${path}`);
    const answered = await fetch(url, { method, headers: signed(secret, method, url.pathname, body, at), body });
    return answered.status;
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tsunagi-sandbox-'));
    status = 202;
    heard.length = 0;
    hub = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const path = request.url ?? '';
        const timestamp = String(request.headers['tsunagi-timestamp']);
        const expected = signatureOf(secret, { method: 'POST', path, body, timestamp });
        const isSigned = request.headers['tsunagi-signature'] === expected;
        if (isSigned && status === 202) heard.push({ path, body: JSON.parse(body) as Record<string, any> });
        response.writeHead(isSigned ? status : 401).end('{"code":"E-DATE"}');
      });
    });
    hub.listen(0, '127.0.0.1');
    await once(hub, 'listening');
    await open();
  });
  afterEach(async () => {
    await department.close();
    hub.closeAllConnections();
    hub.close();
    rmSync(folder, { recursive: true });
  });

  it('takes a referral once, and says that it has it already', async () => {
    expect(await call('POST', '/referrals', referral)).toBe(201);
    expect(await call('POST', '/referrals', referral)).toBe(409);
    expect(department.memory.arrived).toEqual([referral]);
  });

  it('keeps nothing of a person', async () => {
    await call('POST', '/referrals', { ...referral, subject: { name: '見本　花子' } });
    await player().step();
    expect(readFileSync(memory(), 'utf8')).not.toContain('見本');
  });

  it('hears nobody who has not signed, or has long ago', async () => {
    const bare = await fetch(`${department.callbackUrl}/referrals`, { method: 'POST', body: '{}' });
    expect(bare.status).toBe(401);
    expect(await call('POST', '/referrals', referral, new Date('2026-11-20T08:50:00+09:00'))).toBe(401);
    expect(department.memory.arrived).toEqual([]);
  });

  it('answers step by step, and remembers over a restart where it was', async () => {
    await call('POST', '/referrals', referral);
    await player().step();
    await department.close();
    await open();
    await player().step();
    await player().step();
    await player().step();
    expect(
      heard.map(({ body }) => [body['responseId'], body['action'], body['personInCharge'], body['outcomeCode']]),
    ).toEqual([
      ['R-000001', 'receive', undefined, undefined],
      ['R-000002', 'accept', '子育て　一', undefined],
      ['R-000003', 'complete', '子育て　一', '011'],
    ]);
  });

  it('stops with a recall, and says so', async () => {
    await call('POST', '/referrals', referral);
    await player().step();
    await call('POST', '/referrals', { ...referral, cancel: '3' });
    await player().step();
    await player().step();
    expect(heard.map(({ body }) => body['action'])).toEqual(['receive', 'ackCancel']);
  });

  it('sends its answers in their order once the hub is there again', async () => {
    status = 503;
    await call('POST', '/referrals', referral);
    await player().step();
    await player().step();
    expect(heard).toEqual([]);
    status = 202;
    await player().step();
    expect(heard.map(({ body }) => body['action'])).toEqual(['receive', 'accept', 'complete']);
  });

  it('sends events, each under a number of its own, and hears what becomes of them', async () => {
    expect((await player().sendEvents([{ to: '1' }, { to: '4' }])).map((one) => one.status)).toEqual([202, 202]);
    const ids = heard.map(({ body }) => body['eventId'] as string);
    expect(new Set(ids).size).toBe(2);
    expect(await call('PUT', `/referrals/${ids[0]}/status`, { eventId: ids[0], status: '20', domain: '1' })).toBe(204);
    expect(department.memory.statuses).toEqual([{ eventId: ids[0], status: '20', domain: '1' }]);
  });

  it('sends what it has planned once the hub is there, and counts what was taken and what was refused', async () => {
    status = 503;
    player().plan([{ about: 'expectant' }, { about: 'child' }]);
    await player().step();
    expect([heard.length, department.memory.due.length]).toEqual([0, 2]);
    status = 202;
    await player().step();
    expect(heard.map(({ body }) => body['subject'].role)).toEqual(['expectant', 'child']);
    expect([department.memory.due, department.memory.taken]).toEqual([[], 2]);
    status = 422;
    player().plan([{}]);
    await player().step();
    expect([department.memory.due, department.memory.refused]).toEqual([[], { 'E-DATE': 1 }]);
  });

  it('writes what it could not send into the file of the day, and the mark after it', () => {
    const events = player().inventEvents([{}, { isNotDisclosed: true }]);
    const day = writeDailyFile(folder, events, clock());
    expect(day).toBe(join(folder, 'kosodate', '20261120'));
    const [header, first] = readFileSync(join(day, 'events.csv'), 'utf8').split('\r\n');
    expect(header).toContain('"eventId","eventType"');
    expect(first).toContain('"KD-20261120-000001"');
    expect(readFileSync(join(day, '.done'), 'utf8')).toBe('');
  });
});

describe('an event of a child', () => {
  it('is the same again for the same seed, and invented throughout', () => {
    const event = childEvent(1, 7, clock());
    expect(childEvent(1, 7, clock())).toEqual(event);
    expect(childEvent(2, 7, clock()).eventId).not.toBe(event.eventId);
    expect(event.municipalityCode).toBe('990019');
  });

  it.each(eventVariants)('is spoiled by %s in one thing', (variant) => {
    const event = childEvent(1, 7, clock());
    expect(spoilEvent(event, variant)).not.toEqual(event);
  });

  it('stands in a row with its quotes doubled', () => {
    const csv = dailyCsv([{ ...childEvent(1, 7, clock()), consent: { status: 'given' } }]);
    expect(csv).toContain('"{""status"":""given""}"');
  });
});
