// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { drop, filesIn, toyPlugin } from '../../test/toy-plugin';
import { runPlugin, temporaryLegacyFolder, type PluginRun, type TemporaryFolder } from '../testing';

describe('a first file, which the hub only tries until a person confirms it', () => {
  let folder: TemporaryFolder;
  let run: PluginRun;
  let confirmed = false;
  const rows = 50;
  /** Of rows like these, far fewer are on their way at a time. */
  const limits = { itemsPerMessage: 5, messagesInFlight: 2 };
  const lines = ['TOY', ...Array.from({ length: rows }, (_, n) => `K${n},text`)];
  const files = (name: string) => filesIn(folder.path, name);
  const start = async () =>
    (run = await runPlugin(toyPlugin, { config: { folder: folder.path }, limits, tries: () => !confirmed }));
  beforeEach(async () => {
    confirmed = false;
    folder = await temporaryLegacyFolder();
    await start();
    await drop(folder.path, 'TOY00001.TXT', ...lines);
  });
  afterEach(async () => {
    await run.stop();
    await folder.remove();
  });
  const isTried = () => run.until(() => run.hub.trial === 'waits');
  const isDone = () => run.until(async () => 'TOY00001.TXT' in (await files('done')));

  it('is tried to its last row, and stays where it is without a result', async () => {
    await isTried();
    expect(run.hub.tried.size).toBe(rows);
    expect(run.hub.items).toEqual([]);
    expect(run.runner.inHand).toBeLessThanOrEqual(limits.itemsPerMessage * limits.messagesInFlight);
    expect(Object.keys(await files('processing'))).toEqual(['TOY00001.TXT']);
    expect(await files('out')).toEqual({});
  });

  it('is taken whole when it is confirmed, each row once, with the result of an undisturbed file', async () => {
    await isTried();
    confirmed = true;
    await isDone();
    expect(run.hub.items.map(({ itemId }) => itemId.split('/')[1])).toEqual(
      Array.from({ length: rows }, (_, n) => String(n + 1)),
    );
    const result = (await files('out'))['ERG00001.TXT']?.split('\n');
    expect(result).toHaveLength(rows + 1);
    expect(result?.slice(1).every((line) => line.includes(',accepted,'))).toBe(true);
  });

  it('is taken whole, too, when it is confirmed before its end was tried', async () => {
    await run.until(() => run.hub.tried.size > 0);
    confirmed = true;
    await isDone();
    const taken = new Set(run.hub.items.map(({ itemId }) => itemId));
    expect(taken.size).toBe(rows);
    expect((await files('out'))['ERG00001.TXT']?.split('\n')).toHaveLength(rows + 1);
  });

  it('is tried anew from its first row when the hub has forgotten, as when settings were changed', async () => {
    await isTried();
    run.hub.tried.clear();
    run.hub.trial = undefined;
    await isTried();
    expect(run.hub.tried.size).toBe(rows);
    expect(run.hub.items).toEqual([]);
  });

  it('is tried again from its first row after the host has died', async () => {
    await isTried();
    const { hub } = run;
    await run.abandon();
    hub.trial = undefined;
    run = await runPlugin(toyPlugin, { config: { folder: folder.path }, limits, hub });
    await isTried();
    confirmed = true;
    await isDone();
    expect(new Set(hub.items.map(({ itemId }) => itemId)).size).toBe(rows);
  });
});
