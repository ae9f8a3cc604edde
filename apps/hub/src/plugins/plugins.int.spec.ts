// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { PluginCheck, PluginDetail } from '@tsunagi/contracts';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { Client } from 'pg';
import request from 'supertest';
import { PluginRegistry } from './plugin-registry.service';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';
import { silentHost, type SilentHost } from '../../test/silent-host';

jest.setTimeout(60_000);

const beatOf = (plugin: string) => ({ plugin, running: false, inHand: 0 });

describeWithServices(['postgres'], 'plugins and their hosts', () => {
  let under: HubUnderTest;
  let cookie: string;
  const hosts: SilentHost[] = [];

  beforeAll(async () => {
    under = await hubUnderTest({ plugins: { kaigo: { folder: '/var/kaigo' } }, timings: { hostStale: 3_000 } });
    cookie = await under.cookie('it_admin');
  });
  afterEach(async () => {
    await Promise.all(hosts.splice(0).map((h) => h.stop()));
  });
  afterAll(() => under?.close());

  const aHostOf = async (plugin: string, instance: string) => {
    const host = await silentHost(under.broker, plugin, instance);
    hosts.push(host);
    return host;
  };
  const told = (host: SilentHost, name: string, after = 0) =>
    waitFor(() => host.commands.slice(after).find((c) => c.command.name === name), {
      what: `${name} at ${host.hostId}`,
    });
  const get = (path: string) => under.http().get(`/api/v1/plugins${path}`).set('Cookie', cookie);
  const post = (path: string, body?: object) =>
    under.http().post(`/api/v1/plugins${path}`).set('Cookie', cookie).set('Tsunagi-Request', '1').send(body);
  const lanes = () => under.hub.app.get(PluginRegistry).openLanes();

  it('registers an unknown plugin switched off', async () => {
    const host = await aHostOf('shogai', 'a');
    await host.hello();
    const { command } = await told(host, 'configure');
    expect(command).toEqual({ name: 'configure', config: {}, configVersion: 1, enabled: false, checkpoints: [] });
    await host.beat(false);
    const { body } = await get('/shogai');
    expect(body).toMatchObject({
      id: 'shogai',
      enabled: false,
      laneOpen: false,
      host: { id: 'shogai.a', holds: true },
    });
    expect(body.check).toBeUndefined();
  });

  it('knows how far the clock of a host’s machine is from its own', async () => {
    const host = await aHostOf('tokei', 'late');
    await host.hello();
    await told(host, 'configure');
    const at = new Date(Date.now() - 90_000);
    await host.say('plugin.heartbeat.v1', { hostId: host.hostId, plugins: [beatOf('tokei')] }, at);
    const { clockAheadMs } = await waitFor(
      async () => {
        const { hosts: known } = (await get('/tokei')).body as PluginDetail;
        const found = known.find(({ id }) => id === host.hostId);
        return found?.clockAheadMs === undefined ? undefined : { clockAheadMs: found.clockAheadMs };
      },
      { what: 'the beat to be heard' },
    );
    expect(Math.round(clockAheadMs / 10_000)).toBe(-9);
  });

  it('registers a plugin once, though its host says hello twice before it is answered', async () => {
    const hello = {
      ...{ hostId: 'hogo.a', plugin: 'hogo', domain: 'hogo' as const, title: '生活保護', version: '0.1.0' },
      ...{ sdk: '0.1.0', sdkRange: '^0.1.0', configSchema: {} },
    };
    const registry = under.hub.app.get(PluginRegistry);
    const client = new Client({ connectionString: under.config.databaseUrl });
    await client.connect();
    await client.query('begin; lock table plugin_config_version in access exclusive mode');
    const greeted = [registry.greet(hello), registry.greet(hello)];
    const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await waitFor(async () => (await under.rows(waiting)).length === 2, { what: 'both to be under way' });
    await client.query('commit');
    await Promise.all(greeted);
    await client.end();
    const registered = `select 1 from audit_entry where action = 'plugin.registered' and object = 'hogo'`;
    expect(await under.rows(registered)).toHaveLength(1);
  });

  it('registers a demo plugin switched on, with its settings, and gives it its queues', async () => {
    const host = await aHostOf('kaigo', 'a');
    await host.hello();
    expect((await told(host, 'configure')).command).toMatchObject({
      config: { folder: '/var/kaigo' },
      enabled: true,
    });
    expect(await lanes()).toEqual([]);
    await host.beat(true);
    await waitFor(async () => (await lanes()).includes('kaigo'), { what: 'the open lane' });
    expect((await get('/kaigo')).body).toMatchObject({
      enabled: true,
      laneOpen: true,
      queueDepth: 0,
      waiting: 0,
      parked: 0,
      quarantined: 0,
      functions: [{ code: '9970100005' }],
    });
  });

  it('lets one host at a time hold a plugin; a second waits and takes over when the first is silent', async () => {
    const [first, second] = [await aHostOf('konkyu', 'a'), await aHostOf('konkyu', 'b')];
    await first.hello();
    await told(first, 'configure');
    await second.hello();
    await told(second, 'wait');
    await first.beat(false);
    await second.beat(false);
    expect(second.last()).toEqual({ name: 'wait' });

    await waitFor(
      async () => {
        await second.beat(false);
        return second.last()?.name === 'configure';
      },
      { what: 'the takeover', everyMs: 100 },
    );
    // The first comes back and runs on, as if nothing had happened: it is told to stop.
    await first.beat(true);
    await told(first, 'wait');
    expect((await get('/konkyu')).body.host.id).toBe('konkyu.b');
  });

  it('gives a restarted host of the same name its plugin back at once', async () => {
    const host = await aHostOf('kosodate', 'a');
    await host.hello();
    await told(host, 'configure');
    await host.beat(true);
    await waitFor(async () => (await get('/kosodate')).body.host.running === true, { what: 'the host to run' });
    await host.hello();
    await told(host, 'configure', 1);
    // Not running until it says so again.
    expect((await get('/kosodate')).body.host).toMatchObject({ holds: true, running: false });
  });

  it('says why a host cannot run a plugin that it has, and lets another take it over', async () => {
    const [old, newer] = [await aHostOf('fukushi', 'a'), await aHostOf('fukushi', 'b')];
    await old.hello();
    await told(old, 'configure');
    await newer.hello();
    await told(newer, 'wait');
    // Started anew with a version that does not fit.
    await old.beat(false, { code: 'SDK_RANGE' });
    await waitFor(async () => (await get('/fukushi')).body.host?.code === 'SDK_RANGE', { what: 'the reason' });
    const { host } = (await get('/fukushi')).body as PluginDetail;
    expect(host).toMatchObject({ id: 'fukushi.a', holds: false, running: false });
    expect([host?.says, host?.remedy]).toEqual([expect.stringContaining('版が合わない'), expect.any(String)]);
    await newer.hello();
    await told(newer, 'configure');
    await old.beat(false, { code: 'SDK_RANGE' });
    await newer.beat(true, { configVersion: 1 });
    await waitFor(async () => (await get('/fukushi')).body.host.running === true, { what: 'the other to run' });
    expect((await get('/fukushi')).body.host).toMatchObject({ id: 'fukushi.b', holds: true });
  });

  it('closes the lane of a plugin whose host is silent', async () => {
    const host = await aHostOf('kaigo', 'a');
    await host.hello();
    await told(host, 'configure');
    await host.beat(true);
    await waitFor(async () => (await lanes()).includes('kaigo'), { what: 'the open lane' });
    await waitFor(async () => !(await lanes()).includes('kaigo'), { what: 'the closed lane' });
  });

  it('does not let a plugin speak for the host of another', async () => {
    const host = await aHostOf('kaigo', 'a');
    await host.say('plugin.heartbeat.v1', {
      hostId: 'konkyu.b',
      plugins: [{ plugin: 'kaigo', running: true, inHand: 0 }],
    });
    await host.say('plugin.heartbeat.v1', {
      hostId: 'kaigo.a',
      plugins: [{ plugin: 'konkyu', running: true, inHand: 0 }],
    });
    await host.hello();
    await told(host, 'configure');
    expect(await under.rows(`select 1 from plugin_host where host_id = 'konkyu.b' and plugin = 'kaigo'`)).toEqual([]);
  });

  describe('switching', () => {
    let host: SilentHost;
    beforeEach(async () => {
      host = await aHostOf('shogai', 'a');
      await host.hello();
      await told(host, 'configure');
    });

    const answerCheck = async (findings: PluginCheck['findings'], commandId?: string) => {
      const command = await told(host, 'check');
      await host.say('plugin.result.v1', {
        commandId: commandId ?? command.commandId,
        hostId: host.hostId,
        plugin: 'shogai',
        ok: findings.every((f) => f.ok),
        findings,
        at: new Date().toISOString(),
      });
    };

    it('is refused without a passed check, and possible after one; the host hears at once', async () => {
      expect((await post('/shogai/enable')).body.code).toBe('CHECK_NEEDED');
      const failed = post('/shogai/check');
      const [answer] = await Promise.all([
        failed,
        answerCheck([{ name: 'フォルダー', ok: false, hint: '見つかりません' }]),
      ]);
      expect([answer.status, answer.body.ok]).toEqual([200, false]);
      expect((await post('/shogai/enable')).body.code).toBe('CHECK_NEEDED');

      host.commands.length = 0;
      const [passed] = await Promise.all([post('/shogai/check'), answerCheck([{ name: 'フォルダー', ok: true }])]);
      expect(passed.body).toMatchObject({ ok: true, findings: [{ ok: true }] });
      expect((await post('/shogai/enable')).body.enabled).toBe(true);
      await told(host, 'enable');
      expect((await post('/shogai/disable')).body.enabled).toBe(false);
      await told(host, 'disable');
    });

    it('waits for the result though it arrives at another instance', async () => {
      const other = await under.another();
      const [answer] = await Promise.all([
        request(other.baseUrl).post('/api/v1/plugins/shogai/check').set('Cookie', cookie).set('Tsunagi-Request', '1'),
        answerCheck([{ name: 'x', ok: true }]),
      ]);
      expect(answer.status).toBe(200);
      await other.close();
    });

    it('can be forced with a reason, which the audit keeps', async () => {
      await under.rows(`update plugin set check_ok = null, enabled = false where id = 'shogai' returning id`);
      const refused = await post('/shogai/enable', { force: true });
      expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '/reason']);
      expect((await post('/shogai/enable', { force: true, reason: '検証環境のため' })).body.enabled).toBe(true);
      const [entry] = await under.rows<{ actor: string; details: object }>(
        `select actor, details from audit_entry where action = 'plugin.enabled' and object = 'shogai' order by id desc limit 1`,
      );
      expect(entry).toMatchObject({ actor: expect.stringMatching(/^staff:/), details: { forced: true } });
    });

    it('reaches a host that missed the command with its next heartbeat', async () => {
      await under.rows(`update plugin set enabled = false where id = 'shogai' returning id`);
      await host.beat(true);
      await told(host, 'disable');
      await under.rows(`update plugin set enabled = true where id = 'shogai' returning id`);
      await host.beat(false);
      await told(host, 'enable');
    });

    it('makes a running host look now, and is refused while the plugin is off', async () => {
      await under.rows(`update plugin set enabled = false where id = 'shogai' returning id`);
      expect((await post('/shogai/poll')).body.code).toBe('PLUGIN_OFF');
      expect(host.commands.map(({ command }) => command.name)).not.toContain('poll');
      await under.rows(`update plugin set enabled = true where id = 'shogai' returning id`);
      expect((await post('/shogai/poll')).status).toBe(200);
      await told(host, 'poll');
      const asked = await under.rows(`select 1 from audit_entry where action = 'plugin.poll_asked'`);
      expect(asked).toHaveLength(1);
      await under.rows(`update plugin set enabled = false where id = 'shogai' returning id`);
    });

    it('says so when no host is there', async () => {
      await waitFor(async () => !(await get('/shogai')).body.host.fresh, { what: 'the silence' });
      const answer = await post('/shogai/check');
      expect([answer.status, answer.body.code]).toEqual([409, 'HOST_AWAY']);
    });
  });

  describe('settings', () => {
    const schema: Parameters<SilentHost['hello']>[0] = {
      type: 'object',
      properties: { folder: { type: 'string', minLength: 1 }, pollMs: { type: 'integer', minimum: 200 } },
      required: ['folder'],
      additionalProperties: false,
    };
    let host: SilentHost;
    beforeEach(async () => {
      host = await aHostOf('files', 'a');
      await host.hello(schema);
      await told(host, 'configure');
      host.commands.length = 0;
    });

    const current = async () => (await get('/files')).body.configVersion as number;
    const put = async (settings: object, version?: number | string) => {
      const configVersion = await current();
      return under
        .http()
        .put('/api/v1/plugins/files/config')
        .set('Cookie', cookie)
        .set('Tsunagi-Request', '1')
        .set('If-Match', `"${version ?? configVersion}"`)
        .send(settings);
    };
    const versions = async () =>
      (await under.rows<{ n: string }>(`select count(*) n from plugin_config_version where plugin = 'files'`))[0]?.n;
    const check = async (configVersion: number) => {
      const asked = post('/files/check');
      const answered = told(host, 'check').then(({ commandId }) =>
        host.say('plugin.result.v1', {
          commandId,
          hostId: host.hostId,
          plugin: 'files',
          ok: true,
          findings: [],
          configVersion,
          at: new Date().toISOString(),
        }),
      );
      return (await Promise.all([asked, answered]))[0].body as PluginCheck;
    };

    it('reach the host that runs the plugin at once, and stay on file', async () => {
      const answer = await put({ folder: '/var/a' });
      expect([answer.status, answer.body]).toMatchObject([200, { configVersion: 2, config: { folder: '/var/a' } }]);
      expect((await told(host, 'configure')).command).toMatchObject({
        config: { folder: '/var/a' },
        configVersion: 2,
        enabled: false,
      });
      expect((await put({ folder: '/var/b' })).body.configVersion).toBe(3);
      const kept = await under.rows(`select config from plugin_config_version where plugin = 'files' order by version`);
      expect(kept).toEqual([{}, { folder: '/var/a' }, { folder: '/var/b' }].map((config) => ({ config })));
      const [entry] = await under.rows(
        `select actor, details from audit_entry where action = 'plugin.configured' order by id desc limit 1`,
      );
      expect(entry).toEqual({ actor: expect.stringMatching(/^staff:/), details: { configVersion: 3 } });
    });

    it('that are the same again make no new version', async () => {
      const { configVersion } = (await put({ folder: '/var/c', pollMs: 300 })).body;
      expect((await put({ pollMs: 300, folder: '/var/c' })).body.configVersion).toBe(configVersion);
    });

    it('are on file with who changed what, and an earlier version holds again as a new one', async () => {
      await put({ folder: '/var/first', pollMs: 300 });
      const first = await current();
      await put({ folder: '/var/second' });
      const back = (version: number, seen = first + 1) =>
        post('/files/config/return', { version }).set('If-Match', `"${seen}"`);
      expect((await back(999)).status).toBe(404);
      expect((await back(first, first)).status).toBe(412);
      // Version 1 was made before anybody knew that a folder is needed.
      expect((await back(1)).body.errors).toMatchObject([{ pointer: '/folder' }]);
      host.commands.length = 0;
      expect((await back(first)).body).toMatchObject({
        configVersion: first + 2,
        config: { folder: '/var/first', pollMs: 300 },
        codeVersions: [{ version: '0.1.0', sdk: '0.1.0', sdkRange: '^0.1.0' }],
      });
      expect((await told(host, 'configure')).command).toMatchObject({ config: { folder: '/var/first' } });
      const { items } = (await get('/files/config/versions')).body;
      expect(items.slice(0, 2)).toMatchObject([
        {
          ...{ version: first + 2, current: true, returnedTo: first },
          by: { actor: expect.stringMatching(/^staff:/), name: expect.any(String) },
          changes: [
            { pointer: '/folder', before: '"/var/second"', after: '"/var/first"' },
            { pointer: '/pollMs', after: '300' },
          ],
        },
        {
          ...{ version: first + 1, current: false },
          changes: [
            { pointer: '/folder', before: '"/var/first"', after: '"/var/second"' },
            { pointer: '/pollMs', before: '300' },
          ],
        },
      ]);
    });

    it('that do not fit are refused by place, and can be tried without effect', async () => {
      const before = await versions();
      const settings = { folder: 'smb://nas:geheim@files/x', pollMs: 100 };
      for (const answer of [await put(settings), await post('/files/config/validate', settings)]) {
        expect([answer.status, answer.body.code]).toEqual([422, 'INVALID']);
        expect(answer.body.errors).toMatchObject([{ pointer: '/pollMs', code: 'TOO_SHORT' }]);
      }
      const secret = await put({ folder: settings.folder });
      expect(secret.body).toMatchObject({ code: 'CONFIG_HOLDS_SECRET', errors: [{ pointer: '/folder' }] });
      expect(secret.text).not.toContain('geheim');
      const configVersion = await current();
      const judged = await post('/files/config/validate', { folder: '/var/d' });
      expect([judged.status, judged.body]).toEqual([200, { configVersion: configVersion + 1, changed: true }]);
      expect(await versions()).toBe(before);
      expect(host.commands).toEqual([]);
    });

    it('are changed by one at a time', async () => {
      const configVersion = await current();
      await put({ folder: '/var/e' }, configVersion);
      expect((await put({ folder: '/var/f' }, configVersion)).status).toBe(412);
      expect((await put({ folder: '/var/f' }, 'x')).status).toBe(428);
    });

    it('need a check of their own before the plugin is enabled; enabled, it stays so and shows the check as outdated', async () => {
      await put({ folder: '/var/g' });
      const configVersion = await current();
      expect(await check(configVersion)).toEqual({ at: expect.any(String), ok: true, findings: [] });
      await put({ folder: '/var/h' });
      expect((await get('/files')).body.check.outdated).toBe(true);
      expect((await post('/files/enable')).body.code).toBe('CHECK_NEEDED');

      host.commands.length = 0;
      // A host that has not heard of the new settings checks the old ones: that does not count.
      expect(await check(configVersion)).toMatchObject({ outdated: true });
      host.commands.length = 0;
      expect((await check(configVersion + 1)).outdated).toBeUndefined();
      expect((await post('/files/enable')).body.enabled).toBe(true);
      expect((await put({ folder: '/var/i' })).body).toMatchObject({ enabled: true, check: { outdated: true } });
    });

    it('need a check of newer code, too, before the plugin is enabled', async () => {
      await post('/files/disable');
      await put({ folder: '/var/m' });
      host.commands.length = 0;
      expect((await check(await current())).outdated).toBeUndefined();
      await host.hello(schema, '0.2.0');
      await waitFor(async () => (await get('/files')).body.version === '0.2.0', { what: 'the newer code' });
      expect((await get('/files')).body.check).toMatchObject({ ok: true, outdated: true });
      expect((await post('/files/enable')).body.code).toBe('CHECK_NEEDED');
      host.commands.length = 0;
      await check(await current());
      expect((await post('/files/enable')).body.enabled).toBe(true);
      await host.hello(schema);
      await waitFor(async () => (await get('/files')).body.version === '0.1.0', { what: 'the code of before' });
    });

    it('that are the hub’s own stay with it: its host is not given them, and need not be checked anew', async () => {
      await put({ folder: '/var/k' });
      const version = await current();
      await told(host, 'configure');
      await check(version);
      host.commands.length = 0;
      const { body } = await put({ folder: '/var/k', intake: { perFile: 50 } });
      expect(body).toMatchObject({
        configVersion: version + 1,
        config: { folder: '/var/k', intake: { perFile: 50 } },
        configSchema: { properties: { folder: {}, intake: {} } },
        intake: { guard: 'on', perFile: 50, perHour: 500 },
      });
      expect(body.check.outdated).toBeUndefined();
      expect((await told(host, 'configure')).command).toMatchObject({
        config: { folder: '/var/k' },
        configVersion: version + 1,
      });
      expect(host.last()).not.toHaveProperty('config.intake');
      const wrong = await put({ folder: '/var/k', intake: { perFile: 0 } });
      expect([wrong.status, wrong.body.errors[0].pointer]).toEqual([422, '/intake/perFile']);
      await put({ folder: '/var/l', intake: { perFile: 50 } });
      expect((await get('/files')).body.check.outdated).toBe(true);
    });

    it('reach a host that missed them with its next heartbeat', async () => {
      await put({ folder: '/var/j' });
      const configVersion = await current();
      await told(host, 'configure');
      host.commands.length = 0;
      await host.beat(false, { configVersion: configVersion - 1 });
      expect((await told(host, 'configure')).command).toMatchObject({ config: { folder: '/var/j' }, configVersion });
      host.commands.length = 0;
      await host.beat(true, { configVersion });
      await host.beat(true, { configVersion: configVersion - 1 });
      expect((await told(host, 'configure')).command).toMatchObject({ configVersion });
      expect(host.commands).toHaveLength(1);
    });
  });

  it('answers for an unknown plugin and for an impossible id alike', async () => {
    const [unknown, impossible] = [await get('/nobody'), await get('/NO%20SUCH')];
    expect([unknown.status, unknown.body.code]).toEqual([404, 'NOT_FOUND']);
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...impossible.body, requestId: '' });
  });
});
