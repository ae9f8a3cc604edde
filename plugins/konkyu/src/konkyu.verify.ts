// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { defineKit, type Office } from '@tsunagi/plugin-sdk/verify';
import { standIn } from './database/stand-ins';
import { junkRow, officeSettings, rowsIn, rowsOf, secretName, wholeRow, writtenRow } from './verify/kit-rows';
import { TablesInMemory } from './verify/tables-in-memory';

/**
 * What the conformance suite has to know beside the plugin: an office whose database is in memory, behind the adapter
 * interface that every product has to keep to. The plugin's own specs run the same suite on real servers as well.
 */
export default defineKit({ office: () => Promise.resolve(office()), input: rowsOf });

function office(): Office {
  const tables = new TablesInMemory();
  const { url, leave } = standIn(tables);
  const consults = (row: object) => tables.put('v_hub_sodan', { ...wholeRow(row) });
  return {
    config: { databaseUrl: { secretRef: secretName }, ...officeSettings },
    secrets: { [secretName]: url },
    bring: ({ bytes }) => {
      rowsIn(bytes).forEach(consults);
      return Promise.resolve();
    },
    bringJunk: (bytes) => {
      consults(junkRow(Buffer.from(bytes)));
      return Promise.resolve();
    },
    written: () =>
      Promise.resolve([
        ...tables
          .in('t_hub_uketsuke')
          .map((row) => writtenRow(['uketsuke', row['haiso_id'], row['torikeshi_kbn']], row)),
        ...tables.in('t_hub_kekka').map((row) => writtenRow(['kekka', row['kekka_id']], row)),
      ]),
    close: () => {
      leave();
      return Promise.resolve();
    },
  };
}
