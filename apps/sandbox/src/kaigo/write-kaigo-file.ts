// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { inventResident } from '../residents/resident';
import { SeededRandom } from '../residents/seeded-random';
import { fileName } from './folders';
import { controlLine, dataLine, endLine } from './envelope-lines';
import { inventIntent, kaiRow, type KaiRow } from './kai-row';
import { isOfFile, spoilRow, type KaigoVariant } from './variants';

export interface KaigoFileOptions {
  /** How many invented records, or these. */
  readonly rows: number | readonly KaiRow[];
  /** Makes the same records again. Residents of two seeds have different numbers. @default 1 */
  readonly seed?: number;
  /** Dates in the file are relative to it. */
  readonly clock: Date;
  readonly folder: string;
  /** The five digits of the name. */
  readonly serial: number;
  readonly variants?: readonly KaigoVariant[];
}

export interface WrittenFile {
  readonly name: string;
  readonly path: string;
  readonly rows: number;
}

/** Lines are collected to about this size before they are written. */
const chunkBytes = 256 * 1024;
/** Room for the residents of one seed. */
const residentsPerSeed = 1_000_000;

/** Writes `KAInnnnn.CSV` as the 介護 system would: under another name first, renamed when it is complete. */
export async function writeKaigoFile(options: KaigoFileOptions): Promise<WrittenFile> {
  const count = typeof options.rows === 'number' ? options.rows : options.rows.length;
  const name = fileName('KAI', options.serial);
  const path = join(options.folder, name);
  const file = await open(`${path}.tmp`, 'w', 0o600);
  try {
    let chunk: Uint8Array[] = [];
    let bytes = 0;
    for (const line of linesOf(options, count)) {
      chunk.push(line);
      bytes += line.length;
      if (bytes < chunkBytes) continue;
      await file.write(Buffer.concat(chunk));
      chunk = [];
      bytes = 0;
    }
    await file.write(Buffer.concat(chunk));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.tmp`, path);
  return { name, path, rows: count };
}

function* linesOf({ rows, seed = 1, clock, variants = [] }: KaigoFileOptions, count: number): Generator<Uint8Array> {
  const ofFile = new Set(variants.filter(isOfFile).map(({ kind }) => kind));
  const ofRow = new Map(
    variants.flatMap((variant) => (isOfFile(variant) ? [] : [[variant.row, variant.kind] as const])),
  );
  yield controlLine(ofFile.has('E-COUNT') ? count + 1 : count, clock);
  let number = 0;
  let before: KaiRow | undefined;
  for (const row of typeof rows === 'number' ? inventRows(rows, seed, clock) : rows) {
    number += 1;
    const variant = ofRow.get(number);
    const written = variant === undefined ? row : spoilRow(row, variant, before);
    before = written;
    yield dataLine(written, number);
  }
  if (!ofFile.has('E-NO-END')) yield endLine(count);
}

function* inventRows(count: number, seed: number, clock: Date): Generator<KaiRow> {
  const random = new SeededRandom(seed);
  for (let number = 1; number <= count; number += 1) {
    const resident = inventResident(seed * residentsPerSeed + number, random, clock);
    yield kaiRow(resident, inventIntent(seed * residentsPerSeed + number, random, clock), clock);
  }
}
