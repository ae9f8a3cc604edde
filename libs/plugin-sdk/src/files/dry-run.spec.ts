// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drop, filesIn, toyPlugin } from '../../test/toy-plugin';
import { twoKindsPlugin } from '../../test/two-kinds-plugin';
import { Journal } from '../journal/journal';
import type { OutgoingItem } from '../plugin/outgoing-item';
import type { Plugin } from '../plugin/define-plugin';
import { systemClock } from '../surroundings/clock';
import { silentLog } from '../surroundings/log';
import { secretsIn } from '../surroundings/secrets';
import { runPlugin, temporaryLegacyFolder, type TemporaryFolder } from '../testing';

describe('a dry run of a file', () => {
  let folder: TemporaryFolder;
  let journal: Journal;
  beforeEach(async () => {
    folder = await temporaryLegacyFolder();
    journal = await Journal.open(folder.path);
  });
  afterEach(async () => {
    await journal.close();
    await folder.remove();
  });

  /** Every row of it is accepted by a hub that nobody sees. */
  async function dryRun(plugin: Plugin, name: string, ...lines: string[]) {
    const surroundings = { journal, log: silentLog, clock: systemClock, secrets: secretsIn(folder.path) };
    const { sources } = await plugin.connect({ folder: folder.path }, surroundings);
    const items: OutgoingItem[] = [];
    const file = { name, bytes: Buffer.from(lines.join('\n')) };
    for (const source of sources) {
      const rows = await source.dryRun(file, {
        send: async (given, options) => {
          for (const item of given) {
            items.push(item);
            const { itemId, origin, fault } = item;
            const outcome = fault ? ('rejected' as const) : ('accepted' as const);
            options?.onSettled?.({ itemId, origin, answer: { itemId, outcome, codes: [] }, fault });
          }
        },
      });
      if (rows) return { rows: rows.map(({ row, outcome, code }) => [row, outcome, code]), items };
    }
    return undefined;
  }

  it('names the items as the folder would, and says of each row what its result would', async () => {
    const lines = ['TOY', 'A,text', 'B,BAD'];
    const { items, rows } = (await dryRun(toyPlugin, 'TOY00001.TXT', ...lines))!;
    expect(rows).toEqual([
      [1, 'accepted', undefined],
      [2, 'quarantined', 'E-ATTR'],
    ]);
    const run = await runPlugin(toyPlugin, { config: { folder: folder.path } });
    await drop(folder.path, 'TOY00001.TXT', ...lines);
    await run.until(async () => 'TOY00001.TXT' in (await filesIn(folder.path, 'done')));
    await run.stop();
    expect(items.map(({ itemId, type, body }) => ({ itemId, type, body }))).toEqual(run.hub.items);
  });

  it('leaves folder and journal as they are', async () => {
    const lines = () => readFile(join(folder.path, '.tsunagi', 'journal.jsonl'), 'utf8');
    const before = await lines();
    await dryRun(toyPlugin, 'TOY00001.TXT', 'TOY', 'A,text');
    for (const place of ['in', 'processing', 'done', 'error', 'out'])
      expect(await filesIn(folder.path, place)).toEqual({});
    expect(await lines()).toBe(before);
  });

  it('says so when the file is refused as a whole', async () => {
    expect((await dryRun(toyPlugin, 'TOY00001.TXT', 'NOT A TOY'))?.rows).toEqual([[0, 'refused', 'E-FRAME']]);
  });

  it('is nobody’s business for a file that no source would take', async () => {
    expect(await dryRun(toyPlugin, 'README.TXT', 'TOY', 'A,text')).toBeUndefined();
  });

  it('goes by the source that takes files of this name, and counts what stands twice in it once', async () => {
    const { items, rows } = (await dryRun(twoKindsPlugin, 'BB00001.TXT', 'BB', 'x', 'x'))!;
    expect(items.map(({ itemId }) => itemId)).toEqual(['BB/x']);
    expect(rows.map(([, outcome]) => outcome)).toEqual(['accepted', 'duplicate']);
  });
});
