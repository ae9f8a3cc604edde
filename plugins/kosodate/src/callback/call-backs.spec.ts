// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { uuidToBase32 } from '@tsunagi/plugin-sdk';
import type { PluginRun } from '@tsunagi/plugin-sdk/testing';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { besideDepartment } from '../../test/beside-department';
import {
  aReferral,
  claim,
  deliveryId,
  recallId,
  recalling,
  referralId,
  supplementId,
} from '../../test/disclosed-referral';
import { writeEcho } from '../intake/record-key';
import { statusFields } from '../status/to-status';

describe('what the department’s system is called back for', () => {
  const beside = besideDepartment();

  describe('referrals in', () => {
    const bring = (changes: Parameters<typeof aReferral>[0] = {}) => {
      const referral = aReferral(changes);
      return beside.run.hub.deliver('referral.sent.v1', { deliveryId: referral.deliveryId, claim, referral });
    };

    it('brings a referral, its supplement and its recall, once each', async () => {
      for (const again of [claim, '019a9f00-0000-7000-8000-0000000000c2'])
        await beside.run.hub.deliver('referral.sent.v1', { deliveryId, claim: again, referral: aReferral() });
      await beside.run.hub.deliver('referral.supplemented.v1', {
        deliveryId: supplementId,
        claim,
        referral: aReferral({ deliveryId: supplementId }),
      });
      await beside.run.hub.deliver('referral.recalled.v1', recalling().recall);
      expect(beside.department.bodies('/hub/referrals')).toMatchObject([
        { deliveryId: uuidToBase32(deliveryId), cancel: '1', subject: { name: '見本　花子' } },
        { deliveryId: uuidToBase32(supplementId), cancel: '2', referralId: uuidToBase32(referralId) },
        { deliveryId: uuidToBase32(deliveryId), cancel: '3' },
      ]);
      expect(beside.department.bodies('/hub/referrals')[2]).not.toHaveProperty('subject');
      expect(beside.run.hub.receipts.map(({ outcome }) => outcome)).toEqual(Array(4).fill('delivered'));
      expect(beside.department.calls.map(({ headers }) => headers['idempotency-key'])).toEqual(
        [deliveryId, supplementId, recallId].map(uuidToBase32),
      );
    });

    it.each([
      [
        '409 of the same delivery: it has it already',
        { status: 409, body: { deliveryId: uuidToBase32(deliveryId) } },
        { outcome: 'delivered' },
      ],
      [
        '409 of another',
        { status: 409, body: { deliveryId: uuidToBase32(supplementId) } },
        { outcome: 'failed', code: 'HTTP_409', retryable: false },
      ],
      ['422: it is parked', { status: 422 }, { outcome: 'failed', code: 'HTTP_422', retryable: false }],
      ['401: it is parked', { status: 401 }, { outcome: 'failed', code: 'HTTP_401', retryable: false }],
      [
        'a redirect: nobody follows it',
        { status: 307, headers: { Location: 'http://127.0.0.1:9/' } },
        { outcome: 'failed', code: 'HTTP_307', retryable: false },
      ],
      ['503: it is tried again', { status: 503 }, { outcome: 'failed', code: 'HTTP_503', retryable: true }],
      ['429: it is tried again', { status: 429 }, { outcome: 'failed', code: 'HTTP_429', retryable: true }],
      ['nothing in time: it is tried again', undefined, { outcome: 'failed', code: 'TIMEOUT', retryable: true }],
    ])('takes %s', async (_, reply, receipt) => {
      beside.department.reply = () => reply;
      await bring();
      expect(beside.run.hub.receipts).toMatchObject([receipt]);
    });

    it('refuses a notification: that is for the hub only', async () => {
      await bring({ kind: 'notification' });
      expect([beside.run.hub.receipts[0], beside.department.calls]).toMatchObject([
        { outcome: 'failed', code: 'E-HUB-ONLY' },
        [],
      ]);
    });

    it('finds out once that nobody is there, and fails the others of the batch for the moment', async () => {
      beside.department.reply = () => undefined;
      const ids = [deliveryId, supplementId, recallId];
      await Promise.all(ids.map((id) => bring({ deliveryId: id })));
      expect(beside.run.hub.receipts.map(({ code }) => code)).toEqual(['TIMEOUT', 'TIMEOUT', 'TIMEOUT']);
      expect(beside.department.calls).toHaveLength(1);
    });
  });

  describe('status out', () => {
    const echo = writeEcho({ eventId: 'EV-20261110-0001', domain: '2', isNotDisclosed: false });
    const status = { referralId, code: '20' as const, at: '2026-11-20T10:00:00+09:00', echo };

    it('puts every state of its own requests, once', async () => {
      for (const again of [claim, '019a9f00-0000-7000-8000-0000000000c2'])
        await beside.run.hub.deliver('referral.status.v1', { deliveryId, claim: again, ...status });
      expect(beside.department.calls).toMatchObject([
        { method: 'PUT', path: '/hub/referrals/EV-20261110-0001/status' },
      ]);
      expect(beside.department.calls[0]?.body).toMatchObject({
        eventId: 'EV-20261110-0001',
        status: '20',
        domain: '2',
      });
      expect(beside.run.hub.receipts.map(({ outcome }) => outcome)).toEqual(['delivered', 'delivered']);
    });

    it('leaves the system alone for as long as it asks, and comes back then', async () => {
      beside.department.reply = () => ({ status: 503, headers: { 'Retry-After': '120' } });
      await beside.run.hub.deliver('referral.status.v1', { deliveryId, claim, ...status });
      beside.department.reply = () => ({ status: 204 });
      const again = '019a9f00-0000-7000-8000-0000000000c2';
      await beside.run.hub.deliver('referral.status.v1', { deliveryId, claim: again, ...status });
      beside.run.clock.advance(120_000);
      const last = '019a9f00-0000-7000-8000-0000000000c3';
      await beside.run.hub.deliver('referral.status.v1', { deliveryId, claim: last, ...status });
      expect(beside.run.hub.receipts).toMatchObject([
        { outcome: 'failed', code: 'HTTP_503', retryable: true },
        { outcome: 'failed', code: 'RETRY_AFTER', retryable: true },
        { outcome: 'delivered' },
      ]);
      expect(beside.department.calls).toHaveLength(2);
    });

    describe('with a file of the day', () => {
      const fileOf = (day: string) => join(beside.folder.path, 'bulk', 'kosodate', day);
      const startWithFiles = async (clock?: PluginRun['clock']) => {
        await mkdir(join(beside.folder.path, 'bulk'), { recursive: true });
        await beside.start({ config: { statusFolder: join(beside.folder.path, 'bulk') }, ...(clock && { clock }) });
      };
      beforeEach(async () => {
        await beside.run.stop();
        await startWithFiles();
      });

      it('writes each state of a day into it once, taken or not, and marks it when the day is over', async () => {
        beside.department.reply = () => ({ status: 503 });
        for (const again of [claim, '019a9f00-0000-7000-8000-0000000000c2'])
          await beside.run.hub.deliver('referral.status.v1', { deliveryId, claim: again, ...status });
        beside.department.reply = () => ({ status: 204 });
        const note = { code: '40' as const, note: '=1+1、"済"' };
        await beside.run.hub.deliver('referral.status.v1', { deliveryId: supplementId, claim, ...status, ...note });
        await expect(readdir(fileOf('20261120'))).rejects.toMatchObject({ code: 'ENOENT' });
        const { clock } = beside.run;
        await beside.run.stop();
        await startWithFiles(clock);
        clock.advance(15 * 3_600_000 + 300_000);
        await beside.run.until(async () =>
          (await readdir(fileOf('20261120')).catch(() => [] as string[])).includes('.done'),
        );
        const text = await readFile(join(fileOf('20261120'), 'status.csv'), 'utf8');
        const [header, ...rows] = text.trimEnd().split('\r\n');
        expect(header).toBe(statusFields.map((name) => `"${name}"`).join(','));
        expect(rows.map((row) => row.split(',')[2])).toEqual(['"20"', '"40"']);
        expect(rows[1]).toContain('"\'=1+1、""済"""');
        expect(await readdir(fileOf('20261120'))).toEqual(['.done', 'status.csv']);
        const statuses = async (day: string) =>
          (await beside.run.runner.countDay(day)).filter(({ what }) => what === 'statuses').map(({ count }) => count);
        expect([await statuses('2026-11-20'), await statuses('2026-11-21')]).toEqual([[2], [0]]);
        await rm(join(fileOf('20261120'), 'status.csv'));
        expect(await statuses('2026-11-20')).toEqual([0]);
      });

      it('is all of a day that can be counted: the system keeps no list of calls', async () => {
        expect(await beside.run.runner.countDay('2026-11-20')).toEqual([
          { what: 'events', source: 'door' },
          { what: 'answers', source: 'door' },
          { what: 'statuses', source: 'status-days', count: 0 },
          { what: 'referrals' },
        ]);
        await beside.run.stop();
        await beside.start({ config: {} });
        const counts = await beside.run.runner.countDay('2026-11-20');
        expect(counts.map(({ what, count }) => [what, count])).toEqual(
          ['events', 'answers', 'referrals', 'statuses'].map((what) => [what, undefined]),
        );
      });

      it('is fit to be enabled only when the folder can be written', async () => {
        expect((await beside.run.check()).every(({ ok }) => ok)).toBe(true);
        await rm(join(beside.folder.path, 'bulk'), { recursive: true });
        expect((await beside.run.check()).filter(({ ok }) => !ok)).toMatchObject([{ code: 'ENOENT' }]);
      });
    });

    it('does not guess whose record a status without keys is about', async () => {
      await beside.run.hub.deliver('referral.status.v1', { deliveryId, claim, ...status, echo: 'x' });
      expect(beside.run.hub.receipts).toMatchObject([{ outcome: 'failed', code: 'E-ECHO', retryable: false }]);
    });
  });
});
