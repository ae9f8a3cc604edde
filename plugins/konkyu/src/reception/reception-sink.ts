// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type Clock,
  type Delivery,
  insertOnlyTableSink,
  type Journal,
  type Rendering,
  type Sink,
  type SqlClient,
  type TableRow,
} from '@tsunagi/plugin-sdk';
import { receptionColumns, type ReceptionRow } from './reception-row';
import { toCancellation, toReception } from './to-reception';

/** Writes into `T_HUB_UKETSUKE`, for which INSERT is the only right needed. */
export function receptionSink(options: { client: SqlClient; journal: Journal; clock: Clock; schema: string }): Sink {
  const table = `${options.schema}.t_hub_uketsuke`;
  return insertOnlyTableSink({
    client: options.client,
    journal: options.journal,
    tables: { [table]: receptionColumns },
    toRow: (delivery) => render(delivery, table, options.clock.now()),
  });
}

function render(delivery: Delivery, table: string, now: Date): Rendering<TableRow> {
  switch (delivery.kind) {
    case 'referral': {
      const { row, notCarried } = toReception(delivery.referral, now);
      return { ok: true, record: inTable(row), notCarried };
    }
    case 'recall':
      return { ok: true, record: inTable(toCancellation(delivery.recall, now)) };
    case 'supplement':
      return { ok: false, code: 'SUPPLEMENT_UNSUPPORTED' };
    case 'status':
      return { ok: false, code: 'NOT_SUPPORTED' };
  }
  function inTable(row: ReceptionRow): TableRow {
    return { table, values: { ...row } };
  }
}
