// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { rulesOf, startOf } from './intake-rules';

const production = { demo: false };
const demo = { demo: true };
const usual = {
  guard: 'on',
  firstFile: 'confirm',
  perFile: 200,
  perHour: 500,
  expectedOn: 'every_day',
  countAt: '01:00',
};

describe('whether the intake of a plugin is watched', () => {
  it('is so in production, and not in the demo municipality, where the settings say nothing', () => {
    expect(rulesOf({ folder: '/x' }, production)).toEqual(usual);
    expect(rulesOf({ folder: '/x' }, demo)).toBeUndefined();
  });

  it('is as the settings say, wherever it is', () => {
    expect(rulesOf({ intake: {} }, demo)).toEqual(usual);
    expect(rulesOf({ intake: { perFile: 3 } }, production)).toEqual({ ...usual, perFile: 3 });
    expect(rulesOf({ intake: { guard: 'off', perFile: 3 } }, production)).toBeUndefined();
  });

  it('is as if they said nothing when an older version left something else there', () => {
    expect(rulesOf({ intake: '/var/in' }, production)).toEqual(usual);
  });
});

describe('the start date', () => {
  const now = new Date('2026-11-25T00:00:00+09:00');
  const rules = (intake: object) => rulesOf({ intake }, production)!;

  it('is the day, in Japan, on which the plugin was first enabled', () => {
    expect(startOf(rules({}), new Date('2026-11-19T15:00:00Z'), now)).toBe('2026-11-20');
  });

  it('is today for one that was never enabled: it cannot begin before', () => {
    expect(startOf(rules({}), null, now)).toBe('2026-11-25');
  });

  it('is what the settings say; null is none', () => {
    expect(startOf(rules({ startsOn: '2026-10-01' }), now, now)).toBe('2026-10-01');
    expect(startOf(rules({ startsOn: null }), now, now)).toBeUndefined();
  });
});
