// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { inventResident } from '../residents/resident';
import { SeededRandom } from '../residents/seeded-random';
import { fileName } from '../files/file-office';
import { sorted } from '../files/variants';
import { placeOf, writeParts, type WrittenFile } from '../files/write-file';
import { controlLine, dataLine, endLine } from './envelope-lines';
import { kaigoOffice } from './kaigo-office';
import { inventIntent, kaiRow, type KaiRow } from './kai-row';
import { spoilRow, type KaigoVariant } from './variants';

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

/** Room for the residents of one seed. */
const residentsPerSeed = 1_000_000;

/** Writes `KAInnnnn.CSV` as the 介護 system would. */
export async function writeKaigoFile(options: KaigoFileOptions): Promise<WrittenFile> {
  const rows = typeof options.rows === 'number' ? options.rows : options.rows.length;
  const place = placeOf(options.folder, fileName(kaigoOffice, 'events', options.serial));
  await writeParts(place.path, linesOf(options, rows));
  return { ...place, rows };
}

function* linesOf({ rows, seed = 1, clock, variants = [] }: KaigoFileOptions, count: number): Generator<Uint8Array> {
  const { ofFile, ofRow } = sorted(variants);
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
