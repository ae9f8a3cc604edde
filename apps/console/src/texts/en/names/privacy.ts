// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Names } from '../../vocabulary';

const misdirectionNames = {
  wrong_person: 'About another person',
  wrong_desk: 'For another desk',
  wrong_content: 'Content that must not be handed over',
} satisfies Names['misdirectionNames'];

/** Who may look after what, and what may happen to personal data. */
export const privacy = {
  roleNames: {
    caseworker: 'Caseworker',
    supervisor: 'Supervisor',
    approver: 'Approver',
    coordinator: 'Coordinator',
    it_admin: 'IT',
    privacy_officer: 'Privacy officer',
    auditor: 'Auditor',
  },
  misdirectionNames,
  incidentKindNames: {
    ...misdirectionNames,
    wrong_merge: 'Different persons made one',
    lost: 'Lost',
    crime: 'Theft or unauthorized access',
    other: 'Other',
  },
} satisfies Partial<Names>;
