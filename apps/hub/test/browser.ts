// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { source as axe, type AxeResults, type RunOptions } from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { Access } from './sign-in';

/** A real browser, and the people who sit in front of it. */
export interface Browsing {
  /** Somebody signs in, in a browser of their own, and is at the inbox; the `first` time there is something else to do before. */
  as(name: string, options?: { readonly width?: number; readonly first?: boolean }): Promise<Page>;
  /** A browser in which nobody has signed in yet, as it comes to the console. */
  nobody(): Promise<Page>;
  /** Another tab of the same browser. */
  beside(page: Page): Promise<Page>;
  /** What the pages complained of in the browser's console since they were opened; empty when all is well. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Where Debian has it; `TSUNAGI_CHROMIUM` says otherwise. */
export const executablePath = process.env['TSUNAGI_CHROMIUM'] ?? '/usr/bin/chromium-headless-shell';

export async function browse(baseUrl: string, access: () => Pick<Access, 'staff'>): Promise<Browsing> {
  const browser: Browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const complaints: string[] = [];
  const contexts: BrowserContext[] = [];
  const open = async (context: BrowserContext, path: string) => {
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    // That nobody is signed in yet is asked and answered; a browser calls every refusal an error.
    page.on('console', (m) => m.type() === 'error' && !/status of 4\d\d/.test(m.text()) && complaints.push(m.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${baseUrl}/console${path}`);
    return page;
  };
  const begin = async (width: number) => {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      locale: 'ja-JP',
      timezoneId: 'Asia/Tokyo',
      reducedMotion: 'reduce',
    });
    contexts.push(context);
    return open(context, '/');
  };
  return {
    complaints,
    nobody: () => begin(1280),
    async as(name, { width = 1280, first = false } = {}) {
      const staff = access().staff.find((s) => s.name === name);
      if (!staff) throw new Error('nobody signs in by that name');
      const page = await begin(width);
      await page.getByLabel('サインインの名前').fill(staff.name);
      await page.getByLabel(/^合言葉/).fill(staff.password);
      await page.getByRole('button', { name: 'サインイン' }).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      if (!first) await page.getByRole('navigation', { name: 'メニュー' }).waitFor();
      return page;
    },
    beside: (page) => open(page.context(), '/'),
    async close() {
      await Promise.all(contexts.map((context) => context.close()));
      await browser.close();
    },
  };
}

const wcag22aa = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What WCAG 2.2 A and AA, or one of its rules, say against the page or a part of it as it stands, by rule and place. */
export async function violations(
  page: Page,
  rules: RunOptions['runOnly'] = wcag22aa,
  part: 'html' | 'main' | 'dialog[open]' = 'html',
): Promise<string[]> {
  const options: RunOptions = { runOnly: rules, resultTypes: ['violations'] };
  // By the browser's debugger: the policy of the page lets no other script in.
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axe);
  const { violations: found } = await page.evaluate<AxeResults>(`axe.run('${part}', ${JSON.stringify(options)})`);
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
  );
}

/** Marks what Tab has to reach and counts it. Of several choices Tab reaches one; the arrow keys reach the others. */
const marked = (part: 'body' | 'dialog[open]') => `(() => {
  const roles = ['button', 'link', 'tab', 'checkbox', 'radio', 'menuitem', 'switch', 'option'];
  const operable = ['a', 'button', 'input', 'select', 'textarea', 'summary', '[tabindex="0"]', '[contenteditable]'];
  const inReach = (element) =>
    !element.matches(':disabled, [type="hidden"]') &&
    (element.matches('summary') || !element.closest('details:not([open])')) &&
    element.checkVisibility({ visibilityProperty: true });
  const anything = [...operable, ...roles.map((role) => '[role="' + role + '"]')].join();
  const all = [...document.querySelector('${part}').querySelectorAll(anything)].filter(inReach);
  const marks = all.map((element, place) => (element.type === 'radio' ? 'radio ' + element.name : String(place)));
  all.forEach((element, place) => (element.dataset.reach = marks[place]));
  document.activeElement?.blur();
  return new Set(marks).size;
})()`;

/** What can be clicked or filled in on the page, or in the dialog over it, but is not reached by Tab; empty when the keyboard is enough. */
export async function outOfReach(page: Page, part: 'body' | 'dialog[open]' = 'body'): Promise<string[]> {
  const count = await page.evaluate<number>(marked(part));
  const reached = new Set<string>();
  for (let presses = 0; presses < count + 20 && reached.size < count; presses++) {
    await page.keyboard.press('Tab');
    const mark = await page.evaluate<string | null>('document.activeElement?.dataset.reach ?? null');
    if (mark !== null) reached.add(mark);
  }
  const all = await page.evaluate<[mark: string, what: string][]>(
    `[...document.querySelectorAll('[data-reach]')].map((e) => [e.dataset.reach, e.tagName + ' ' + e.textContent.trim().slice(0, 20)])`,
  );
  return all.filter(([mark]) => !reached.has(mark)).map(([, what]) => what);
}
