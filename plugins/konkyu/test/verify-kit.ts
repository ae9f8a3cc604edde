// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ERA_DIGITS_FROM_TAISHO, errorCode, formatEraDate } from '@tsunagi/plugin-sdk';
import { defineKit, type KitFile, type KitPerson, type Office, type VerifyKit } from '@tsunagi/plugin-sdk/verify';
import type { ConsultationRow } from '../src/consultations/consultation-row';
import { LegacyOffice } from './legacy-office';
import type { Product } from './office-server';

const secretName = 'konkyu-database-url';

/** What the conformance suite has to know beside the plugin. A database that one check is done with serves the next. */
export class LegacyOffices {
  constructor(private readonly product: Product) {}

  private readonly all: LegacyOffice[] = [];
  private readonly free: LegacyOffice[] = [];

  readonly kit: VerifyKit = defineKit({
    office: async () => this.officeOn(this.free.pop() ?? (await this.open())),
    input: (people) => ({ name: 'V_HUB_SODAN.json', bytes: Buffer.from(JSON.stringify(people.map(rowOf))) }),
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
        functionCode: '9900000041',
        formVersion: 'J-2026-1',
      },
      secrets: { [secretName]: legacy.place.url },
      bring: async ({ bytes }) => {
        for (const row of rowsIn(bytes))
          await legacy.consults(row).catch((error: unknown) => this.unlessNotTaken(error));
      },
      bringJunk: (bytes) => legacy.consults(junkRow(Buffer.from(bytes))),
      written: async () => [
        ...(await legacy.received()).map((row) => fileOf(['uketsuke', row['haiso_id'], row['torikeshi_kbn']], row)),
        ...(await legacy.results()).map((row) => fileOf(['kekka', row['kekka_id']], row)),
      ],
      close: async () => {
        await legacy.empty();
        this.free.push(legacy);
      },
    };
  }
}

const fileOf = (key: unknown[], row: object): KitFile => ({
  name: key.map(String).join(' '),
  bytes: Buffer.from(JSON.stringify(row)),
});

/** What is no list of rows never was in a table. */
function rowsIn(bytes: Uint8Array): Partial<ConsultationRow>[] {
  try {
    const rows: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return Array.isArray(rows) ? (rows as Partial<ConsultationRow>[]) : [];
  } catch {
    return [];
  }
}

function rowOf({ number, name, kana, birthDate, note }: KitPerson): Partial<ConsultationRow> {
  const era = birthDate === undefined ? undefined : formatEraDate(birthDate, ERA_DIGITS_FROM_TAISHO);
  return {
    renban: String(number),
    koshin_dt: '2026-11-20 09:00:00',
    sodan_id: `S-VERIFY-${number}`,
    shimei: name,
    furigana: kana,
    seinen_gengo: era?.gengo ?? null,
    seinen_ymd: era?.yymmdd ?? '999999',
    shuso: note,
  };
}

/** Columns that hold as many characters as these, in which anything may stand. */
const loose = { sodan_id: 20, shimei: 60, furigana: 60, jusho: 200, seinen_ymd: 6, sodan_naiyo: 16, shuso: 2000 };

let junkRows = 1000;

/** A row whose texts are those bytes; PostgreSQL itself knows no text with a zero in it. */
function junkRow(bytes: Buffer): Partial<ConsultationRow> {
  junkRows += 1;
  let text = bytes.toString('latin1').replaceAll('\0', ' ');
  const cut = Object.entries(loose).map(([column, most]) => {
    const value = text.slice(0, Math.min(most, Math.ceil(text.length / 2)));
    text = text.slice(value.length);
    return [column, value];
  });
  const texts = Object.fromEntries(cut) as Partial<ConsultationRow>;
  return { renban: String(junkRows), koshin_dt: '2026-11-20 09:00:00', ...texts };
}
