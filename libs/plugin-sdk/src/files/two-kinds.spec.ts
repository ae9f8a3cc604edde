// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { drop, filesIn } from '../../test/toy-plugin';
import { twoKindsPlugin } from '../../test/two-kinds-plugin';
import { runPlugin, temporaryLegacyFolder, type PluginRun, type TemporaryFolder } from '../testing';

describe('two kinds of file in one folder', () => {
  let folder: TemporaryFolder;
  let run: PluginRun;
  const out = () => filesIn(folder.path, 'out');
  const bring = async (name: string, ...lines: string[]) => {
    await drop(folder.path, name, ...lines);
    await run.until(
      async () => name in { ...(await filesIn(folder.path, 'done')), ...(await filesIn(folder.path, 'error')) },
    );
  };
  const start = async () => (run = await runPlugin(twoKindsPlugin, { config: { folder: folder.path } }));
  beforeEach(async () => {
    folder = await temporaryLegacyFolder();
    await start();
  });
  afterEach(async () => {
    await run.stop();
    await folder.remove();
  });

  it('are taken by the source of their kind', async () => {
    await bring('AA00001.TXT', 'AA', 'x');
    await bring('BB00002.TXT', 'BB', 'y');
    expect(await out()).toEqual({ 'ER00001.TXT': 'AA\n1 accepted', 'ER00002.TXT': 'BB\n1 accepted' });
  });

  it('can come again under the right name when they came under the wrong one', async () => {
    await bring('AA00001.TXT', 'BB', 'x');
    expect(await out()).toEqual({ 'ER00001.TXT': 'AA\n0 refused' });
    await bring('BB00007.TXT', 'BB', 'x');
    expect(await out()).toMatchObject({ 'ER00007.TXT': 'BB\n1 accepted' });
  });

  it('never have a result under one name, not even when the first was fetched before the second was written', async () => {
    await bring('AA00001.TXT', 'AA', 'x');
    await rm(join(folder.path, 'out', 'ER00001.TXT'));
    await run.stop();
    await start();
    await bring('BB00001.TXT', 'BB', 'x');
    expect(await out()).toEqual({ 'ER00001-2.TXT': 'BB\n1 accepted' });
    await drop(folder.path, 'AA00001.TXT', 'AA', 'x', 'y');
    await run.until(async () => 'ER00001.TXT' in (await out()));
    expect((await out())['ER00001.TXT']).toBe('AA\n1 accepted\n2 accepted');
  });

  it('let a record that has a name of its own be the same item in whatever file it comes', async () => {
    await bring('BB00001.TXT', 'BB', 'x');
    await bring('BB00002.TXT', 'BB', 'x', 'y');
    expect(run.hub.items.map(({ itemId }) => itemId)).toEqual(['BB/x', 'BB/x', 'BB/y']);
  });

  it('count a record that stands twice in one file as a duplicate, and send it once', async () => {
    await bring('BB00001.TXT', 'BB', 'x', 'x');
    expect(run.hub.items.map(({ itemId }) => itemId)).toEqual(['BB/x']);
    expect(await out()).toEqual({ 'ER00001.TXT': 'BB\n1 accepted\n2 duplicate' });
  });
});
