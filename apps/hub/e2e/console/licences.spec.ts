// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const console = join(__dirname, '../../../console');
const read = (path: string) => readFileSync(join(console, path), 'utf8');

describe('the console as it is served', () => {
  const list = read('dist/site/licences.md');

  it('carries the notice of the design system whose styles are in it, word for word', () => {
    const notice = read('src/dads/LICENSE');
    expect(notice).toMatch(/^MIT License\n\nCopyright \(c\) \d{4} デジタル庁\n/);
    expect(list).toContain(notice);
  });

  it('carries those of the packages that are in it beside', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    const packages = Object.keys(dependencies).filter((name) => !name.startsWith('@tsunagi/'));
    expect(packages.filter((name) => !list.includes(`\n## ${name} - `))).toEqual([]);
  });
});
