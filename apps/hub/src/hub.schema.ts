// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { FirstLight1763683200000 } from './migrations/1763683200000-first-light';
import { ClaimsAndToldStates1764288000000 } from './migrations/1764288000000-claims-and-told-states';
import { CheckedSettings1764374400000 } from './migrations/1764374400000-checked-settings';
import { WatchedIntake1764464400000 } from './migrations/1764464400000-watched-intake';
import { HotPath1764468000000 } from './migrations/1764468000000-hot-path';
import { NotesOfStatuses1764550800000 } from './migrations/1764550800000-notes-of-statuses';
import { WholeLife1764637200000 } from './migrations/1764637200000-whole-life';
import { KindsAndChannels1764640800000 } from './migrations/1764640800000-kinds-and-channels';
import { DesksAndStaff1764644400000 } from './migrations/1764644400000-desks-and-staff';
import { TimeOfReferrals1764648000000 } from './migrations/1764648000000-time-of-referrals';
import { Persons1764651600000 } from './migrations/1764651600000-persons';
import { QueueFilters1764655200000 } from './migrations/1764655200000-queue-filters';
import { LeadsOfSupportUnits1764655800000 } from './migrations/1764655800000-leads-of-support-units';
import { LeadsOfReferrals1764659400000 } from './migrations/1764659400000-leads-of-referrals';
import { ToldVersions1764663000000 } from './migrations/1764663000000-told-versions';
import { RareAtADesk1764666600000 } from './migrations/1764666600000-rare-at-a-desk';
import { WhatHasArrived1764673800000 } from './migrations/1764673800000-what-has-arrived';
import { EverReceived1764677400000 } from './migrations/1764677400000-ever-received';
import { JudgedByTheMunicipality1764681000000 } from './migrations/1764681000000-judged-by-the-municipality';
import { WhatIsSaidBetweenDesks1764684600000 } from './migrations/1764684600000-what-is-said-between-desks';
import { LawOfDisclosure1764700000000 } from './migrations/1764700000000-law-of-disclosure';
import { KnownAs1764701800000 } from './migrations/1764701800000-known-as';
import { LeadsInDoubt1764701900000 } from './migrations/1764701900000-leads-in-doubt';
import { ClockOfGrounds1764703600000 } from './migrations/1764703600000-clock-of-grounds';
import { ConsentInFull1764707200000 } from './migrations/1764707200000-consent-in-full';
import { Protection1764710800000 } from './migrations/1764710800000-protection';
import { Conferences1764718000000 } from './migrations/1764718000000-conferences';
import { GuardCounts1764728800000 } from './migrations/1764728800000-guard-counts';
import { ClockOfConsents1764732400000 } from './migrations/1764732400000-clock-of-consents';
import { DeadlinesOfRecalls1764760000000 } from './migrations/1764760000000-deadlines-of-recalls';
import { EveryDisclosure1764770000000 } from './migrations/1764770000000-every-disclosure';
import { IncidentsInFull1764770100000 } from './migrations/1764770100000-incidents-in-full';
import { HeldConferences1764780000000 } from './migrations/1764780000000-held-conferences';
import { AgeRulesAndOldTexts1764790000000 } from './migrations/1764790000000-age-rules-and-old-texts';
import { ReasonsOfConferences1764800000010 } from './migrations/1764800000010-reasons-of-conferences';
import { WhoWasPutApart1764800000020 } from './migrations/1764800000020-who-was-put-apart';
import { IncidentRules1764800000030 } from './migrations/1764800000030-incident-rules';
import { IncidentsOfConferences1764800000100 } from './migrations/1764800000100-incidents-of-conferences';
import { WaitingRows1764800000200 } from './migrations/1764800000200-waiting-rows';
import { VersionsOfPlugins1764800000210 } from './migrations/1764800000210-versions-of-plugins';
import { CodesOfSheets1764800000300 } from './migrations/1764800000300-codes-of-sheets';
import { ClocksOfHosts1764810000000 } from './migrations/1764810000000-clocks-of-hosts';
import { DailyCounts1764820000000 } from './migrations/1764820000000-daily-counts';
import { ConfirmedWrites1764820000100 } from './migrations/1764820000100-confirmed-writes';
import { QueueByDates1764830000100 } from './migrations/1764830000100-queue-by-dates';
import { SavedViews1764830000200 } from './migrations/1764830000200-saved-views';
import { ChainedAudit1764832000100 } from './migrations/1764832000100-chained-audit';
import { EventsOfFlows1764833000100 } from './migrations/1764833000100-events-of-flows';
import { DisclosureRequests1764833000200 } from './migrations/1764833000200-disclosure-requests';
import { CheckedCode1764834000100 } from './migrations/1764834000100-checked-code';
import { WhatIsNotTakenIn1764834000200 } from './migrations/1764834000200-what-is-not-taken-in';
import { FirstFilesWhole1764834000500 } from './migrations/1764834000500-first-files-whole';
import { AnswersOnPaper1764834100100 } from './migrations/1764834100100-answers-on-paper';
import { SourcesThatPause1764834100200 } from './migrations/1764834100200-sources-that-pause';
import { RevealRequests1764831000100 } from './migrations/1764831000100-reveal-requests';
import { NamesFound1764831000200 } from './migrations/1764831000200-names-found';
import { Desk, DeskFunction, FunctionOperator, Organization, Route } from './organizations';
import type { Schema } from './platform';

