// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// `node scripts/screenshots.mjs`: starts the demo municipality in a folder of its own, opens the console as each of its people would, and
// writes what they see to docs/images/. Needs Chromium (TSUNAGI_CHROMIUM, or Debian's chromium-headless-shell) and Japanese letters (fonts-noto-cjk).
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const images = join(root, 'docs/images');
const dataDir = mkdtempSync(join(tmpdir(), 'tsunagi-screenshots-'));

/** Who, where, under which name; `first` finds the address that depends on what the demo holds, `shows` is what comes last. */
const shots = [
  { as: 'caseworker.konkyu', path: '/', name: 'inbox' },
  { as: 'coordinator', path: '/queue', name: 'queue', shows: /期限超過\s*\d+件/ },
  { as: 'caseworker.konkyu', first: '/referrals?state=received', path: '/referrals/:id', name: 'referral' },
  {
    as: 'caseworker.kaigo',
    first: '/referrals?state=awaiting_authority',
    path: '/referrals/:id/consent',
    name: 'consent',
  },
  { as: 'caseworker.konkyu', path: '/new', name: 'new' },
  { as: 'supervisor.kaigo', path: '/', name: 'inbox-supervisor' },
  { as: 'coordinator', path: '/overview', name: 'overview' },
  { as: 'it_admin', path: '/plugins', name: 'plugins' },
  { as: 'it_admin', path: '/plugins/kaigo', name: 'plugin' },
  { as: 'it_admin', path: '/doctor', name: 'doctor' },
  { as: 'privacy_officer', path: '/ledger', name: 'ledger' },
  { as: 'privacy_officer', path: '/incidents', name: 'incidents' },
  { as: 'auditor', path: '/audit', name: 'audit' },
  { as: 'approver', path: '/ratifications', name: 'ratifications' },
  { as: 'approver', path: '/exceptions', name: 'exceptions' },
];

const port = await freePort();
const hub = spawn(process.execPath, [join(root, 'apps/cli/bin/tsunagi.js'), 'start'], {
  env: { ...process.env, TSUNAGI_DATA_DIR: dataDir, TSUNAGI_PORT: String(port), TSUNAGI_LOG_LEVEL: 'silent' },
  stdio: 'ignore',
});
try {
  const baseUrl = `http://127.0.0.1:${port}`;
  await ready(baseUrl);
  const access = JSON.parse(readFileSync(join(dataDir, 'demo-access.json'), 'utf8'));
  const browser = await chromium.launch({
    executablePath: process.env.TSUNAGI_CHROMIUM ?? '/usr/bin/chromium-headless-shell',
    args: ['--no-sandbox'],
  });
  mkdirSync(images, { recursive: true });
  for (const { as, first, path, name, shows } of shots) {
    const { password } = access.staff.find((s) => s.name === as);
    const page = await browser.newPage({
      viewport: { width: 1280, height: 860 },
      locale: 'ja-JP',
      timezoneId: 'Asia/Tokyo',
      reducedMotion: 'reduce',
    });
    await page.goto(`${baseUrl}/console/`);
    await page.getByLabel('サインインの名前').fill(as);
    await page.getByLabel(/^合言葉/).fill(password);
    await page.getByRole('button', { name: 'サインイン' }).click();
    await page.getByRole('navigation', { name: 'メニュー' }).waitFor();
    const [found] = first ? (await (await page.request.get(`${baseUrl}/api/v1${first}`)).json()).items : [];
    await page.goto(`${baseUrl}/console${path.replace(':id', found?.id ?? '')}`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.getByText('読み込んでいます').first().waitFor({ state: 'detached' });
    if (shows) await page.getByText(shows).first().waitFor();
    await page.screenshot({ path: join(images, `${name}.png`) });
    console.log(`docs/images/${name}.png`);
    await page.close();
  }
  await browser.close();
} finally {
  hub.kill('SIGTERM');
  await new Promise((resolve) => hub.once('exit', resolve));
  rmSync(dataDir, { recursive: true, force: true });
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => resolve(free));
    });
  });
}

async function ready(baseUrl) {
  for (let n = 0; n < 300; n++) {
    const answer = await fetch(`${baseUrl}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await wait(500);
  }
  throw new Error('the hub did not become ready');
}
