// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Names } from '../vocabulary';

/** The vocabulary in English. */
export const english: Partial<Names> = {
  domainNames: {
    kaigo: 'Long-term care',
    shogai: 'Disability',
    kosodate: 'Children',
    konkyu: 'Self-reliance support',
    takikan: 'Multi-agency coordination',
    chiiki: 'Community',
    hogo: 'Public assistance',
    other: 'Other',
  },
  kindNames: {
    referral: 'Referral',
    support_request: 'Support request',
    handback: 'Hand-back',
    inquiry: 'Inquiry',
    prefecture: 'To the prefecture',
    notification: 'Report of abuse',
    protection: 'Rights protection',
    advice: 'Advice',
  },
  urgencyNames: { normal: 'Normal', urgent: 'Urgent', same_day: 'Same day' },
  stateNames: {
    draft: 'Draft',
    awaiting_authority: 'Waiting for a basis',
    declined: 'No consent',
    sent: 'Sent',
    received: 'Arrived',
    questioned: 'Questioned',
    accepted: 'Accepted',
    in_progress: 'In progress',
    on_hold: 'On hold',
    return_proposed: 'Return proposed',
    returned: 'Returned',
    redirected: 'Redirected',
    coordinating: 'Being coordinated',
    completed: 'Reported',
    follow_up: 'Follow-up',
    closed: 'Closed',
    withdrawn: 'Withdrawn',
    revoked: 'Basis lost',
    entered_in_error: 'Entered in error',
  },
  roleNames: {
    caseworker: 'Caseworker',
    supervisor: 'Supervisor',
    approver: 'Approver',
    coordinator: 'Coordinator',
    it_admin: 'IT',
    privacy_officer: 'Privacy officer',
    auditor: 'Auditor',
  },
};