/** Entities of the rooms, and migrations in their order. */
export const hubSchema: Schema = {
  entities: [Organization, Desk, DeskFunction, FunctionOperator, Route],
  migrations: [
    FirstLight1763683200000,
    ClaimsAndToldStates1764288000000,
    CheckedSettings1764374400000,
    WatchedIntake1764464400000,
    HotPath1764468000000,
    NotesOfStatuses1764550800000,
    WholeLife1764637200000,
    KindsAndChannels1764640800000,
    DesksAndStaff1764644400000,
    TimeOfReferrals1764648000000,
    Persons1764651600000,
    QueueFilters1764655200000,
    LeadsOfSupportUnits1764655800000,
    LeadsOfReferrals1764659400000,
    ToldVersions1764663000000,
    RareAtADesk1764666600000,
    WhatHasArrived1764673800000,
    EverReceived1764677400000,
    JudgedByTheMunicipality1764681000000,
    WhatIsSaidBetweenDesks1764684600000,
    LawOfDisclosure1764700000000,
    KnownAs1764701800000,
    LeadsInDoubt1764701900000,
    ClockOfGrounds1764703600000,
    ConsentInFull1764707200000,
    Protection1764710800000,
    Conferences1764718000000,
    GuardCounts1764728800000,
    ClockOfConsents1764732400000,
    DeadlinesOfRecalls1764760000000,
    EveryDisclosure1764770000000,
    IncidentsInFull1764770100000,
    HeldConferences1764780000000,
    AgeRulesAndOldTexts1764790000000,
    ReasonsOfConferences1764800000010,
    WhoWasPutApart1764800000020,
    IncidentRules1764800000030,
    IncidentsOfConferences1764800000100,
    WaitingRows1764800000200,
    VersionsOfPlugins1764800000210,
    CodesOfSheets1764800000300,
    ClocksOfHosts1764810000000,
    DailyCounts1764820000000,
    ConfirmedWrites1764820000100,
    QueueByDates1764830000100,
    SavedViews1764830000200,
    RevealRequests1764831000100,
    NamesFound1764831000200,
    ChainedAudit1764832000100,
    EventsOfFlows1764833000100,
    DisclosureRequests1764833000200,
    CheckedCode1764834000100,
    WhatIsNotTakenIn1764834000200,
    FirstFilesWhole1764834000500,
    AnswersOnPaper1764834100100,
    SourcesThatPause1764834100200,
  ],
};

/** As the database writes them down. */
export const migrationNames: readonly string[] = hubSchema.migrations.map(({ name }) => name);
