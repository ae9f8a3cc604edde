// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from './access';
import { AdministrationModule } from './administration';
import { AuditModule } from './audit';
import { AuditDeskModule } from './audit-desk';
import { ConferencesModule } from './conferences';
import { ConsentsModule } from './consents';
import { DemoModule } from './demo';
import { DeliveryModule } from './delivery';
import { DisclosureModule } from './disclosure';
import { DoctorModule } from './doctor';
import { EventsModule } from './events';
import { ExportsModule } from './exports';
import { GroundsModule } from './grounds';
import { IncidentsModule } from './incidents';
import { NamesModule } from './names';
import { OrganizationsModule } from './organizations';
import { PersonsModule } from './persons';
import { PlatformModule, type Opened } from './platform';
import { PluginsModule } from './plugins';
import { RecommendationsModule } from './recommendations';
import { ReferenceModule } from './reference';
import { ReferralsDeskModule, ReferralsModule } from './referrals';
import { SavedViewsModule } from './saved-views';
import { ReportsModule } from './reports';
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
        AuditModule,
        AuditDeskModule,
        PluginsModule,
        DoctorModule,
        // Before the steps of referrals: a ground is recorded beside them, and is none.
        GroundsModule,
        // As well as names that are asked for.
        NamesModule,
        ReferralsDeskModule,
        ReferralsModule,
        ConsentsModule.listenedBy(ReferralsModule),
        PersonsModule,
        SealsModule,
        DeliveryModule,
        DisclosureModule,
        RecommendationsModule,
        SavedViewsModule,
        SupportUnitsModule,
        ConferencesModule,
        EventsModule,
        ExportsModule,
        IncidentsModule,
        ReportsModule,
        DemoModule,
        ReferenceModule,
      ],
    };
  }
}
