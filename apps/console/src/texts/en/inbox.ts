// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Texts } from '../texts';

export const inbox: Texts['inbox'] = {
  lead: 'What waits for you and your role, the most urgent first.',
  todos: 'To do',
  nothing: 'Nothing to do at present.',
  escalated: 'overdue',
  tick: 'Mark as done',
  waiting: 'Referrals that wait for you',
  nothingWaits: 'No referral waits for you.',
  all: 'See all in the list',
  disposition: 'What became of what was taken back',
  dispositions: { returned: 'Returned', erased: 'Erased', kept: 'Kept as a record by law' },
  law: 'The law',
  worker: 'Worker',
  more: 'Show more',
  reveals: 'Names to be released',
  revealsHint:
    'A colleague asks to see the name of a protected person in a list. Approved, that colleague alone sees it for fifteen minutes.',
  approve: 'Approve',
  refuse: 'Refuse',
};
