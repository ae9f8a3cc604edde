// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { GroundsClock } from './grounds-clock.service';
import { GroundsController } from './grounds.controller';
import { Grounds } from './grounds.service';
import { Ratifying } from './ratifying.service';
import { OrganizationsModule } from '../organizations';
import { ReferralsModule } from '../referrals';

@Module({
  imports: [OrganizationsModule, ReferralsModule],
  controllers: [GroundsController],
  providers: [Grounds, Ratifying, GroundsClock],
})
export class GroundsModule {}
