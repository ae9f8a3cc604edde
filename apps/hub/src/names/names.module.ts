// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { NameIndex } from './name-index.service';
import { FoundPersonsController } from './persons.controller';
import { FoundPersons } from './persons.service';
import { RevealRequests } from './reveal-requests.service';
import { RevealsController } from './reveals.controller';
import { Reveals } from './reveals.service';
import { OrganizationsModule } from '../organizations';
import { ReferralsModule } from '../referrals';

@Module({
  imports: [OrganizationsModule, ReferralsModule],
  controllers: [RevealsController, FoundPersonsController],
  providers: [Reveals, RevealRequests, NameIndex, FoundPersons],
})
export class NamesModule {}
