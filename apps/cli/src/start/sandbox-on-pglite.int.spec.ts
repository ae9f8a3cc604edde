// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { startSandbox, type Sandbox } from '@tsunagi/sandbox';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedDatabase, type EmbeddedDatabase } from '../embedded';

jest.setTimeout(180_000);

describe('the sandbox on the embedded database', () => {
  let dataDir: string;
  let database: EmbeddedDatabase;
  let sandbox: Sandbox;
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
    database = await startEmbeddedDatabase({ dataDirectory: dataDir });
    sandbox = await startSandbox({ dataDir, databaseUrl: database.url });
  });
  afterAll(async () => {
    await sandbox.close();
    await database.close();
    rmSync(dataDir, { recursive: true });
  });

  it('writes the first file of each system that writes any once', async () => {
    expect(await sandbox.writeFirstFiles()).toMatchObject([{ rows: 9 }, { rows: 5 }]);
    expect(await sandbox.writeFirstFiles()).toEqual([]);
    for (const system of ['kaigo', 'shogai'])
      expect(readdirSync(join(dataDir, `sandbox/${system}/in`))).toHaveLength(1);
  });

  it('has one account only, so the plugin gets the database as it is', async () => {
    expect(await sandbox.openPluginAccount()).toBe(database.url);
  });

  it('plays what arrives, step by step', async () => {
    const client = new Client({ connectionString: await sandbox.openPluginAccount() });
    await client.connect();
    for (const letter of ['A', 'B', 'C', 'D']) {
      await client.query(
        `insert into legacy_konkyu.T_HUB_UKETSUKE (haiso_id, hub_shokai_id, torikeshi_kbn) values ($1, $1, '1') on conflict do nothing`,
        [letter.repeat(26)],
      );
    }
    const idle = { taken: 0, answers: {} };
    const [kaigo, kosodate, shogai] = [idle, idle, idle];
    const konkyu = { taken: 4, answers: { '10': 4 }, results: {} };
    expect(await sandbox.step()).toEqual({ kaigo, konkyu, kosodate, shogai });
    expect(await sandbox.step()).toEqual({
      kaigo,
      kosodate,
      shogai,
      konkyu: { taken: 0, answers: { '20': 2, '45': 1, '50': 1 }, results: {} },
    });
    expect((await sandbox.readOutcome()).konkyu).toMatchObject({
      received: { '1': 4 },
      answers: { '10': 4, '20': 2, '45': 1, '50': 1 },
    });
    await client.end();
  });

  it('holds consultations of its own, and reads what became of them', async () => {
    const variants = [{ kind: 'E-ERA', row: 1 }] as const;
    expect(await sandbox.writeConsultations({ rows: 3, variants })).toBe(3);
    const client = new Client({ connectionString: await sandbox.openPluginAccount() });
    await client.connect();
    const { rows } = await client.query(
      `select sodan_id from legacy_konkyu.V_HUB_SODAN where trim(tsunagi_bunya) <> '' order by koshin_dt, renban`,
    );
    await client.query(
      `insert into legacy_konkyu.T_HUB_KEKKA (kekka_id, sodan_id, jotai_cd, jotai_dt, renraku_bun)
       values ($1, $2, '90', now(), 'E-ERA（11 seinen_ymd）') on conflict do nothing`,
      ['K'.repeat(26), rows[0].sodan_id],
    );
    await client.end();
    expect((await sandbox.step()).konkyu).toMatchObject({ results: { '90': 1 } });
    expect((await sandbox.readOutcome()).konkyu).toMatchObject({ results: { '90': 1 }, faults: { 'E-ERA': 1 } });
  });
});
