// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type TestDatabase, testServices } from '@tsunagi/testing';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, type QueryResult } from 'pg';
import type { AnswerRow } from '../src/answers/answer-row';
import type { ConsultationRow } from '../src/consultations/consultation-row';
import { anAnswer } from './answer-row';
import { aConsultation } from './consultation-row';

/** The tables as the plugin's file asks for them, and the views on the office's own records. */
const schema = `
  CREATE SCHEMA legacy_konkyu;
  SET search_path TO legacy_konkyu;
  ${readFileSync(join(__dirname, '../interface.sql'), 'utf8')}
  CREATE TABLE kiroku (LIKE V_HUB_OTO, PRIMARY KEY (renban));
  CREATE OR REPLACE VIEW V_HUB_OTO AS SELECT * FROM kiroku;
  CREATE TABLE sodan (LIKE V_HUB_SODAN);
  CREATE OR REPLACE VIEW V_HUB_SODAN AS SELECT * FROM sodan;
  RESET search_path;`;

/** The database of one office, with the hub's account in it. */
export class LegacyOffice {
  private constructor(
    private readonly database: TestDatabase,
    private readonly admin: Client,
    readonly account: string,
    /** Connection string of the hub's account. */
    readonly url: string,
  ) {}

  static async open(): Promise<LegacyOffice> {
    const database = await testServices().postgres.createDatabase('konkyu');
    const admin = new Client({ connectionString: database.url });
    admin.on('error', () => undefined);
    await admin.connect();
    const account = `hub_${randomBytes(4).toString('hex')}`;
    const url = new URL(database.url);
    url.username = account;
    url.password = 'hub';
    const office = new LegacyOffice(database, admin, account, url.href);
    await office.run(schema);
    await office.run(`CREATE ROLE ${account} LOGIN PASSWORD 'hub'`);
    await office.run(`GRANT USAGE ON SCHEMA legacy_konkyu TO ${account}`);
    return office;
  }

  /** The rights the plugin's README asks for, and no more. */
  async grant(): Promise<void> {
    await this.run(`GRANT INSERT ON legacy_konkyu.t_hub_uketsuke, legacy_konkyu.t_hub_kekka TO ${this.account}`);
    await this.run(`GRANT SELECT ON legacy_konkyu.v_hub_sodan, legacy_konkyu.v_hub_oto TO ${this.account}`);
  }

  run(sql: string, values: unknown[] = []): Promise<QueryResult<Record<string, unknown>>> {
    return values.length === 0 ? this.admin.query(sql) : this.admin.query(sql, values);
  }

  async received(): Promise<Record<string, unknown>[]> {
    const { rows } = await this.run(
      'SELECT *, sakusei_dt::text AS sakusei_dt FROM legacy_konkyu.t_hub_uketsuke ORDER BY haiso_id, torikeshi_kbn',
    );
    return rows;
  }

  async results(): Promise<Record<string, unknown>[]> {
    const { rows } = await this.run(
      'SELECT *, jotai_dt::text AS jotai_dt, sakusei_dt::text AS sakusei_dt FROM legacy_konkyu.t_hub_kekka k ORDER BY k.jotai_dt, kekka_id',
    );
    return rows;
  }

  /** The office writes down an answer. */
  answers(row: Partial<AnswerRow> & { renban: string }): Promise<void> {
    return this.insert('kiroku', anAnswer(row));
  }

  /** Somebody comes to the office, and a caseworker writes it down. */
  consults(row: Partial<ConsultationRow>): Promise<void> {
    return this.insert('sodan', aConsultation(row));
  }

  private async insert(table: string, row: object): Promise<void> {
    const columns = Object.keys(row);
    const places = columns.map((_, index) => `$${index + 1}`);
    await this.run(
      `INSERT INTO legacy_konkyu.${table} (${columns.join(', ')}) VALUES (${places.join(', ')})`,
      Object.values(row),
    );
  }

  /** Nobody was ever here, and nothing came. */
  async empty(): Promise<void> {
    const tables = ['t_hub_uketsuke', 't_hub_kekka', 'kiroku', 'sodan'].map((table) => `legacy_konkyu.${table}`);
    await this.run(`TRUNCATE ${tables.join(', ')}`);
  }

  /** Every connection of the hub's account is lost. */
  async dropConnections(): Promise<void> {
    await this.run('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [this.account]);
  }

  async close(): Promise<void> {
    await this.admin.end();
    await this.database.drop();
    // A role belongs to the whole server.
    const server = new Client({ connectionString: testServices().postgres.url });
    await server.connect();
    await server.query(`DROP ROLE ${this.account}`);
    await server.end();
  }
}
