// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDataDirectory, checkKeys, checkNode, checkUnknownSettings } from './check-machine';

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

  it('asks for the key file where there may be records, and wants it closed', () => {
    const keys = join(root, 'keys.json');
    const services = { databaseUrl: 'postgres://db/x', amqpUrl: 'amqp://mq' };
    expect(checkKeys({ keys, databaseUrl: undefined, amqpUrl: undefined }).verdict).toBe('ok');
    expect(checkKeys({ keys, databaseUrl: undefined, amqpUrl: 'amqp://mq' }).verdict).toBe('ok');
    expect(checkKeys({ keys, ...services }).verdict).toBe('warning');
    writeFileSync(keys, '{}', { mode: 0o644 });
    expect(checkKeys({ keys, ...services })).toMatchObject({
      verdict: 'failure',
      remedy: expect.stringContaining('chmod 600'),
    });
    chmodSync(keys, 0o600);
    expect(checkKeys({ keys, ...services }).verdict).toBe('ok');
  });

  it('names settings that nobody reads', () => {
    expect(checkUnknownSettings(['TSUNAGI_DEM'])).toMatchObject({
      verdict: 'warning',
      says: expect.stringContaining('TSUNAGI_DEM'),
    });
  });
});
