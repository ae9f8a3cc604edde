// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Throttle } from './throttle';

const minute = 60_000;

describe('the throttle of sign-ins', () => {
  it('lets five failures pass and then asks to wait until the first is 15 minutes old', () => {
    const throttle = new Throttle();
    for (let n = 0; n < 5; n++) {
      expect(throttle.waitFor('a', n * minute)).toBe(0);
      throttle.count('a', n * minute);
    }
    expect(throttle.waitFor('a', 5 * minute)).toBe(600);
    expect(throttle.waitFor('a', 15 * minute)).toBe(0);
  });

  it('counts other things by their own measure', () => {
    const throttle = new Throttle(2, minute);
    throttle.count('a', 0);
    throttle.count('a', 30_000);
    expect([throttle.waitFor('a', 40_000), throttle.waitFor('a', minute)]).toEqual([20, 0]);
  });

  it('forgets failures after a success, and counts each name for itself', () => {
    const throttle = new Throttle();
    for (let n = 0; n < 5; n++) throttle.count('a', 0);
    expect(throttle.waitFor('b', 1)).toBe(0);
    throttle.forget('a');
    expect(throttle.waitFor('a', 1)).toBe(0);
  });
});
