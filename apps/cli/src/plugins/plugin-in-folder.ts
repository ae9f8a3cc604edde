// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { errorCode } from '@tsunagi/plugin-sdk';
import type { Verified, VerifyKit } from '@tsunagi/plugin-sdk/verify';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import { CliError } from '../cli.error';
import { acceptedPlugin } from './local-plugin';

const manifest = z.looseObject({ name: z.string().regex(/^@tsunagi\/plugin-[a-z][a-z0-9-]{0,30}$/) });

/**
 * The plugin whose package is in this folder, built, with what the suite has to know of it (`./verify`).
 * @throws CliError PLUGIN_PACKAGE_MISSING, PLUGIN_REFUSED or PLUGIN_KIT_MISSING
 */
export async function pluginInFolder(root: string): Promise<Verified> {
  const name = nameOfPackage(root);
  // From within the package: it is asked by its own name, wherever it lies.
  const load = createRequire(join(root, 'package.json'));
  const { loadPlugins } = await import('@tsunagi/plugin-host');
  const plugin = acceptedPlugin(loadPlugins([name.replace('@tsunagi/plugin-', '')], load));
  return { plugin, kit: kitOf(name, load), root };
}

function nameOfPackage(root: string): string {
  try {
    return manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).name;
  } catch {
    throw new CliError('PLUGIN_PACKAGE_MISSING', { dir: root });
  }
}

function kitOf(name: string, load: (id: string) => unknown): VerifyKit {
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
