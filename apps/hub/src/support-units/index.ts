// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { followLeads, leadOfReferral, nobodyNamed } from './leads-of-referrals';
export { MissingLeads } from './missing-leads';
export { SenderWorkers } from './sender-workers';
export { SupportUnitsModule } from './support-units.module';
