// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isPlugin, type Plugin } from '@tsunagi/plugin-sdk';
import { satisfiesRange } from '@tsunagi/plugin-sdk/host';
import { configSchemaOf } from './config-schema';
import type { LoadedPackage } from './load-plugin';

export type RefusalCode = 'LOAD_FAILED' | 'NOT_A_PLUGIN' | 'WRONG_ID' | 'SDK_RANGE' | 'CONFIG_SCHEMA' | 'DOUBLED_ID';

export interface RefusedPlugin {
  readonly name: string;
  readonly code: RefusalCode;
  /** For people, in Japanese. */
  readonly sentence: string;
  readonly hint: string;
}

export interface CheckedPlugins {
  readonly accepted: readonly Plugin[];
  readonly refused: readonly RefusedPlugin[];
}

/** Decides which plugins may run. Each is refused for itself alone. */
export function checkPlugins(packages: readonly LoadedPackage[], sdkVersion: string): CheckedPlugins {
  const accepted: Plugin[] = [];
  const refused: RefusedPlugin[] = [];
  for (const loaded of packages) {
    const refusal = refusalOf(loaded, sdkVersion, accepted);
    if (refusal) refused.push({ name: loaded.name, ...refusal });
    else accepted.push(loaded.exported as Plugin);
  }
  return { accepted, refused };
}

function refusalOf(
  { name, exported, failure }: LoadedPackage,
  sdkVersion: string,
  accepted: readonly Plugin[],
): Omit<RefusedPlugin, 'name'> | undefined {
  if (accepted.some(({ id }) => id === name)) {
    return {
      code: 'DOUBLED_ID',
      sentence: `プラグイン ${name} が二重に指定されています。`,
      hint: 'TSUNAGI_PLUGINS を直してください。',
    };
  }
  if (failure !== undefined) {
    return {
      code: 'LOAD_FAILED',
      sentence: `プラグイン ${name} を読み込めません（${failure}）。`,
      hint: `パッケージ @tsunagi/plugin-${name} が入っているか、ビルド済みかを確かめてください。`,
    };
  }
  if (!isPlugin(exported)) {
    return {
      code: 'NOT_A_PLUGIN',
      sentence: `パッケージ @tsunagi/plugin-${name} はプラグインではありません。`,
      hint: 'パッケージの default export を definePlugin() の結果にしてください。',
    };
  }
  if (exported.id !== name || !/^[a-z][a-z0-9-]{0,30}$/.test(exported.id)) {
    return {
      code: 'WRONG_ID',
      sentence: `パッケージ @tsunagi/plugin-${name} のプラグインは別の id を名乗っています。`,
      hint: 'プラグインの id をパッケージの名前に合わせてください。',
    };
  }
  if (!satisfiesRange(sdkVersion, exported.sdk)) {
    return {
      code: 'SDK_RANGE',
      sentence: `プラグイン ${name} は SDK ${exported.sdk} を求めていますが、このホストの SDK は ${sdkVersion} です。`,
      hint: 'プラグインかホストを、合う版に入れ替えてください。',
    };
  }
  if (configSchemaOf(exported) === undefined) {
    return {
      code: 'CONFIG_SCHEMA',
      sentence: `プラグイン ${name} の設定を JSON Schema で表せません。`,
      hint: '設定の zod スキーマから transform などを除いてください。',
    };
  }
  return undefined;
}
