// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Page } from 'playwright-core';
import { browse, violations, type Browsing } from '../../test/browser';
import { manyDesks, phoned, type ManyDesks } from '../../test/many-desks';
import { loaded, menu } from './at-work';
import { playedOn } from './set-ups';

// On a machine that may be slow.
jest.setTimeout(240_000);

playedOn('embedded', (setUp) => {
  let desks: ManyDesks;
  let browsing: Browsing;

  beforeAll(async () => {
    desks = await manyDesks(
      {
        konkyu: {
          functionType: 'disability_abuse_desk',
          kinds: ['notification'],
          purposes: ['consultation', 'abuse_response'],
          channel: 'web',
        },
      },
      { setUp },
    );
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
  });

  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  const headers = (page: Page, table: string) =>
    page.getByRole('table', { name: table }).getByRole('rowheader').allTextContents();

  describe('the report of what was handed over for a single case', () => {
    it('marks the pair of desks for which that is no single case any more, and no other', async () => {
      const ground = {
        code: 'benefit_of_person',
        persons: ['subject'],
        whyNoConsent: 'not_reached',
        reason: 'ご本人の利益になることが明らかである。',
        harmsNobody: true,
        categories: ['identity', 'concern'],
      };
      const record = async (to: 'shogai' | 'kosodate') => {
        const { body } = await desks.send(desks.at.kaigo, 'referral', to);
        const { status, body: said } = await desks.at.kaigo('POST', `/referrals/${body.id}/grounds`, ground);
        expect([status, said.code]).toEqual([201, undefined]);
      };
      for (const to of ['shogai', 'shogai', 'shogai', 'shogai', 'kosodate'] as const) await record(to);
      const page = await browsing.as('privacy_officer');
      await menu(page, '個別・例外の根拠');
      const table = page.getByRole('table', { name: '個別・例外の根拠' });
      const often = table.getByRole('row', { name: /→ 障害者相談支援事業所/ });
      await often.getByText('見込みを超えています').waitFor();
      expect(await often.getByRole('cell').allTextContents()).toEqual([
        expect.stringMatching(/^\d{4}-\d\d$/),
        expect.stringContaining('本人'),
        '4 見込みを超えています',
        '3',
      ]);
      expect(await table.getByText('見込みを超えています').count()).toBe(1);
      expect(await violations(page)).toEqual([]);
    });
  });

  describe('the ledger of a person', () => {
    it('has for the person neither a report of abuse nor who has looked, and says that it does not say whether there is one', async () => {
      // By the numbers of its own system a desk says that two records are of one person.
      const identifiers = [{ system: 'kaigo', value: '00990010-0000777001' }];
      const subject = { ref: 'subject', role: 'subject', identifiers };
      const { body: sent } = await desks.send(desks.at.kaigo, 'referral', 'shogai', {
        subject: { ...subject, items: { identity: { name: '見本　花子' }, concern: { boxes: ['income_work'] } } },
      });
      await desks.consent(desks.at.kaigo, sent.id, { recipients: [{ domain: 'shogai' }] });
      expect((await desks.act(desks.at.shogai, sent.id, 'receive')).status).toBe(200);
      const { body: report } = await desks.send(desks.at.kaigo, 'notification', 'konkyu', {
        purpose: 'abuse_response',
        statute: 'disability_abuse',
        urgency: 'same_day',
        howTheyMeet: undefined,
        personInformed: undefined,
        phoned: phoned(),
        subject: { ...subject, items: { abuse: { note: 'あざがある。' } } },
      });
      expect((await desks.act(desks.at.konkyu, report.id, 'receive')).status).toBe(200);
      const { person } = (await desks.view(desks.at.kaigo, sent.id)).body;
      expect((await desks.view(desks.at.kaigo, report.id)).body.person).toBe(person);
      const written = await desks.under.rows('select 1 from disclosure where referral = $1', [report.id]);
      expect(written.length).toBeGreaterThan(0);

      const page = await browsing.as('privacy_officer');
      const open = async (what: string) => {
        await page.goto(`${desks.under.hub.baseUrl}/console/ledger?person=${person}&page=${what}`);
        await loaded(page);
      };
      await open('resident');
      const given = page.getByRole('region', { name: 'ご本人に渡すもの' });
      await given.getByText(/あるかないかも含めて/).waitFor();
      const lines = given.getByRole('row', { name: /地域包括支援センター.*障害者相談支援事業所/ });
      await lines.first().waitFor();
      const said = await given.first().textContent();
      expect(said).not.toMatch(/自立相談支援機関|staff:|plugin:|虐待防止法/);
      expect(await given.getByText('作業資料: このまま渡してはいけません').count()).toBe(0);
      expect(await violations(page)).toEqual([]);

      await open('working');
      const working = page.getByRole('region', { name: '開示決定のための作業資料' }).first();
      await working.getByText('作業資料: このまま渡してはいけません').waitFor();
      await working
        .getByText(/staff:/)
        .first()
        .waitFor();
    });
  });

  describe('the audit', () => {
    it('shows, of all that was done, what was seen, and of that what one of them has seen', async () => {
      const { body } = await desks.send(desks.at.kaigo, 'referral', 'shogai');
      await desks.consent(desks.at.kaigo, body.id, { recipients: [{ domain: 'shogai' }] });
      const caseworker = await browsing.as('caseworker.shogai');
      await caseworker.goto(`${desks.under.hub.baseUrl}/console/referrals/${body.id}`);
      await loaded(caseworker);
      const page = await browsing.as('auditor');
      await menu(page, '監査の記録');
      await loaded(page);
      expect(new Set(await headers(page, '監査の記録')).size).toBeGreaterThan(3);
      const narrow = async () => {
        const answered = page.waitForResponse((response) => response.url().includes('/api/v1/audit?'));
        await page.getByRole('button', { name: '絞り込む' }).click();
        await answered;
        await loaded(page);
      };
      await page.getByLabel('行いの種類').selectOption({ label: '見た' });
      await narrow();
      const seen = page.getByRole('table', { name: '監査の記録' });
      await seen
        .getByRole('rowheader', { name: /\.(read|content_seen)$/ })
        .first()
        .waitFor();
      expect(
        (await headers(page, '監査の記録')).filter((act) => !/^(referral|person)\.(read|content_seen)$/.test(act)),
      ).toEqual([]);
      const [, , actor] = await seen.getByRole('row').nth(1).getByRole('cell').allTextContents();
      await page.getByLabel('だれが').fill(actor!);
      await narrow();
      await seen.getByRole('row').nth(1).waitFor();
      expect(new URL(page.url()).searchParams.get('group')).toBe('seen');
      expect((await seen.getByRole('row').allTextContents()).slice(1).filter((row) => !row.includes(actor!))).toEqual(
        [],
      );
      expect(await page.getByRole('main').textContent()).not.toContain('見本　花子');
      expect(await violations(page)).toEqual([]);
    });
  });

  it('complains of nothing in the browser', () => {
    expect(browsing.complaints).toEqual([]);
  });
});
