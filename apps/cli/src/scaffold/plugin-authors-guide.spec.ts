// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { checks } from '@tsunagi/plugin-sdk/verify';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../test/compose-file';

const guide = readFileSync(join(root, 'docs/plugin-authors.md'), 'utf8');
const blocks = [...guide.matchAll(/```sh\n([^]*?)```/g)].map(([, commands = '']) => commands);

/** What the guide says that a block prints stands in the paragraph before it; here once more, to be looked for. */
const printed = [
  /plugins\/hogo に作りました/,
  /合格 18　不合格 0/,
  /22 passed/,
  /不合格　config[^]*functionCode[^]*終了コード 2/,
];

describe('the guide for authors of plugins', () => {
  // A clone as far as the commands need one: what is built comes from here, and nothing is written here.
  const clone = mkdtempSync(join(tmpdir(), 'clone-'));
  beforeAll(() => {
    mkdirSync(join(clone, 'plugins'));
    symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
    writeFileSync(join(clone, 'package.json'), '{ "private": true }\n');
  });
  afterAll(() => rmSync(clone, { recursive: true }));

  it.each(blocks.map((commands, index) => [commands.split('\n', 1)[0], commands, printed[index]] as const))(
    'begins with commands that work: %s',
    (_, commands, expected) => {
      const { stdout, stderr, status } = spawnSync('bash', ['-euc', commands], {
        cwd: clone,
        encoding: 'utf8',
        env: { ...process.env, npm_config_update_notifier: 'false' },
      });
      expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: expect.stringMatching(expected ?? /none/) });
    },
    120_000,
  );

  it('names every promise as the suite does', () => {
    for (const { name, sentence } of checks) {
      const row = guide.split('\n').find((line) => line.startsWith(`| \`${name}\` |`)) ?? '';
      const told = row
        .replace(/`notCarried`/, ' notCarried ')
        .replace('(', '（')
        .replace(')', '）');
      expect(told.replaceAll(' ', '')).toContain(sentence.replace(/。$/, '').replaceAll(' ', ''));
    }
  });
});
