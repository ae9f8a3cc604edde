// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { root } from '../../test/compose-file';
import { variablesIn } from '../../test/variables';
import { run } from '../program';
import { planInit } from './init-plan';

const guide = readFileSync(join(root, 'docs/install.md'), 'utf8');
const plan = planInit(
  {
    form: 'systemd',
    dir: '/etc/tsunagi',
    plugins: ['kaigo', 'konkyu', 'kosodate', 'shogai'],
    withFiles: ['kaigo', 'kosodate', 'shogai'],
    called: ['kosodate'],
    databaseAt: '127.0.0.1:5432',
    brokerAt: '127.0.0.1:5672',
    runAs: '1000:1000',
  },
  () => 'secret',
);
const made = new Map(plan.files.map(({ path, content }) => [path, content]));

/** The units as they stand in the guide, each directive with its values. */
const units = [...guide.matchAll(/`\/etc\/systemd\/system\/([^`]+)`[^\n]*\n\n```ini\n([^]*?)```/g)].map(
  ([, name = '', text = '']) => {
    const directives = text
      .split('\n')
      .flatMap((line) => [/^(\w+)=(.*)$/.exec(line)?.slice(1)])
      .filter((pair) => pair !== undefined);
    const of = (wanted: string) => directives.filter(([word]) => word === wanted).map(([, value = '']) => value);
    return { name, of };
  },
);
/** `%i` is the plugin. */
const filled = (text: string | undefined) => (text ?? '').replaceAll('%i', 'kaigo');

describe('the units of the installation guide', () => {
  it('are the migration, the hub, and a host for each plugin', () => {
    expect(units.map(({ name }) => name)).toEqual([
      'tsunagi-migrate.service',
      'tsunagi-hub.service',
      'tsunagi-plugins@.service',
    ]);
  });

  it.each(units)('$name runs a command that there is', async ({ of }) => {
    const command = / \/opt\/tsunagi\/apps\/cli\/bin\/tsunagi\.js (.+)$/.exec(of('ExecStart')[0] ?? '')?.[1] ?? 'none';
    const [out, error] = [new PassThrough(), new PassThrough()];
    expect(await run([...command.split(' '), '--help'], { env: {}, cwd: '/', out, error })).toBe(0);
  });

  it.each(units)('$name takes the variables that `tsunagi init` writes for it', ({ of, name }) => {
    const path = filled(of('EnvironmentFile')[0]).replace('/etc/tsunagi/', '');
    expect([...made.keys()]).toContain(path);
    const variables = variablesIn(made.get(path) ?? '');
    const written = variables['TSUNAGI_STATE_DIR'] ?? variables['TSUNAGI_DATA_DIR'];
    const state = of('StateDirectory').map((folder) => `/var/lib/${filled(folder)}`);
    expect(state).toEqual(name.includes('migrate') ? [] : [written]);
  });

  it.each(units)('$name is nobody’s way to more than it needs', ({ of }) => {
    expect(filled(of('User')[0])).toMatch(/^tsunagi(-kaigo)?$/);
    for (const word of ['NoNewPrivileges', 'ProtectHome', 'PrivateTmp', 'PrivateDevices', 'RestrictSUIDSGID'])
      expect([word, of(word)]).toEqual([word, ['yes']]);
    expect([of('ProtectSystem'), of('CapabilityBoundingSet')]).toEqual([['strict'], ['']]);
    // V8 makes machine code while it runs.
    expect(of('MemoryDenyWriteExecute')).toEqual([]);
  });

  it('let a part finish what is in hand: longer than the drain of 20 s', () => {
    for (const { name, of } of units)
      if (!name.includes('migrate')) expect(Number(of('TimeoutStopSec')[0])).toBeGreaterThan(20);
  });

  it('name every file that `tsunagi init` makes', () => {
    for (const path of [...made.keys(), plan.keys])
      expect(guide).toContain(path.replace(/^plugins-.+\.env$/, 'plugins-<名前>.env'));
  });
});
