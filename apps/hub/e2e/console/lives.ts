// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ja } from '@tsunagi/console/texts';
import { waitFor } from '@tsunagi/testing';
import type { Page } from 'playwright-core';
import { browse, type Browsing } from '../../test/browser';
import type { SetUp } from '../../test/set-ups';
import { twoDesks, type TwoDesks } from '../../test/two-desks';

/** The hub of a story that is lived at several desks, and everybody at a screen of their own; opened before it and closed after it. */
export function lives(setUp: SetUp) {
  let desks: TwoDesks | undefined;
  let browsing: Browsing | undefined;
  const seats = new Map<string, Page>();

  beforeAll(async () => {
    // 子育て has a system as well, by whose numbers its desk knows a household.
    const plugins = { kaigo: {}, konkyu: {}, kosodate: {} };
    // A busy machine is no silent host.
    desks = await twoDesks({ setUp, plugins, timings: { hostStale: 20_000, lease: 20_000, renew: 2_000 } });
    const { hub, access } = desks.under;
    browsing = await browse(hub.baseUrl, () => access);
  });
  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  const here = {
    get desks() {
      if (!desks) throw new Error('the hub runs while a story is lived');
      return desks;
    },
    get browsing() {
      if (!browsing) throw new Error('the browser runs while a story is lived');
      return browsing;
    },
  };
  return {
    here,
    seats,
    /** Somebody at their own screen, where they were last. */
    async at(name: string): Promise<Page> {
      const page = seats.get(name) ?? (await here.browsing.as(name));
      seats.set(name, page);
      return page;
    },
    by: (name: string) => here.desks.under.as({ name }),
    open: (page: Page, path: string) => page.goto(`${here.desks.under.hub.baseUrl}/console${path}`),
  };
}

export const press = (within: Pick<Page, 'getByRole'>, name: string) =>
  within.getByRole('button', { name, exact: true }).click();
export const choose = (within: Pick<Page, 'getByLabel'>, name: RegExp, label: string) =>
  within.getByLabel(name).selectOption({ label });
export const main = (page: Page) => page.getByRole('main');
export const next = (page: Page) => press(page, '次へ');

/** What a page says once it has all that it asked for, and says the same twice. */
export async function settled(page: Page): Promise<string> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  let before: string | undefined;
  return waitFor(
    async () => {
      const text = await main(page).innerText();
      // The counts of the queue come after its rows, and nothing says that they are on their way.
      const isCounted = !/\/queue(\?|$)/.test(page.url()) || /期限超過\s*\d+件/.test(text);
      const isSame = text === before && isCounted && !text.includes(ja.common.loading);
      before = text;
      return isSame && text;
    },
    { what: 'the page to be done' },
  );
}

/** The answer on a sheet, as it is entered: who, which items, toward whom; the rest as the form has it. */
export async function enters(page: Page, items: readonly string[], toward: string, also?: () => Promise<unknown>) {
  await next(page);
  await choose(page, /^だれが答えたか/, '本人');
  await next(page);
  for (const item of items) await page.getByLabel(item, { exact: true }).check();
  await page.getByLabel(toward).check();
  await also?.();
  await next(page);
  await page.getByLabel('書面').check();
  await next(page);
}

export const accepting = { worker: { name: '試験　月' }, personMatched: true };
