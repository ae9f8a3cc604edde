// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { konkyuPlugin } from './konkyu.plugin';

const databaseUrl = { secretRef: 'konkyu-database-url' };

describe('the settings of the konkyu plugin', () => {
  it('need a reference to the connection string only', () => {
    expect(konkyuPlugin.config.safeParse({ databaseUrl }).success).toBe(true);
  });

  it.each([
    ['the connection string itself', { databaseUrl: 'postgres://hub:secret@localhost/legacy' }],
    ['a schema that is no plain name', { databaseUrl, schema: 'a"; DROP TABLE b; --' }],
    ['an interval as text', { databaseUrl, pollMs: '60000' }],
    ['an unknown setting', { databaseUrl, table: 'other' }],
  ])('are refused with %s', (_, settings) => {
    expect(konkyuPlugin.config.safeParse(settings).success).toBe(false);
  });
});

describe('the konkyu plugin', () => {
  it('declares every category for which the table has no column', () => {
    const carried = ['identity', 'contact', 'household_outline', 'concern', 'narrative'];
    expect(konkyuPlugin.notCarried).toHaveLength(21 - carried.length);
    for (const category of carried) expect(konkyuPlugin.notCarried).not.toContain(category);
  });
});
