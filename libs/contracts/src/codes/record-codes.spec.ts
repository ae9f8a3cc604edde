// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quarantinedRow } from '../items';
import { recordCodes } from './record-codes';

const root = join(__dirname, '../../../..');
const sources = [
  ...['libs/legacy/src', 'libs/plugin-sdk/src', 'apps/hub/src', 'apps/plugin-host/src'],
  ...readdirSync(join(root, 'plugins')).map((plugin) => `plugins/${plugin}/src`),
];

/** Every code that the sources name. */
function namedCodes(): Set<string> {
  const named = new Set<string>();
  for (const folder of sources) {
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts') || file.endsWith('.spec.ts')) continue;
      const text = readFileSync(join(root, folder, file), 'utf8');
      for (const [, code = ''] of text.matchAll(/['"`]([EWS]-[A-Z][A-Z0-9-]*)['"`]/g)) named.add(code);
    }
  }
  return named;
}

describe('the catalogue of record codes', () => {
  it('has words for every code that a library, a plugin or the hub names, and for no other', () => {
    expect([...namedCodes()].sort()).toEqual(Object.keys(recordCodes).sort());
  });

  it.each(Object.entries(recordCodes))('%s fits into a result file and says one sentence', (code, text) => {
    expect(quarantinedRow.shape.code.safeParse(code).success).toBe(true);
    expect(text.says).toMatch(/^[^。]+。$/);
  });

  it('tells for everything that waits or is refused what to do', () => {
    for (const [code, text] of Object.entries(recordCodes)) {
      const told = 'remedy' in text || text.says.endsWith('ください。');
      expect([code, told || text.effect === 'flagged']).toEqual([code, true]);
    }
  });
});
