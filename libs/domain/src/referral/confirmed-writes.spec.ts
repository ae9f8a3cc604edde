// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { waitsForStaff } from './confirmed-writes';

describe('what comes for a system', () => {
  const content = ['referral', 'supplement'] as const;
  const other = ['recall', 'status'] as const;

  it.each(content)(
    'waits for staff of the desk where each write is confirmed, and goes when they approve it: %s',
    (kind) => {
      expect(waitsForStaff(kind, { writes: 'confirmed', approved: false })).toBe(true);
      expect(waitsForStaff(kind, { writes: 'confirmed', approved: true })).toBe(false);
    },
  );

  it.each(content)('waits for nobody where nothing is confirmed: %s', (kind) =>
    expect(waitsForStaff(kind, { writes: 'unattended', approved: false })).toBe(false),
  );

  it.each(other)('is never held back where it takes back or only tells: %s', (kind) =>
    expect(waitsForStaff(kind, { writes: 'confirmed', approved: false })).toBe(false),
  );
});
