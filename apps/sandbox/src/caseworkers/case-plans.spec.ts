// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { choosePlan, demoScript } from './case-plans';

const plans = (seed: number) => Array.from({ length: 200 }, (_, index) => choosePlan(index, demoScript, seed).join());

describe('what the caseworker means to answer', () => {
  it('follows the script as long as there is one', () => {
    expect(plans(1).slice(0, 4)).toEqual(['20,30', '20,30,40', '45', '50']);
  });

  it('is the same again for the same seed, and differs for another', () => {
    expect(plans(5)).toEqual(plans(5));
    expect(plans(5)).not.toEqual(plans(6));
  });

  it('takes most, asks about some and offers some back', () => {
    const taken = plans(1).filter((plan) => plan.startsWith('20')).length;
    expect(taken).toBeGreaterThan(120);
    expect(new Set(plans(1))).toEqual(new Set(['20,30', '20,30,40', '45', '50']));
  });
});
