// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// 200 event streams (BENCH_STREAMS), each of a session of its own, and two real browsers with the list open, while two systems send
// 50 referrals a second for a minute (BENCH_SECONDS), each of which its recipient's system takes: two changes, the later some time after.
// `lost` counts what a stream was never told of after it had happened there, `untold` what it was told of and may not see. Who
// may see what is read from the rows, not from the hub. `…RssMiB` and `lastThirdGrowth` are of the hub's process.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { ask, openBrowser, pageOf, signIn } from './browser.mjs';
import { startTown, until } from './town.mjs';

const { stateNames } = createRequire(import.meta.url)('@tsunagi/contracts/words');
const streams = Number(process.env.BENCH_STREAMS ?? '200');
const seconds = Number(process.env.BENCH_SECONDS ?? '60');
const perSecond = 50;
/** Of the streams so many listen for each of these; the others may hear nothing. */
const listeners = ['coordinator', 'caseworker.kaigo', 'caseworker.konkyu', 'supervisor.shogai', 'caseworker.hogo'];
const systems = {
  kaigo: { client: 'demo-kaigo', form: 'K-2026-1', number: (no) => `00990010-${no}` },
  shogai: { client: 'demo-shogai', form: 'S-2026-1', number: (no) => `990019-${no}` },
};

export async function streamsFigure(services, { nodeArgs } = {}) {
  const town = await startTown(services, { nodeArgs });
  const browser = await openBrowser();
  const open = [];
  try {
    for (let n = 0; n < streams; n++) {
      const who = listeners[n % listeners.length];
      open.push(await listen(town.access, who, await signIn(town.access, who)));
    }
    await until(() => open.every((s) => s.isReady), 'every stream to know where it begins');
    const lists = await Promise.all(
      [
        ['coordinator', ''],
        ['caseworker.konkyu', '?sort=newest'],
      ].map(([who, search]) => openList(browser, town.access, who, search)),
    );
    // What a process grows to before it is at work is not what it grows by.
    await load(town, 3);
    const rss = sampled(town.pids.hub);
    const sent = await load(town, seconds);
    const memory = rss.stop();
    await until(() => isQuiet(town), 'every referral to be taken', 180_000, 500);
    const happened = await whatHappened(town);
    const last = () => lostBy(open, happened);
    // What is under way comes with the next turns; what has not come by then never will.
    await until(() => last() === 0, 'the last change to be told', 15_000, 250).catch(() => undefined);
    const differing = [];
    for (const list of lists) if (await differs(list, town.access)) differing.push(list.who);
    return {
      ...sent,
      lost: last(),
      untold: untoldBy(open, happened),
      closed: open.filter((s) => s.isClosed).length,
      listsThatDiffer: differing.length,
      changes: happened.length,
      hints: open.reduce((sum, s) => sum + s.hints, 0),
      resyncs: open.reduce((sum, s) => sum + s.resyncs, 0),
      hintDelayP99Ms: delayP99(open, happened),
      ...memory,
    };
  } finally {
    for (const stream of open) stream.close();
    await browser.close();
    await town.close();
  }
}

/** A plain client of GET /events, which keeps when it has last heard of each referral and when it was last told to read all anew. */
async function listen(access, who, cookie) {
  const heard = new Map();
  const stream = { who, heard, resyncAt: 0, resyncs: 0, hints: 0, isReady: false, isClosed: false };
  const take = (block) => {
    const type = /^event: (.*)$/m.exec(block)?.[1];
    if (/^id: /m.test(block)) stream.isReady = true;
    if (type === undefined || type === 'alive') return;
    const at = Date.now();
    const { referrals = [], more } = JSON.parse(/^data: (.*)$/m.exec(block)[1]);
    stream.hints++;
    for (const id of referrals) heard.set(id, [...(heard.get(id) ?? []), at]);
    if (type === 'reload' || more) {
      stream.resyncAt = at;
      stream.resyncs++;
    }
  };
  const request = http.get(`${access.baseUrl}/api/v1/events`, { agent: false, headers: { cookie } });
  stream.close = () => request.destroy();
  await new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      if (response.statusCode !== 200) return reject(new Error(`a stream is refused: ${response.statusCode}`));
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', (text) => {
        const blocks = (rest + text).split('\n\n');
        rest = blocks.pop();
        blocks.forEach(take);
      });
      response.on('error', () => undefined);
      response.on('close', () => (stream.isClosed = true));
      resolve();
    });
  });
  request.removeAllListeners('error').on('error', () => (stream.isClosed = true));
  return stream;
}

/** As evenly as a clock allows, whether the ones before are answered or not. */
async function load(town, forSeconds) {
  const tokens = {};
  for (const [system, { client }] of Object.entries(systems)) tokens[system] = await town.token(client);
  const began = performance.now();
  const answers = [];
  const count = forSeconds * perSecond;
  for (let n = 0; n < count; n++) {
    const wait = (n / perSecond) * 1000 - (performance.now() - began);
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const system = n % 2 === 0 ? 'kaigo' : 'shogai';
    answers.push(submit(town, system, tokens[system]));
  }
  const accepted = (await Promise.all(answers)).filter(Boolean).length;
  return { perS: (accepted * 1000) / (performance.now() - began), failed: count - accepted };
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 32 });
let person = 0;

