// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { AnswerRow } from '../src/answers/answer-row';
import type { ConsultationRow } from '../src/consultations/consultation-row';
import { anAnswer } from './answer-row';
import { aConsultation } from './consultation-row';
import type { OfficeServer, Product } from './office-server';

const readable = ['v_hub_sodan', 'v_hub_oto'];
const writable = ['t_hub_uketsuke', 't_hub_kekka'];

/** The database of one office, with the hub's account in it. */
export class LegacyOffice {
  private constructor(readonly server: OfficeServer) {}

  static async open(product: Product): Promise<LegacyOffice> {
    return new LegacyOffice(await product.open());
  }

  /** Connection string of the hub's account, and where it finds tables and views. */
  get place(): { url: string; schema: string } {
    return { url: this.server.url, schema: this.server.schema };
  }

  /** The rights the plugin's README asks for, and no more. */
  async grant(): Promise<void> {
    for (const table of writable) await this.server.grant('INSERT', table);
    for (const view of readable) await this.server.grant('SELECT', view);
  }

  /** What the README asks for beyond that, where the office lets the hub see what it has taken in. */
  async letLook(): Promise<void> {
    await this.server.grant('SELECT (haiso_id, torikomi_flg, torikomi_dt)', 't_hub_uketsuke');
    await this.server.grant('SELECT (kekka_id, torikomi_flg, torikomi_dt)', 't_hub_kekka');
  }

  /** The office’s system takes in what the hub brought under this name. */
  async takesIn(name: string, at: string | null = '2026-11-20 17:30:00'): Promise<void> {
    await this.run(`UPDATE t_hub_uketsuke SET torikomi_flg = '1', torikomi_dt = ? WHERE haiso_id = ?`, [at, name]);
    await this.run(`UPDATE t_hub_kekka SET torikomi_flg = '1', torikomi_dt = ? WHERE kekka_id = ?`, [at, name]);
  }

  run(sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
    return this.server.run(sql, values);
  }

  received(): Promise<Record<string, unknown>[]> {
    return this.run('SELECT * FROM t_hub_uketsuke ORDER BY haiso_id, torikeshi_kbn');
  }

  results(): Promise<Record<string, unknown>[]> {
    return this.run('SELECT * FROM t_hub_kekka ORDER BY jotai_dt, kekka_id');
  }

  /** The office writes down an answer. */
  answers(row: Partial<AnswerRow> & { renban: string }): Promise<void> {
    return this.insert('kiroku', [anAnswer(row)]);
  }

  /** Somebody comes to the office, and a caseworker writes it down. */
  consults(...rows: Partial<ConsultationRow>[]): Promise<void> {
    return this.insert('sodan', rows.map(aConsultation));
  }

  private async insert(table: string, rows: readonly object[]): Promise<void> {
    const columns = Object.keys(rows[0]!);
    const tuple = `(${columns.map(() => '?').join(', ')})`;
    await this.run(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${rows.map(() => tuple).join(', ')}`,
      rows.flatMap((row) => Object.values(row) as unknown[]),
    );
  }

  /** Nobody was ever here, and nothing came. */
  async empty(): Promise<void> {
    for (const table of [...writable, 'kiroku', 'sodan']) await this.run(`TRUNCATE TABLE ${table}`);
  }

  close(): Promise<void> {
    return this.server.close();
  }
}
