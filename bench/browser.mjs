// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// Whoever sits in front of the hub: sessions, and a real browser.
import { chromium } from 'playwright-core';

/** Signs in, once more each time it is asked. @returns the cookie of the session */
export async function signIn({ baseUrl, staff }, name) {
  const { password } = staff.find((s) => s.name === name);
  const response = await fetch(`${baseUrl}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password }),
  });
  if (!response.ok) throw new Error(`${name} is not let in: ${response.status}`);
  return response.headers.get('set-cookie').split(';')[0];
}

/** What the hub answers to this session. */
export async function ask({ baseUrl }, cookie, path) {
  const response = await fetch(`${baseUrl}/api/v1${path}`, { headers: { cookie, 'tsunagi-request': '1' } });
  if (!response.ok) throw new Error(`${response.status} to ${path}`);
  return response.json();
}

/** The one that the tests take. */
const ofTests = process.env.TSUNAGI_CHROMIUM ?? '/usr/bin/chromium-headless-shell';
/** Where there is no graphics card it emulates one, on the cores that the hub and the page need. */
export const wholeChromium = '/usr/bin/chromium';

export const openBrowser = (executablePath = ofTests) =>
  chromium.launch({
    executablePath,
    args: ['--no-sandbox'],
  });

/** A page of somebody who is signed in, of whom the browser has nothing in its cache. */
export async function pageOf(browser, access, cookie) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
  });
  const [name, value] = cookie.split('=');
  const { hostname: domain } = new URL(access.baseUrl);
  await context.addCookies([{ name, value, domain, path: '/', httpOnly: true, secure: true, sameSite: 'Strict' }]);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return page;
}
