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

  it('has what is asked again and again parsed once, and what is asked a few times never kept', async () => {
    const ask = (n: number) => database.transaction((tx) => tx.query('select $1::int + 1 as next', [n]));
    const kept = () =>
      database.transaction((tx) =>
        tx.query(`select name from pg_prepared_statements where statement like '%+ 1 as next'`),
      );
    for (let n = 0; n < 5; n++) expect(await ask(n)).toEqual([{ next: n + 1 }]);
    expect(await kept()).toEqual([]);
    for (let n = 0; n < 20; n++) expect(await ask(n)).toEqual([{ next: n + 1 }]);
    expect(await kept()).toHaveLength(1);
  });

  it('asks anew what had a name on a connection where it was never parsed', async () => {
    const ask = (tx: Tx) => tx.query('select $1::int + 2 as next', [1]);
    for (let n = 0; n < 9; n++) await database.transaction(ask);
    const failing = database.transaction((tx) => Promise.all([tx.query('select 1 / 0'), ask(tx), ask(tx)]));
    await expect(failing).rejects.toThrow('division by zero');
    const twice = await database.transaction((tx) => Promise.all([ask(tx), ask(tx)]));
    expect(twice).toEqual([[{ next: 3 }], [{ next: 3 }]]);
  });
});
