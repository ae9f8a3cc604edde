// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { besideDepartment } from '../../test/beside-department';
import { anEvent } from '../../test/event-body';
import { hubMemory } from '../../test/run-kosodate';

describe('what the department’s system leaves in its daily folder', () => {
  const beside = besideDepartment();

  describe('the daily file', () => {
    const dayFolder = () => join(beside.folder.path, 'bulk', 'kosodate', '20261119');
    const header =
      'eventId,eventType,modificationSeg,occurredAt,municipalityCode,municipalityIdentityKey,subject.role,subject.name,subject.dateOfBirth,isNotDisclosed,referTo,historyKey';
    const row = (eventId: string, birth = '2023-10-02', key = '1') =>
      `${eventId},sodan,1,2026-11-18T10:00:00+09:00,990019,A-1,child,見本　太郎,${birth},false,"[{""domain"":""2"",""reason"":""相談。""}]",${key}`;
    const bring = async (name: string, lines: string[], { done = true } = {}) => {
      await mkdir(dayFolder(), { recursive: true });
      await writeFile(join(dayFolder(), name), [header, ...lines].join('\r\n'));
      if (done) await writeFile(join(dayFolder(), '.done'), '');
    };
    const restart = async () => {
      await beside.run.stop();
      await beside.start({ config: { bulkFolder: join(beside.folder.path, 'bulk') } });
    };
    beforeEach(async () => {
      await mkdir(dayFolder(), { recursive: true });
      await restart();
    });

    it('is read once it is marked as done, row by row, and told to the hub as the nightly one', async () => {
      await bring('events.csv', [row('EV-1'), row('EV-2')]);
      await beside.run.until(() => beside.submitted().length === 2);
      expect(beside.submitted().map(({ source }) => [source.key, source.row, source.file?.length])).toEqual([
        ['EV-1/2', 1, 64],
        ['EV-2/2', 2, 64],
      ]);
      expect(beside.run.runner.lastFileAt).toBeInstanceOf(Date);
    });

    it('waits for its mark', async () => {
      await bring('events.csv', [row('EV-1')], { done: false });
      for (let pass = 0; pass < 5; pass += 1) {
        beside.run.clock.advance(1000);
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(beside.run.hub.items).toEqual([]);
      await writeFile(join(dayFolder(), '.done'), '');
      await beside.run.until(() => beside.submitted().length === 1);
    });

    it('brings nothing twice: neither what the webhook brought, nor a file whose bytes are known, also after a restart', async () => {
      const body = {
        eventId: 'EV-1',
        eventType: 'sodan',
        modificationSeg: '1',
        occurredAt: '2026-11-18T10:00:00+09:00',
      };
      const person = {
        municipalityCode: '990019',
        municipalityIdentityKey: 'A-1',
        isNotDisclosed: false,
        historyKey: '1',
      };
      const subject = { role: 'child', name: '見本　太郎', dateOfBirth: '2023-10-02' };
      const referTo = [{ domain: '2', reason: '相談。' }];
      expect((await beside.caller.post('events', { ...body, ...person, subject, referTo })).status).toBe(202);
      await bring('events.csv', [row('EV-1')]);
      await beside.run.until(() => beside.submitted().length === 2);
      expect(new Set(beside.submitted().map(({ source }) => source.contentHash)).size).toBe(1);
      await bring('again.csv', [row('EV-1')]);
      await utimes(join(dayFolder(), 'events.csv'), new Date(), new Date());
      await restart();
      await bring('more.csv', [row('EV-9')]);
      await beside.run.until(() => beside.submitted().some(({ source }) => source.key === 'EV-9/2'));
      expect(beside.submitted()).toHaveLength(1);
    });

    it('is as old as it was written, whenever and however often it is read', async () => {
      await bring('events.csv', [row('EV-1')], { done: false });
      const written = new Date(beside.run.clock.now().getTime() - 3_600_000);
      await utimes(join(dayFolder(), 'events.csv'), written, written);
      await writeFile(join(dayFolder(), '.done'), '');
      await beside.run.until(() => beside.submitted().length === 1);
      expect(beside.submitted()[0]?.source.fileSerial).toBe((written.getTime() - Date.UTC(2020, 0)) / 1000);
    });

    it('gives way to a later version that comes through the door, of the same moment', async () => {
      await bring('events.csv', [row('EV-0'), row('EV-1')]);
      await beside.run.until(() => beside.submitted().length === 2);
      const person = { municipalityCode: '990019', municipalityIdentityKey: 'A-1', isNotDisclosed: false };
      const event = {
        eventId: 'EV-1',
        eventType: 'sodan',
        modificationSeg: '1',
        occurredAt: '2026-11-18T10:00:00+09:00',
      };
      const changed = { subject: { role: 'child', name: '見本　次郎', dateOfBirth: '2023-10-02' }, historyKey: '2' };
      const referTo = [{ domain: '2', reason: '相談。' }];
      expect((await beside.caller.post('events', { ...event, ...person, ...changed, referTo })).status).toBe(202);
    });

    it('lets the others proceed when a row waits, and tells the system 90 without a value', async () => {
      await bring('events.csv', [row('EV-1', '2023-02-29'), row('EV-2'), row('EV-2', '2023-10-03'), row('EV-3', 'x')]);
      await beside.run.until(() => beside.department.calls.length === 3);
      expect(beside.submitted().map(({ source }) => source.key)).toEqual(['EV-2/2']);
      const told = (eventId: string) => beside.department.bodies(`/hub/referrals/${eventId}/status`);
      expect(told('EV-1')).toMatchObject([
        { status: '90', referralId: null, message: 'E-DATE（10 subject.dateOfBirth）' },
      ]);
      expect(told('EV-2')).toMatchObject([{ status: '90', message: 'E-VERSION（23 historyKey）' }]);
      const rows = beside.run.hub.items.flatMap(({ body }) =>
        'row' in body ? [[body.row.row, body.row.code, body.row.field]] : [],
      );
      expect(rows.sort()).toEqual([
        [1, 'E-DATE', 10],
        [3, 'E-VERSION', 23],
        [4, 'E-DATE', 10],
      ]);
    });

    it('is taken up again when the system cannot be told', async () => {
      beside.department.reply = () => ({ status: 503 });
      await bring('events.csv', [row('EV-1', '2023-02-29')]);
      await beside.run.until(() => beside.run.runner.code === 'HTTP_503');
      beside.department.reply = () => ({ status: 204 });
      await beside.run.until(() => beside.run.runner.code === undefined);
      expect(beside.department.bodies('/hub/referrals/EV-1/status').length).toBeGreaterThan(1);
    });

    describe('counted for the day on which it was written', () => {
      const written = new Date('2026-11-19T23:59:00+09:00');
      const put = async (folderName: string, name: string, text: string | Buffer, at = written) => {
        const of = join(beside.folder.path, 'bulk', 'kosodate', folderName);
        await mkdir(of, { recursive: true });
        await writeFile(join(of, name), text);
        await utimes(join(of, name), at, at);
      };
      const fileOf = (...lines: string[]) => [header, ...lines].join('\r\n');
      const files = async (day = '2026-11-19') =>
        (await beside.run.runner.countDay(day)).filter(({ source }) => source === 'daily');
      const hashOf = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');

      it('has each of its rows, under the name by which the hub has taken them', async () => {
        const twice = row('EV-2').replace('}]"', '},{""domain"":""1"",""reason"":""相談。""}]"');
        const text = fileOf(row('EV-1'), twice, row('EV-1', '2023-10-03'), row('EV-3', '2023-02-29'));
        await put('20261119', 'events.csv', text);
        await writeFile(join(dayFolder(), '.done'), '');
        await beside.run.until(() => beside.department.calls.length === 2);
        const [counted, ...others] = await files();
        expect([counted, others]).toEqual([{ what: 'events', source: 'daily', items: hashOf(text), count: 4 }, []]);
        const known = new Set(beside.run.hub.items.map(({ itemId }) => itemId));
        const named = [...known].filter((itemId) => /^[0-9a-f]{64}\/[0-9]+$/.test(itemId));
        expect(named.sort()).toEqual([1, 2, 3, 4].map((n) => `${counted!.items}/${n}`));
      });

      it('is told though it was never read, for want of its mark: nothing of it has reached the hub', async () => {
        const text = fileOf(row('EV-1'), row('EV-2'));
        await put('20261118', 'late.csv', text);
        expect([await files(), beside.run.hub.items]).toEqual([
          [{ what: 'events', source: 'daily', items: hashOf(text), count: 2 }],
          [],
        ]);
      });

      it('is one refusal where it is refused whole', async () => {
        const bytes = Buffer.from([0x83, 0x7e]);
        await put('20261119', 'events.csv', bytes);
        await writeFile(join(dayFolder(), '.done'), '');
        await beside.run.until(() => beside.run.hub.items.length === 1);
        expect(beside.run.hub.items.map(({ itemId }) => itemId)).toEqual([`${hashOf(bytes)}/0`]);
        expect(await files()).toEqual([{ what: 'events', source: 'daily', items: hashOf(bytes), count: 1 }]);
      });

      it('is one file under whatever names, none of another day, and no link', async () => {
        const text = fileOf(row('EV-1'));
        await put('20261118', 'a.csv', text);
        await put('20261119', 'b.csv', text);
        await put('20261119', 'next.csv', fileOf(row('EV-9')), new Date('2026-11-20T00:00:00+09:00'));
        await put('20261119', 'notes.txt', text);
        await symlink(join(dayFolder(), 'next.csv'), join(dayFolder(), 'link.csv'));
        expect((await files()).map(({ items }) => items)).toEqual([hashOf(text)]);
        expect((await files('2026-11-20')).map(({ count }) => count)).toEqual([1]);
        expect(await files('2026-11-18')).toEqual([]);
      });
    });

    describe('when a person lets a row of it be read again', () => {
      const fileOf = (name: string) =>
        createHash('sha256')
          .update(readFileSync(join(dayFolder(), name)))
          .digest('hex');
      const release = (file: string, row: number, more: { itemId?: string; time?: number; override?: string } = {}) => {
        const { itemId = `${file}/${row}`, time = 1, override } = more;
        return beside.run.runner.release({ source: 'daily', itemId, as: `${itemId}#${time}`, file, row, override });
      };
      const rows = () =>
        beside.run.hub.items.flatMap(({ itemId, body }) => ('row' in body ? [[itemId, body.row.code]] : []));
      const both = (eventId: string) => row(eventId).replace('[{', '[{""domain"":""1"",""reason"":""相談。""},{');
      const memory = hubMemory();
      const refusing = (key: string) => (item: { type: string; body: object }) =>
        JSON.stringify(item.body).includes(`"key":"${key}"`)
          ? { outcome: 'rejected' as const, codes: ['ROUTE_MISSING'] }
          : memory(item);

      it('what the hub had not taken goes again, and what it had is answered from its record', async () => {
        beside.run.hub.script.answer = refusing('EV-1/1');
        await bring('events.csv', [both('EV-1')]);
        await beside.run.until(() => beside.department.calls.length === 1);
        const file = fileOf('events.csv');
        beside.run.hub.script.answer = memory;
        expect(await release(file, 1)).toBeUndefined();
        await beside.run.until(() => beside.run.hub.items.length === 4);
        expect(beside.run.hub.items.map(({ itemId }) => itemId)).toEqual([
          `${file}/1`,
          `EV-1/2/${file}/1`,
          `${file}/1#1`,
          `EV-1/2/${file}/1`,
        ]);
        // Its version is remembered, one line after the other: from then on another content under it is none.
        const journal = join(beside.folder.path, '.tsunagi', 'journal.jsonl');
        await beside.run.until(async () => (await readFile(journal, 'utf8')).includes('"accepted"'));
        expect((await beside.caller.post('events', anEvent({ eventId: 'EV-7' }))).status).toBe(202);
        const { body } = await beside.caller.post('events', anEvent({ eventId: 'EV-1', historyKey: '1' }));
        expect(body['code']).toBe('E-VERSION');
      });

      it('one of several things that it asks for goes alone', async () => {
        beside.run.hub.script.answer = refusing('EV-1/2');
        await bring('events.csv', [both('EV-1')]);
        await beside.run.until(() => beside.department.calls.length === 1);
        const file = fileOf('events.csv');
        beside.run.hub.script.answer = memory;
        await release(file, 1, { itemId: `EV-1/2/${file}/1` });
        await beside.run.until(() => beside.run.hub.items.length === 3);
        expect(beside.run.hub.items[2]).toMatchObject({
          itemId: `EV-1/2/${file}/1#1`,
          body: { submission: { to: {} } },
        });
      });

      it('it waits on while it is wrong, known by its sender’s name', async () => {
        await bring('events.csv', [row('EV-1', '2023-02-29')]);
        await beside.run.until(() => beside.department.calls.length === 1);
        const file = fileOf('events.csv');
        await release(file, 1);
        await beside.run.until(() => rows().length === 2);
        expect(rows()).toEqual([
          [`${file}/1`, 'E-DATE'],
          [`${file}/1#1`, 'E-DATE'],
        ]);
        const hashes = beside.run.hub.items.map(({ body }) => ('row' in body ? body.row.keyHash : undefined));
        expect(new Set(hashes)).toEqual(new Set([createHash('sha256').update('EV-1').digest('hex')]));
      });

      it('in spite of its version it changes what there is, and later versions go on from there', async () => {
        await bring('events.csv', [row('EV-1'), row('EV-1', '2023-10-03')]);
        await beside.run.until(() => beside.department.calls.length === 1);
        const file = fileOf('events.csv');
        await release(file, 2);
        await beside.run.until(() => rows().length === 2);
        expect(rows()[1]).toEqual([`${file}/2#1`, 'E-VERSION']);
        await release(file, 2, { time: 2, override: 'E-VERSION' });
        await beside.run.until(() => beside.submitted().length === 2);
        expect(beside.submitted()[1]).toMatchObject({
          source: { key: 'EV-1/2', change: 'changed' },
          subject: { items: { identity: { birthDate: '2023-10-03' } } },
        });
        const later = anEvent({ eventId: 'EV-1', historyKey: '2' });
        expect((await beside.caller.post('events', later)).status).toBe(202);
        // Nor does an older row replace it by itself.
        await release(file, 1, { time: 3 });
        await beside.run.until(() => rows().some(([itemId]) => itemId === `${file}/1#3`));
        expect(rows().at(-1)).toEqual([`${file}/1#3`, 'E-VERSION']);
      });

      it('its municipality is the one of the settings, where somebody has looked at it', async () => {
        await bring('events.csv', [row('EV-1').replace('990019', '990010')]);
        await beside.run.until(() => beside.department.calls.length === 1);
        await release(fileOf('events.csv'), 1, { override: 'E-CD-MUNI' });
        await beside.run.until(() => beside.submitted().length === 1);
        expect(rows().map(([, code]) => code)).toEqual(['E-CD-MUNI']);
      });

      it('it is gone with its file, and a row that never was is none', async () => {
        await bring('events.csv', [row('EV-1', '2023-02-29')]);
        await beside.run.until(() => beside.department.calls.length === 1);
        const file = fileOf('events.csv');
        expect(await release(file, 2)).toBe('ROW_GONE');
        await writeFile(join(dayFolder(), 'events.csv'), `${header}\r\n${row('EV-1')}`);
        expect(await release(file, 1)).toBe('ROW_GONE');
      });
    });

    it.each([
      ['in another encoding', Buffer.from([0x83, 0x7e, 0x83, 0x7b]), 'E-UTF8'],
      ['with an open quote', Buffer.from(`${header}\r\n"EV-1`), 'E-CSV'],
      ['with a column twice', Buffer.from('eventId,eventId\r\na,b'), 'E-CSV'],
    ])('is refused as a whole %s', async (_, bytes, code) => {
      await writeFile(join(dayFolder(), 'events.csv'), bytes);
      await writeFile(join(dayFolder(), '.done'), '');
      await beside.run.until(() => beside.run.hub.items.length > 0);
      expect(beside.run.hub.items).toMatchObject([{ type: 'rows.quarantined.v1', body: { row: { row: 0, code } } }]);
    });

    it('with a column for a マイナンバー gives nothing of any row away', async () => {
      await mkdir(dayFolder(), { recursive: true });
      await writeFile(join(dayFolder(), 'events.csv'), `eventId,myNumber\r\nEV-1,123456789018`);
      await writeFile(join(dayFolder(), '.done'), '');
      await beside.run.until(() => beside.run.hub.items.length > 0);
      expect(beside.run.hub.items).toMatchObject([{ body: { row: { row: 1, code: 'S-MYNUMBER-FIELD' } } }]);
    });
  });
});
