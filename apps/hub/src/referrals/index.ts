// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { Submissions } from './submissions.service';
export { ReferralsDeskModule, ReferralsModule } from './referrals.module';
