// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Names } from '../../vocabulary';

/** Which conferences there are, and who comes to them. */
export const conferences = {
  conferenceKindNames: {
    shien_kaigi: 'Support conference (Social Welfare Act, Art. 106-6)',
    shien_kaigi_konkyu: 'Support conference (Act on Self-Reliance Support for Needy Persons, Art. 9)',
    chosei_kaigi: 'Coordination conference (Public Assistance Act, Art. 27-3)',
    yotaikyo_case: 'Regional council for children requiring aid: case review',
    juso: 'Multilayered support conference',
    shien_chosei: 'Support coordination conference',
    chiiki_care_kobetsu: 'Community care conference on one case',
    shogai_kyogikai: 'Council on (self-reliance) support for persons with disabilities',
    case_kaigi: 'Case conference',
    chiiki_care_suishin: 'Community care promotion conference',
    kyogitai: 'Council on support for daily living',
  },
  conferenceStateNames: {
    proposed: 'Proposed',
    declined: 'Not held',
    called: 'Called',
    open: 'Open',
    held: 'Held',
    ended: 'Ended',
  },
  attendanceNames: {
    obligatory: 'Obligatory',
    in_principle: 'In principle',
    invited: 'Invited',
    person: 'The person',
    objective: 'Outside reviewer',
  },
  modeNames: { in_person: 'In person', online: 'Online' },
} satisfies Partial<Names>;
