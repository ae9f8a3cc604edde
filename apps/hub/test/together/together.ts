// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(__dirname, '../../src');
/** As many as there are files `1.ts`, `2.ts`, … beside this one. */
const shares = readdirSync(__dirname).filter((name) => /^\d+\.ts$/.test(name)).length;

/**
 * One share of the hub's specs with services, in one file of jest. Each such file takes the two seconds that Nest and
 * TypeORM take to load, so the whole suite runs them in a few (`scripts/test.mjs`); one spec is run by its own path.
 */
export function together(share: number): void {
  const specs = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.int.spec.ts'))
    .map((path) => ({ path: join(root, path), size: statSync(join(root, path)).size }))
    // The longest are dealt out first, so that the shares are about equal.
    .sort((a, b) => b.size - a.size || a.path.localeCompare(b.path));
  for (const { path } of specs.filter((_, place) => place % shares === share - 1)) {
    describe(relative(root, path), () => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- a spec says what it tests when it is loaded
      require(path);
    });
  }
  // Of what the specs set, the last would count for all of them.
  jest.setTimeout(300_000);
}
