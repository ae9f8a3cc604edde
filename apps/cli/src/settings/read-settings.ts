// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CliError } from '../cli.error';
import { settingHints } from '../texts';
import { settingNames, settingsSchema, type GivenSettings, type SettingName } from './settings.schema';
import { withDefaults, type Settings } from './settings';

export type Origin = 'environment' | 'file' | 'default';

export interface ReadSettings {
  readonly settings: Settings;
  /** Where each value comes from. */
  readonly origins: Readonly<Record<SettingName, Origin>>;
  /** Names like ours in the environment that nobody reads: most likely misspelt. */
  readonly unknown: readonly string[];
}

export const settingsFile = 'tsunagi.config.json';

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment goes before `tsunagi.config.json`; an empty variable counts as not given. @throws CliError CONFIG_… */
export function readSettings(env: Environment, cwd: string): ReadSettings {
  const fromFile = readFile(join(cwd, settingsFile));
  const fromEnvironment = Object.fromEntries(settingNames.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  const parsed = settingsSchema.safeParse({ ...fromFile, ...fromEnvironment });
  if (!parsed.success) throw new CliError('CONFIG_INVALID', { list: complaints(parsed.error, fromEnvironment) });
  const origin = (name: SettingName): Origin =>
    name in fromEnvironment ? 'environment' : name in fromFile ? 'file' : 'default';
  return {
    settings: withDefaults(parsed.data satisfies GivenSettings, cwd),
    origins: Object.fromEntries(settingNames.map((name) => [name, origin(name)])) as Record<SettingName, Origin>,
    unknown: Object.keys(env).filter((name) => /^TSUNAGI_(?!TEST_)/.test(name) && !isSetting(name)),
  };
}

const isSetting = (name: string) => (settingNames as readonly string[]).includes(name);

function readFile(path: string): Record<string, unknown> {
  if (!existsSync(path)) return {};
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new CliError('CONFIG_UNREADABLE', { path });
  }
}

/** Where and how it must be, never what stands there: it may be a password in the wrong place. */
function complaints(error: z.ZodError, fromEnvironment: Record<string, unknown>): string {
  const names = error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys : String(issue.path[0]),
  );
  return [...new Set(names)]
    .map((name) => {
      const where = name in fromEnvironment ? name : `${settingsFile} /${name}`;
      return `  ${where}: ${settingHints[name as SettingName] ?? settingHints.unknown}`;
    })
    .join('\n');
}
