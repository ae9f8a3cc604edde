// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kaigoFolders, makeFolders, nextSerial } from './folders';

describe('the folders of the 介護 system', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'kaigo-'))));
  afterEach(() => rmSync(root, { recursive: true }));

  it('are open to their owner only', () => {
    const folders = kaigoFolders(root);
    makeFolders(folders);
    expect(Object.values(folders).map((path: string) => statSync(path).mode & 0o777)).toEqual(Array(5).fill(0o700));
  });

  it('begin with a serial of the month and count on over all of them', () => {
    const folders = kaigoFolders(root);
    makeFolders(folders);
    expect(nextSerial(folders, 'KAI', '202611')).toBe(26111);
    writeFileSync(join(folders.done, 'KAI26111.CSV'), '');
    writeFileSync(join(folders.error, 'KAI26112.CSV'), '');
    expect(nextSerial(folders, 'KAI', '202612')).toBe(26113);
    expect(nextSerial(folders, 'KAS', '202612')).toBe(50001);
  });
});
