// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type Clock,
  type Delivery,
  insertOnlyTableSink,
  type Journal,
  type LegacyDatabase,
  type Rendering,
  type Sink,
  type TableRow,
} from '@tsunagi/plugin-sdk';
import { receptionColumns, type ReceptionRow } from './reception/reception-row';
import { toCancellation, toReception } from './reception/to-reception';
import { resultColumns } from './results/result-row';
import { toResult } from './results/to-result';

/** The tables of the office that the hub appends to. */
export function tablesIn(schema: string): { reception: string; results: string } {
  return { reception: `${schema}.t_hub_uketsuke`, results: `${schema}.t_hub_kekka` };
}

/** Writes into `T_HUB_UKETSUKE` and `T_HUB_KEKKA`, for which INSERT is the only right needed. */
export function konkyuSink(options: {
  database: LegacyDatabase;
  journal: Journal;
  clock: Clock;
  schema: string;
}): Sink {
  const { database, journal, clock, schema } = options;
  const tables = tablesIn(schema);
  return insertOnlyTableSink({
    database,
    journal,
    counted: {
      referrals: { name: tables.reception, at: 'sakusei_dt' },
      // 90 is no delivery: it has no number of a referral.
      statuses: { name: tables.results, at: 'sakusei_dt', onlyWith: 'hub_shokai_id' },
    },
    tables: { [tables.reception]: receptionColumns, [tables.results]: resultColumns },
    toRow: (delivery) => render(delivery, tables, clock.now()),
  });
}

function render(delivery: Delivery, tables: ReturnType<typeof tablesIn>, now: Date): Rendering<TableRow> {
  switch (delivery.kind) {
    case 'referral':
    case 'supplement': {
      const { row, notCarried } = toReception(delivery.referral, now, delivery.kind === 'referral' ? '1' : '2');
      return { ok: true, record: received(row), notCarried };
    }
    case 'recall':
      return { ok: true, record: received(toCancellation(delivery.recall, now)) };
    case 'status':
      return { ok: true, record: { table: tables.results, values: { ...toResult(delivery.status, now) } } };
  }
  function received(row: ReceptionRow): TableRow {
    return { table: tables.reception, values: { ...row } };
  }
}
