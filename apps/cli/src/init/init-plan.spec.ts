// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { brokerAccounts } from '@tsunagi/messaging';
import { readSettings } from '../settings/read-settings';
import { chooseStart } from '../start/choose-start';
import { variablesIn } from '../../test/variables';
import { planInit, type InitWishes } from './init-plan';

const wishes: InitWishes = {
  form: 'compose',
  dir: '/etc/tsunagi',
  plugins: ['kaigo', 'konkyu', 'kosodate', 'shogai'],
  withFiles: ['kaigo', 'kosodate', 'shogai'],
  called: ['kosodate'],
  databaseAt: '127.0.0.1:5432',
  brokerAt: '127.0.0.1:5672',
  runAs: '1000:1000',
};

function planned(form: InitWishes['form']) {
  let count = 0;
  const plan = planInit({ ...wishes, form }, () => `password-${++count}`);
  const contentOf = (path: string) => plan.files.find((file) => file.path === path)?.content ?? '';
  return { ...plan, contentOf, paths: plan.files.map(({ path }) => path) };
}

describe('what a site has of its own', () => {
  it.each(['compose', 'systemd'] as const)('keeps passwords (%s) in files that only their owner reads', (form) => {
    for (const { path, mode, content } of planned(form).files) {
      const secret = content.includes('password-');
      expect({ path, mode, secret }).toEqual({ path, mode: secret ? 0o600 : 0o644, secret });
    }
  });

  it('gives hub and plugins at the broker exactly the rights that the transport needs', () => {
    const { users, permissions, topic_permissions, vhosts } = JSON.parse(
      planned('compose').contentOf('site/broker-definitions.json'),
    );
    const accounts = brokerAccounts(wishes.plugins);
    const vhost = 'tsunagi';
    expect(vhosts).toEqual([{ name: vhost }]);
    expect(users.map((user: { name: string }) => user.name)).toEqual(accounts.map(({ account }) => account));
    for (const user of users)
      expect(user).toMatchObject({ hashing_algorithm: 'rabbit_password_hashing_sha256', tags: [] });
    expect(permissions).toEqual(
      accounts.map(({ account: user, configure, write, read }) => ({ user, vhost, configure, write, read })),
    );
    expect(topic_permissions).toEqual(
      accounts.flatMap(({ account: user, topics }) => topics.map((topic) => ({ user, vhost, ...topic }))),
    );
  });

  it('has no password twice', () => {
    const passwords = Object.entries(variablesIn(planned('compose').contentOf('.env')))
      .filter(([name]) => name.endsWith('_PASSWORD'))
      .map(([, value]) => value);
    expect(passwords).toHaveLength(8);
    expect(new Set(passwords).size).toBe(8);
  });

  it('makes the folders through which files go, and those of secrets and state', () => {
    expect(planned('compose').folders).toEqual(
      expect.arrayContaining([
        'site/exchange/kaigo/in',
        'site/exchange/shogai/out',
        'site/secrets/konkyu',
        'site/state/hub',
      ]),
    );
    expect(planned('compose').folders.join()).not.toContain('exchange/konkyu');
    const ofDays = planned('compose').folders.filter((path) => path.startsWith('site/exchange/kosodate'));
    expect(ofDays).toEqual(['site/exchange/kosodate/in/kosodate', 'site/exchange/kosodate/out']);
    expect(planned('systemd').folders).toEqual(wishes.plugins.map((plugin) => `site/secrets/${plugin}`));
  });

  it.each(['compose', 'systemd'] as const)('has secrets (%s) for a system that calls, and is called', (form) => {
    const { contentOf, paths } = planned(form);
    const secrets = ['kosodate-signature', 'kosodate-callback'].map((name) => `site/secrets/kosodate/${name}`);
    expect(paths.filter((path) => path.startsWith('site/secrets/'))).toEqual(secrets);
    expect(contentOf(secrets[0]!)).not.toBe(contentOf(secrets[1]!));
  });

  describe('for units of systemd', () => {
    const settingsOf = (path: string) => readSettings(variablesIn(planned('systemd').contentOf(path)), '/');

    it.each([
      ['migrate.env', undefined],
      ['hub.env', 'hub'],
      ['plugins-kaigo.env', 'plugins'],
      ['plugins-konkyu.env', 'plugins'],
      ['plugins-kosodate.env', 'plugins'],
      ['plugins-shogai.env', 'plugins'],
    ] as const)('%s holds what its start takes, and nothing unknown', (path, target) => {
      const { settings, unknown } = settingsOf(path);
      expect(unknown).toEqual([]);
      if (target) expect(chooseStart(target, settings).mode).toBe('services');
    });

    it('listens only for a system that calls, on this machine', () => {
      const { host, hostPort } = settingsOf('plugins-kosodate.env').settings;
      expect([host, hostPort]).toEqual(['127.0.0.1', 3100]);
      expect(planned('systemd').contentOf('plugins-kaigo.env')).not.toContain('TSUNAGI_HOST');
    });

    it('is at work: no demo, and only what somebody has checked counts', () => {
      expect(settingsOf('hub.env').settings).toMatchObject({ demo: false, legal: 'checked' });
    });

    it('lets the hub sign in to the database as who changes no tables', () => {
      expect(new URL(settingsOf('hub.env').settings.databaseUrl ?? '').username).toBe('tsunagi_app');
      expect(new URL(settingsOf('migrate.env').settings.databaseUrl ?? '').username).toBe('tsunagi_owner');
    });

    it('tells no plugin host another’s password, nor the hub’s', () => {
      const { contentOf, paths } = planned('systemd');
      const passwordIn = (path: string) => new URL(variablesIn(contentOf(path))['AMQP_URL'] ?? '').password;
      const hosts = paths.filter((path) => path.startsWith('plugins-'));
      const secrets = [...hosts, 'hub.env'].map(passwordIn);
      expect(new Set(secrets).size).toBe(wishes.plugins.length + 1);
      for (const host of hosts) {
        const others = secrets.filter((secret) => secret !== passwordIn(host));
        for (const other of others) expect(contentOf(host)).not.toContain(other);
        expect(contentOf(host)).not.toContain('DATABASE_URL');
      }
    });
  });
});
