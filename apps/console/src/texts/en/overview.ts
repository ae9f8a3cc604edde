// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Texts } from '../texts';

export const overview: Texts['overview'] = {
  lead: 'What moves between the fields. Small counts are hidden so that nobody is told by them.',
  month: 'Month',
  fiscalYear: 'Fiscal year',
  period: 'Period',
  ofDesk: (desk) => `Counts of ${desk} only.`,
  sent: 'Referrals sent',
  flows: 'From field to field',
  from: 'From',
  to: 'To',
  count: 'Count',
  total: 'Total',
  accepted: 'Accepted',
  acceptedHint: 'Working days from sending to acceptance',
  median: 'Half within',
  ninetieth: 'Nine of ten within',
  outcomes: 'Results reported',
  outcome: 'Result',
  turned: 'Did not go on',
  turnedNames: {
    declined: 'No consent',
    returned: 'Returned',
    redirected: 'Redirected',
    withdrawn: 'Withdrawn',
    revoked: 'Basis lost',
  },
  failures: 'To watch',
  failureNames: { pingPong: 'Ping-pong', dumping: 'Dumping', hoarding: 'Hoarding' },
  waiting: 'Waiting for a basis',
  reason: 'Reason',
  since: 'Oldest since',
  kinds: 'Kinds',
  channels: 'Delivered by',
  bases: 'Bases',
  what: 'What',
  nothing: 'None in this period.',
  onlyTotal: (total) => `Too few to be broken down. The total is ${total}.`,
  about: '“<5” is 1 to 4, “n+” is n or more: what is hidden cannot be computed from the rest.',
};
