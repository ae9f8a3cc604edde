// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { accountUrl } from './account-url';
export { hostLog } from './host-log';
export { HostConfigError, readSettings, type HostSettings } from './host.config';
export { start, type PluginHost, type PluginHostConfig } from './start';
