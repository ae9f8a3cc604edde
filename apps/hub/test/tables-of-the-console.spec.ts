// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListName } from '@tsunagi/contracts';

const root = join(__dirname, '../../console/src');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.tsx'))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

/** Tables that are no list of the page, and why. */
const exceptions: Readonly<Record<string, string>> = {
  // The hub writes the whole queue itself: the page draws only the rows near the window.
  'pages/queue/rows.tsx': 'has an export of its own',
  // One proposal, field by field: a record, with a person's items in it.
  'pages/desk/changes.tsx': 'is the layout of one record',
};

describe('a table of the console', () => {
  it('can be taken along as CSV wherever it is a list', () => {
    const bare = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/<table\b/g)]
        .filter(({ index }) => !/<ListTable\b[^<]*>\s*$/.test(text.slice(0, index)))
        .map(() => path),
    );
    expect(bare.sort()).toEqual(Object.keys(exceptions).sort());
  });

  it('has a name of its own in the audit, and no name is left without a list', () => {
    const used = sources.flatMap(({ text }) => [...text.matchAll(/\blist="([^"]+)"/g)].map(([, name]) => name));
    expect(used.sort()).toEqual([...ListName.options].sort());
  });
});
