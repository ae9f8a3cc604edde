// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { fileName } from '../files/file-office';
import { foldersOf, makeFolders, nextSerial } from '../files/folders';
import { sorted } from '../files/variants';
import { placeOf, writeParts, type WrittenFile } from '../files/write-file';
import { japanYmd } from '../residents/calendar';
import { inventResident } from '../residents/resident';
import { SeededRandom } from '../residents/seeded-random';
import { dataRecord, headerRecord, municipality, trailerRecord } from './records';
import { inventShgIntent, type ShgRow, shgRow } from './shg-row';
import { shogaiOffice } from './shogai-office';
import { insurersDigit, type ShogaiVariant, spoilShogaiRow } from './variants';

export interface ShogaiFileOptions {
  /** How many invented records, or these. */
  readonly rows: number | readonly ShgRow[];
  /** Makes the same records again. Residents of two seeds have different numbers. @default 1 */
  readonly seed?: number;
  /** Dates in the file are relative to it. */
  readonly clock: Date;
  readonly folder: string;
  /** The five digits of the name, and 送信連番. */
  readonly serial: number;
  readonly variants?: readonly ShogaiVariant[];
}

/** Room for the residents of one seed. */
const residentsPerSeed = 1_000_000;

/** Writes `SHGnnnnn.DAT` as the 障害福祉 system would. */
export async function writeShogaiFile(options: ShogaiFileOptions): Promise<WrittenFile> {
  const rows = typeof options.rows === 'number' ? options.rows : options.rows.length;
  const place = placeOf(options.folder, fileName(shogaiOffice, 'events', options.serial));
  await writeParts(place.path, recordsOf(options));
  return { ...place, rows };
}

/** The next file of the 障害福祉 system of this data directory, laid into `in/`. */
export function handOverShogaiFile(
  dataDir: string,
  file: Pick<ShogaiFileOptions, 'rows' | 'seed' | 'variants' | 'clock'>,
): Promise<WrittenFile> {
  const folders = foldersOf(dataDir, shogaiOffice);
  makeFolders(folders);
  const serial = nextSerial(folders, shogaiOffice, 'events', japanYmd(file.clock));
  return writeShogaiFile({ ...file, folder: folders.in, serial });
}

function* recordsOf({ rows, seed = 1, clock, serial, variants = [] }: ShogaiFileOptions): Generator<Uint8Array> {
  const { ofFile, ofRow } = sorted(variants);
  const named = ofFile.has('E-CD-MUNI') ? insurersDigit : municipality;
  let [count, hash] = [0, 0];
  let before: ShgRow | undefined;
  yield headerRecord({ municipality: named, ymd: japanYmd(clock), transmission: serial });
  for (const row of typeof rows === 'number' ? inventRows(rows, seed, clock) : rows) {
    count += 1;
    const variant = ofRow.get(count);
    before = variant === undefined ? row : spoilShogaiRow(row, variant, before);
    hash += Number(before[1]) || 0;
    const record = dataRecord(before, count);
    // Half of a character is lost on the way: every record behind it begins too early.
    yield count === 1 && ofFile.has('E-RECLEN') ? record.subarray(0, -2) : record;
  }
  if (ofFile.has('E-NO-END')) return;
  yield trailerRecord({
    municipality: named,
    count: ofFile.has('E-COUNT') ? count + 1 : count,
    hash: (ofFile.has('E-HASH') ? hash + 1 : hash) % 1e15,
  });
}

function* inventRows(count: number, seed: number, clock: Date): Generator<ShgRow> {
  const random = new SeededRandom(seed);
  for (let number = 1; number <= count; number += 1) {
    const resident = inventResident(seed * residentsPerSeed + number, random, clock);
    yield shgRow(resident, inventShgIntent(seed * residentsPerSeed + number, random, clock), clock);
  }
}
