// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { RecommendationsController } from './recommendations.controller';
import { Recommendations } from './recommendations.service';
import { OrganizationsModule } from '../organizations';
import { ReferralsModule } from '../referrals';

@Module({
  imports: [OrganizationsModule, ReferralsModule],
  controllers: [RecommendationsController],
  providers: [Recommendations],
})
export class RecommendationsModule {}
