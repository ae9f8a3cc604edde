// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { DailyCounts } from './daily-counts.service';
import { DryRuns } from './dry-runs.service';
import { IntakeDesk } from './intake-desk.service';
import { IntakeGuard } from './intake-guard.service';
import { PluginDesk } from './plugin-desk.service';
import { PluginRegistry } from './plugin-registry.service';
import { PluginsConsumer } from './plugins.consumer';
import { PluginsController } from './plugins.controller';
import { QuarantineController } from './quarantine.controller';
import { QuarantineDesk } from './quarantine-desk.service';
import { OrganizationsModule } from '../organizations';

@Module({
  imports: [OrganizationsModule],
  controllers: [PluginsController, QuarantineController, PluginsConsumer],
  providers: [PluginRegistry, PluginDesk, IntakeGuard, IntakeDesk, QuarantineDesk, DailyCounts, DryRuns],
  exports: [PluginRegistry, PluginDesk, IntakeGuard, IntakeDesk, DryRuns],
})
export class PluginsModule {}
