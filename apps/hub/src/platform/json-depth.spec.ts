// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isTooDeep } from './json-depth';

const bytes = (text: string) => Buffer.from(text);

describe('the depth of JSON text', () => {
  it('counts objects and lists alike', () => {
    expect(isTooDeep(bytes('[{"a":[1]}]'), 3)).toBe(false);
    expect(isTooDeep(bytes('[{"a":[1]}]'), 2)).toBe(true);
  });

  it('does not count what stands side by side, nor brackets in texts', () => {
    expect(isTooDeep(bytes('[[],[],[]]'), 2)).toBe(false);
    expect(isTooDeep(bytes('["[[[[", "\\"[[[", {"{{{": "}"}]'), 2)).toBe(false);
    expect(isTooDeep(bytes('["\\\\", [[1]]]'), 2)).toBe(true);
  });

  it('survives text that is no JSON', () => {
    expect(isTooDeep(bytes(']]]]"'), 1)).toBe(false);
    expect(isTooDeep(bytes('"\\'), 1)).toBe(false);
    expect(isTooDeep(bytes('['.repeat(1_000_000)), 32)).toBe(true);
  });
});
