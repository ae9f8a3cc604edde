// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { FlowsController } from './flows.controller';
import { FlowsOfTown } from './flows.service';
import { OrganizationsModule } from '../organizations';
import { ReferralsModule } from '../referrals';

@Module({ imports: [OrganizationsModule, ReferralsModule], controllers: [FlowsController], providers: [FlowsOfTown] })
export class ReportsModule {}
