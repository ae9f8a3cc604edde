// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { accountUrl } from './account-url';
export { dryRunFile, type DryRun, type Judge, type RehearsedItem, type Verdict } from './dry-run/dry-run-file';
export { hostLog } from './host-log';
export { HostConfigError, readSettings, type HostSettings } from './host.config';
export type { CheckedPlugins, RefusedPlugin } from './load/check-plugins';
export { loadPlugins } from './load/load-plugins';
export { start, type PluginHost, type PluginHostConfig } from './start';
