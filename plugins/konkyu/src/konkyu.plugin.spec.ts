// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { konkyuPlugin } from './konkyu.plugin';

const databaseUrl = { secretRef: 'konkyu-database-url' };
const functionCode = '9900000041';

describe('the settings of the konkyu plugin', () => {
  it('need a reference to the connection string and the code of the desk’s function only', () => {
    expect(konkyuPlugin.config.safeParse({ databaseUrl, functionCode }).success).toBe(true);
  });

  it.each([
    ['the connection string itself', { databaseUrl: 'postgres://hub:secret@localhost/legacy' }],
    ['a schema that is no plain name', { databaseUrl, schema: 'a"; DROP TABLE b; --' }],
    ['an interval as text', { databaseUrl, pollMs: '60000' }],
    ['an unknown setting', { databaseUrl, table: 'other' }],
    ['a function code of eleven characters', { databaseUrl, functionCode: '12345678901' }],
    ['a 外字 outside F040–F9FC', { databaseUrl, gaiji: { E000: '髙' } }],
    ['a code of two characters', { databaseUrl, shigoto: { '12': '学生' } }],
  ])('are refused with %s', (_, settings) => {
    expect(konkyuPlugin.config.safeParse({ functionCode, ...settings }).success).toBe(false);
  });

  it('are all described, in Japanese', () => {
    const { properties = {} } = z.toJSONSchema(konkyuPlugin.config, { io: 'input' }) as {
      properties?: Record<string, { description?: string }>;
    };
    for (const { description } of Object.values(properties)) expect(description).toMatch(/[ぁ-ん]/);
  });
});

describe('the konkyu plugin', () => {
  it('declares every category for which the table has no column', () => {
    const carried = ['identity', 'contact', 'household_outline', 'concern', 'narrative'];
    expect(konkyuPlugin.notCarried).toHaveLength(21 - carried.length);
    for (const category of carried) expect(konkyuPlugin.notCarried).not.toContain(category);
  });
});
