// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { waitFor } from '@tsunagi/testing';
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
    const answered = async (page: Page, press: () => Promise<unknown>) => {
      const answer = page.waitForResponse((response) => response.url().includes('/api/v1/audit?'));
      await press();
      await answer;
      await loaded(page);
    };

    beforeAll(async () => {
      const { body } = await desks.send(desks.at.kaigo, 'referral', 'shogai');
      await desks.consent(desks.at.kaigo, body.id, { recipients: [{ domain: 'shogai' }] });
      // Who opens it first is in its history; the others look at it.
      expect((await desks.act(desks.at.shogai, body.id, 'receive')).status).toBe(200);
      const supervisor = await browsing.as('supervisor.shogai');
      await supervisor.goto(`${desks.under.hub.baseUrl}/console/referrals/${body.id}`);
      await loaded(supervisor);
    });

    it('shows, of all that was done, what was seen', async () => {
      const page = await browsing.as('auditor');
      await menu(page, '監査の記録');
      await loaded(page);
      expect(new Set(await headers(page, '監査の記録')).size).toBeGreaterThan(3);
      await page.getByLabel('行いの種類').selectOption({ label: '見た' });
      await answered(page, () => page.getByRole('button', { name: '絞り込む' }).click());
      const seen = page.getByRole('table', { name: '監査の記録' });
      await seen
        .getByRole('rowheader', { name: /つなぎを開いて見た/ })
        .first()
        .waitFor();
      const looks =
        /^(つなぎを開いて見た|つなぎの中身を見た\(調整担当\)|ある方の記録を見た) (referral|person)\.(read|content_seen)$/;
      expect((await headers(page, '監査の記録')).filter((act) => !looks.test(act))).toEqual([]);
      expect(new URL(page.url()).searchParams.get('group')).toBe('seen');
      expect(await page.getByRole('main').textContent()).not.toContain('見本　花子');
      expect(await violations(page)).toEqual([]);
    });

    it('says in words who has seen what for which desk, with the code beside it, and a press leaves only that', async () => {
      const called = (
        await desks.under.rows<{ name: string }>(`select name from staff where login = 'supervisor.shogai'`)
      )[0]!.name;
      const page = await browsing.as('auditor');
      await menu(page, '監査の記録');
      await loaded(page);
      const look = page
        .getByRole('table', { name: '監査の記録' })
        .getByRole('row', { name: /referral\.read/ })
        .first();
      const said = async () => {
        const [, , who, what, beside] = await look.getByRole('cell').allTextContents();
        return { who, did: await look.getByRole('rowheader').textContent(), what, beside };
      };
      const id = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
      expect(await said()).toEqual({
        who: expect.stringMatching(new RegExp(`^${called} 障害者相談支援事業所 staff:${id}$`)),
        did: 'つなぎを開いて見た referral.read',
        what: expect.stringMatching(new RegExp(`^つなぎ ${id}$`)),
        beside: expect.stringMatching(/^見たもの: つなぎ(、|$)/),
      });
      /** Narrows to what stands there, as somebody does who has no mouse; and by what the address has it. */
      const only = async (what: string, by: string) => {
        await answered(page, async () => {
          await look.getByRole('link', { name: `${what}: これだけに絞る`, exact: true }).focus();
          await page.keyboard.press('Enter');
        });
        await look.waitFor();
        const code = new URL(page.url()).searchParams.get(by) ?? '';
        const rows = await page.getByRole('table', { name: '監査の記録' }).getByRole('row').allTextContents();
        expect(rows.slice(1).filter((row) => !row.includes(code))).toEqual([]);
        return code;
      };
      const actor = await only(called, 'actor');
      expect(actor).toMatch(new RegExp(`^staff:${id}$`));
      expect(await only('つなぎを開いて見た', 'action')).toBe('referral.read');
      const object = (await said()).what!.replace('つなぎ ', '');
      expect(await only(object, 'object')).toBe(object);
      const field = (label: string) => page.getByLabel(label, { exact: true });
      const fields = () =>
        Promise.all([field('だれが').inputValue(), field('行い').inputValue(), field('何に').inputValue()]);
      const { searchParams } = new URL(page.url());
      expect([...searchParams]).toEqual([
        ['action', 'referral.read'],
        ['actor', actor],
        ['object', searchParams.get('object')],
      ]);
      expect(await fields()).toEqual([actor, 'referral.read', searchParams.get('object')]);
      expect(await violations(page)).toEqual([]);
      await page.goBack();
      await waitFor(async () => (await field('何に').inputValue()) === '', {
        what: 'the form to say what is asked for',
      });
      expect(await fields()).toEqual([actor, 'referral.read', '']);
      // What one of them did is all there is, whatever it was.
      await field('行い').selectOption({ label: 'すべて' });
      await page.getByRole('button', { name: '絞り込む' }).click();
      await page.waitForURL((url) => !url.searchParams.has('action'));
      expect(new URL(page.url()).search).toBe(`?${String(new URLSearchParams({ actor }))}`);
    });
  });

  it('complains of nothing in the browser', () => {
    expect(browsing.complaints).toEqual([]);
  });
});
