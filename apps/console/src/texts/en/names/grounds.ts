// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Names } from '../../vocabulary';

const statuteNames = {
  elder_abuse: 'Elder Abuse Prevention Act',
  disability_abuse: 'Act on the Prevention of Abuse of Persons with Disabilities',
  child_abuse: 'Child Abuse Prevention Act',
  child_abuse_request: 'Child Abuse Prevention Act (request for material)',
  dv: 'Spousal Violence Prevention Act',
} satisfies Names['statuteNames'];

/** What permits a disclosure, and what it asks for. */
export const grounds = {
  statuteNames,
  authorityNames: {
    ...statuteNames,
    consent: 'Consent of the person',
    within_purpose: 'Within the purpose of use',
    to_person: 'Handed to the person',
    person_free: 'No information about a person',
    law: 'Required or permitted by law',
    internal_reasonable: 'Use within the same body (reasonable ground)',
    public_body_reasonable: 'To another public body (reasonable ground)',
    benefit_of_person: 'Benefit of the person',
    private_necessity: 'From a private body (when necessary)',
    shien_kaigi: 'Support conference',
    shien_kaigi_konkyu: 'Support conference (self-reliance support)',
    chosei_kaigi: 'Coordination conference',
    yotaikyo: 'Regional council for children requiring aid',
    disaster: 'Disaster',
    emergency: 'Emergency',
    chiiki_care_kaigi: 'Community care conference',
    shogai_kyogikai: 'Council (disability)',
    konnan_josei: 'Act on Support for Women Facing Difficult Problems',
    young_carer: 'Young carers',
    own_desk: 'Own desk',
  },
  authorityOffNames: {
    overridden: 'Replaced by the row of the municipality',
    off: 'Switched off',
    not_yet: 'Has not begun yet',
    ended: 'Has ended',
    unchecked: 'Nobody has checked it',
  },
  authorityWayNames: { any: 'However it is delivered', hub_only: 'To the pages of the hub only' },
  approvalNames: {
    none: 'Not needed',
    before: 'Needed before the disclosure',
    after: 'May follow the disclosure',
  },
  overRefusalNames: {
    stands: 'May be used although the person has refused',
    with_words: 'May be used only when the approver has recorded why',
    never: 'May not be used',
  },
  groundFactNames: {
    law: 'Name of the law',
    article: 'Article',
    reason: 'Reason',
    why_no_consent: 'Why there is no consent',
    harms_nobody: 'That nobody’s rights are unjustly harmed',
    request: 'Who asked for it, and when',
    window: 'Time of the disaster',
  },
  bodyKindNames: {
    agency: 'The same agency',
    other_agency: 'Another agency of the municipality (such as the board of education)',
    public_body: 'Another public body (prefecture, another municipality, the state)',
    contractor: 'Contractor of this function',
    official_volunteer: 'Welfare commissioner',
    private: 'Private body',
  },
} satisfies Partial<Names>;