/** A referral to the 自立相談支援機関 about somebody new, with the consent of the registered form. */
function submit(town, system, token) {
  const today = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
  const body = JSON.stringify({
    kind: 'referral',
    to: { domain: 'konkyu' },
    urgency: 'normal',
    purpose: 'consultation',
    source: { system, key: `BENCH-${randomUUID()}`, occurredAt: `${today}T00:00:00+09:00` },
    asserted: { code: '1', formVersion: systems[system].form, on: today },
    subject: {
      ref: 'subject',
      role: 'subject',
      identifiers: [{ system, value: systems[system].number(String(++person).padStart(10, '0')) }],
      items: {
        identity: { name: '見本　花子', kana: 'ミホン　ハナコ', birthDate: '1940-01-05', sex: 'female' },
        contact: { address: '見本県見本市見本町一丁目１番１号', telephone: '0991234567' },
        household_outline: { size: 2 },
        concern: { boxes: ['income_work', 'housing'] },
        narrative: { fact: '家賃滞納あり。', writtenOn: today },
      },
    },
    others: [],
  });
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    authorization: `Bearer ${token}`,
    'idempotency-key': randomUUID(),
  };
  return new Promise((resolve) => {
    const url = new URL('/api/v1/referrals', town.access.baseUrl);
    const request = http.request(url, { agent, method: 'POST', headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const isTaken = response.statusCode === 201;
        resolve(isTaken && JSON.parse(Buffer.concat(chunks)).outcome === 'accepted');
      });
    });
    request.on('error', () => resolve(false));
    request.end(body);
  });
}

/** Nothing waits to be taken, and nothing has happened for a while. */
async function isQuiet(town) {
  const { rows } = await town.query(
    `select (select count(*)::int from referral where state = 'sent') as under_way,
       coalesce((select max(at) from referral_event) < now() - interval '3 seconds', false) as still`,
  );
  return rows[0].under_way === 0 && rows[0].still;
}

/** Each step, when it happened and at whose desks. */
async function whatHappened(town) {
  const { rows } = await town.query(
    `select e.referral, e.at, e.told, e.to_state, f.domain as sender, t.domain as recipient, r.sent_at
     from referral_event e join referral r on r.id = e.referral join desk_function f on f.id = r.from_function left join desk_function t on t.id = r.to_function`,
  );
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

/** May this stream hear of this step? A desk that sent it of what it is told, a desk that received it and who coordinates of all. */
function mayHear(who, step) {
  const [role, desk] = who.split('.');
  if (role === 'coordinator') return true;
  return (desk === step.sender && step.told) || (desk === step.recipient && step.sent_at !== null);
}

/** Of each referral the last step that the stream may hear of must have been told since, or all was to be read anew since. */
function lostBy(open, happened) {
  let lost = 0;
  for (const who of listeners) {
    const last = new Map();
    for (const step of happened)
      if (mayHear(who, step)) last.set(step.referral, Math.max(step.at, last.get(step.referral) ?? 0));
    for (const stream of open.filter((s) => s.who === who))
      for (const [referral, at] of last)
        if (stream.resyncAt < at && !(stream.heard.get(referral)?.at(-1) >= at)) lost++;
  }
  return lost;
}

function untoldBy(open, happened) {
  let untold = 0;
  for (const who of listeners) {
    const may = new Set(happened.filter((step) => mayHear(who, step)).map((step) => step.referral));
    for (const stream of open.filter((s) => s.who === who))
      for (const referral of stream.heard.keys()) if (!may.has(referral)) untold++;
  }
  return untold;
}

/** From the moment of a step to the hint that names it, where one does. */
function delayP99(open, happened) {
  const of = open.find((s) => s.who === 'coordinator');
  const delays = happened.flatMap(({ referral, at }) => {
    const next = of?.heard.get(referral)?.find((heardAt) => heardAt >= at);
    return next === undefined ? [] : [next - at];
  });
  return delays.sort((a, b) => a - b)[Math.floor(delays.length * 0.99)] ?? 0;
}

async function openList(browser, access, who, search) {
  const cookie = await signIn(access, who);
  const page = await pageOf(browser, access, cookie);
  await page.goto(`${access.baseUrl}/console/queue${search}`);
  await page.getByText('最新です').first().waitFor();
  return { who, cookie, page, search };
}

/** When it is asked to show what has come, the list has the lines of the hub's first page, in its order and with its states. */
async function differs({ who, cookie, page, search }, access) {
  const { items } = await ask(access, cookie, `/referrals?limit=100&sort=${/sort=(\w+)/.exec(search)?.[1] ?? 'due'}`);
  const wanted = items.slice(0, 20).map((item) => `${item.id} ${stateNames[item.state]}`);
  const show = page.getByRole('button', { name: '表示する', exact: true });
  const isSame = async () => {
    if (await show.isVisible()) await show.click();
    const lines = await page.locator('tr[data-row]').evaluateAll((rows) =>
      rows.slice(0, 20).map((row) => {
        const id = new URL(row.querySelector('th a').href).pathname.split('/').at(-1);
        return `${id} ${row.cells[3].textContent.trim()}`;
      }),
    );
    return JSON.stringify(lines) === JSON.stringify(wanted);
  };
  const same = await until(isSame, `the list of ${who}`, 15_000, 250).catch(() => false);
  return !same;
}

/** What a process holds, each second. */
function sampled(pid) {
  const now = () => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
  const samples = [now()];
  const timer = setInterval(() => samples.push(now()), 1000);
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    stop() {
      clearInterval(timer);
      samples.push(now());
      const part = Math.max(1, Math.round(samples.length / 10));
      const from = (at) => mean(samples.slice(at, at + part));
      const third = Math.floor((samples.length * 2) / 3) - part;
      const [begin, middle, beforeLastThird, end] = [
        0,
        Math.floor((samples.length - part) / 2),
        third,
        samples.length - part,
      ].map(from);
      return {
        beginRssMiB: begin,
        middleRssMiB: middle,
        endRssMiB: end,
        peakRssMiB: Math.max(...samples),
        lastThirdGrowth: end / beforeLastThird - 1,
      };
    },
  };
}
