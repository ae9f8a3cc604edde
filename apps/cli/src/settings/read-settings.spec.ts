// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliError } from '../cli.error';
import { readSettings, settingsFile } from './read-settings';

let cwd: string;
beforeEach(() => (cwd = mkdtempSync(join(tmpdir(), 'settings-'))));
afterEach(() => rmSync(cwd, { recursive: true }));

const write = (content: unknown) => writeFileSync(join(cwd, settingsFile), JSON.stringify(content));
const refusal = (env: Record<string, string>): CliError => {
  try {
    readSettings(env, cwd);
  } catch (error) {
    if (error instanceof CliError) return error;
    throw error;
  }
  throw new Error('was not refused');
};

describe('the configuration', () => {
  it('without anything tries the hub out: embedded, demo, on the loopback address', () => {
    const { settings } = readSettings({}, cwd);
    expect(settings).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      demo: true,
      legal: 'demo',
      databaseUrl: undefined,
    });
    expect(settings.dataDir).toBe(join(cwd, 'var'));
    expect(settings.secretsDir).toBe(join(cwd, 'var/secrets'));
  });

  it('with a database takes nothing for granted', () => {
    const { settings } = readSettings({ DATABASE_URL: 'postgres://hub@db/tsunagi' }, cwd);
    expect(settings).toMatchObject({ demo: false, legal: 'checked', host: '0.0.0.0' });
  });

  it('collects 出自 only where somebody has said so', () => {
    expect(readSettings({}, cwd).settings.collectsOrigin).toBe(false);
    expect(readSettings({ TSUNAGI_ORIGIN: 'off' }, cwd).settings.collectsOrigin).toBe(false);
    expect(readSettings({ TSUNAGI_ORIGIN: 'on' }, cwd).settings.collectsOrigin).toBe(true);
  });

  it('reads numbers and lists from text and from JSON alike', () => {
    write({ TSUNAGI_PORT: 3100, TSUNAGI_PLUGINS: ['kaigo'] });
    expect(readSettings({}, cwd).settings).toMatchObject({ port: 3100, plugins: ['kaigo'] });
    expect(readSettings({ TSUNAGI_PORT: '3200', TSUNAGI_PLUGINS: 'konkyu, kaigo' }, cwd).settings).toMatchObject({
      port: 3200,
      plugins: ['konkyu', 'kaigo'],
    });
  });

  it('knows where each value comes from; the environment goes first, an empty variable is none', () => {
    write({ TSUNAGI_PORT: 3100, TSUNAGI_LEGAL: 'checked' });
    const { origins } = readSettings({ TSUNAGI_PORT: '3200', TSUNAGI_LEGAL: '' }, cwd);
    expect(origins).toMatchObject({ TSUNAGI_PORT: 'environment', TSUNAGI_LEGAL: 'file', TSUNAGI_HOST: 'default' });
  });

  it('is refused by name and hint, without the value', () => {
    const error = refusal({ DATABASE_URL: 'mysql://hub:s3cret@db/x', TSUNAGI_DEMO: 'ON' });
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.blanks['list']).toMatch(/DATABASE_URL: .+\n.+TSUNAGI_DEMO: on か off/);
    expect(error.blanks['list']).not.toContain('s3cret');
  });

  it.each(['0x10', '3e3', ' 3000', '70000', '-1'])('does not take %j for a port', (port) => {
    expect(refusal({ TSUNAGI_PORT: port }).blanks['list']).toContain('TSUNAGI_PORT');
  });

  it('refuses a name in the file that nobody reads, with its pointer', () => {
    write({ TSUNAGI_PROT: 3000 });
    expect(refusal({}).blanks['list']).toContain('tsunagi.config.json /TSUNAGI_PROT');
  });

  it('refuses a file that is no JSON object', () => {
    writeFileSync(join(cwd, settingsFile), '[1');
    expect(refusal({}).code).toBe('CONFIG_UNREADABLE');
  });

  it('notices a variable that looks like ours and is not', () => {
    expect(readSettings({ TSUNAGI_DEM: 'off', HOME: '/root' }, cwd).unknown).toEqual(['TSUNAGI_DEM']);
  });
});
