// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { saveCheckpoint } from './plugin.rows';
export { PluginRegistry } from './plugin-registry.service';
export { PluginsModule } from './plugins.module';
