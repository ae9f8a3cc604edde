// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CheckedPlugins } from '@tsunagi/plugin-host';
import type { Plugin } from '@tsunagi/plugin-sdk';
import { CliError } from '../cli.error';

export const pluginId = /^[a-z][a-z0-9-]{0,30}$/;

/** Loaded when needed: the host brings a whole framework along. */
const loadHost = () => import('@tsunagi/plugin-host');

/** The plugin of this name on this machine, checked as a host checks it. @throws CliError PLUGIN_REFUSED */
export async function localPlugin(name: string): Promise<Plugin> {
  return acceptedPlugin(await loadLocal([name]));
}

/** The one plugin that was asked for. @throws CliError PLUGIN_REFUSED */
export function acceptedPlugin({ accepted: [plugin], refused }: CheckedPlugins): Plugin {
  if (plugin) return plugin;
  const list = refused.map(({ sentence, hint }) => `  ${sentence}${hint}`).join('\n');
  throw new CliError('PLUGIN_REFUSED', { list });
}

/** Which of these plugins are on this machine; a name that can be none is not even looked for. */
export async function loadLocal(names: readonly string[]) {
  const { loadPlugins } = await loadHost();
  return loadPlugins(names.filter((name) => pluginId.test(name)));
}
