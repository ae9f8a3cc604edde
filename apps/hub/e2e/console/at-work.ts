// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ja } from '@tsunagi/console/texts';
import { en } from '@tsunagi/console/texts/en';
import type { Locator, Page } from 'playwright-core';
import { violations } from '../../test/browser';

/** What people do on every page. */
export const menu = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'メニュー' }).getByRole('link', { name, exact: true }).click();

export const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** What stands beside a referral: its state, when it is due, its numbers. */
export const outline = (page: Page) => part(page, 'つなぎの番号');

export const isIn = (page: Page, state: string) => outline(page).getByText(state, { exact: true }).first().waitFor();

const loading = new RegExp(`^(${ja.common.loading}|${en.common.loading})…$`);

/** All that is asked for has come, in whichever language. */
export async function loaded(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.getByText(loading).first().waitFor({ state: 'detached' });
}

export const todo = (page: Page, words: string) => part(page, 'やること').getByRole('link', { name: words });

/** The inbox as it is now. */
export async function atInbox(page: Page): Promise<void> {
  await menu(page, '受付箱');
  await page.reload();
  await loaded(page);
}

/** Opens what the list of to-dos asks for. */
export async function takesUp(page: Page, words: string): Promise<void> {
  await atInbox(page);
  await todo(page, words).first().click();
  await part(page, 'いまできること').waitFor();
}

export const rows = (page: Page) => page.getByRole('table', { name: 'つなぎの一覧' }).getByRole('row');

/** A step on the page of a referral, as the dialog asks for it. */
export async function takesStep(
  page: Page,
  action: string,
  answers: (dialog: Locator) => Promise<void> = async () => undefined,
): Promise<void> {
  await page.getByRole('button', { name: action, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: action });
  await answers(dialog);
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: action, exact: true }).click();
  await page.getByText(`「${action}」を行いました`).waitFor();
}

export const takesOver = (page: Page, worker: string) =>
  takesStep(page, '引き受ける', async (dialog) => {
    await dialog.getByLabel(/^担当者/).fill(worker);
    await dialog.getByLabel('届いた方と、自分の窓口の記録の方が同じ人だと確かめました').check();
  });

/** R11: the person was told, by whom, when and how. */
export async function wasTold(dialog: Locator, at: Date, how: string): Promise<void> {
  const by = dialog.getByLabel(/^ご本人に伝えた人/);
  if (!(await by.isVisible())) await dialog.getByText('ご本人に伝えたこと', { exact: true }).click();
  await by.fill('見本　花');
  await dialog.getByLabel(/^伝えた時/).fill(wallClock(at));
  await dialog.getByLabel(/^伝えた方法/).fill(how);
}

/** As a field of date and time takes it, in Japan. */
export const wallClock = (at: Date) => new Date(at.getTime() + 9 * 3_600_000).toISOString().slice(0, 16);

interface OnPaper {
  readonly items: readonly string[];
  /** The desks that it names: the one of this referral, and others. */
  readonly toward: string | readonly [string, ...string[]];
  readonly feedback?: string;
  /** As the form has it, unless the story plays on another day than today. */
  readonly until?: string;
}

/** Writes on the paper's wizard what the person signed; ends on the page that says what has become of the referral. */
export async function registersConsent(page: Page, { items, toward, feedback, until }: OnPaper): Promise<void> {
  const next = () => page.getByRole('button', { name: '次へ' }).click();
  const [desk, ...others] = typeof toward === 'string' ? [toward] : toward;
  await next();
  await page.getByLabel(/^だれが答えたか/).selectOption({ label: '本人' });
  await next();
  for (const item of items) await page.getByRole('checkbox', { name: item, exact: true }).check();
  await page.getByRole('checkbox', { name: `${desk}だけ`, exact: true }).check();
  for (const label of others) await page.getByLabel('ほかの窓口を加える').selectOption({ label });
  if (until !== undefined) await page.getByLabel(/^いつまで/).fill(until);
  if (feedback !== undefined) await page.getByRole('radio', { name: feedback, exact: true }).check();
  await next();
  await page.getByLabel('書面').check();
  await next();
  await page.getByRole('button', { name: '同意を記録する' }).click();
  await page.getByText('同意を記録しました').waitFor();
}

export async function backToReferral(page: Page): Promise<void> {
  await page.getByRole('status', { name: '同意を記録しました' }).getByRole('link', { name: 'つなぎに戻る' }).click();
  await part(page, 'いまできること').waitFor();
}
