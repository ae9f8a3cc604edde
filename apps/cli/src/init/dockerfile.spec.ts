// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../test/compose-file';

const textOf = (name: string) => readFileSync(join(root, name), 'utf8');
/** Instructions with continued lines joined, comments gone. */
const instructions = textOf('Dockerfile')
  .replace(/^#.*\n/gm, '')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => /^([A-Z]+) (.+)$/.exec(line.trim())?.slice(1) ?? ['?', line]);
const of = (name: string) => instructions.filter(([word]) => word === name).map(([, rest = '']) => rest);

/** No engine builds it here, so at least it is held against the tree. */
describe('the Dockerfile', () => {
  it('is made of instructions', () => {
    expect(of('?')).toEqual([]);
  });

  it('begins with the slim image of the oldest Node that we support', () => {
    const { engines } = JSON.parse(textOf('package.json')) as { engines: { node: string } };
    const [, major] = /^>=(\d+)\./.exec(engines.node) ?? [];
    for (const image of of('FROM')) expect(image).toMatch(new RegExp(`^node:${major}-bookworm-slim( AS build)?$`));
    expect(of('FROM')).toHaveLength(2);
  });

  it('takes packages from the lock file only', () => {
    const runs = of('RUN').join(' && ');
    expect(runs).toMatch(/npm ci --include=dev[^&]*&& npx tsc -b/);
    expect(runs).toContain('npm ci --omit=dev');
    expect(runs).not.toMatch(/npm (install|i|update)\b|curl|wget|apt/);
  });

  it('does not run as root', () => {
    expect(of('USER').at(-1)).toBe('node');
  });

  it('starts the command line, which is there', () => {
    const [entry] = of('ENTRYPOINT');
    const path = (JSON.parse(entry ?? '[]') as string[]).at(-1)?.replace('/app/', '') ?? '';
    expect(existsSync(join(root, path))).toBe(true);
    expect(of('RUN').join()).toContain(`ln -s /app/${path} /usr/local/bin/tsunagi`);
  });

  it('gives Node the memory that the units give it and that is measured', () => {
    const [entry] = of('ENTRYPOINT');
    const options = (JSON.parse(entry ?? '[]') as string[]).filter((word) => word.startsWith('--'));
    expect(options).not.toEqual([]);
    for (const unit of textOf('docs/install.md').matchAll(/^ExecStart=\S+node (--.*) \S+tsunagi\.js start/gm))
      expect(unit[1]?.trim().split(' ')).toEqual(options);
    expect(textOf('bench/town.mjs')).toContain(`const memory = ['${options.join("', '")}'];`);
  });
});

describe('what goes to the engine', () => {
  const ignored = textOf('.dockerignore').split('\n');

  it('holds nothing of a site, no history and nothing that was built elsewhere', () => {
    for (const line of ['.git', '.env', '*.env', 'site', '**/node_modules', '**/dist', '**/var'])
      expect(ignored).toContain(line);
  });

  it('holds everything that is built', () => {
    for (const folder of ['apps', 'libs', 'plugins', 'package-lock.json', 'tsconfig.json'])
      expect(ignored).not.toContain(folder);
  });

  it('leaves nothing of a site to git either', () => {
    for (const line of ['.env', '/*.env', '/site/']) expect(textOf('.gitignore').split('\n')).toContain(line);
  });
});
