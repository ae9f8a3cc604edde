// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { appendFile, mkdir, readdir, readFile, rmdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';
import { Journal, spentLinesBeforeCompaction } from './journal';

describe('the journal beside a legacy folder', () => {
  let folder: TemporaryFolder;
  const path = () => join(folder.path, '.tsunagi', 'journal.jsonl');
  beforeEach(async () => (folder = await temporaryFolder()));
  afterEach(() => folder.remove());

  it('is refused when a line in the middle cannot be read', async () => {
    const journal = await Journal.open(folder.path);
    await journal.close();
    await appendFile(path(), '{"entry":"no such thing"}\n{"entry":"put-down"}\n');
    await expect(Journal.open(folder.path)).rejects.toMatchObject({ code: 'JOURNAL_DAMAGED', line: 2 });
  });

  it('does not make the legacy folder itself: a missing share must not look like an empty one', async () => {
    await expect(Journal.open(join(folder.path, 'missing'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('forgets a last line that a crash has torn, and nothing before it', async () => {
    const before = await Journal.open(folder.path);
    await before.append({ entry: 'settled', sha256: 'a', folder: 'done' });
    await before.close();
    await appendFile(path(), '{"entry":"settled","sha');

    const journal = await Journal.open(folder.path);
    expect(journal.settled('a')).toBe('done');
    await journal.append({ entry: 'settled', sha256: 'b', folder: 'error' });
    await journal.close();

    const again = await Journal.open(folder.path);
    expect([again.settled('a'), again.settled('b')]).toEqual(['done', 'error']);
    await again.close();
  });

  it('survives a torn character of three bytes', async () => {
    const before = await Journal.open(folder.path);
    await before.append({ entry: 'taken', name: 'あ' });
    await before.close();
    const bytes = await readFile(path());
    await writeFile(path(), bytes.subarray(0, bytes.length - 5));
    const journal = await Journal.open(folder.path);
    expect(journal.taken('あ')).toBeUndefined();
    await journal.close();
    expect((await readFile(path(), 'utf8')).split('\n')).toHaveLength(3);
  });

  it('counts serials up per kind of file, and starts again after 99999', async () => {
    const journal = await Journal.open(folder.path);
    const write = (prefix: string, serial: number) =>
      journal.append({ entry: 'output-ready', prefix, serial, name: `${prefix}${serial}`, deliveries: [] });
    await write('KAO', 1);
    await write('KAO', 2);
    await write('KAR', 99_999);
    expect([journal.nextSerial('KAO'), journal.nextSerial('KAR'), journal.nextSerial('KAX')]).toEqual([3, 1, 1]);
    await journal.close();
  });

  it('counts how often the host died with a delivery in hand, until it was put down', async () => {
    const die = async () => {
      const journal = await Journal.open(folder.path);
      await journal.append({ entry: 'in-hand', deliveries: ['x', 'y'] });
      await journal.close();
    };
    await die();
    await die();
    const journal = await Journal.open(folder.path);
    expect([journal.killsOf('x'), journal.killsOf('z')]).toEqual([2, 0]);
    await journal.append({ entry: 'in-hand', deliveries: ['x'] });
    await journal.append({ entry: 'put-down' });
    await journal.close();
    const again = await Journal.open(folder.path);
    expect([again.killsOf('x'), again.killsOf('y')]).toEqual([0, 2]);
    await again.close();
  });

  it('lets appends that meet share a write and keeps their order', async () => {
    const journal = await Journal.open(folder.path);
    const names = Array.from({ length: 50 }, (_, index) => `F${index}`);
    await Promise.all(names.map((name) => journal.append({ entry: 'taken', name })));
    await journal.close();
    const lines = (await readFile(path(), 'utf8')).trimEnd().split('\n').slice(1);
    expect(lines.map((line) => (JSON.parse(line) as { name: string }).name)).toEqual(names);
  });

  describe('with lines that say nothing any more', () => {
    const kept = [
      { entry: 'settled', sha256: 'a', folder: 'error' },
      { entry: 'taken', name: 'F1' },
      { entry: 'result-of', name: 'F2', result: 'R2' },
      { entry: 'result-ready', name: 'F2', result: 'R2' },
      { entry: 'written', deliveries: ['w'] },
      { entry: 'output-ready', prefix: 'KAO', serial: 7, name: 'KAO00007.CSV', deliveries: ['o'] },
      { entry: 'in-hand', deliveries: ['x'] },
      { entry: 'opened' },
      { entry: 'in-hand', deliveries: ['x', 'y'] },
    ];
    const spent = (count: number) => '{"entry":"moved","name":"F0"}\n'.repeat(count);
    const lines = async () => (await readFile(path(), 'utf8')).trimEnd().split('\n');
    const lay = async (spentLines: number) => {
      await mkdir(join(folder.path, '.tsunagi'));
      await writeFile(path(), spent(spentLines) + kept.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    };
    const remembersEverything = (journal: Journal) => {
      expect(journal.settled('a')).toBe('error');
      expect([journal.taken('F1'), journal.taken('F2')]).toEqual([{ issued: false }, { result: 'R2', issued: false }]);
      expect(journal.inputOf('R2')).toBe('F2');
      expect([journal.wasWritten('w'), journal.wasWritten('o'), journal.wasWritten('x')]).toEqual([true, true, false]);
      expect(journal.pendingOutputs.map(({ name }) => name)).toEqual(['KAO00007.CSV']);
      expect(journal.nextSerial('KAO')).toBe(8);
      expect([journal.killsOf('x'), journal.killsOf('y')]).toEqual([2, 1]);
    };
    const openAndClose = async (check: (journal: Journal) => void = () => undefined) => {
      const journal = await Journal.open(folder.path);
      check(journal);
      await journal.close();
    };

    it('is left as it is while they are few', async () => {
      // What is kept takes as many lines anew.
      await lay(spentLinesBeforeCompaction);
      await openAndClose(remembersEverything);
      expect((await lines()).length).toBeGreaterThan(spentLinesBeforeCompaction);
    });

    it('is written anew without them when they are many, and remembers everything, then and later', async () => {
      await lay(spentLinesBeforeCompaction + 1);
      await openAndClose(remembersEverything);
      expect((await lines()).length).toBeLessThan(12);
      expect(await readdir(join(folder.path, '.tsunagi'))).toEqual(['journal.jsonl']);
      expect((await stat(path())).mode & 0o777).toBe(0o600);
      await openAndClose(remembersEverything);
    });

    it('is in force as it was when a host died before the new one took its place', async () => {
      await lay(spentLinesBeforeCompaction + 1);
      await writeFile(`${path()}.tmp`, '{"entry":"settled","sha256":"half');
      await openAndClose(remembersEverything);
      expect(await readdir(join(folder.path, '.tsunagi'))).toEqual(['journal.jsonl']);
    });

    it('is untouched when the new one cannot be written', async () => {
      await lay(spentLinesBeforeCompaction + 1);
      const before = await lines();
      await mkdir(`${path()}.tmp`);
      await expect(Journal.open(folder.path)).rejects.toMatchObject({ code: 'EISDIR' });
      expect(await lines()).toEqual(before);
      await rmdir(`${path()}.tmp`);
      await openAndClose(remembersEverything);
    });

    it('takes entries as before when it was written anew', async () => {
      await lay(spentLinesBeforeCompaction + 1);
      const journal = await Journal.open(folder.path);
      await journal.append({ entry: 'output-done', name: 'KAO00007.CSV' });
      await journal.close();
      await openAndClose(({ pendingOutputs }) => expect(pendingOutputs).toEqual([]));
    });
  });
});
