// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { missedFile, type ExpectedFile, type FilesSeen } from './missed-file';

/** 2026-11-20 is a Friday, the 23rd a holiday. */
const at = (dayAndTime: string) => new Date(`2026-11-${dayAndTime.replace(' ', 'T')}:00+09:00`);
const calendar = { holidays: new Set(['2026-11-23']) };
const nightly: ExpectedFile = { by: '06:00', on: 'every_day' };
const missed = (now: string, seen: { last?: string; enabled?: string }, expected = nightly) => {
  const known: FilesSeen = {
    lastFileAt: seen.last === undefined ? undefined : at(seen.last),
    enabledAt: at(seen.enabled ?? '01 09:00'),
  };
  return missedFile(expected, known, at(now), calendar)?.toISOString();
};

describe('the file that is expected every night', () => {
  it('is missed from the minute it was due', () => {
    expect(missed('20 06:00', { last: '19 02:00' })).toBe(at('20 06:00').toISOString());
    expect(missed('20 05:59', { last: '19 02:00' })).toBeUndefined();
  });

  it('has come when one came after the time of the day before', () => {
    expect(missed('20 06:00', { last: '20 02:00' })).toBeUndefined();
    expect(missed('20 06:00', { last: '19 18:30' })).toBeUndefined();
    expect(missed('20 06:00', { last: '19 06:00' })).toBeDefined();
  });

  it('is missed no more once it has come late', () => {
    expect(missed('20 09:00', { last: '20 08:30' })).toBeUndefined();
  });

  it('is missed anew each day', () => {
    expect(missed('20 23:00', { last: '19 02:00' })).toBe(at('20 06:00').toISOString());
    expect(missed('21 06:00', { last: '19 02:00' })).toBe(at('21 06:00').toISOString());
  });

  it('is missed when none has ever come, but not before the plugin works', () => {
    expect(missed('20 06:00', {})).toBeDefined();
    expect(missed('20 10:00', { enabled: '20 09:00' })).toBeUndefined();
    expect(missed('21 06:00', { enabled: '20 09:00' })).toBeDefined();
    const never = { lastFileAt: undefined, enabledAt: undefined };
    expect(missedFile(nightly, never, at('20 06:00'), calendar)).toBeUndefined();
  });

  it('is not due on days off, where they are left out: what came since the last working day counts', () => {
    const weekdays: ExpectedFile = { by: '06:00', on: 'working_days' };
    for (const now of ['21 12:00', '22 12:00', '23 12:00'])
      expect(missed(now, { last: '20 02:00' }, weekdays)).toBeUndefined();
    expect(missed('24 06:00', { last: '20 02:00' }, weekdays)).toBe(at('24 06:00').toISOString());
    expect(missed('24 06:00', { last: '21 02:00' }, weekdays)).toBeUndefined();
  });
});
