// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// The console at 1,000,000 referrals (BENCH_REFERRALS), in a real browser: how long after it was asked for a page has painted its
// first rows, with nothing in the browser's cache and the hub warm; and which tasks of the page were long while somebody scrolled through 10,000 rows
// (BENCH_ROWS) with the wheel, pages coming as they are needed. Medians of five (BENCH_RUNS); the scrolling once. In the browser of the
// tests; the first rows also in the whole Chromium (`…EmulatedMs`), where it is installed, which draws without a graphics card.
import { existsSync } from 'node:fs';
import { ask, openBrowser, pageOf, signIn, wholeChromium } from './browser.mjs';
import { fillTown } from './fill.mjs';
import { startTown } from './town.mjs';

const referrals = Number(process.env.BENCH_REFERRALS ?? '1000000');
const rows = Number(process.env.BENCH_ROWS ?? '10000');
const repetitions = Number(process.env.BENCH_RUNS ?? '5');
/** Before that the hub has planned nothing and compiled nothing. */
const warmUps = Math.min(2, repetitions);

/** The rows of each page, in the markup that its readers are told of. */
const screens = {
  queue: { who: 'coordinator', path: '/queue', row: 'tbody th[scope="row"]' },
  inbox: { who: 'coordinator', path: '/', row: 'main li.todo' },
  deskInbox: { who: 'caseworker.konkyu', path: '/', row: 'tbody th[scope="row"]' },
};
/** The questions behind the first rows. */
const questions = {
  queueAnswer: ['coordinator', '/referrals?sort=due&limit=100'],
  viewsAnswer: ['coordinator', '/views?counts=true'],
  inboxAnswer: ['coordinator', '/todos?limit=100'],
  deskQueueAnswer: ['caseworker.konkyu', '/referrals?sort=due&limit=100'],
};

export async function consoleFigure(services, { nodeArgs } = {}) {
  const town = await startTown(services, { nodeArgs });
  const browser = await openBrowser();
  try {
    const began = performance.now();
    await fillTown(town, referrals);
    const fillSeconds = (performance.now() - began) / 1000;
    const cookies = {};
    for (const { who } of Object.values(screens)) cookies[who] ??= await signIn(town.access, who);
    const firstRowsIn = async (opened, suffix) => {
      const measured = {};
      for (const [name, screen] of Object.entries(screens))
        measured[name + suffix] = await medianOf(() => firstRows(opened, town.access, cookies[screen.who], screen));
      return measured;
    };
    const measured = { ...(await firstRowsIn(browser, 'Ms')), ...(await inWholeChromium(firstRowsIn)) };
    for (const [name, [who, path]] of Object.entries(questions))
      measured[`${name}Ms`] = await medianOf(async () => {
        const asked = performance.now();
        await ask(town.access, cookies[who], path);
        return performance.now() - asked;
      });
    console.error(`  ${JSON.stringify(measured)}`);
    return { ...measured, ...(await scrolled(browser, town.access, cookies.coordinator)), referrals, fillSeconds };
  } finally {
    await browser.close();
    await town.close();
  }
}

async function inWholeChromium(firstRowsIn) {
  if (!existsSync(wholeChromium)) return {};
  const whole = await openBrowser(wholeChromium);
  try {
    return await firstRowsIn(whole, 'EmulatedMs');
  } finally {
    await whole.close();
  }
}

async function medianOf(measure) {
  for (let n = 0; n < warmUps; n++) await measure();
  const values = [];
  for (let n = 0; n < repetitions; n++) values.push(await measure());
  return values.sort((a, b) => a - b)[Math.floor((repetitions - 1) / 2)];
}

/** From the moment the page is asked for until the frame that shows its first row is painted, ms. */
async function firstRows(browser, access, cookie, { path, row }) {
  const page = await pageOf(browser, access, cookie);
  try {
    await page.addInitScript((selector) => {
      const look = () => {
        if (!document.querySelector(selector)) return;
        seen.disconnect();
        // What follows the next frame's callbacks is after its paint.
        requestAnimationFrame(() => setTimeout(() => (globalThis.paintedAt = performance.now())));
      };
      const seen = new MutationObserver(look);
      seen.observe(document, { childList: true, subtree: true });
    }, row);
    await page.goto(`${access.baseUrl}/console${path}`, { waitUntil: 'commit' });
    const painted = await page.waitForFunction(() => globalThis.paintedAt);
    return await painted.jsonValue();
  } finally {
    await page.context().close();
  }
}

/** With the wheel, about a screen with each turn, as fast as frames come. */
async function scrolled(browser, access, cookie) {
  const page = await pageOf(browser, access, cookie);
  await page.goto(`${access.baseUrl}/console/queue`);
  await page.locator('tr[data-row]').nth(5).waitFor();
  await page.evaluate(() => {
    globalThis.long = [];
    const note = (list) => globalThis.long.push(...list.getEntries().map((e) => e.duration));
    globalThis.observer = new PerformanceObserver(note);
    globalThis.observer.observe({ type: 'longtask' });
    globalThis.frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  });
  await page.mouse.move(640, 500);
  const began = performance.now();
  let reached = 0;
  for (const deadline = Date.now() + 600_000; reached < rows;) {
    if (Date.now() > deadline) throw new Error(`only ${reached} rows came`);
    await page.mouse.wheel(0, 800);
    reached = await page.evaluate(async () => {
      await globalThis.frame();
      return Number([...document.querySelectorAll('tr[data-row]')].at(-1)?.dataset.row ?? 0) + 1;
    });
  }
  const scrollSeconds = (performance.now() - began) / 1000;
  const long = await page.evaluate(() => [
    ...globalThis.long,
    ...globalThis.observer.takeRecords().map((e) => e.duration),
  ]);
  await page.context().close();
  return {
    scrolledRows: reached,
    scrollSeconds,
    longestTaskMs: Math.max(0, ...long),
    longTasksOver100Ms: long.filter((ms) => ms > 100).length,
    longTasksOver50Ms: long.length,
  };
}
