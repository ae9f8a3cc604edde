// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from './access';
import { AdministrationModule } from './administration';
import { ConferencesModule } from './conferences';
import { ConsentsModule } from './consents';
import { DemoModule } from './demo';
import { DeliveryModule } from './delivery';
import { DisclosureModule } from './disclosure';
import { DoctorModule } from './doctor';
import { EventsModule } from './events';
import { GroundsModule } from './grounds';
import { IncidentsModule } from './incidents';
import { OrganizationsModule } from './organizations';
import { PersonsModule } from './persons';
import { PlatformModule, type Opened } from './platform';
import { PluginsModule } from './plugins';
import { RecommendationsModule } from './recommendations';
import { ReferenceModule } from './reference';
import { ReferralsDeskModule, ReferralsModule } from './referrals';
import { SealsModule } from './seals';
import { SupportUnitsModule } from './support-units';

@Module({})
export class HubModule {
  static for(opened: Opened): DynamicModule {
    return {
      module: HubModule,
      imports: [
        PlatformModule.for(opened),
        OrganizationsModule,
        AccessModule,
        AdministrationModule,
        PluginsModule,
        DoctorModule,
        // Before the steps of referrals: a ground is recorded beside them, and is none.
        GroundsModule,
        ReferralsDeskModule,
        ReferralsModule,
        ConsentsModule.listenedBy(ReferralsModule),
        PersonsModule,
        SealsModule,
        DeliveryModule,
        DisclosureModule,
        RecommendationsModule,
        SupportUnitsModule,
        ConferencesModule,
        EventsModule,
        IncidentsModule,
        DemoModule,
        ReferenceModule,
      ],
    };
  }
}
