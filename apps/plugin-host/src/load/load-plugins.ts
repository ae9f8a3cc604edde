// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { sdkVersion } from '@tsunagi/plugin-sdk';
import { checkPlugins, type CheckedPlugins } from './check-plugins';
import { loadPlugin, type LoadPackage } from './load-plugin';

/** The plugins of these names as a host runs them; one that cannot run is refused alone. */
export function loadPlugins(names: readonly string[], load: LoadPackage = require): CheckedPlugins {
  return checkPlugins(
    names.map((name) => loadPlugin(name, load)),
    sdkVersion,
  );
}
