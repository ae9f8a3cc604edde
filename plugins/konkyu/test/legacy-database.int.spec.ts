// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type LegacyDatabase, type LegacyView, silentLog, type TableRow } from '@tsunagi/plugin-sdk';
import { describeWithServices, startPrivateMariadb } from '@tsunagi/testing';
import { createConnection } from 'mysql2/promise';
import { legacyDatabase } from '../src/database/legacy-database';
import { LegacyOffice } from './legacy-office';
import { mariadbOffices } from './office-on-mariadb';
import { products } from './products';

const namesIn = (schema: string) => ({ table: `${schema}.t_hub_kekka`, view: `${schema}.v_hub_sodan` });

/** What a third adapter would have to do as well. */
for (const product of products) {
  describeWithServices([product.need], `an adapter of ${product.name}`, () => {
    let office: LegacyOffice;
    let database: LegacyDatabase;
    let view: LegacyView;
    beforeAll(async () => {
      office = await LegacyOffice.open(product);
      await office.grant();
      database = legacyDatabase(office.place.url, silentLog);
      view = {
        name: namesIn(office.place.schema).view,
        columns: ['renban', 'koshin_dt', 'shuso'],
        changedAt: 'koshin_dt',
        number: 'renban',
        onlyWith: undefined,
      };
    });
    beforeEach(() => office.empty());
    afterAll(async () => {
      await database.close();
      await office.close();
    });

    const at = (time: string) => `2026-11-20 ${time}`;
    const aResult = (id: string, more: Record<string, string | null> = {}): TableRow => ({
      table: namesIn(office.place.schema).table,
      values: { kekka_id: id.padEnd(26, '0'), renraku_bun: 'はじめ', jotai_dt: '2026-11-20 10:00:00.123', ...more },
    });
    const written = async () =>
      (await office.results()).map(({ kekka_id, renraku_bun }) => [String(kekka_id).replace(/0+$/, ''), renraku_bun]);
    const insert = (...rows: TableRow[]) => database.insertIfAbsent(rows);
    const numbers = async (...[place, limit = 200]: [Parameters<LegacyDatabase['read']>[1], number?]) =>
      (await database.read(view, place, limit)).map(({ renban }) => renban);

    describe('reads', () => {
      it('by time, then number, and what has no number or no time last', async () => {
        await office.consults(
          { renban: null, koshin_dt: at('10:00:00'), shuso: 'no number' },
          { renban: '4', koshin_dt: product.noTime, shuso: 'no time' },
          { renban: '3', koshin_dt: at('10:00:01') },
          { renban: '2', koshin_dt: at('10:00:00') },
          { renban: '1', koshin_dt: at('10:00:00') },
        );
        expect(await numbers({ from: 'start' })).toEqual(['1', '2', null, '3', '4']);
        expect(await numbers({ from: 'start' }, 2)).toEqual(['1', '2']);
      });

      it('from a time on, behind a row, and behind a time', async () => {
        const [ten, later] = [at('10:00:00.000000'), at('10:00:00.000001')];
        await office.consults(
          { renban: '1', koshin_dt: at('09:59:59.999999') },
          { renban: '2', koshin_dt: ten },
          { renban: '3', koshin_dt: ten },
          { renban: '1', koshin_dt: later },
          { renban: null, koshin_dt: later },
        );
        expect(await numbers({ from: 'time', at: ten })).toEqual(['2', '3', '1', null]);
        expect(await numbers({ from: 'row', at: ten, number: '2' })).toEqual(['3', '1', null]);
        expect(await numbers({ from: 'number', number: '2' })).toEqual(['2']);
        expect(await numbers({ from: 'after-time', at: ten })).toEqual(['1', null]);
      });

      it('no digit less of a number, and no microsecond less of a time', async () => {
        await office.consults({ renban: '9007199254740993', koshin_dt: at('10:00:00.000001'), shuso: '髙﨑𠮷〜' });
        const [row] = await database.read(view, { from: 'start' }, 1);
        expect(row).toEqual({ renban: '9007199254740993', koshin_dt: at('10:00:00.000001'), shuso: '髙﨑𠮷〜' });
        const place = { from: 'row', at: at('10:00:00.000001'), number: '9007199254740992' } as const;
        expect(await numbers(place)).toEqual(['9007199254740993']);
      });

      it('not what a column says is for nobody', async () => {
        await office.consults(
          { renban: '1', tsunagi_bunya: '1' },
          { renban: '2', tsunagi_bunya: ' ' },
          { renban: '3', tsunagi_bunya: null },
        );
        const rows = await database.read({ ...view, onlyWith: 'tsunagi_bunya' }, { from: 'start' }, 200);
        expect(rows.map(({ renban }) => renban)).toEqual(['1']);
      });
    });

    describe('inserts', () => {
      it('the rows whose key is not there, and leaves the others as they are', async () => {
        await insert(aResult('A'));
        await insert(aResult('A', { renraku_bun: '二度目' }), aResult('B'), aResult('B'), aResult('C'));
        await insert(aResult('C', { renraku_bun: '二度目' }));
        expect(await written()).toEqual([
          ['A', 'はじめ'],
          ['B', 'はじめ'],
          ['C', 'はじめ'],
        ]);
      });

      it('no text that is too long: it is refused as the fault of its row, not cut, and the batch with it', async () => {
        const long = aResult('B', { renraku_bun: '𠮷'.repeat(401) });
        await expect(insert(aResult('A'), long)).rejects.toMatchObject({ code: '22001' });
        expect(await written()).toEqual([]);
        await insert(aResult('B', { renraku_bun: '𠮷'.repeat(400) }));
        expect(await written()).toEqual([['B', '𠮷'.repeat(400)]]);
      });

      it('no text that is too long either where another row of the batch is there already', async () => {
        await insert(aResult('A'));
        const long = aResult('B', { renraku_bun: 'あ'.repeat(401) });
        await expect(insert(aResult('A'), long)).rejects.toMatchObject({ code: '22001' });
        expect(await written()).toEqual([['A', 'はじめ']]);
      });

      it('nothing in the place of what is missing or is no time', async () => {
        await expect(insert(aResult('A', { kekka_id: null }))).rejects.toMatchObject({
          code: expect.stringMatching(/^23/) as string,
        });
        await expect(insert(aResult('A', { jotai_dt: '2026-02-30 10:00:00' }))).rejects.toMatchObject({
          code: expect.stringMatching(/^22/) as string,
        });
        expect(await written()).toEqual([]);
      });

      it('every character as it is', async () => {
        const text = `髙﨑𠮷〜−\\'";DROP TABLE x; -- ? $1 %_\n　葛󠄀`;
        await insert(aResult('A', { renraku_bun: text }));
        expect(await written()).toEqual([['A', text]]);
      });
    });
  });

  describeWithServices([product.needOfOwn], `an adapter of ${product.name} whose server`, () => {
    const patience = { connections: 2, connectMs: 1_000, queryMs: 700, idleMs: 30_000 };
    let server: Awaited<ReturnType<typeof product.startOwn>>;
    beforeAll(async () => (server = await product.startOwn()));
    afterAll(() => server.stop());

    const tables = {
      name: 'information_schema.tables',
      columns: ['table_name'],
      changedAt: 'table_name',
      number: 'table_name',
      onlyWith: undefined,
    };
    let database: LegacyDatabase;
    beforeEach(() => (database = legacyDatabase(server.url, silentLog, patience)));
    afterEach(() => database.close());

    it('freezes waits no longer than it was told, and goes on afterwards', async () => {
      await database.tryRead(tables);
      await server.kill('SIGSTOP');
      await expect(database.tryRead(tables)).rejects.toThrow();
      await server.kill('SIGCONT');
      await database.tryRead(tables);
    });

    it('was started anew goes on, and says while it is away that it is', async () => {
      await database.tryRead(tables);
      await server.kill('SIGKILL');
      // The first may still hear that its connection is gone.
      await expect(database.tryRead(tables)).rejects.toThrow();
      await expect(database.tryRead(tables)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      await server.restart();
      await database.tryRead(tables);
    });
  });
}

describeWithServices(['mariadb'], 'a column of type timestamp', () => {
  it('shows the time in Japan, whatever zone the server of MariaDB is in', async () => {
    const office = await LegacyOffice.open(mariadbOffices);
    await office.grant();
    await office.run('SET SESSION time_zone = ?', ['+00:00']);
    await office.run('ALTER TABLE sodan MODIFY koshin_dt timestamp(6) NULL');
    await office.consults({ renban: '1', koshin_dt: '2026-11-20 01:00:00.5' });
    const database = legacyDatabase(office.place.url, silentLog);
    const view = { changedAt: 'koshin_dt', number: 'renban', columns: ['koshin_dt', 'renban'], onlyWith: undefined };
    const rows = await database.read({ ...view, name: namesIn(office.place.schema).view }, { from: 'start' }, 1);
    expect(rows).toEqual([{ renban: '1', koshin_dt: '2026-11-20 10:00:00.500000' }]);
    await database.close();
    await office.close();
  });
});

describeWithServices(['private-mariadb'], 'a row in a MariaDB that commits nothing by itself', () => {
  it('is there for the others once it is written', async () => {
    const server = await startPrivateMariadb();
    const admin = await createConnection({ uri: server.url, multipleStatements: true });
    await admin.query(
      'CREATE DATABASE soudan; CREATE TABLE soudan.t_hub_kekka (kekka_id char(26) PRIMARY KEY); SET GLOBAL autocommit = 0',
    );
    const database = legacyDatabase(server.url, silentLog);
    await database.insertIfAbsent([{ table: 'soudan.t_hub_kekka', values: { kekka_id: 'A' } }]);
    const [rows] = await admin.query('SELECT kekka_id FROM soudan.t_hub_kekka');
    expect(rows).toEqual([{ kekka_id: 'A' }]);
    await database.close();
    await admin.end();
    await server.stop();
  });
});
