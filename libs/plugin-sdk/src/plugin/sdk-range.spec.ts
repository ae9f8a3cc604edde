// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { satisfiesRange } from './sdk-range';

describe('the SDK a plugin asks for', () => {
  it.each([
    ['0.1.0', '^0.2.0', false],
    ['0.2.0', '^0.1.0', false],
    ['0.1.0', '^0.1.1', false],
    ['0.1.9', '^0.1.1', true],
    ['0.0.2', '^0.0.1', false],
    ['1.9.0', '^1.2.3', true],
    ['2.0.0', '^1.2.3', false],
    ['1.3.0', '~1.2.3', false],
    ['1.2.9', '~1.2.3', true],
    ['1.2.3', '1.2.3', true],
    ['1.2.4', '1.2.3', false],
    ['1.2.3', '*', false],
    ['1.2.3', '>=1', false],
    ['1.2.3', '', false],
  ])('%s in %s: %s', (version, range, expected) => {
    expect(satisfiesRange(version, range)).toBe(expected);
  });
});
