// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { join } from 'node:path';
import { faultyPlugins } from '../../test/faulty';
import { kit, soundPlugin } from '../../test/faulty/sound';
import type { Plugin } from '../plugin/define-plugin';
import { reportLines, verifyInTests, verifyPlugin, type VerifyReport } from '.';

const root = join(__dirname, '../../test/faulty');
/** A plugin is held against all promises for some seconds, most of them spent on waiting: all at once. */
const reports = new Map<Plugin, VerifyReport>();
const verified = (plugin: Plugin) => reports.get(plugin)!;

describe('the conformance kit', () => {
  beforeAll(async () => {
    const held = faultyPlugins.map(async ([, plugin]) =>
      reports.set(plugin, await verifyPlugin({ plugin, kit, root })),
    );
    await Promise.all(held);
  }, 300_000);

  it.each(faultyPlugins)(
    'finds the broken promise %s, and no other',
    async (check, plugin) => {
      const { ok, checks } = verified(plugin);
      const failed = checks.filter(({ outcome }) => outcome === 'failed');
      expect(failed.map(({ name }) => name)).toEqual([check]);
      expect(failed[0]?.remedy).toMatch(/[ぁ-ん]/);
      expect(ok).toBe(false);
    },
    120_000,
  );

  it('says for people which promise is broken, where, and what to do', () => {
    const lines = reportLines(verified(faultyPlugins[0]![1]));
    expect(lines.join('\n')).toMatch(/不合格　config　.*\n.*・\/folder：日本語の説明がありません\n.*→ .*describe/);
  });

  it('finds that a plugin without samples, and one that cannot be connected, keep few promises', async () => {
    const dead: Plugin = { ...soundPlugin(), samples: [], connect: () => Promise.reject(new Error('見本　花子')) };
    const { failed, checks } = await verifyPlugin({ plugin: dead, kit, root });
    expect(failed).toBe(checks.length - 1);
    expect(JSON.stringify(checks)).not.toContain('花子');
  });

  it('as tests, fails where a promise is broken', async () => {
    const tests = new Map<string, () => Promise<void>>();
    const runner = {
      describe: (_: string, declare: () => void) => declare(),
      it: (name: string, test: () => Promise<void>) => void tests.set(name, test),
    };
    verifyInTests({ plugin: faultyPlugins[0]![1], kit, root }, runner);
    await expect(tests.get('config')?.()).rejects.toThrow(/folder/);
    await expect(tests.get('gaiji')?.()).resolves.toBeUndefined();
  });
});

verifyInTests({ plugin: soundPlugin(), kit, root });
