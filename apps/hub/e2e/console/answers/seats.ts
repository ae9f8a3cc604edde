// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * One of each role, by the name they sign in with; at desks those of the sender, of the recipient, and of a desk that has nothing to
 * do with any of it.
 */
export const seats = [
  'caseworker.kaigo',
  'supervisor.kaigo',
  'caseworker.konkyu',
  'supervisor.konkyu',
  'caseworker.shogai',
  'supervisor.shogai',
  'coordinator',
  'approver',
  'it_admin',
  'privacy_officer',
  'auditor',
] as const;
export type Seat = (typeof seats)[number];
