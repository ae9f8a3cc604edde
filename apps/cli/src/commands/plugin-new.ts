// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { domainNames } from '@tsunagi/contracts';
import { Domain, errorCode } from '@tsunagi/plugin-sdk';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CliError } from '../cli.error';
import { pluginId } from '../plugins/local-plugin';
import { filesOfNewPlugin, type PluginNames, type TemplateFile } from '../scaffold/plugin-template';
import { exitCodes } from '../terminal/exit-codes';
import { show } from '../terminal/terminal';
import { fill, newPluginTexts } from '../texts';
import type { Command } from './command';

export interface NewPluginOptions {
  readonly dir?: string;
  readonly title?: string;
  readonly domain?: string;
}

/** Writes the package of a new plugin that keeps every promise as it is, for its author to change. Overwrites nothing. */
export const newPlugin: Command<[string, NewPluginOptions]> = ({ terminal, cwd }, id, options) => {
  const names = namesOf(id, options);
  const dir = options.dir ?? id;
  const place = resolve(cwd, dir);
  const files = filesOfNewPlugin(names);
  if (existsSync(place) && readdirSync(place).length > 0) throw new CliError('PLUGIN_DIR_THERE', { dir });
  write(dir, place, files);
  const paths = files.map(({ path }) => path);
  show(terminal, { ...names, dir: place, files: paths }, () =>
    newPluginTexts.made.map((line) => fill(line, { dir, title: names.title, n: paths.length })),
  );
  return Promise.resolve(exitCodes.ok);
};

/** @throws CliError PLUGIN_NAME_INVALID */
function namesOf(id: string, { title, domain }: NewPluginOptions): PluginNames {
  const own = Domain.safeParse(domain ?? id).data ?? 'other';
  const called = title ?? (own === id ? domainNames[own] : id);
  // It stands between quotes in a source, in a table and in a heading.
  if (!pluginId.test(id) || id.endsWith('-') || !/^[\p{L}\p{N}ー・（） -]{1,40}$/u.test(called))
    throw new CliError('PLUGIN_NAME_INVALID');
  return { id, title: called, domain: own };
}

function write(dir: string, place: string, files: readonly TemplateFile[]): void {
  try {
    for (const { path, bytes } of files) {
      mkdirSync(dirname(join(place, path)), { recursive: true });
      writeFileSync(join(place, path), bytes, { flag: 'wx' });
    }
  } catch (error) {
    throw new CliError('PLUGIN_NOT_WRITTEN', { dir, code: errorCode(error, 'UNKNOWN') });
  }
}
