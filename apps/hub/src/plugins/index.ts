// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { DailyCounts } from './daily-counts.service';
export { DryRuns } from './dry-runs.service';
export { IntakeDesk, type IntakeConcern } from './intake-desk.service';
export { IntakeGuard, type Watched } from './intake-guard.service';
export { FloodError } from './plugin.errors';
export { saveCheckpoint } from './plugin.rows';
export { keepWaiting, keyHashOf, settleWaiting, type CameRight, type Place, type Waiting } from './quarantine.rows';
export { PluginDesk } from './plugin-desk.service';
export { PluginRegistry } from './plugin-registry.service';
export { PluginsModule } from './plugins.module';
export { settingChanges } from './setting-changes';
