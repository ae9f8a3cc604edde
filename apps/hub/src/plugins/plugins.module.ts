// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { PluginDesk } from './plugin-desk.service';
import { PluginRegistry } from './plugin-registry.service';
import { PluginsConsumer } from './plugins.consumer';
import { PluginsController } from './plugins.controller';
import { OrganizationsModule } from '../organizations';

@Module({
  imports: [OrganizationsModule],
  controllers: [PluginsController, PluginsConsumer],
  providers: [PluginRegistry, PluginDesk],
  exports: [PluginRegistry],
})
export class PluginsModule {}
