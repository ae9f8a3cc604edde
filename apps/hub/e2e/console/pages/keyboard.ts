// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Locator, Page } from 'playwright-core';

/** More things than a page has. */
const far = 250;

/** Tab, until it has the focus. */
export async function tabTo(page: Page, there: Locator): Promise<void> {
  await there.waitFor();
  for (let presses = 0; presses < far; presses++) {
    if (await there.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab does not lead there');
}

/** There, and pressed. */
export async function presses(page: Page, there: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(page, there);
  await page.keyboard.press(key);
}

/** There, and written. */
export async function writes(page: Page, there: Locator, text: string): Promise<void> {
  await tabTo(page, there);
  await page.keyboard.type(text);
}

/** There, and chosen with the arrow, as far down as this one stands. */
export async function chooses(page: Page, there: Locator, name: string): Promise<void> {
  await tabTo(page, there);
  for (let n = 0; n < far; n++) {
    if (
      (await there.evaluate(
        (e) => (e as unknown as { selectedOptions: { label: string }[] }).selectedOptions[0]?.label,
      )) === name
    )
      return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error('the arrow does not lead there');
}

/** There, and a day written. In which order year, month and day stand is up to the browser's own language. */
export async function writesDay(page: Page, there: Locator, day: string): Promise<void> {
  await tabTo(page, there);
  const [year, month, date] = day.split('-') as [string, string, string];
  for (const parts of [
    [year, month, date],
    [month, date, year],
    [date, month, year],
  ]) {
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    for (const part of parts) {
      await page.keyboard.type(part);
      // Of a year more digits may come; after a month and a day the next part has the focus by itself.
      if (part === year) await page.keyboard.press('ArrowRight');
    }
    if ((await there.inputValue()) === day) return;
  }
  throw new Error('the day cannot be written there');
}
