// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { settingRows } from './setting-rows';

const schema = {
  properties: { folder: { type: 'string', description: 'フォルダー' }, pollMs: { type: 'integer', default: 2000 } },
};
const short = (config: object) =>
  settingRows(schema, { ...config }).map(({ name, value, origin }) => `${name} ${value} ${origin}`);

describe('the settings of a plugin on the screen', () => {
  it('stand in the plugin’s order with their value, their default in brackets, or as missing', () => {
    expect(short({ folder: '/var/a' })).toEqual(['folder "/var/a" set', 'pollMs (2000) default']);
    expect(short({ pollMs: 300 })).toEqual(['folder - missing', 'pollMs 300 set']);
  });

  it('include what an older version of the plugin left behind', () => {
    expect(short({ folder: '/x', constructor: true })).toContain('constructor true set');
  });

  it('are shown, too, when the schema says nothing', () => {
    expect(settingRows({}, { folder: '/x' })).toEqual([{ name: 'folder', value: '"/x"', origin: 'set', says: '' }]);
  });
});
