// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { definePlugin, type Plugin } from '@tsunagi/plugin-sdk';
import { z } from 'zod';
import { checkPlugins } from './check-plugins';
import { loadPlugin } from './load-plugin';

const aPlugin = (id: string, more: { sdk?: string; config?: z.ZodType } = {}): Plugin =>
  definePlugin({
    id,
    domain: 'other',
    title: id,
    version: '1.0.0',
    sdk: '^0.1.0',
    config: z.strictObject({}),
    samples: [],
    connect: () => Promise.reject(new Error('not connected here')),
    ...more,
  });
const loaded = (name: string, exported: unknown = aPlugin(name)) => ({ name, exported });
const refusals = (...packages: Parameters<typeof checkPlugins>[0]) => {
  const { accepted, refused } = checkPlugins(packages, '0.1.3');
  return { accepted: accepted.map(({ id }) => id), refused: refused.map(({ name, code }) => `${name} ${code}`) };
};

describe('which plugins a host runs', () => {
  it('refuses one that threw while it was loaded, alone', () => {
    const load = (name: string) => {
      if (name.endsWith('bad')) throw Object.assign(new Error('secret text'), { code: 'MODULE_NOT_FOUND' });
      return { default: aPlugin('good') };
    };
    const { accepted, refused } = checkPlugins([loadPlugin('bad', load), loadPlugin('good', load)], '0.1.0');
    expect(accepted.map(({ id }) => id)).toEqual(['good']);
    expect(refused).toEqual([
      {
        name: 'bad',
        code: 'LOAD_FAILED',
        sentence: 'プラグイン bad を読み込めません（MODULE_NOT_FOUND）。',
        hint: expect.stringContaining('@tsunagi/plugin-bad'),
      },
    ]);
  });

  it.each(['intake', 'writes'])('refuses one with a setting under the name that is the hub’s: %s', (name) => {
    const load = () => ({ default: aPlugin('a', { config: z.strictObject({ [name]: z.string() }) }) });
    expect(refusals(loadPlugin('a', load))).toEqual({ accepted: [], refused: ['a LOAD_FAILED'] });
    expect(loadPlugin('a', load).failure).toBe('RESERVED_SETTING');
  });

  it('refuses what was not made by definePlugin', () => {
    expect(refusals(loaded('a', { id: 'a' }), loaded('b', null), loaded('c'))).toEqual({
      accepted: ['c'],
      refused: ['a NOT_A_PLUGIN', 'b NOT_A_PLUGIN'],
    });
  });

  it('refuses one that asks for another SDK', () => {
    expect(
      refusals(
        loaded('a', aPlugin('a', { sdk: '^0.2.0' })),
        loaded('b', aPlugin('b', { sdk: '^0.1.4' })),
        loaded('c', aPlugin('c', { sdk: 'latest' })),
        loaded('d', aPlugin('d', { sdk: '^0.1.3' })),
      ),
    ).toEqual({ accepted: ['d'], refused: ['a SDK_RANGE', 'b SDK_RANGE', 'c SDK_RANGE'] });
  });

  it('refuses the second of two with one name, and one that goes by another name', () => {
    expect(refusals(loaded('a'), loaded('a'), loaded('b', aPlugin('a')))).toEqual({
      accepted: ['a'],
      refused: ['a DOUBLED_ID', 'b WRONG_ID'],
    });
  });

  it('refuses one whose settings no form could show', () => {
    const config = z.strictObject({ on: z.date() });
    expect(refusals(loaded('a', aPlugin('a', { config })))).toEqual({ accepted: [], refused: ['a CONFIG_SCHEMA'] });
  });
});
