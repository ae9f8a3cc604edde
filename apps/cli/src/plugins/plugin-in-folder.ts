// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CheckedPlugins } from '@tsunagi/plugin-host';
import { errorCode, type Plugin } from '@tsunagi/plugin-sdk';
import type { Verified, VerifyKit } from '@tsunagi/plugin-sdk/verify';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import { CliError } from '../cli.error';
import { acceptedPlugin } from './local-plugin';

const manifest = z.looseObject({
  name: z.string().regex(/^@tsunagi\/plugin-[a-z][a-z0-9-]{0,30}$/),
  exports: z.unknown().optional(),
});

/** A built package of a plugin, wherever it lies. */
interface PackageInFolder {
  readonly name: string;
  /** Asks from within it, as a host asks for a package. */
  readonly load: (asked: string) => unknown;
}

/**
 * The plugin whose package is in this folder, built, with what the suite has to know of it (`./verify`).
 * @throws CliError PLUGIN_PACKAGE_MISSING, PLUGIN_REFUSED or PLUGIN_KIT_MISSING
 */
export async function pluginInFolder(root: string): Promise<Verified> {
  const found = packageIn(root);
  const plugin = acceptedPlugin(await loadedFrom(found));
  return { plugin, kit: kitOf(found), root };
}

/**
 * A version of this plugin that is not installed (yet), loaded as a host would load it.
 * @throws CliError PLUGIN_PACKAGE_MISSING, CANDIDATE_OTHER or CANDIDATE_REFUSED
 */
export async function candidateInFolder(root: string, id: string): Promise<Plugin> {
  const found = packageIn(root);
  if (found.name !== `@tsunagi/plugin-${id}`)
    throw new CliError('CANDIDATE_OTHER', { dir: root, plugin: id, name: found.name });
  const { accepted, refused } = await loadedFrom(found);
  if (accepted[0]) return accepted[0];
  const faults = refused.map(({ code, sentence, hint }) => ({ at: code, code, message: `${sentence}${hint}` }));
  throw new CliError('CANDIDATE_REFUSED', { dir: root }, faults);
}

function packageIn(root: string): PackageInFolder {
  let read: z.infer<typeof manifest>;
  try {
    read = manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  } catch {
    throw new CliError('PLUGIN_PACKAGE_MISSING', { dir: root });
  }
  const { name } = read;
  const load = createRequire(join(root, 'package.json'));
  // A package knows itself by its name only where it says what it exports; else the name means the one that is installed.
  return { name, load: (asked): unknown => load(asked === name && read.exports === undefined ? root : asked) };
}

async function loadedFrom({ name, load }: PackageInFolder): Promise<CheckedPlugins> {
  const { loadPlugins } = await import('@tsunagi/plugin-host');
  return loadPlugins([name.replace('@tsunagi/plugin-', '')], load);
}

function kitOf({ name, load }: PackageInFolder): VerifyKit {
  const missing = (code: string) => new CliError('PLUGIN_KIT_MISSING', { name, code });
  let kit: Partial<VerifyKit> | undefined;
  try {
    kit = (load(`${name}/verify`) as { default?: Partial<VerifyKit> }).default;
  } catch (error) {
    throw missing(errorCode(error, 'LOAD_FAILED'));
  }
  const { office, input } = kit ?? {};
  if (!office || !input) throw missing('NO_KIT');
  return { office, input };
}
