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
