// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Texts } from '../texts';

export const persons: Texts['persons'] = {
  lead: 'Finds people whom your desk knows by its own referrals. What you look for is kept nowhere.',
  q: 'Look for',
  qHint:
    'Name or its beginning (two characters or more), reading, date of birth, number of your own system, number of a referral',
  search: 'Search',
  found: 'Found',
  nobody: 'Nobody fits. Only people in your own desk’s referrals are found.',
  sort: 'Order',
  sorts: { kana: 'By reading', newest: 'Newest referral first' },
  masked: 'Name not shown',
  name: 'Name',
  desk: 'Desk',
  referrals: 'Referrals',
  open: (open, all) => `${open} open of ${all}`,
  last: 'Last movement',
  toReferral: 'Open the referral',
  reveal: 'Show names',
  revealWhy: 'What for?',
  revealHint: 'The purpose is audited. After five minutes names are hidden again.',
  revealNote: 'What other purpose',
  revealNoteHint: 'Nothing that tells who it is.',
  remask: 'Hide now',
  unnamed: 'Not shown',
  askSecond: 'Ask a second person',
  askSecondReason: 'Why it is needed',
  askSecondHint: 'A supervisor of your desk reads this. Once approved, it can be seen for fifteen minutes.',
  asked: 'Asked. When it is approved, choose “Show names” again.',
};
