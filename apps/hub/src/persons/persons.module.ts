// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module } from '@nestjs/common';
import { DisclosureRequestsController } from './disclosure-requests.controller';
import { DisclosureRequests } from './disclosure-requests.service';
import { DisclosuresController } from './disclosures.controller';
import { PersonDisclosures } from './disclosures.service';
import { PersonFacts } from './facts.service';
import { FactsWake } from './facts-wake.service';
import { PersonLinks } from './links.service';
import { PersonMerges } from './merges.service';
import { PersonsController } from './persons.controller';
import { DisclosureModule } from '../disclosure';
import { OrganizationsModule } from '../organizations';
import { ReferralsModule } from '../referrals';

@Module({
  imports: [DisclosureModule, OrganizationsModule, ReferralsModule],
  controllers: [PersonsController, DisclosuresController, DisclosureRequestsController],
  providers: [PersonFacts, PersonDisclosures, DisclosureRequests, FactsWake, PersonLinks, PersonMerges],
})
export class PersonsModule {}
