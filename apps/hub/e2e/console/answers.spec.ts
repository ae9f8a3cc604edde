// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Page } from 'playwright-core';
import { routes } from '@tsunagi/console/routes';
import { ja } from '@tsunagi/console/texts';
import { browse, type Browsing } from '../../test/browser';
import { aSubmission } from '../../test/submissions';
import { twoDesks, withoutConsent, type TwoDesks } from '../../test/two-desks';
import { playedOn } from './set-ups';

jest.setTimeout(180_000);

/** Values that stand nowhere else, one for each item of the mother of S1: what of them reaches a browser was let through. */
const planted = {
  name: '植込　花子',
  kana: 'ウエコミ ハナコ',
  birthDate: '1931-02-03',
  address: '見本県見本市植込町九丁目',
  telephone: '0990009999',
  office: '植込ケアプランセンター',
  fact: '植え込んだ事実の文。',
  insured: '0000777001',
} as const;
type Planted = keyof typeof planted;

/** What each may see at all on any page, whatever is opened: the sender its own record, the recipient what the form permits. */
const maySee: Readonly<Record<string, readonly Planted[]>> = {
  'caseworker.kaigo': ['name', 'kana', 'birthDate', 'address', 'telephone', 'office', 'fact', 'insured'],
  'caseworker.konkyu': ['name', 'kana', 'birthDate', 'address', 'telephone'],
  'caseworker.shogai': [],
  coordinator: [],
  approver: [],
  it_admin: [],
  privacy_officer: [],
  auditor: [],
};

playedOn('embedded', (setUp) => {
  let desks: TwoDesks;
  let browsing: Browsing;
  let ids: Readonly<Record<string, string>>;

  beforeAll(async () => {
    desks = await twoDesks({ setUp });
    const { name, kana, birthDate, address, telephone, office, fact, insured } = planted;
    const items = {
      identity: { name, kana, birthDate, sex: 'female' as const },
      contact: { address, telephone },
      household_outline: { size: 2 },
      concern: { boxes: ['income_work' as const] },
      care_level: { level: '22' },
      service_use: { planKind: '1', office },
      narrative: { fact, writtenOn: new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10) },
    };
    const { referralId } = await desks.submit(aSubmission({ items, insured }));
    await desks.konkyu.takeNext('referral.sent.v1', referralId);
    const waits = await desks.submit(withoutConsent({ items, insured }));
    ids = {
      '/referrals/:id': referralId,
      '/referrals/:id/consent': waits.referralId,
      '/referrals/:id/ground': waits.referralId,
      '/persons/:id': await desks.personOf(referralId),
      '/proposals/:id': referralId,
      '/conferences/:id': referralId,
      '/plugins/:id': 'kaigo',
      '/incidents/:id': referralId,
      '/judgements/:id': await desks.personOf(referralId),
    };
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
  });

  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  /** Every answer of the hub that the pages of this role received, with what it may see and what it may not in the address. */
  async function answersTo(name: string): Promise<string> {
    const page = await browsing.as(name);
    const answers: Promise<string>[] = [];
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.startsWith('/api/') && pathname !== '/api/v1/events') answers.push(response.text().catch(() => ''));
    });
    const role = desks.under.access.staff.find((s) => s.name === name)!.role;
    const own = routes.filter(({ roles }) => roles.some((one) => one === role));
    for (const { path } of own) await opened(page, path.replace(':id', ids[path] ?? ''));
    return (await Promise.all(answers)).join('\n');
  }

  async function opened(page: Page, path: string): Promise<void> {
    await page.goto(`${desks.under.hub.baseUrl}/console${path}`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.getByText(ja.common.loading).first().waitFor({ state: 'detached' });
  }

  describe('what reaches the browser', () => {
    it.each(Object.entries(maySee))('of %s is what that role may see, on whatever page', async (name, seen) => {
      const answers = await answersTo(name);
      expect(answers).not.toBe('');
      // Whoever wrote it down reads all of it; the recipient, as far as the form permits.
      if (seen.includes('fact')) expect(answers).toContain(planted.fact);
      if (seen.includes('name')) expect(answers).toContain(planted.name);
      for (const [what, value] of Object.entries(planted))
        if (!seen.includes(what as Planted))
          expect({ what, reached: answers.includes(value) }).toEqual({ what, reached: false });
    });
  });
});
