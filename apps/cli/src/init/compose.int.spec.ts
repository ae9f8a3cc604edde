// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../test/compose-file';

const tsunagi = join(root, 'apps/cli/bin/tsunagi.js');
const works = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
/** Compose as a plugin of the docker client, or by itself; it reads and checks the file without an engine. */
const client = works('docker', 'compose', 'version')
  ? ['docker', 'compose']
  : works('docker-compose', 'version')
    ? ['docker-compose']
    : undefined;

/** Beside the tests of compose.spec.ts, which need no client. Where there is none nothing can be asked, and CI stays green. */
describe('docker-compose.yml for compose itself', () => {
  let dir: string;
  beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'compose-'))));
  afterAll(() => rmSync(dir, { recursive: true }));

  const compose = (...args: string[]) => {
    const [command = '', ...first] = client ?? [];
    return spawnSync(command, [...first, ...args], { cwd: dir, encoding: 'utf8' });
  };

  it('is refused before `tsunagi init`, with what to do, and taken after it', () => {
    if (!client) {
      const missing = 'docker-compose.yml was NOT checked by compose itself: apt-get install docker-compose';
      process.stderr.write(`\n*** ${missing}\n`);
      return;
    }
    cpSync(join(root, 'docker-compose.yml'), join(dir, 'docker-compose.yml'));
    const before = compose('config');
    expect(before.status).not.toBe(0);
    expect(`${before.stdout}${before.stderr}`).toContain('tsunagi init');

    expect(spawnSync(process.execPath, [tsunagi, 'init'], { cwd: dir }).status).toBe(0);
    const after = compose('config', '-q');
    expect([after.status, after.stderr]).toEqual([0, '']);
    const services = compose('config', '--services').stdout.trim().split('\n').sort();
    expect(services).toEqual([
      'hub',
      'migrate',
      'plugins-kaigo',
      'plugins-konkyu',
      'plugins-kosodate',
      'plugins-shogai',
      'postgres',
      'rabbitmq',
    ]);
  });
});
