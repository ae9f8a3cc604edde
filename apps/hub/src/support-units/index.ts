// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { apartFromDanger, keepApart, ownUnitOf } from './apart';
export { discussedIn } from './held-conference';
export { followLeads, leadOfReferral, nobodyNamed } from './leads-of-referrals';
export { doubtLeads, MissingLeads } from './missing-leads';
export { SenderWorkers } from './sender-workers';
export { SupportUnitsModule } from './support-units.module';
export { endsPart } from './taking-part';
