// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { pluginAccount } from '@tsunagi/contracts';
import { dirname } from 'node:path';
import { PassThrough } from 'node:stream';
import { readComposeFile, type ComposeService } from '../../test/compose-file';
import { variablesIn } from '../../test/variables';
import { run } from '../program';
import { readSettings } from '../settings/read-settings';
import { settingNames } from '../settings/settings.schema';
import { chooseStart, type StartTarget } from '../start/choose-start';
import { demoPlugins } from '../start/demo-plugins';
import { planInit } from './init-plan';

const plugins = ['kaigo', 'konkyu', 'kosodate', 'shogai'];
const withFiles = ['kaigo', 'kosodate', 'shogai'];
const plan = planInit(
  {
    form: 'compose',
    dir: '/srv/tsunagi',
    plugins,
    withFiles,
    called: ['kosodate'],
    databaseAt: 'postgres:5432',
    brokerAt: 'rabbitmq:5672',
    runAs: '1000:1000',
  },
  () => 'secret',
);
const env = variablesIn(plan.files.find(({ path }) => path === '.env')?.content ?? '');
const file = readComposeFile(env);
const service = (name: string) => file.services[name] as ComposeService;
const ours = Object.entries(file.services).filter(([, { build }]) => build !== undefined);
const hosts = ours.filter(([name]) => name.startsWith('plugins-'));
/** `./site/keys.json:/etc/tsunagi/keys.json:ro` */
const mountsOf = ({ volumes = [] }: ComposeService) =>
  volumes.map((volume) => {
    const [from = '', to = '', mode = 'rw'] = volume.split(':');
    return { from, to, mode };
  });

