// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { settingChanges } from './setting-changes';

describe('two versions of settings', () => {
  it('differ field by field: what is new, what is gone and what is another', () => {
    const before = { folder: '/a', pollMs: 200, gaiji: { F040: '𠮷' }, list: [] };
    const after = { folder: '/b', gaiji: { F040: '𠮷', 'F0/1': null }, list: ['x'], db: { secretRef: 'url' } };
    expect(settingChanges(before, after)).toEqual([
      { pointer: '/db/secretRef', after: '"url"' },
      { pointer: '/folder', before: '"/a"', after: '"/b"' },
      { pointer: '/gaiji/F0~11', after: 'null' },
      { pointer: '/list', before: '[]' },
      { pointer: '/list/0', after: '"x"' },
      { pointer: '/pollMs', before: '200' },
    ]);
  });

  it('of one content differ in nothing', () => {
    expect(settingChanges({ a: 1, b: { c: [2] } }, { b: { c: [2] }, a: 1 })).toEqual([]);
  });
});
