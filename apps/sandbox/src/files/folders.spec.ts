// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foldersOf, makeFolders, nextSerial } from './folders';
import { kaigoOffice } from '../kaigo/kaigo-office';

describe('the folders of a system that exchanges files', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'kaigo-'))));
  afterEach(() => rmSync(root, { recursive: true }));

  it('are open to their owner only', () => {
    const folders = foldersOf(root, kaigoOffice);
    makeFolders(folders);
    expect(Object.values(folders).map((path: string) => statSync(path).mode & 0o777)).toEqual(Array(5).fill(0o700));
  });

  it('begin with a serial of the month and count on over all of them', () => {
    const folders = foldersOf(root, kaigoOffice);
    makeFolders(folders);
    expect(nextSerial(folders, kaigoOffice, 'events', '202611')).toBe(26111);
    writeFileSync(join(folders.done, 'KAI26111.CSV'), '');
    writeFileSync(join(folders.error, 'KAI26112.CSV'), '');
    expect(nextSerial(folders, kaigoOffice, 'events', '202612')).toBe(26113);
    expect(nextSerial(folders, kaigoOffice, 'answers', '202612')).toBe(50001);
  });
});
