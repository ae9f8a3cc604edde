// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { happeningsIn, heardBy, mostNamed, type Happenings, type Heard, type Span } from './happenings';
export { Failures } from './failures.service';
export { GroundedReferrals, type ReferralOfGround } from './grounded.service';
export { contentsOf } from './contents';
export { Names, type NameSeen, type PersonSeen, type SeenAtDesk } from './names.service';
export { Submissions } from './submissions.service';
export { Views } from './views.service';
export { PersonChanges, type ReferralOfPerson } from './person-changes.service';
export { SubmissionRejectedError } from './referrals.errors';
export { ReferralsDeskModule, ReferralsModule } from './referrals.module';
export { askedSince, remind, remindOfConference, remindOfPersons, type Reminder } from './todos';
