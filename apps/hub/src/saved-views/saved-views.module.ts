// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { SavedViewsController } from './saved-views.controller';
import { SavedViews } from './saved-views.service';
import { OrganizationsModule } from '../organizations';
import { ReferralsModule } from '../referrals';

@Module({
  imports: [OrganizationsModule, ReferralsModule],
  controllers: [SavedViewsController],
  providers: [SavedViews],
})
export class SavedViewsModule {}
