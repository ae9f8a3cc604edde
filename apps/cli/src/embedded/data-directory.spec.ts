// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareDataDirectory } from './data-directory';
import { databaseUrlOf, findSocketPlace } from './socket-place';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'data-'))));
afterEach(() => rmSync(root, { recursive: true }));

const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('the data directory', () => {
  it('is made for its owner only', () => {
    prepareDataDirectory(join(root, 'a/b'));
    expect(modeOf(join(root, 'a/b'))).toBe(0o700);
  });

  it('is closed to others when it was open', () => {
    chmodSync(root, 0o755);
    prepareDataDirectory(root);
    expect(modeOf(root)).toBe(0o700);
  });

  it('is not taken from everybody', () => {
    chmodSync(root, 0o1777);
    expect(() => prepareDataDirectory(root)).toThrow(expect.objectContaining({ code: 'DATA_DIR_OF_OTHERS' }));
    expect(modeOf(root)).toBe(0o777);
  });

  it('is not taken from something else that is kept there, and one of ours is', () => {
    writeFileSync(join(root, 'passwd'), '');
    chmodSync(root, 0o755);
    expect(() => prepareDataDirectory(root)).toThrow(expect.objectContaining({ code: 'DATA_DIR_OF_OTHERS' }));
    expect(modeOf(root)).toBe(0o755);
    writeFileSync(join(root, 'keys.json'), '');
    prepareDataDirectory(root);
    expect(modeOf(root)).toBe(0o700);
  });

  // Node's own recursive mkdir tries for ever there.
  it.each(['/proc', '/proc/tsunagi', '/proc/tsunagi/a/b', '/sys/tsunagi/a'])(
    'is refused at once below a file system that only looks like one: %s',
    (path) => {
      expect(() => prepareDataDirectory(path)).toThrow(
        expect.objectContaining({ code: 'DIRECTORY_UNUSABLE', blanks: expect.objectContaining({ path }) }),
      );
    },
  );

  it('is refused where a file is, or on the way to it', () => {
    writeFileSync(join(root, 'file'), '');
    for (const path of [join(root, 'file'), join(root, 'file/a/b')]) {
      expect(() => prepareDataDirectory(path)).toThrow(expect.objectContaining({ code: 'DIRECTORY_UNUSABLE' }));
    }
  });

  it('is left as it was by the try', () => {
    prepareDataDirectory(root);
    expect(readdirSync(root)).toEqual([]);
  });
});

describe('the socket', () => {
  it('lies in the data directory, and the URL names that as host', () => {
    const place = findSocketPlace(root);
    expect(place.socket).toBe(join(root, '.s.PGSQL.5432'));
    expect(new URL(databaseUrlOf(place.directory)).searchParams.get('host')).toBe(root);
  });

  it('moves to a private temporary directory when that path is too long for a socket', () => {
    const place = findSocketPlace(join(root, 'x'.repeat(100)));
    expect(Buffer.byteLength(place.socket)).toBeLessThan(104);
    expect(modeOf(place.directory)).toBe(0o700);
    place.clear();
    expect(() => statSync(place.directory)).toThrow();
  });
});
