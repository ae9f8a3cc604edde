// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, testServices } from '@tsunagi/testing';
import type { DataSource } from 'typeorm';
import { Database, type Tx } from './database';
import { isUniqueViolation } from './database.errors';
import { openDataSource } from './data-source';

describeWithServices(['postgres'], 'a transaction', () => {
  let dropped: () => Promise<void>;
  let dataSource: DataSource;
  let database: Database;

  beforeAll(async () => {
    const own = await testServices().postgres.createDatabase('transaction');
    dropped = () => own.drop();
    dataSource = await openDataSource({ databaseUrl: own.url, embedded: false }, { entities: [], migrations: [] });
    database = new Database(dataSource);
    await database.query('create table thing (id int primary key, name text, size int)');
    await database.query('create table part (id int primary key, thing int references thing)');
  });
  beforeEach(() => database.query('truncate thing, part'));
  afterAll(async () => {
    await dataSource.destroy();
    await dropped();
  });

  const things = () => database.query('select id, name, size from thing order by id');
  const aThing = (id: number, name = 'one') => ({ id, name, size: 1 });
  const rename = (tx: Tx, id: number, name: string) =>
    tx.change('thing', 'update thing set name = $2 where id = $1', [id, name]);
  const grow = (tx: Tx, id: number) => tx.change('thing', 'update thing set size = size + $2 where id = $1', [id, 1]);

  it('undoes everything when its last write fails, although the commit was on its way', async () => {
    const failing = database.transaction((tx) => {
      tx.insert('part', [{ id: 1, thing: null }]);
      tx.insert('thing', [aThing(1), aThing(1)]);
    });
    expect(isUniqueViolation(await failing.catch((error: unknown) => error))).toBe(true);
    expect(await database.query('select * from part')).toEqual([]);
  });

  it('is not committed when a failure in it was overlooked', async () => {
    const overlooking = database.transaction(async (tx) => {
      tx.insert('thing', [aThing(1)]);
      await tx.query('select 1 / 0').catch(() => undefined);
    });
    await expect(overlooking).rejects.toThrow('a failed transaction cannot be committed');
    expect(await things()).toEqual([]);
  });

  it('reports the first failure of what was asked at once, and the connection goes on', async () => {
    const failing = database.transaction((tx) =>
      Promise.all([tx.query('select 1 / 0'), tx.query('select * from nowhere'), tx.query('select 1')]),
    );
    await expect(failing).rejects.toThrow('division by zero');
    expect(await database.transaction((tx) => tx.query('select 1 as one'))).toEqual([{ one: 1 }]);
  });

  it('is undone when the work throws while questions are under way', async () => {
    const failing = database.transaction(async (tx) => {
      tx.insert('thing', [aThing(1)]);
      void tx.query('select pg_sleep(0.05)').catch(() => undefined);
      await Promise.resolve();
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await things()).toEqual([]);
  });

  it('writes in order what builds on each other, and lets a question see all of it', async () => {
    const seen = await database.transaction((tx) => {
      tx.insert('part', [{ id: 7, thing: 1 }]);
      tx.insert('thing', [aThing(1), aThing(2)]);
      rename(tx, 1, 'renamed');
      rename(tx, 2, 'renamed');
      rename(tx, 2, 'renamed again');
      grow(tx, 2);
      return tx.query('select name, size from thing order by id');
    });
    expect(seen).toEqual([
      { name: 'renamed', size: 1 },
      { name: 'renamed again', size: 2 },
    ]);
  });

  it('answers what is asked at once each with its own rows, in the order of the asking', async () => {
    const [one, none, two] = await database.transaction((tx) =>
      Promise.all([tx.query('select 1 as n'), tx.query('select 1 as n where false'), tx.query('select 2 as n')]),
    );
    expect([one, none, two]).toEqual([[{ n: 1 }], [], [{ n: 2 }]]);
  });

  it('has an insert that comes again and again parsed once, and nothing that is searched for', async () => {
    // In an order of columns that no other test has.
    const insert = (id: number) => database.transaction((tx) => tx.insert('thing', [{ size: 1, id, name: 'one' }]));
    const kept = () =>
      database.transaction((tx) =>
        tx.query(
          `select statement from pg_prepared_statements where statement like '%(size, id, name)%' or statement like '%where id%'`,
        ),
      );
    for (let id = 1; id <= 9; id++) await insert(id);
    expect(await kept()).toEqual([]);
    for (let id = 10; id <= 30; id++) await insert(id);
    expect(await kept()).toEqual([{ statement: expect.stringContaining('insert into thing') }]);
    for (let id = 1; id <= 30; id++) {
      await database.transaction((tx) => tx.query('select name from thing where id = $1', [id]));
      await database.transaction((tx) => rename(tx, id, 'renamed'));
    }
    expect(await kept()).toHaveLength(1);
    expect(await things()).toHaveLength(30);
  });

  it('parses anew what has a name on a connection where that failed', async () => {
    const insert = (tx: Tx, id: number) => tx.insert('part', [{ id, thing: null }]);
    for (let id = 1; id <= 9; id++) await database.transaction((tx) => insert(tx, id));
    const failing = database.transaction(async (tx) => {
      await Promise.all([
        tx.query('select 1 / 0'),
        ...[10, 11].map((id) => {
          insert(tx, id);
          return tx.flush();
        }),
      ]);
    });
    await expect(failing).rejects.toThrow('division by zero');
    await database.transaction((tx) => insert(tx, 12));
    await database.transaction((tx) => insert(tx, 13));
    expect(await database.query('select id from part where id > 9 order by id')).toEqual([{ id: 12 }, { id: 13 }]);
  });
});
