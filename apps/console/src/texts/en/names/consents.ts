// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Names } from '../../vocabulary';

/** Who has consented or not, and how. */
export const consents = {
  giverNames: {
    self: 'The person',
    self_with_support: 'The person (with support)',
    authorized_agent: 'Agent whom the person has authorized',
    legal_guardian: 'Holder of parental authority, guardian of a minor',
    adult_guardian: 'Guardian of an adult',
    curator_or_assistant: 'Curator or assistant with power of representation',
    voluntary_guardian: 'Voluntary guardian',
    family: 'Family (recorded as a wish, permits nothing)',
  },
  mannerNames: {
    written: 'In writing',
    oral_recorded: 'By word of mouth (recorded)',
    electronic: 'Electronic',
    asserted_by_system: '“Consent given” in the system',
  },
  saidHowNames: {
    written: 'In writing',
    in_person: 'In person',
    telephone: 'By telephone',
    electronic: 'Electronic',
  },
  parentalNames: {
    sole: 'Sole parental authority',
    joint: 'Joint parental authority',
    appointed: 'Guardian of a minor',
  },
  formPartNames: { application: 'Application', personal_data: 'Handling of personal data' },
  consentStatusNames: { active: 'Valid', withdrawn: 'Withdrawn', expired: 'Ended', refused: 'Refused' },
  feedbackNames: {
    none: 'Nothing comes back',
    state: 'Only the state comes back',
    'state+note': 'State, worker, next contact and note come back',
  },
} satisfies Partial<Names>;
