// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ja } from '@tsunagi/console/texts';
import { waitFor } from '@tsunagi/testing';
import type { Locator, Page } from 'playwright-core';
import { browse, outOfReach, violations, type Browsing } from '../../test/browser';
import { twoDesks, type TwoDesks } from '../../test/two-desks';
import { part } from './at-work';
import { dialogStates, type DialogStates } from './pages/dialogs';
import { cannot, lineToTheHub } from './pages/line-to-the-hub';
import { somethingForDialogs, type AtTheDialogs } from './pages/something-for-dialogs';
import { visits, type Visits } from './pages/visits';
import { playedOn } from './set-ups';

jest.setTimeout(240_000);

const inDialog = (page: Page) => violations(page, undefined, 'dialog[open]');
const isWithin = (dialog: Locator) => dialog.evaluate((e) => e.contains(e.ownerDocument.activeElement));
const hasFocus = (there: Locator) => there.evaluate((e) => e === e.ownerDocument.activeElement);
/** The browser's own things come in between; of the page nothing does. */
const isBehind = (dialog: Locator) =>
  dialog.evaluate((e) => {
    const { activeElement, body } = e.ownerDocument;
    return activeElement !== body && !e.contains(activeElement);
  });

/** Every dialog of the console, opened where it is asked for, without a mouse; dialogs-of-the-console.spec.ts knows of a new one. */
playedOn('embedded', (setUp) => {
  let desks: TwoDesks;
  let browsing: Browsing;
  let visit: Visits;
  let something: AtTheDialogs;
  /** What a test has disturbed, and must not be left so. */
  let disturbed: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    // A busy machine is no silent host.
    desks = await twoDesks({ setUp, timings: { hostStale: 20_000 } });
    something = await somethingForDialogs(desks);
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
    visit = visits(desks, browsing);
  });

  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  afterEach(async () => {
    await disturbed?.();
    disturbed = undefined;
  });

  const atPage = async ({ seat, at, begin }: DialogStates): Promise<Page> => {
    const page = await visit.as(seat);
    const isThere = page.url() === `${desks.under.hub.baseUrl}/console${at(something)}`;
    // A dialog that was closed has left the page as it was.
    if (isThere && begin === undefined && (await page.getByRole('dialog').count()) === 0) return page;
    return visit.opened(seat, at(something));
  };
  const opens = async (page: Page, { opener, name }: DialogStates): Promise<Locator> => {
    await opener(page, something).press('Enter');
    const dialog = page.getByRole('dialog', { name, exact: true });
    await dialog.waitFor();
    return dialog;
  };
  const sentBy = new Map<Page, string[]>();
  /** What goes to the hub from now on, other than questions. */
  const sentFrom = (page: Page): readonly string[] => {
    const known = sentBy.get(page);
    const sent = known ?? [];
    sent.length = 0;
    sentBy.set(page, sent);
    if (!known)
      page.on('request', (asked) => asked.method() !== 'GET' && sent.push(`${asked.method()} ${asked.url()}`));
    return sent;
  };
  const writesSomething = async (dialog: Locator) => {
    const field = dialog.getByRole('textbox').first();
    if (await field.isVisible()) await field.pressSequentially('1');
  };

  it.each(Object.entries(dialogStates))(
    '%s holds the focus under its name, and gives it back with nothing sent',
    async (_, states) => {
      const { begin, asks, mustAnswer, opener, returnsTo = opener } = states;
      const page = await atPage(states);
      await begin?.(page, something);
      const dialog = await opens(page, states);
      await asks?.(dialog).waitFor({ state: 'attached' });
      expect(await isWithin(dialog)).toBe(true);
      expect(await inDialog(page)).toEqual([]);

      const sent = sentFrom(page);
      expect(await outOfReach(page, 'dialog[open]')).toEqual([]);
      for (const key of ['Tab', 'Tab', 'Tab', 'Shift+Tab', 'Shift+Tab']) {
        await page.keyboard.press(key);
        expect([key, await isBehind(dialog)]).toEqual([key, false]);
      }
      if (mustAnswer) {
        // The second time a browser may close what it was asked not to the first time.
        await page.keyboard.press('Escape');
        await page.keyboard.press('Escape');
        expect([await dialog.isVisible(), await isWithin(dialog)]).toEqual([true, true]);
        expect(sent).toEqual([]);
        await mustAnswer(dialog, something);
        await dialog.waitFor({ state: 'detached' });
      } else {
        await writesSomething(dialog);
        await page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'detached' });
        expect(sent).toEqual([]);
      }
      await waitFor(() => hasFocus(returnsTo(page, something)), { what: 'the focus to be back' });
    },
  );

  it('has nothing that WCAG 2.2 A or AA speaks against, whichever step is possible', async () => {
    const page = await visit.opened('caseworker.konkyu', `/referrals/${something.referral}`);
    const steps = part(page, ja.referral.actions).getByRole('button');
    await steps.first().waitFor();
    const names = await steps.allTextContents();
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) {
      await steps.getByText(name, { exact: true }).press('Enter');
      const dialog = page.getByRole('dialog', { name, exact: true });
      await dialog.waitFor();
      expect([name, await inDialog(page)]).toEqual([name, []]);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    }
  });

  describe('that asks the hub for something', () => {
    const asking = Object.entries(dialogStates).flatMap(([dialog, states]) =>
      states.asks ? [[dialog, states, states.asks] as const] : [],
    );
    it.each(asking)('%s says that it loads, and that the hub cannot, and asks again', async (_, states, asks) => {
      const { seat, at, begin } = states;
      const page = await visit.as(seat);
      const line = await lineToTheHub(page);
      disturbed = async () => {
        await line.is('open');
        await page.unrouteAll({ behavior: 'ignoreErrors' });
      };
      await page.goto(`${desks.under.hub.baseUrl}/console${at(something)}`);
      await begin?.(page, something);
      await states.opener(page, something).focus();
      await line.is('held');
      const dialog = await opens(page, states);
      await dialog.getByText(ja.common.loading).first().waitFor();
      expect(await inDialog(page)).toEqual([]);

      await line.is('failing');
      await dialog.getByRole('alert').getByText(cannot.title).first().waitFor();
      await dialog.getByText(ja.common.loading).first().waitFor({ state: 'detached' });
      expect(await inDialog(page)).toEqual([]);

      await line.is('open');
      await dialog.getByRole('button', { name: ja.common.again }).first().press('Enter');
      await asks(dialog).waitFor({ state: 'attached' });
      expect(await dialog.getByRole('alert').count()).toBe(0);
      expect(await isWithin(dialog)).toBe(true);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    });
  });

  it('complains of nothing in the browser but of the hub that could not', () => {
    expect(browsing.complaints.filter((said) => !said.startsWith('Failed to load resource'))).toEqual([]);
  });
});
