// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
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
