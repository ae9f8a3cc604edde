// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Pool } from 'pg';
import { japanTimestamp } from '../residents/calendar';
import { inventResident } from '../residents/resident';
import { SeededRandom } from '../residents/seeded-random';
import { type Consultation, consultationColumns, consultationOf, inventIntent } from './consultation';
import { spoil, type SpoiledConsultation } from './consultation-variants';

export interface ConsultationsOptions {
  /** How many invented consultations, or these. */
  readonly rows: number | readonly Consultation[];
  /** Makes the same again, and what is there already stays as it is. @default 1 */
  readonly seed?: number;
  /** Dates are relative to it. */
  readonly clock: Date;
  readonly variants?: readonly SpoiledConsultation[];
}

/** Room for the residents of one seed. */
const residentsPerSeed = 1_000_000;
/** One statement takes this many rows. */
const rowsPerStatement = 200;

/** Writes consultations into T_SODAN, as the office's caseworkers would. @returns how many are new */
export async function writeConsultations(
  pool: Pool,
  { rows, seed = 1, clock, variants = [] }: ConsultationsOptions,
): Promise<number> {
  const spoiling = new Map(variants.map(({ row, kind }) => [row, kind]));
  let batch: Consultation[] = [];
  let written = 0;
  let number = 0;
  for (const row of typeof rows === 'number' ? inventConsultations(rows, seed, clock) : rows) {
    number += 1;
    const kind = spoiling.get(number);
    batch.push(kind === undefined ? row : spoil(row, kind));
    if (batch.length < rowsPerStatement) continue;
    written += await insert(pool, batch, clock);
    batch = [];
  }
  return written + (await insert(pool, batch, clock));
}

/** Has anybody ever come to the office by themselves? */
export async function hasConsultations(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query('select 1 from legacy_konkyu.T_SODAN where haiso_id is null limit 1');
  return rows.length > 0;
}

function* inventConsultations(count: number, seed: number, clock: Date): Generator<Consultation> {
  const random = new SeededRandom(seed);
  for (let number = 1; number <= count; number += 1) {
    const resident = inventResident(seed * residentsPerSeed + number, random, clock);
    const intent = inventIntent(seed * residentsPerSeed + number, random, clock);
    yield consultationOf(resident, intent, clock);
  }
}

async function insert(pool: Pool, rows: readonly Consultation[], clock: Date): Promise<number> {
  if (rows.length === 0) return 0;
  const at = japanTimestamp(clock);
  const tuples = rows.map((_, row) => {
    const first = row * consultationColumns.length + 2;
    return `($1, $1, ${consultationColumns.map((_, column) => `$${first + column}`).join(', ')})`;
  });
  const { rowCount } = await pool.query(
    `insert into legacy_konkyu.T_SODAN (toroku_dt, koshin_dt, ${consultationColumns.join(', ')})
     values ${tuples.join(', ')} on conflict do nothing`,
    [at, ...rows.flatMap((row) => consultationColumns.map((column) => row[column]))],
  );
  return rowCount ?? 0;
}
