// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { MissingLeads } from './missing-leads';
import { SupportUnitsController } from './support-units.controller';
import { SupportUnits } from './support-units.service';
import { OrganizationsModule } from '../organizations';

@Module({
  imports: [OrganizationsModule],
  controllers: [SupportUnitsController],
  providers: [SupportUnits, MissingLeads],
  exports: [MissingLeads],
})
export class SupportUnitsModule {}
