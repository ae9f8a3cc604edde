// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { gateOf, isBeforeStart, type Gate } from './intake-gate';

describe('the gate of a plugin', () => {
  it.each<['confirm' | 'take', boolean, boolean, Gate]>([
    // rule for the first file, paused, confirmed
    ['confirm', false, false, 'rehearse'],
    ['confirm', true, false, 'rehearse'],
    ['confirm', true, true, 'wait'],
    ['confirm', false, true, 'take'],
    ['take', true, false, 'wait'],
    ['take', false, false, 'take'],
  ])('with the first file to %s, paused: %s, confirmed: %s: %s', (firstFile, paused, confirmed, gate) => {
    expect(gateOf({ firstFile }, { paused, confirmed })).toBe(gate);
  });
});

describe('the start date', () => {
  it.each<[string, boolean]>([
    ['2026-11-19T23:59:59+09:00', true],
    // Already the 20th in Japan, still the 19th in Greenwich.
    ['2026-11-19T15:00:00Z', false],
    ['2026-11-20T00:00:00+09:00', false],
    ['2030-01-01T00:00:00+09:00', false],
  ])('of the 20th leaves out a record of %s: %s', (occurredAt, left) => {
    expect(isBeforeStart(occurredAt, '2026-11-20')).toBe(left);
  });

  it('leaves nothing out where there is none', () => {
    expect(isBeforeStart('1900-01-01T00:00:00+09:00', undefined)).toBe(false);
  });
});
