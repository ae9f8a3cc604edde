// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hubAccount, pluginAccount } from '@tsunagi/contracts';
import { join } from 'node:path';
import { envComments } from '../texts';
import { brokerDefinitions, vhost } from './broker-definitions';
import { appRole, database, databaseSql, ownerRole } from './database-sql';

export const initForms = ['compose', 'systemd'] as const;
export type InitForm = (typeof initForms)[number];

export interface InitWishes {
  readonly form: InitForm;
  /** Absolute. */
  readonly dir: string;
  readonly plugins: readonly string[];
  /** Plugins to whose systems files go and come. */
  readonly withFiles: readonly string[];
  /** Plugins whose systems call: they listen, and both sides know secrets. */
  readonly called: readonly string[];
  /** `host:port`. */
  readonly databaseAt: string;
  readonly brokerAt: string;
  /** `uid:gid` of the containers. */
  readonly runAs: string;
}

/** What is to be made below the directory; the file of the keys is the hub's own business and comes beside. */
export interface InitPlan {
  readonly files: readonly { readonly path: string; readonly mode: number; readonly content: string }[];
  readonly folders: readonly string[];
  readonly keys: string;
}

/** Everything of this site but the files of variables lies here. */
export const site = 'site';
const ownerOnly = 0o600;
/** Others read these, such as the broker in its container: they hold hashes, no passwords. */
const readable = 0o644;

/** Where a container finds what lies in {@link site}; the same in docker-compose.yml. */
const inContainer = '/etc/tsunagi';

export function planInit(wishes: InitWishes, newPassword: () => string): InitPlan {
  const { form, plugins, withFiles, called } = wishes;
  const passwords = new Map<string, string>();
  const passwordOf = (name: string) => {
    const password = passwords.get(name) ?? newPassword();
    passwords.set(name, password);
    return password;
  };
  const definitions = brokerDefinitions(plugins, passwordOf);
  const sql = databaseSql({ owner: passwordOf(ownerRole), app: passwordOf(appRole) });
  const compose = form === 'compose';
  return {
    files: [
      ...(compose ? [composeEnv(wishes, passwordOf)] : systemdEnvs(wishes, passwordOf)),
      { path: `${site}/broker-definitions.json`, mode: readable, content: `${JSON.stringify(definitions, null, 2)}\n` },
      { path: `${site}/database.sql`, mode: readable, content: sql },
      ...(compose ? [{ path: `${site}/rabbitmq.conf`, mode: readable, content: rabbitConf }] : []),
      ...called.flatMap((plugin) =>
        sharedSecrets(plugin).map((name) => ({
          path: `${site}/secrets/${plugin}/${name}`,
          mode: ownerOnly,
          content: `${passwordOf(name)}\n`,
        })),
      ),
    ],
    folders: [
      ...plugins.map((plugin) => `${site}/secrets/${plugin}`),
      ...(compose ? ['hub', ...plugins].map((name) => `${site}/state/${name}`) : []),
      ...(compose ? withFiles : []).flatMap((plugin) =>
        placesOf(plugin, called).map((place) => `${site}/exchange/${plugin}/${place}`),
      ),
    ],
    keys: `${site}/keys.json`,
  };
}

/** What a system that calls signs with, and what its plugin signs calls back with. Whoever runs the system gets them, too. */
const sharedSecrets = (plugin: string) => [`${plugin}-signature`, `${plugin}-callback`];

/** A system that calls leaves in a folder of each day what its calls could not bring. */
const placesOf = (plugin: string, called: readonly string[]) =>
  called.includes(plugin) ? [`in/${plugin}`, 'out'] : ['in', 'processing', 'done', 'error', 'out'];

type PasswordOf = (name: string) => string;
type Variables = Readonly<Record<string, string>>;

const rabbitConf = `# Made by \`tsunagi init\`.\nload_definitions = ${inContainer}/broker-definitions.json\n`;

/** `.env`: what docker-compose.yml fills in. Names of its own, because each process gets only what it needs. */
function composeEnv({ plugins, called, runAs }: InitWishes, passwordOf: PasswordOf): InitPlan['files'][number] {
  const upper = (plugin: string) => plugin.toUpperCase().replaceAll('-', '_');
  const content = [
    ...comment(envComments.secret),
    ...comment(envComments.demo),
    ...lines({ TSUNAGI_DEMO: 'on', TSUNAGI_LEGAL: 'demo' }),
    ...comment(envComments.port),
    ...lines({ HUB_PORT: '3000' }),
    ...called.flatMap((plugin) => [...comment(envComments.door), ...lines({ [`${upper(plugin)}_PORT`]: '3100' })]),
    ...comment(envComments.runAs),
    ...lines({ RUN_AS: runAs }),
    ...comment(envComments.passwords),
    ...lines({
      POSTGRES_PASSWORD: passwordOf('postgres'),
      DATABASE_OWNER_PASSWORD: passwordOf(ownerRole),
      DATABASE_APP_PASSWORD: passwordOf(appRole),
      AMQP_HUB_PASSWORD: passwordOf(hubAccount),
    }),
    ...plugins.flatMap((plugin) => lines({ [`AMQP_${upper(plugin)}_PASSWORD`]: passwordOf(pluginAccount(plugin)) })),
  ];
  return { path: '.env', mode: ownerOnly, content: `${content.join('\n')}\n` };
}

/** One file of variables for each unit: none learns another's passwords. */
function systemdEnvs(wishes: InitWishes, passwordOf: PasswordOf): InitPlan['files'] {
  const { dir, plugins, called, databaseAt, brokerAt } = wishes;
  const databaseUrl = (role: string) => `postgres://${role}:${passwordOf(role)}@${databaseAt}/${database}`;
  const amqpUrl = (account: string) => `amqp://${account}:${passwordOf(account)}@${brokerAt}/${vhost}`;
  const file = (path: string, says: string, variables: Variables) => ({
    path,
    mode: ownerOnly,
    content: `${[...comment(envComments.secret), ...comment(says), ...lines(variables)].join('\n')}\n`,
  });
  return [
    file('migrate.env', envComments.migrate, {
      DATABASE_URL: databaseUrl(ownerRole),
      AMQP_URL: amqpUrl(hubAccount),
      TSUNAGI_PLUGINS: plugins.join(','),
    }),
    file('hub.env', envComments.hub, {
      DATABASE_URL: databaseUrl(appRole),
      AMQP_URL: amqpUrl(hubAccount),
      TSUNAGI_HOST: '127.0.0.1',
      TSUNAGI_PORT: '3000',
      TSUNAGI_DATA_DIR: '/var/lib/tsunagi',
      TSUNAGI_KEYS: join(dir, site, 'keys.json'),
      TSUNAGI_DEMO: 'off',
      TSUNAGI_LEGAL: 'checked',
    }),
    ...plugins.map((plugin) =>
      file(`plugins-${plugin}.env`, envComments.plugins, {
        AMQP_URL: amqpUrl(pluginAccount(plugin)),
        TSUNAGI_PLUGINS: plugin,
        TSUNAGI_SECRETS_DIR: join(dir, site, 'secrets', plugin),
        TSUNAGI_STATE_DIR: `/var/lib/tsunagi-${plugin}`,
        // A proxy ends TLS before it.
        ...(called.includes(plugin) && { TSUNAGI_HOST: '127.0.0.1', TSUNAGI_HOST_PORT: '3100' }),
      }),
    ),
  ];
}

const comment = (text: string) => text.split('\n').map((line) => `# ${line}`);
const lines = (variables: Variables) => Object.entries(variables).map(([name, value]) => `${name}=${value}`);
