// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isRecipient } from './party';
import { jiritsu, shogai } from '../../test/builders';

describe('whom a scope names', () => {
  it.each([
    ['the function itself', { function: jiritsu.function }],
    ['every function of its type', { functionType: jiritsu.functionType }],
    ['every function of its domain', { domain: jiritsu.domain }],
  ])('is a desk named as %s, and no other desk', (_, scope) => {
    expect(isRecipient(scope, jiritsu)).toBe(true);
    expect(isRecipient(scope, shogai)).toBe(false);
  });
});
