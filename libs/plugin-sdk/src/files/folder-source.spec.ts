// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { appendFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drop, filesIn, toyPlugin } from '../../test/toy-plugin';
import { Journal } from '../journal/journal';
import { systemClock } from '../surroundings/clock';
import { silentLog } from '../surroundings/log';
import { secretsIn } from '../surroundings/secrets';
import {
  runPlugin,
  temporaryLegacyFolder,
  type HubDouble,
  type PluginRun,
  type RunPluginOptions,
  type TemporaryFolder,
} from '../testing';

describe('a watched folder', () => {
  let folder: TemporaryFolder;
  let run: PluginRun | undefined;
  const files = (name: string) => filesIn(folder.path, name);
  const start = async (options: Partial<RunPluginOptions> = {}) =>
    (run = await runPlugin(toyPlugin, { config: { folder: folder.path }, ...options }));
  const settled = (name: string) =>
    run!.until(async () => name in { ...(await files('done')), ...(await files('error')) });
  const passes = async (count: number) => {
    for (let pass = 0; pass < count; pass += 1) {
      let done = false;
      run!.clock.after(1, () => (done = true));
      await run!.until(() => done);
    }
  };
  beforeEach(async () => (folder = await temporaryLegacyFolder()));
  afterEach(async () => {
    await run?.stop();
    run = undefined;
    await folder.remove();
  });

  it('leaves a file alone whose size still grows', async () => {
    const journal = await Journal.open(folder.path);
    const surroundings = { journal, log: silentLog, clock: systemClock, secrets: secretsIn(folder.path) };
    const { sources } = await toyPlugin.connect({ folder: folder.path }, surroundings);
    const sent: unknown[] = [];
    const pass = () =>
      sources[0]!.poll({
        checkpoint: undefined,
        asked: false,
        signal: new AbortController().signal,
        fileTaken: () => undefined,
        failpoint: () => undefined,
        send: (items) => Promise.resolve(void sent.push(...items)),
      });
    await drop(folder.path, 'TOY00001.TXT', 'TOY');
    await pass();
    for (let row = 1; row <= 3; row += 1) {
      await appendFile(join(folder.path, 'in', 'TOY00001.TXT'), `\nK${row},text`);
      await pass();
      expect(Object.keys(await files('in'))).toEqual(['TOY00001.TXT']);
    }
    await pass();
    expect(Object.keys(await files('done'))).toEqual(['TOY00001.TXT']);
    expect(sent).toHaveLength(3);
    await journal.close();
  });

  it('asks to be looked into again soon when a person asked, and a file has only just come', async () => {
    const journal = await Journal.open(folder.path);
    const surroundings = { journal, log: silentLog, clock: systemClock, secrets: secretsIn(folder.path) };
    const { sources } = await toyPlugin.connect({ folder: folder.path }, surroundings);
    const pass = (asked: boolean) =>
      sources[0]!.poll({
        checkpoint: undefined,
        asked,
        signal: new AbortController().signal,
        fileTaken: () => undefined,
        failpoint: () => undefined,
        send: () => Promise.resolve(),
      });
    expect(await pass(true)).toMatchObject({ again: false });
    await drop(folder.path, 'TOY00001.TXT', 'TOY');
    expect(await pass(true)).toMatchObject({ again: true });
    expect(await pass(false)).toMatchObject({ again: false });
    expect(Object.keys(await files('done'))).toEqual(['TOY00001.TXT']);
    await journal.close();
  });

  describe('tells that a file has come', () => {
    it.each<[string, string[]]>([
      ['without records', ['TOY']],
      ['that is refused', ['NOT A TOY']],
      ['whose rows are all quarantined', ['TOY', 'A,BAD']],
    ])('%s', async (_, lines) => {
      await start();
      expect(run!.runner.lastFileAt).toBeUndefined();
      await drop(folder.path, 'TOY00001.TXT', ...lines);
      await settled('TOY00001.TXT');
      expect(run!.runner.lastFileAt).toBeInstanceOf(Date);
    });

    it('before the hub has answered anything of it', async () => {
      await start({ answer: () => undefined });
      await drop(folder.path, 'TOY00001.TXT', 'TOY', 'A,text');
      await run!.until(() => run!.runner.lastFileAt);
      expect(Object.keys(await files('processing'))).toEqual(['TOY00001.TXT']);
    });
  });

  it('leaves files alone whose names do not match', async () => {
    await start();
    await drop(folder.path, 'TOY00001.TXT.tmp', 'TOY', 'A,text');
    await drop(folder.path, 'README', 'TOY', 'A,text');
    await passes(10);
    expect(Object.keys(await files('in'))).toEqual(['README', 'TOY00001.TXT.tmp']);
  });

  it('refuses a whole file: row 0 is quarantined, the result says so, the input goes to error', async () => {
    await start();
    await drop(folder.path, 'TOY00001.TXT', 'NOT A TOY', 'A,text');
    await settled('TOY00001.TXT');
    expect(run!.hub.items).toEqual([
      {
        itemId: expect.stringMatching(/^[0-9a-f]{64}\/0$/),
        type: 'rows.quarantined.v1',
        body: { row: { file: expect.any(String), row: 0, code: 'E-FRAME' } },
      },
    ]);
    expect(await files('out')).toEqual({ 'ERG00001.TXT': 'of ?\n0,,refused,E-FRAME,,' });
    expect(Object.keys(await files('error'))).toEqual(['TOY00001.TXT']);
  });

  it('quarantines a bad row and lets the others through, each with its answer in the result', async () => {
    await start({
      answer: ({ body }) =>
        'submission' in body && body.submission.source.key === 'B'
          ? { outcome: 'held', codes: ['NO_CONSENT'], referralId: undefined, pointer: '7' }
          : {},
    });
    await drop(folder.path, 'TOY00001.TXT', 'TOY', 'A,text', 'B,text', 'C,BAD', 'D,LATE', 'E,THROW');
    await settled('TOY00001.TXT');
    expect(await files('out')).toEqual({
      'ERG00001.TXT': [
        'of 5',
        '1,A,accepted,,,id',
        '2,B,held,NO_CONSENT,7,',
        '3,C,quarantined,E-ATTR,2,',
        '4,D,quarantined,E-DATE,3,',
        '5,E,quarantined,E-MAPPING,,',
      ].join('\n'),
    });
    expect(await files('in')).toEqual({});
    expect(await files('processing')).toEqual({});
  });

  it('lets a waiting row be read again from the file as it was put away, and from no other', async () => {
    await start();
    await drop(folder.path, 'TOY00001.TXT', 'TOY', 'A,BAD', 'B,two');
    await settled('TOY00001.TXT');
    const [waits] = run!.hub.items.filter(({ type }) => type === 'rows.quarantined.v1');
    const file = waits && 'row' in waits.body ? waits.body.row.file : undefined;
    const row = { itemId: waits?.itemId ?? '', as: `${waits?.itemId}#1`, file, row: 1 };
    expect(await run!.runner.release({ ...row, source: 'folder' })).toBeUndefined();
    // Its reader finds the same fault: it waits on.
    await run!.until(() =>
      run!.hub.items.some(({ itemId, type }) => itemId === row.as && type === 'rows.quarantined.v1'),
    );
    expect(await run!.runner.release({ ...row, source: 'answers' })).toBe('ROW_GONE');
    expect(await run!.runner.release({ ...row, row: 9 })).toBe('ROW_GONE');
    await writeFile(join(folder.path, 'done', 'TOY00001.TXT'), 'TOY\nA,one');
    expect(await run!.runner.release(row)).toBe('ROW_GONE');
  });

  it('says nothing of a quarantined row but where and why', async () => {
    await start();
    await drop(folder.path, 'TOY00001.TXT', 'TOY', 'SECRET,BAD');
    await settled('TOY00001.TXT');
    expect(run!.hub.items.map(({ body }) => body)).toEqual([
      {
        row: {
          file: expect.any(String),
          row: 1,
          code: 'E-ATTR',
          field: 2,
          keyHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      },
    ]);
  });

  it('waits with the result until every row is answered', async () => {
    let answering = false;
    await start({ answer: ({ body }) => (answering || !('submission' in body) ? {} : undefined) });
    await drop(folder.path, 'TOY00001.TXT', 'TOY', 'A,text', 'B,BAD');
    await run!.until(() => run!.hub.items.length >= 2);
    await passes(5);
    expect(await files('out')).toEqual({});
    expect(Object.keys(await files('processing'))).toEqual(['TOY00001.TXT']);
    answering = true;
    await settled('TOY00001.TXT');
    expect(await files('out')).toEqual({
      'ERG00001.TXT': 'of 2\n1,A,accepted,,,id\n2,B,quarantined,E-ATTR,2,',
    });
  });

  it('gives known bytes their first result again, whatever their name, and sends nothing', async () => {
    await start();
    await drop(folder.path, 'TOY00001.TXT', 'TOY', 'A,text');
    await settled('TOY00001.TXT');
    await rm(join(folder.path, 'out', 'ERG00001.TXT'));
    const sent = run!.hub.items.length;
    await drop(folder.path, 'TOY00077.TXT', 'TOY', 'A,text');
    await settled('TOY00077.TXT');
    expect(run!.hub.items).toHaveLength(sent);
    expect(await files('out')).toEqual({ 'ERG00077.TXT': 'of 1\n1,A,accepted,,,id' });
  });

  it('never overwrites a result or an input of the same name', async () => {
    await start();
    await drop(folder.path, 'TOY00001.TXT', 'TOY', 'A,text');
    await settled('TOY00001.TXT');
    await drop(folder.path, 'TOY00001.TXT', 'TOY', 'A,text', 'B,text');
    await settled('TOY00001-2.TXT');
    expect(Object.keys(await files('out'))).toEqual(['ERG00001-2.TXT', 'ERG00001.TXT']);
    expect((await files('done'))['TOY00001.TXT']).toBe('TOY\nA,text');
  });

  it('refuses a file that is too large without reading it', async () => {
    await start();
    await writeFile(join(folder.path, 'in', 'TOY00001.TXT'), Buffer.alloc(64 * 1024 * 1024 + 1));
    await settled('TOY00001.TXT');
    expect(await files('out')).toEqual({ 'ERG00001.TXT': 'of ?\n0,,refused,E-SIZE,,' });
  });

  describe('after a crash', () => {
    /** Dies where told, and comes back with the same hub. */
    const crashAt = async (failpoint: string): Promise<HubDouble> => {
      let dead = false;
      await start({
        failpoint: (name) => {
          if (name === failpoint) {
            dead = true;
            throw Object.assign(new Error('killed'), { code: 'KILLED' });
          }
        },
      });
      await drop(folder.path, 'TOY00001.TXT', 'TOY', 'A,text', 'B,BAD');
      await run!.until(() => dead);
      await run!.stop();
      return run!.hub;
    };

    it('takes up what lies in processing, under the same item ids, with the same result', async () => {
      await start({ answer: () => undefined });
      await drop(folder.path, 'TOY00001.TXT', 'TOY', 'A,text', 'B,BAD');
      await run!.until(() => run!.hub.items.length >= 2);
      const first = run!.hub.items.slice(0, 2);
      await run!.stop();
      expect(Object.keys(await files('processing'))).toEqual(['TOY00001.TXT']);

      await start();
      await settled('TOY00001.TXT');
      expect(run!.hub.items).toEqual(first);
    });

    it('finishes a result that was written but not yet renamed, and sends nothing again', async () => {
      const hub = await crashAt('result-ready');
      expect(Object.keys(await files('out'))).toEqual(['ERG00001.TXT.tmp']);
      const sent = hub.items.length;
      await start({ hub });
      await settled('TOY00001.TXT');
      expect(await files('out')).toEqual({ 'ERG00001.TXT': 'of 2\n1,A,accepted,,,id\n2,B,quarantined,E-ATTR,2,' });
      expect(hub.items).toHaveLength(sent);
    });

    it('does not issue a result a second time that the legacy system has fetched', async () => {
      const hub = await crashAt('result-ready');
      // Renamed and fetched, and then the host died before it could note that.
      await rename(join(folder.path, 'out', 'ERG00001.TXT.tmp'), join(folder.path, 'fetched'));
      await start({ hub });
      await settled('TOY00001.TXT');
      expect(await files('out')).toEqual({});
    });
  });

  it('goes on with other files when one cannot be finished, and says so in its heartbeat', async () => {
    let fail = true;
    await start({
      failpoint: () => {
        if (fail) throw Object.assign(new Error('disk'), { code: 'ENOSPC' });
      },
    });
    await drop(folder.path, 'TOY00001.TXT', 'TOY', 'A,text');
    await run!.until(() => run!.runner.code === 'ENOSPC');
    fail = false;
    await drop(folder.path, 'TOY00002.TXT', 'TOY', 'B,text');
    await settled('TOY00001.TXT');
    await settled('TOY00002.TXT');
    await run!.until(() => run!.runner.code === undefined);
  });

  it('turns 対応区分 60 into an acknowledgement of the recall, and any other into a response', async () => {
    await start();
    const delivery = '019ab9f0-0000-7000-8000-000000000001';
    await drop(folder.path, 'TOY00001.TXT', 'TOY', `=60,${delivery}`, `=20,${delivery}`);
    await settled('TOY00001.TXT');
    expect(run!.hub.items.map(({ type, body }) => [type, Object.keys(body)])).toEqual(
      expect.arrayContaining([
        ['recall.acknowledged.v1', ['acknowledgement', 'origin']],
        ['referral.response.v1', ['response', 'origin']],
      ]),
    );
  });

  describe('its check', () => {
    it('names the folder that is missing, with its remedy', async () => {
      await start();
      await rm(join(folder.path, 'error'), { recursive: true });
      const findings = await run!.check();
      expect(findings.filter(({ ok }) => !ok)).toEqual([
        { name: 'フォルダー error', ok: false, code: 'ENOENT', hint: expect.stringContaining('作成') },
      ]);
    });

    it('passes when five folders can be written and files can move between them, and leaves nothing behind', async () => {
      await start();
      const findings = await run!.check();
      expect(findings.map(({ ok }) => ok)).toEqual([true, true, true, true, true, true]);
      for (const name of ['in', 'processing', 'done', 'error', 'out']) expect(await files(name)).toEqual({});
    });
  });
});
