// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { AdministrationController } from './administration.controller';
import { AgeRulesController } from './age-rules.controller';
import { AgeRulesDesk } from './age-rules-desk.service';
import { AuthoritiesController } from './authorities.controller';
import { AuthoritiesDesk } from './authorities-desk.service';
import { FunctionImport } from './function-import.service';
import { FunctionsDesk } from './functions-desk.service';
import { IncidentRulesController } from './incident-rules.controller';
import { IncidentRulesDesk } from './incident-rules-desk.service';
import { MasterData } from './master-data';
import { OrganizationsDesk } from './organizations-desk.service';
import { RoutesDesk } from './routes-desk.service';
import { OrganizationsModule } from '../organizations';
import { PluginsModule } from '../plugins';

/** Changes what the room of the organizations reads. */
@Module({
  imports: [OrganizationsModule, PluginsModule],
  controllers: [AdministrationController, AuthoritiesController, AgeRulesController, IncidentRulesController],
  providers: [
    MasterData,
    OrganizationsDesk,
    AuthoritiesDesk,
    AgeRulesDesk,
    IncidentRulesDesk,
    FunctionsDesk,
    RoutesDesk,
    FunctionImport,
  ],
})
export class AdministrationModule {}
