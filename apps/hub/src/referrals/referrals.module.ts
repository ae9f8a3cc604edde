// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Global, Module } from '@nestjs/common';
import { AuthorityChanges } from './authority-changes.service';
import { ClockSweep } from './clock-sweep.service';
import { ConsentsWake } from './consents-wake.service';
import { Decisions } from './decisions.view';
import { ReferralsDesk } from './desk.service';
import { DuesController } from './dues.controller';
import { Dues } from './dues.service';
import { Failures } from './failures.service';
import { Hoarding } from './hoarding.service';
import { DryRunController } from './dry-run.controller';
import { GroundedReferrals } from './grounded.service';
import { GuardedIntake } from './guarded-intake.service';
import { Handovers } from './handovers.service';
import { Names } from './names.service';
import { Intake } from './intake.service';
import { ItemsConsumer } from './items.consumer';
import { PersonChanges } from './person-changes.service';
import { PrintedSheets } from './printed-sheets.service';
import { ProofsOfWithdrawals } from './proofs-of-withdrawals.service';
import { Quarantine } from './quarantine.service';
import { RecallsClock } from './recalls-clock.service';
import { ProposalsController } from './proposals.controller';
import { Proposals } from './proposals.service';
import { QueueExportController } from './queue-export.controller';
import { QueueExport } from './queue-export.service';
import { ReferralsController } from './referrals.controller';
import { ReportsController } from './reports.controller';
import { Responses } from './responses.service';
import { SheetsController } from './sheets.controller';
import { ShownContent } from './shown-content.service';
import { Sheets } from './sheets.service';
import { Steps } from './steps.service';
import { Submissions } from './submissions.service';
import { TodosOfDesks } from './todos.service';
import { Views } from './views.service';
import { WorkersOfSenders } from './workers-of-senders';
import { ConsentListener, WithdrawalProofs } from '../consents';
import { DeliveryDesk, DeliveryModule } from '../delivery';
import { DisclosureModule } from '../disclosure';
import { IncidentsModule } from '../incidents';
import { OrganizationsModule } from '../organizations';
import { PluginsModule } from '../plugins';
import { SenderWorkers, SupportUnitsModule } from '../support-units';

/** Decides for delivery, and listens to consents: both are asked for by rooms that know no referral, hence global. */
@Module({
  imports: [DeliveryModule, DisclosureModule, IncidentsModule, OrganizationsModule, PluginsModule, SupportUnitsModule],
  controllers: [
    // Before the referrals by their ids: an export is none.
    QueueExportController,
    ReferralsController,
    SheetsController,
    ProposalsController,
    DuesController,
    ReportsController,
    DryRunController,
    ItemsConsumer,
  ],
  providers: [
    Handovers,
    Intake,
    GuardedIntake,
    Responses,
    Quarantine,
    Steps,
    Sheets,
    PrintedSheets,
    Proposals,
    Views,
    QueueExport,
    ShownContent,
    Names,
    Decisions,
    TodosOfDesks,
    Submissions,
    AuthorityChanges,
    PersonChanges,
    GroundedReferrals,
    ClockSweep,
    ConsentsWake,
    RecallsClock,
    Dues,
    Hoarding,
    Failures,
    { provide: ConsentListener, useExisting: AuthorityChanges },
    { provide: WithdrawalProofs, useClass: ProofsOfWithdrawals },
  ],
  exports: [ConsentListener, Failures, GroundedReferrals, Names, WithdrawalProofs, PersonChanges, Submissions, Views],
})
export class ReferralsModule {}

/** The side of delivery that decides, and what rooms that know no referral ask about one. */
@Global()
@Module({
  imports: [OrganizationsModule],
  providers: [
    { provide: DeliveryDesk, useClass: ReferralsDesk },
    { provide: SenderWorkers, useClass: WorkersOfSenders },
  ],
  exports: [DeliveryDesk, SenderWorkers],
})
export class ReferralsDeskModule {}
