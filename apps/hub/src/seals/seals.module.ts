// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { LapsedSeals } from './lapsed-seals.service';
import { SealsController } from './seals.controller';
import { Seals } from './seals.service';
import { Unsealing } from './unsealing.service';
import { OrganizationsModule } from '../organizations';
import { ReferralsModule } from '../referrals';

@Module({
  imports: [OrganizationsModule, ReferralsModule],
  controllers: [SealsController],
  providers: [Seals, Unsealing, LapsedSeals],
})
export class SealsModule {}
