// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { failpointFrom, failpointSetting, noFailpoint, type Failpoint } from './failpoint';

const pluginId = /^[a-z][a-z0-9-]{0,30}$/;
const milliseconds = (least: number) =>
  z
    .string()
    .regex(/^[0-9]{1,7}$/)
    .transform(Number)
    .pipe(z.int().min(least).max(3_600_000));

/** Everything a host reads from its environment. Settings of plugins are not among it: they live in the hub. */
const environment = z.strictObject({
  AMQP_URL: z.string().regex(/^amqps?:\/\/[^\s]+$/),
  TSUNAGI_PLUGINS: z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim()))
    .pipe(z.array(z.string().regex(pluginId)).min(1)),
  TSUNAGI_SECRETS_DIR: z.string().min(1),
  TSUNAGI_STATE_DIR: z.string().min(1).default('./var/host'),
  // A part of a queue's name between dots.
  TSUNAGI_HOST_NAME: z
    .string()
    .regex(/^[0-9A-Za-z_-]{1,28}$/)
    .optional(),
  TSUNAGI_HOST: z
    .string()
    .regex(/^[0-9A-Za-z.:-]{1,253}$/)
    .default('127.0.0.1'),
  TSUNAGI_HOST_PORT: z
    .string()
    .regex(/^[0-9]{1,5}$/)
    .transform(Number)
    .pipe(z.int().min(0).max(65_535))
    .default(3100),
  TSUNAGI_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  TSUNAGI_POLL_MS: milliseconds(10).optional(),
  TSUNAGI_HEARTBEAT_MS: milliseconds(100).default(10_000),
  NODE_ENV: z.string().optional(),
  HOST_FAILPOINT: failpointSetting.optional(),
});
type Variable = keyof z.input<typeof environment>;

const advice: Record<Variable, { sentence: string; hint: string }> = {
  AMQP_URL: {
    sentence: 'RabbitMQ の接続先がありません。',
    hint: '例：AMQP_URL=amqp://plugin.kaigo:パスワード@127.0.0.1:5672/tsunagi',
  },
  TSUNAGI_PLUGINS: {
    sentence: '動かすプラグインが正しく指定されていません。',
    hint: '例：TSUNAGI_PLUGINS=kaigo,konkyu,kosodate,shogai',
  },
  TSUNAGI_SECRETS_DIR: {
    sentence: '秘密情報のフォルダーがありません。',
    hint: '例：TSUNAGI_SECRETS_DIR=/etc/tsunagi/secrets（一つの秘密情報に一つのファイル）',
  },
  TSUNAGI_STATE_DIR: { sentence: '作業用のフォルダーの指定が空です。', hint: '例：TSUNAGI_STATE_DIR=./var/host' },
  TSUNAGI_HOST_NAME: {
    sentence: 'ホストの名前に使えない文字があります。',
    hint: '英数字、ハイフン、下線で28文字まで。例：TSUNAGI_HOST_NAME=host-1',
  },
  TSUNAGI_HOST: {
    sentence: '待ち受けるアドレスが正しくありません。',
    hint: '例：TSUNAGI_HOST=127.0.0.1（TLS を終える代理サーバーの後ろで待ち受けます）',
  },
  TSUNAGI_HOST_PORT: { sentence: '待ち受けるポートが正しくありません。', hint: '例：TSUNAGI_HOST_PORT=3100' },
  TSUNAGI_LOG_LEVEL: {
    sentence: 'ログの詳しさの指定が正しくありません。',
    hint: 'fatal、error、warn、info、debug、silent のどれか',
  },
  TSUNAGI_POLL_MS: { sentence: '見に行く間隔が正しくありません。', hint: 'ミリ秒。10 から 3600000 まで' },
  TSUNAGI_HEARTBEAT_MS: { sentence: '生存通知の間隔が正しくありません。', hint: 'ミリ秒。100 から 3600000 まで' },
  NODE_ENV: { sentence: 'NODE_ENV が正しくありません。', hint: 'production など' },
  HOST_FAILPOINT: {
    sentence: '試験用の停止点が正しくありません。',
    hint: '例：HOST_FAILPOINT=delivery-written:1:exit（本番では使えません）',
  },
};

export interface HostSettings {
  readonly amqpUrl: string;
  readonly plugins: readonly string[];
  readonly secretsDir: string;
  readonly stateDir: string;
  readonly hostName: string;
  readonly logLevel: string;
  readonly listen: { readonly host: string; readonly port: number };
  readonly pollMs: number | undefined;
  readonly heartbeatMs: number;
  readonly failpoint: Failpoint;
}

/** The host's own settings are wrong: it does not start. Names variables, never their values. */
export class HostConfigError extends Error {
  readonly code = 'HOST_CONFIG';

  constructor(
    readonly problems: readonly { readonly variable: string; readonly sentence: string; readonly hint: string }[],
  ) {
    super(problems.map(({ variable, sentence, hint }) => `${variable}: ${sentence}${hint}`).join('\n'));
    this.name = 'HostConfigError';
  }
}

/** @throws HostConfigError */
export function readSettings(env: Readonly<Record<string, string | undefined>>, machineName: string): HostSettings {
  const known = Object.keys(advice) as Variable[];
  const given = Object.fromEntries(known.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const bad = new Set(parsed.error.issues.map(({ path }) => String(path[0]) as Variable));
    throw new HostConfigError([...bad].map((variable) => ({ variable, ...advice[variable] })));
  }
  const settings = parsed.data;
  // A failpoint in production would be a way to kill it: it is as if it were not there.
  const failpoint = settings.NODE_ENV === 'production' ? undefined : settings.HOST_FAILPOINT;
  return {
    amqpUrl: settings.AMQP_URL,
    plugins: settings.TSUNAGI_PLUGINS,
    secretsDir: settings.TSUNAGI_SECRETS_DIR,
    stateDir: settings.TSUNAGI_STATE_DIR,
    hostName: settings.TSUNAGI_HOST_NAME ?? (machineName.replace(/[^0-9A-Za-z_-]/g, '-').slice(0, 28) || 'host'),
    logLevel: settings.TSUNAGI_LOG_LEVEL,
    listen: { host: settings.TSUNAGI_HOST, port: settings.TSUNAGI_HOST_PORT },
    pollMs: settings.TSUNAGI_POLL_MS,
    heartbeatMs: settings.TSUNAGI_HEARTBEAT_MS,
    failpoint: failpoint === undefined ? noFailpoint : failpointFrom(failpoint),
  };
}
