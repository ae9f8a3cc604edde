// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// One referral a request over HTTP, 32 clients: from accepted to the recipient's table, beside the floor in the same run.
// `…CpuMs` is the processor time that one referral takes, of the whole machine with load and services, or of one process.
import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { busySeconds, cpuSeconds, end, startTown, stopsGroup, until } from './town.mjs';

const run = promisify(execFile);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const clients = 32;
const seconds = Number(process.env.BENCH_SECONDS ?? '15');

export async function endToEnd(services, { nodeArgs } = {}) {
  const floor = await measureFloor(services);
  const town = await startTown(services, { nodeArgs });
  try {
    const token = await town.token('demo-kaigo');
    const url = new URL('/api/v1/referrals', town.access.baseUrl);
    await endToEndLoad(town, url, token, { forMs: 3_000 });
    const before = { all: busySeconds(), hub: cpuSeconds(town.pids.hub), host: cpuSeconds(town.pids.host) };
    const full = await endToEndLoad(town, url, token, { forMs: seconds * 1000 });
    const cpuMs = (now, since) => ((now - since) * 1000) / full.accepted;
    const cost = {
      allCpuMs: cpuMs(busySeconds(), before.all),
      hubCpuMs: cpuMs(cpuSeconds(town.pids.hub), before.hub),
      hostCpuMs: cpuMs(cpuSeconds(town.pids.host), before.host),
    };
    const half = await endToEndLoad(town, url, token, { forMs: seconds * 1000, perSecond: full.acceptedPerS / 2 });
    return {
      ratio: full.endToEndPerS / floor.endToEndPerS,
      p99Ms: half.p99Ms,
      floorPerS: floor.endToEndPerS,
      perS: full.endToEndPerS,
      acceptedPerS: full.acceptedPerS,
      failed: full.failed + half.failed,
      fullP99Ms: full.p99Ms,
      floorAllCpuMs: floor.allCpuMs,
      ...cost,
    };
  } finally {
    await town.close();
  }
}

async function measureFloor(services) {
  const database = await services.postgres.createDatabase('floor');
  const vhost = await services.rabbit.createVhost('floor');
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const child = spawn(process.execPath, [here('floor.mjs'), database.url, vhost.url, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  // Its host is a child of its own.
  const stop = stopsGroup(child);
  try {
    await new Promise((resolve) => child.stdout.on('data', (text) => String(text).includes('ready') && resolve()));
    const base = `http://127.0.0.1:${port}/referrals`;
    await run(process.execPath, [here('load.mjs'), base, '3', String(clients)]);
    const before = busySeconds();
    const { stdout } = await run(process.execPath, [here('load.mjs'), base, String(seconds), String(clients)]);
    const measured = JSON.parse(stdout);
    return { ...measured, allCpuMs: ((busySeconds() - before) * 1000) / measured.accepted };
  } finally {
    stop();
    await end(child);
    await database.drop();
    await vhost.deleteVhost();
  }
}

/** As load.mjs does it, with what the hub asks for: a token, a key, the common schema; the text of the same size. */
export async function endToEndLoad(town, url, token, { forMs, perSecond = Infinity }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: clients });
  const latencies = [];
  let accepted = 0;
  let failed = 0;
  const before = await arrived(town);
  const post = (body) =>
    new Promise((resolve) => {
      const began = performance.now();
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        authorization: `Bearer ${token}`,
        'idempotency-key': randomUUID(),
      };
      const request = http.request(url, { agent, method: 'POST', headers }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          latencies.push(performance.now() - began);
          if (response.statusCode === 201 && JSON.parse(Buffer.concat(chunks)).outcome === 'accepted') accepted++;
          else failed++;
          resolve();
        });
      });
      request.on('error', () => {
        failed++;
        resolve();
      });
      request.end(body);
    });
  const started = performance.now();
  let posted = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() - started < forMs) {
        const due = (posted++ / perSecond) * 1000;
        const wait = due - (performance.now() - started);
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        if (performance.now() - started < forMs) await post(bodyOf());
      }
    }),
  );
  const acceptedIn = performance.now() - started;
  await until(async () => (await arrived(town)) - before >= accepted, 'everything to arrive', 180_000, 100);
  const endedIn = performance.now() - started;
  latencies.sort((a, b) => a - b);
  return {
    accepted,
    failed,
    acceptedPerS: (accepted / acceptedIn) * 1000,
    endToEndPerS: (accepted / endedIn) * 1000,
    p99Ms: latencies[Math.floor(latencies.length * 0.99)] ?? NaN,
  };
}

const arrived = async (town) =>
  (await town.query('select count(*)::int as n from legacy_konkyu.T_HUB_UKETSUKE')).rows[0].n;

let person = 0;
/** Somebody new each time, with the consent of the registered form. */
function bodyOf() {
  const no = String(++person).padStart(10, '0');
  const today = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
  return JSON.stringify({
    kind: 'referral',
    to: { domain: 'konkyu' },
    urgency: 'normal',
    purpose: 'consultation',
    source: { system: 'kaigo', key: `BENCH-${randomUUID()}`, occurredAt: `${today}T00:00:00+09:00` },
    asserted: { code: '1', formVersion: 'K-2026-1', on: today },
    subject: {
      ref: 'subject',
      role: 'subject',
      identifiers: [{ system: 'kaigo', value: `00990010-${no}` }],
      items: {
        identity: { name: '見本　花子', kana: 'ミホン　ハナコ', birthDate: '1940-01-05', sex: 'female' },
        contact: { address: '見本県見本市見本町一丁目１番１号', telephone: '0991234567' },
        household_outline: { size: 2 },
        concern: { boxes: ['income_work', 'housing'] },
        narrative: { fact: '家賃滞納あり。'.repeat(60), writtenOn: today },
      },
    },
    others: [],
  });
}