describe('docker-compose.yml', () => {
  it('runs PostgreSQL 17, RabbitMQ 4, the migration, the hub and a host for each plugin', () => {
    expect(Object.keys(file.services).sort()).toEqual(
      ['hub', 'migrate', ...plugins.map((plugin) => `plugins-${plugin}`), 'postgres', 'rabbitmq'].sort(),
    );
    expect([service('postgres').image, service('rabbitmq').image]).toEqual([
      expect.stringMatching(/^postgres:(1[7-9]|[2-9]\d)/),
      expect.stringMatching(/^rabbitmq:4/),
    ]);
  });

  it.each(ours)(
    '%s gets only variables that the command line knows, with values that it takes',
    (_, { environment }) => {
      for (const name of Object.keys(environment)) expect(settingNames).toContain(name);
      expect(() => readSettings(environment, '/var/lib/tsunagi')).not.toThrow();
    },
  );

  it.each(ours)('%s runs a command that there is', async (_, { command = [], environment }) => {
    const [out, error] = [new PassThrough(), new PassThrough()];
    const [name = '', part] = command;
    expect(await run([name, '--help'], { env: {}, cwd: '/', out, error })).toBe(0);
    const { settings } = readSettings(environment, '/var/lib/tsunagi');
    if (name === 'start') expect(chooseStart(part as StartTarget, settings).mode).toBe('services');
    else
      expect([name, settings.databaseUrl, settings.amqpUrl]).toEqual([
        'migrate',
        expect.any(String),
        expect.any(String),
      ]);
  });

  it('takes every variable of .env, and asks for none that is not there', () => {
    const missing = Object.keys(env).filter((name) => {
      const { [name]: _, ...rest } = env;
      try {
        return JSON.stringify(readComposeFile({ ...rest, [name]: 'changed' })) === JSON.stringify(file);
      } catch {
        return false;
      }
    });
    expect(missing).toEqual([]);
  });

  it('lets each part sign in as who it is', () => {
    const userOf = (url: string | undefined) => decodeURIComponent(new URL(url ?? '').username);
    expect(userOf(service('migrate').environment['DATABASE_URL'])).toBe('tsunagi_owner');
    expect(userOf(service('hub').environment['DATABASE_URL'])).toBe('tsunagi_app');
    for (const name of ['migrate', 'hub']) expect(userOf(service(name).environment['AMQP_URL'])).toBe('hub');
    for (const plugin of plugins) {
      const { environment } = service(`plugins-${plugin}`);
      expect([userOf(environment['AMQP_URL']), environment['TSUNAGI_PLUGINS']]).toEqual([
        pluginAccount(plugin),
        plugin,
      ]);
    }
  });

  it('says of the hub whether it is a demo and which law counts', () => {
    expect(service('hub').environment).toMatchObject({ TSUNAGI_DEMO: 'on', TSUNAGI_LEGAL: 'demo' });
  });

  it('publishes the hub’s port and that of a host which is called, and only on this machine', () => {
    const published = Object.entries(file.services).flatMap(([name, { ports = [] }]) => ports.map((p) => [name, p]));
    expect(published).toEqual([
      ['hub', '127.0.0.1:3000:3000'],
      ['plugins-kosodate', '127.0.0.1:3100:3100'],
    ]);
    const { settings } = readSettings(service('plugins-kosodate').environment, '/');
    expect([settings.host, settings.hostPort]).toEqual(['0.0.0.0', 3100]);
  });

  it('keeps the database out of reach of the plugin hosts', () => {
    expect(file.networks['database']).toEqual({ internal: true });
    for (const [, { networks, environment }] of hosts) {
      expect(networks).toEqual(['broker']);
      expect(environment['DATABASE_URL']).toBeUndefined();
    }
  });

  it('waits for what it needs: healthy services, and the migration done', () => {
    expect(service('migrate').depends_on).toEqual({
      postgres: { condition: 'service_healthy' },
      rabbitmq: { condition: 'service_healthy' },
    });
    for (const [name, { depends_on }] of ours)
      if (name !== 'migrate')
        expect(depends_on).toMatchObject({ migrate: { condition: 'service_completed_successfully' } });
    for (const name of ['postgres', 'rabbitmq', 'hub']) expect(service(name).healthcheck?.test[0]).toBe('CMD');
  });

  it('mounts what `tsunagi init` makes, and nothing else of this machine', () => {
    const made = [...plan.files.map(({ path }) => path), ...plan.folders, plan.keys];
    for (const { from, mode } of Object.values(file.services).flatMap(mountsOf)) {
      if (!from.startsWith('.')) expect(Object.keys(file.volumes)).toContain(from);
      else {
        const path = from.slice('./'.length);
        expect(made.some((one) => one === path || one.startsWith(`${path}/`))).toBe(true);
        if (!/^site\/(state|exchange)\//.test(path)) expect(mode).toBe('ro');
      }
    }
  });

  it('mounts things where their settings look for them', () => {
    const mounted = (name: string, to: string | undefined) =>
      mountsOf(service(name)).find((mount) => mount.to === to)?.from;
    const hub = service('hub').environment;
    expect(mounted('hub', hub['TSUNAGI_KEYS'])).toBe(`./${plan.keys}`);
    expect(mounted('hub', hub['TSUNAGI_DATA_DIR'])).toBe('./site/state/hub');
    for (const plugin of plugins) {
      const { environment } = service(`plugins-${plugin}`);
      expect(mounted(`plugins-${plugin}`, environment['TSUNAGI_SECRETS_DIR'])).toBe(`./site/secrets/${plugin}`);
      expect(mounted(`plugins-${plugin}`, environment['TSUNAGI_STATE_DIR'])).toBe(`./site/state/${plugin}`);
    }
    const conf = plan.files.find(({ path }) => path === 'site/rabbitmq.conf')?.content ?? '';
    const definitions = /^load_definitions = (.+)$/m.exec(conf)?.[1];
    expect(mounted('rabbitmq', definitions)).toBe('./site/broker-definitions.json');
    // The demo's plugins with files look where the hub's data directory would have them.
    const settings = demoPlugins(hub['TSUNAGI_DATA_DIR'] ?? '');
    for (const plugin of ['kaigo', 'shogai'])
      expect(mounted(`plugins-${plugin}`, settings[plugin]?.['folder'] as string)).toBe(`./site/exchange/${plugin}`);
    const places = ['bulkFolder', 'statusFolder'].map((name) => dirname(settings['kosodate']?.[name] as string));
    for (const place of places) expect(mounted('plugins-kosodate', place)).toBe('./site/exchange/kosodate');
  });

  it('has the secrets that the settings of the demo name, where only its host finds them', () => {
    const { signatureSecret, callbackSecret } = demoPlugins('/x')['kosodate'] as Record<string, { secretRef: string }>;
    const made = plan.files.map(({ path }) => path);
    for (const secret of [signatureSecret, callbackSecret])
      expect(made).toContain(`site/secrets/kosodate/${secret?.secretRef}`);
  });

  it('runs our parts as somebody, on a file system that they cannot write to', () => {
    for (const [, one] of ours) {
      expect(one).toMatchObject({ user: '1000:1000', read_only: true, cap_drop: ['ALL'] });
      expect(one).toMatchObject({ security_opt: ['no-new-privileges:true'] });
    }
  });
});
