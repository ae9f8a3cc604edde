// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChosenStart } from './choose-start';
import { preparePlaces } from './prepare-places';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'places-'))));
afterEach(() => rmSync(root, { recursive: true }));

const places = () => ({
  auditDir: join(root, 'audit'),
  dataDir: join(root, 'data'),
  demo: true,
  keys: join(root, 'keys/a/keys.json'),
  secretsDir: join(root, 'secrets'),
  stateDir: join(root, 'state'),
});
const services = (parts: Partial<Extract<ChosenStart, { mode: 'services' }>['parts']>): ChosenStart => ({
  mode: 'services',
  parts: { hub: false, plugins: false, sandbox: false, ...parts },
});

describe('the folders of a start', () => {
  it('are all made where everything runs', () => {
    preparePlaces(places(), { mode: 'embedded', parts: 'all' });
    expect(readdirSync(root).sort()).toEqual(['audit', 'data', 'keys', 'secrets', 'state']);
    expect(existsSync(join(root, 'keys/a'))).toBe(true);
  });

  it('are those that the chosen parts write to', () => {
    preparePlaces({ ...places(), demo: false }, services({ hub: true }));
    expect(readdirSync(root)).toEqual(['audit', 'keys']);
    preparePlaces(places(), services({ plugins: true }));
    expect(readdirSync(root)).toEqual(['audit', 'keys', 'state']);
  });

  it('may be closed to us where files are only read', () => {
    writeFileSync(join(root, 'keys.json'), '');
    preparePlaces({ ...places(), keys: join(root, 'keys.json') }, services({ hub: true }));
    preparePlaces({ ...places(), secretsDir: '/proc/secrets' }, services({ plugins: true }));
  });

  it.each([
    ['TSUNAGI_DATA_DIR', { dataDir: '/proc/tsunagi' }],
    ['TSUNAGI_AUDIT_DIR', { auditDir: '/proc/tsunagi' }],
    ['TSUNAGI_KEYS', { keys: '/proc/tsunagi/keys.json' }],
    ['TSUNAGI_SECRETS_DIR', { secretsDir: '/proc/tsunagi' }],
    ['TSUNAGI_STATE_DIR', { stateDir: '/proc/tsunagi' }],
  ])('refuse the start by the name of the setting: %s', (setting, change) => {
    expect(() => preparePlaces({ ...places(), ...change }, { mode: 'embedded', parts: 'all' })).toThrow(
      expect.objectContaining({ code: 'DIRECTORY_UNUSABLE', blanks: expect.objectContaining({ setting }) }),
    );
  });
});
