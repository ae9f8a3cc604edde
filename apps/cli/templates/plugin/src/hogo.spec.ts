// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { verifyInTests } from '@tsunagi/plugin-sdk/verify';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hogoPlugin } from './hogo.plugin';
import kit from './hogo.verify';

const root = join(__dirname, '..');

// Every promise that any plugin makes, each as a test.
verifyInTests({ plugin: hogoPlugin, kit, root });

describe('the files of hogo', () => {
  const check = (name: string, bytes: Uint8Array) => hogoPlugin.checkFile?.(bytes, name).findings;
  const sample = readFileSync(join(root, 'samples/HOG00001.CSV'));

  it.each(hogoPlugin.samples)('are sound in %s', (path) => {
    expect(check(path.replace('samples/', ''), readFileSync(join(root, path)))).toEqual([]);
  });

  it('are refused when they were cut during copying', () => {
    const cut = sample.subarray(0, sample.indexOf('\n', sample.indexOf('\n') + 1) + 1);
    expect(check('HOG00001.CSV', cut)).toEqual([{ row: 0, code: 'E-COUNT', severity: 'refused' }]);
  });

  it('wait row by row where a field is wrong', () => {
    const wrong = Buffer.from(sample.toString('latin1').replace(',20261110,', ',20261131,'), 'latin1');
    expect(check('HOG00001.CSV', wrong)).toEqual([
      { row: 1, field: 2, fieldName: '異動年月日', code: 'E-DATE', severity: 'quarantined' },
    ]);
  });
});
