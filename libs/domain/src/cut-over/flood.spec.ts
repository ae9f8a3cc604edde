// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { floodOf } from './flood';

const counts = (files: Record<string, number>, hour: number) => ({ files: new Map(Object.entries(files)), hour });
const limits = { perFile: 200, perHour: 500 };

describe('a flood', () => {
  it('is one more new referral from a file than its limit', () => {
    expect(floodOf(counts({ a: 199, b: 201 }, 400), limits)).toEqual({
      reason: 'FLOOD_FILE',
      file: 'b',
      made: 201,
      limit: 200,
    });
  });

  it('is one more within an hour than its limit, though no file has too many', () => {
    expect(floodOf(counts({ a: 200 }, 501), limits)).toEqual({
      reason: 'FLOOD_HOUR',
      file: undefined,
      made: 501,
      limit: 500,
    });
  });

  it('is not as many as the limits', () => {
    expect(floodOf(counts({ a: 200, b: 200 }, 500), limits)).toBeUndefined();
  });

  it('is nothing where there is no limit', () => {
    expect(floodOf(counts({ a: 100_000 }, 100_000), { perFile: null, perHour: null })).toBeUndefined();
  });
});
