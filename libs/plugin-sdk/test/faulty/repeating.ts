// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Intake, SourceItem } from '../../src';
import type { Letter } from './sound';
import { soundPlugin } from './sound';

type Item = SourceItem<Letter, never>;

/** Names what it reads by the pass in which it reads it: a file that comes again is full of new records. */
export const repeating = soundPlugin({
  id: 'repeating',
  source: (source, folder) => {
    const read: Item[] = [];
    const putAway = async () => (await readdir(join(folder, 'done'))).length;
    return {
      name: source.name,
      check: () => source.check(),
      dryRun: async (file, intake) => source.dryRun?.(file, intake),
      poll: async (intake) => {
        const before = { files: await putAway(), items: read.length };
        const send: Intake<Letter, never>['send'] = (items, options) => {
          const all = [...items];
          read.push(...all);
          return intake.send(all, options);
        };
        const report = await source.poll(Object.create(intake, { send: { value: send } }) as typeof intake);
        const isKnown = (await putAway()) > before.files && read.length === before.items;
        if (isKnown) await intake.send(read.map((item) => ({ ...item, itemId: `${item.itemId}/${read.length}` })));
        return report;
      },
    };
  },
});
