// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { root } from '../../test/compose-file';
import { run } from '../program';

let cwd: string;
beforeEach(() => (cwd = mkdtempSync(join(tmpdir(), 'plugin-'))));
afterEach(() => rmSync(cwd, { recursive: true }));

async function tsunagi(...line: string[]) {
  const [out, error] = [new PassThrough(), new PassThrough()];
  const code = await run(['plugin', ...line], { env: {}, cwd, out, error });
  return { code, out: String(out.read() ?? ''), error: String(error.read() ?? '') };
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(folder, path)).isFile());

describe('tsunagi plugin new', () => {
  it.each([
    ['Hogo', []],
    ['../hogo', []],
    ['hogo-', []],
    ['hogo', ['--title', "'; DROP"]],
  ])('makes no plugin %s %j', async (id, options) => {
    const { code, error } = await tsunagi('new', id, ...options);
    expect([code, readdirSync(cwd)]).toEqual([2, []]);
    expect(error).toContain('英小文字');
  });

  it('overwrites nothing', async () => {
    writeFileSync(join(cwd, 'mine'), 'mine');
    const { code, error } = await tsunagi('new', 'hogo', '--dir', '.');
    expect([code, readdirSync(cwd)]).toEqual([2, ['mine']]);
    expect(error).toContain('上書きはしません');
  });

  it('gives the plugin its own names throughout, and leaves no other', async () => {
    const { code, out } = await tsunagi('new', 'kodomo-shoku', '--title', '子ども食堂', '--domain', 'chiiki', '--json');
    const { files } = JSON.parse(out) as { files: string[] };
    expect(code).toBe(0);
    expect(files.sort()).toEqual(filesIn(join(cwd, 'kodomo-shoku')).sort());
    expect(files).toEqual(expect.arrayContaining(['src/kodomo-shoku.plugin.ts', 'samples/KOG00001.CSV']));
    const texts = files.map((path) => `${path}\n${readFileSync(join(cwd, 'kodomo-shoku', path), 'latin1')}`);
    for (const text of texts) expect(text).not.toMatch(/hogo|\bHO[GROES](?![A-Z])|templates/i);
    expect(texts.join()).toMatch(/export const kodomoShokuPlugin = definePlugin\({\s+id: 'kodomo-shoku'/);
    expect(texts.join()).toContain("domain: Domain = 'chiiki'");
  });

  it('is without a domain one of その他, and one that is named like a domain is of it', async () => {
    await tsunagi('new', 'mine');
    await tsunagi('new', 'hogo');
    const domainIn = (id: string) =>
      /Domain = '(\w+)'/.exec(readFileSync(join(cwd, id, `src/${id}.config.ts`), 'utf8'))?.[1];
    expect([domainIn('mine'), domainIn('hogo')]).toEqual(['other', 'hogo']);
  });
});

describe('tsunagi plugin verify', () => {
  it('says that there is no plugin in a folder', async () => {
    const { code, error } = await tsunagi('verify');
    expect([code, error]).toEqual([2, expect.stringContaining('tsunagi plugin new ID')]);
  });

  it('says what is missing of a plugin that brings no kit', async () => {
    writeFileSync(join(cwd, 'package.json'), JSON.stringify({ name: '@tsunagi/plugin-konkyu', main: 'index.js' }));
    writeFileSync(join(cwd, 'index.js'), `module.exports = require(${JSON.stringify(join(root, 'plugins/konkyu'))});`);
    const { code, error } = await tsunagi('verify', cwd);
    expect([code, error]).toEqual([2, expect.stringContaining('defineKit()')]);
  });

  it.each(['kaigo', 'shogai', 'konkyu', 'kosodate'])(
    'holds %s against every promise, as whoever runs the command does',
    async (id) => {
      const { code, out } = await tsunagi('verify', join(root, 'plugins', id), '--report', cwd, '--json');
      expect([code, JSON.parse(out)]).toMatchObject([0, { ok: true, plugin: id, failed: 0 }]);
      expect(filesIn(cwd).sort()).toEqual(['verify-report.json', 'verify-report.txt']);
    },
    120_000,
  );

  it('ends with 1 where all is well and the report cannot be written', async () => {
    const template = join(root, 'apps/cli/templates/plugin');
    const { code, out } = await tsunagi('verify', template, '--report', 'nowhere', '--json');
    expect(JSON.parse(out)).toMatchObject({ ok: true, plugin: 'hogo', failed: 0 });
    expect([code, filesIn(template).filter((path) => path.includes('verify-report'))]).toEqual([1, []]);
  }, 120_000);
});
