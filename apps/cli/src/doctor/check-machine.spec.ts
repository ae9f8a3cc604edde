// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  checkDataDirectory,
  checkDisk,
  checkNode,
  checkSecrets,
  checkStateDirectory,
  checkUnknownSettings,
} from './check-machine';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'doctor-'))));
afterEach(() => rmSync(root, { recursive: true }));

describe('the doctor', () => {
  it.each([
    ['v20.19.0', 'ok'],
    ['v24.1.0', 'ok'],
    ['v20.18.3', 'failure'],
    ['v18.20.0', 'failure'],
  ])('finds Node %s %s', (version, verdict) => {
    expect(checkNode(version).verdict).toBe(verdict);
  });

  it('warns of a data directory that others can read, and says how to close it', () => {
    chmodSync(root, 0o755);
    expect(checkDataDirectory(root)).toMatchObject({
      verdict: 'warning',
      remedy: expect.stringContaining(`chmod 700 ${root}`),
    });
    chmodSync(root, 0o700);
    expect(checkDataDirectory(root).verdict).toBe('ok');
    expect(checkDataDirectory(join(root, 'none')).verdict).toBe('ok');
  });

  it('finds a folder of secrets, or a secret, that others can read', () => {
    expect(checkSecrets(join(root, 'none')).verdict).toBe('ok');
    const secret = join(root, 'konkyu-database-url');
    writeFileSync(secret, 's3cret', { mode: 0o644 });
    expect(checkSecrets(root)).toMatchObject({ verdict: 'failure', says: expect.stringContaining(secret) });
    chmodSync(secret, 0o600);
    expect(checkSecrets(root)).toMatchObject({ verdict: 'ok', says: expect.stringContaining('1 個') });
    chmodSync(root, 0o755);
    expect(checkSecrets(root)).toMatchObject({ verdict: 'failure', remedy: expect.stringContaining('chmod 700') });
    chmodSync(root, 0o700);
  });

  it('finds a folder of a host that others could write in', () => {
    expect(checkStateDirectory(join(root, 'none')).verdict).toBe('ok');
    expect(checkStateDirectory(root).verdict).toBe('ok');
    chmodSync(root, 0o775);
    expect(checkStateDirectory(root)).toMatchObject({
      verdict: 'warning',
      remedy: expect.stringContaining(`chmod 750 ${root}`),
    });
    chmodSync(root, 0o700);
  });

  it('finds a disk that has less room than it should, also under a folder that is not there yet', () => {
    const none = join(root, 'none', 'none');
    expect(checkDisk([none], { warning: 1, failure: 1 }).verdict).toBe('ok');
    const more = Number.MAX_SAFE_INTEGER;
    expect(checkDisk([none], { warning: more, failure: 1 })).toMatchObject({
      verdict: 'warning',
      says: expect.stringContaining(root),
      remedy: expect.stringMatching(/ディスクを増やして/),
    });
    expect(checkDisk([none], { warning: more, failure: more }).verdict).toBe('failure');
  });

  it('names settings that nobody reads', () => {
    expect(checkUnknownSettings(['TSUNAGI_DEM'])).toMatchObject({
      verdict: 'warning',
      says: expect.stringContaining('TSUNAGI_DEM'),
    });
  });
});
