// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { aClaim, anId, aStatus } from '../../test/toy-plugin';
import { Journal } from '../journal/journal';
import type { Delivery } from '../plugin/sink';
import { temporaryFolder, type TemporaryFolder } from '../testing';
import { insertOnlyTableSink } from './insert-only-table-sink';
import type { LegacyDatabase, TableRow } from './legacy-database';

/** Takes rows as the adapter promises: all of them or none. */
class TableDouble implements LegacyDatabase {
  readonly rows = new Map<string, TableRow>();
  readonly batches: number[] = [];
  away = false;

  insertIfAbsent(rows: readonly TableRow[]): Promise<void> {
    this.batches.push(rows.length);
    if (this.away) return Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }));
    if (rows.some(({ values }) => values['renraku_bun'] === 'too long')) {
      return Promise.reject(Object.assign(new Error('value too long: secret'), { code: '22001' }));
    }
    for (const row of rows) {
      const key = String(row.values['kekka_id']);
      if (!this.rows.has(key)) this.rows.set(key, row);
    }
    return Promise.resolve();
  }

  tryInsert(): Promise<void> {
    return Promise.resolve();
  }

  read(): Promise<never[]> {
    return Promise.reject(new Error('writes only'));
  }

  tryRead(): Promise<void> {
    return Promise.reject(new Error('writes only'));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

describe('rows for a legacy table', () => {
  let folder: TemporaryFolder;
  let journal: Journal;
  const table = new TableDouble();
  const sinkWith = (database: LegacyDatabase, column = 'renraku_bun') =>
    insertOnlyTableSink({
      database,
      journal,
      tables: { t_hub_kekka: ['kekka_id', 'renraku_bun'] },
      toRow: (delivery) =>
        delivery.kind === 'status'
          ? {
              ok: true,
              record: {
                table: 't_hub_kekka',
                values: { kekka_id: delivery.deliveryId, [column]: delivery.status.note ?? null },
              },
            }
          : { ok: false, code: 'NOT_SUPPORTED' },
    });
  const status = (note: string, named = aClaim()): Delivery => ({
    kind: 'status',
    ...named,
    status: aStatus({ ...named, note }),
  });
  beforeEach(async () => {
    folder = await temporaryFolder();
    journal = await Journal.open(folder.path);
    table.rows.clear();
    table.batches.length = 0;
    table.away = false;
  });
  afterEach(async () => {
    await journal.close();
    await folder.remove();
  });

  it('are not written at all while the database is away: the batch is tried again as a whole', async () => {
    table.away = true;
    await expect(sinkWith(table).write([status('a')])).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('let one fail alone that the table does not take, with the code of the database and not its text', async () => {
    const deliveries = [status('a'), status('too long'), status('b')];
    const outcomes = await sinkWith(table).write(deliveries);
    expect(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.code))).toEqual(['ok', 'SQL_22001', 'ok']);
    expect(table.rows.size).toBe(2);
  });

  it('go together, so that many cost no more than one', async () => {
    await sinkWith(table).write([status('a'), status('b')]);
    expect(table.batches).toEqual([2]);
  });

  it('bring no other text into a statement than plain names', async () => {
    const outcomes = await sinkWith(table, 'renraku_bun) SELECT (password').write([status('a')]);
    expect(outcomes).toMatchObject([{ ok: false, code: 'SQL_NAME' }]);
    expect(table.batches).toEqual([]);
  });

  it('are written once, however often they come, and a repeat counts as written', async () => {
    const delivery = status('a');
    const sink = sinkWith(table);
    await sink.write([delivery, delivery]);
    expect(await sink.write([delivery])).toEqual([
      { deliveryId: delivery.deliveryId, ok: true, notCarried: undefined },
    ]);
    expect(table.rows.size).toBe(1);
    expect(sink.wasWritten(delivery.deliveryId)).toBe(true);
  });

  it('may have been written when the host died with them in hand: nobody can ask the table', async () => {
    const deliveryId = anId();
    expect(sinkWith(table).wasWritten(deliveryId)).toBe(false);
    await journal.append({ entry: 'in-hand', deliveries: [deliveryId] });
    await journal.close();
    journal = await Journal.open(folder.path);
    expect(sinkWith(table).wasWritten(deliveryId)).toBe('unknown');
  });
});
