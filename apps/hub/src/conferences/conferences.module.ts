// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { ConferenceReviews } from './conference-reviews.service';
import { ConferenceSteps } from './conference-steps.service';
import { ConferencesController } from './conferences.controller';
import { Conferences } from './conferences.service';
import { OrganizationsModule } from '../organizations';
import { ReferralsModule } from '../referrals';

@Module({
  imports: [OrganizationsModule, ReferralsModule],
  controllers: [ConferencesController],
  providers: [Conferences, ConferenceSteps, ConferenceReviews],
})
export class ConferencesModule {}
