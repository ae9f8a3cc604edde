// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockDirectory, lockName } from './directory-lock';
import { markOf } from './process-mark';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'lock-'))));
afterEach(() => rmSync(directory, { recursive: true }));

const leave = (holder: unknown) => writeFileSync(join(directory, lockName), JSON.stringify(holder));
const gone = { pid: 2 ** 22 + 1, startedAt: '1' };

describe('the lock of the data directory', () => {
  it('refuses a second holder by path and pid, until it is given back', () => {
    const lock = lockDirectory(directory);
    expect(() => lockDirectory(directory)).toThrow(
      expect.objectContaining({ code: 'DATA_DIR_IN_USE', blanks: { path: directory, pid: String(process.pid) } }),
    );
    lock.release();
    lockDirectory(directory).release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('is taken over from a process that is gone', () => {
    leave(gone);
    lockDirectory(directory);
    expect(JSON.parse(readFileSync(join(directory, lockName), 'utf8'))).toEqual(markOf(process.pid));
    expect(readdirSync(directory)).toEqual([lockName]);
  });

  it('is taken over when the pid belongs to another process by now', () => {
    leave({ pid: process.pid, startedAt: '1' });
    expect(() => lockDirectory(directory)).not.toThrow();
  });

  it.each(['', '{}', '{"pid":"7"}', '[]'])('is taken over from the remains %j of a cut-off start', (remains) => {
    writeFileSync(join(directory, lockName), remains);
    expect(() => lockDirectory(directory)).not.toThrow();
  });

  it('is not given back by who does not hold it any more', () => {
    const lock = lockDirectory(directory);
    leave({ pid: 1, startedAt: 'another' });
    lock.release();
    expect(readdirSync(directory)).toEqual([lockName]);
  });
});
