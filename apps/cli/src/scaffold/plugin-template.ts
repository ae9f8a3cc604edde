// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** The plugin of 生活保護 that stands in `templates/`, as sound as any other: every new plugin is a copy under other names. */
const template = join(__dirname, '../../templates/plugin');
const madeByTools = /(^|\/)(dist|node_modules)\/|(^|\/)verify-report\./;

/** What a new plugin is called. */
export interface PluginNames {
  /** Small letters, digits and hyphen. */
  readonly id: string;
  /** As people read it. */
  readonly title: string;
  readonly domain: string;
}

export interface TemplateFile {
  /** From the folder of the package, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The files of a new plugin. */
export function filesOfNewPlugin(names: PluginNames): TemplateFile[] {
  return readdirSync(template, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(template, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !madeByTools.test(path))
    .sort()
    .map((path) => ({ path: renamed(path, names), bytes: contentOf(path, names) }));
}

function contentOf(path: string, names: PluginNames): Uint8Array {
  const bytes = readFileSync(join(template, path));
  // A file of the legacy system is no UTF-8; only the letters at its beginning are a name.
  if (path.endsWith('.CSV')) return Buffer.concat([Buffer.from(lettersOf(names)), bytes.subarray(2)]);
  return Buffer.from(renamed(bytes.toString('utf8'), names));
}

function renamed(text: string, names: PluginNames): string {
  const { id, title, domain } = names;
  const camel = id.replace(/-+([a-z0-9]?)/g, (_, letter: string) => letter.toUpperCase());
  const pascal = camel.slice(0, 1).toUpperCase() + camel.slice(1);
  return text
    .replace("domain: Domain = 'hogo'", `domain: Domain = '${domain}'`)
    .replaceAll('生活保護', title)
    .replaceAll('HogoConfig', `${pascal}Config`)
    .replace(/hogo(?=[A-Z])/g, camel)
    .replaceAll(/(?<!Domain = ')hogo/g, id)
    .replace(/\bHO(?=[GROES](?![A-Z]))/g, lettersOf(names));
}

/** The first two letters of the files' names. */
const lettersOf = ({ id }: PluginNames) =>
  id
    .replace(/[^a-z]/g, '')
    .toUpperCase()
    .padEnd(2, 'X')
    .slice(0, 2);
