// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { PersonFacts } from './facts.service';
import { FactsWake } from './facts-wake.service';
import { PersonLinks } from './links.service';
import { PersonMerges } from './merges.service';
import { PersonsController } from './persons.controller';
import { OrganizationsModule } from '../organizations';
import { ReferralsModule } from '../referrals';

@Module({
  imports: [OrganizationsModule, ReferralsModule],
  controllers: [PersonsController],
  providers: [PersonFacts, FactsWake, PersonLinks, PersonMerges],
})
export class PersonsModule {}
