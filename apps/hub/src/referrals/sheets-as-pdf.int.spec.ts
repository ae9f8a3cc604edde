// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices } from '@tsunagi/testing';
import { executablePath } from '../../test/browser';
import { manyDesks, type ManyDesks } from '../../test/many-desks';

jest.setTimeout(60_000);

describeWithServices(['postgres'], 'a つなぐシート, where a browser is set up for it,', () => {
  let desks: ManyDesks;
  beforeAll(async () => {
    desks = await manyDesks({ hogo: { channel: 'paper' } }, { config: { chromium: executablePath } });
  });
  afterAll(() => desks?.close());

  it('is a PDF of A4 pages, and printing it stands in the audit', async () => {
    const { kosodate } = desks.at;
    const { id } = (await desks.send(kosodate, 'referral', 'hogo')).body as { id: string };
    await desks.consent(kosodate, id, { recipients: [{ domain: 'hogo' }], categories: ['identity', 'concern'] });
    const { status, headers, body } = await kosodate('GET', `/referrals/${id}/sheet?format=pdf`);
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'application/pdf',
      'no-store',
    ]);
    expect(body).toMatch(/^%PDF-/);
    const pages = [...(body as string).matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
    expect(pages.length).toBeGreaterThanOrEqual(1);
    // 210 × 297 mm, in points.
    for (const [, width, height] of pages)
      expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842]);
    const printed = `select 1 from audit_entry where action = 'referral.printed' and object = $1`;
    expect(await desks.under.rows(printed, [id])).toHaveLength(1);
  });
});
