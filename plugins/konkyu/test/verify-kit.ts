// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { errorCode } from '@tsunagi/plugin-sdk';
import { defineKit, type Office, type VerifyKit } from '@tsunagi/plugin-sdk/verify';
import { LegacyOffice } from './legacy-office';
import type { Product } from './office-server';
import { junkRow, officeSettings, rowsIn, rowsOf, secretName, writtenRow } from '../src/verify/kit-rows';

/** The same kit on real servers. A database that one check is done with serves the next. */
export class LegacyOffices {
  constructor(private readonly product: Product) {}

  private readonly all: LegacyOffice[] = [];
  private readonly free: LegacyOffice[] = [];

  readonly kit: VerifyKit = defineKit({
    office: async () => this.officeOn(this.free.pop() ?? (await this.open())),
    input: rowsOf,
  });

  async close(): Promise<void> {
    for (const office of this.all) await office.close();
  }

  private async open(): Promise<LegacyOffice> {
    const office = await LegacyOffice.open(this.product);
    await office.grant();
    this.all.push(office);
    return office;
  }

  /** A value or a column that the database itself does not know never was in a row. */
  private unlessNotTaken(error: unknown): void {
    if (!this.product.refuses(errorCode(error, ''))) throw error;
  }

  private officeOn(legacy: LegacyOffice): Office {
    return {
      config: {
        databaseUrl: { secretRef: secretName },
        schema: legacy.place.schema,
        ...officeSettings,
      },
      secrets: { [secretName]: legacy.place.url },
      bring: async ({ bytes }) => {
        for (const row of rowsIn(bytes))
          await legacy.consults(row).catch((error: unknown) => this.unlessNotTaken(error));
      },
      bringJunk: (bytes) => legacy.consults(junkRow(Buffer.from(bytes))),
      written: async () => [
        ...(await legacy.received()).map((row) => writtenRow(['uketsuke', row['haiso_id'], row['torikeshi_kbn']], row)),
        ...(await legacy.results()).map((row) => writtenRow(['kekka', row['kekka_id']], row)),
      ],
      close: async () => {
        await legacy.empty();
        this.free.push(legacy);
      },
    };
  }
}
