// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { IncidentsController } from './incidents.controller';
import { Incidents } from './incidents.service';
import { OrganizationsModule } from '../organizations';

@Module({
  imports: [OrganizationsModule],
  controllers: [IncidentsController],
  providers: [Incidents],
  exports: [Incidents],
})
export class IncidentsModule {}
