// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { PluginDetail } from '@tsunagi/contracts';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { AHost } from '../../test/a-host';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';

jest.setTimeout(60_000);

describeWithServices(['postgres'], 'a plugin that reads no further because too much came at once', () => {
  let under: HubUnderTest;
  let konkyu: AHost;
  const since = new Date(Date.now() - 3_600_000);

  const staff = (role: string) => under.as({ role });
  const show = async () => (await (await staff('it_admin'))('GET', '/plugins/konkyu')).body as PluginDetail;
  const pause = async () => (await show()).intake.pause;
  const confirm = async (reason = '一括更新と確かめた', role = 'it_admin') =>
    (await staff(role))('POST', '/plugins/konkyu/confirm', { reason });
  const todos = async (role: string) =>
    (await (await staff(role))('GET', '/todos?kind=confirm_intake')).body.items as object[];
  const pausesItself = async () => {
    konkyu.pausedSince = since;
    return waitFor(pause, { what: 'the pause' });
  };

  // However the intake is watched: the limit is one of the plugin's own settings.
  describe.each([{ guard: 'on' }, { guard: 'off' }])('with the watch $guard', (intake) => {
    beforeEach(async () => {
      under = await hubUnderTest({ plugins: { konkyu: { intake } } });
      konkyu = await AHost.start(under.broker, 'konkyu', 'konkyu');
    });
    afterEach(async () => {
      await konkyu.stop();
      await under.close();
    });

    it('is a question to IT staff, since it paused', async () => {
      expect(await pausesItself()).toMatchObject({
        reason: 'FLOOD_VIEW',
        sentence: expect.stringContaining('続きを読まずに待っています'),
        since: since.toISOString(),
      });
      const asked = { kind: 'confirm_intake', plugin: 'konkyu', createdAt: since.toISOString() };
      expect(await todos('it_admin')).toMatchObject([asked]);
      expect([await todos('coordinator'), await todos('caseworker')]).toEqual([[], []]);
    });

    it('is asked about still when its host was started anew and says the same', async () => {
      await pausesItself();
      await konkyu.stop();
      konkyu = await AHost.start(under.broker, 'konkyu', 'konkyu');
      expect((await pausesItself())?.since).toBe(since.toISOString());
      expect(await todos('it_admin')).toHaveLength(1);
    });

    it('reads on when a person says so, with the reason on file', async () => {
      await pausesItself();
      expect((await confirm('')).body.errors[0].pointer).toBe('/reason');
      expect((await confirm('一括更新と確かめた', 'caseworker')).status).toBe(403);
      const { status, body } = await confirm();
      expect([status, body.intake.pause]).toEqual([200, undefined]);
      await waitFor(() => konkyu.pausedSince === undefined, { what: 'the host to be told' });
      await waitFor(async () => (await show()).host?.code === undefined, { what: 'its next beat' });
      expect([await pause(), await todos('it_admin')]).toEqual([undefined, []]);
      expect((await confirm()).body.code).toBe('NOTHING_TO_CONFIRM');
      const [entry] = await under.rows(
        `select actor, details from audit_entry where action = 'plugin.intake_confirmed'`,
      );
      expect(entry).toEqual({
        actor: expect.stringMatching(/^staff:/),
        details: { pause: 'FLOOD_VIEW', reason: '一括更新と確かめた' },
      });
    });

    it('goes on being asked, and nothing is on file, when no host is there to be told', async () => {
      const asked = await pausesItself();
      await konkyu.stop();
      await waitFor(async () => (await show()).host?.fresh === false, { what: 'the host to be missed' });
      expect((await confirm()).body).toMatchObject({ code: 'HOST_AWAY', status: 409 });
      expect([await pause(), (await todos('it_admin')).length]).toEqual([asked, 1]);
      expect(await under.rows(`select 1 from audit_entry where action = 'plugin.intake_confirmed'`)).toEqual([]);
    });

    it('is nobody’s question while it is switched off', async () => {
      await pausesItself();
      await (
        await staff('it_admin')
      )('POST', '/plugins/konkyu/disable', {});
      expect([await pause(), await todos('it_admin')]).toEqual([undefined, []]);
      expect((await confirm()).body.code).toBe('NOTHING_TO_CONFIRM');
    });
  });
});
