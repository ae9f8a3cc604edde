// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  inventResident,
  kaiRow,
  rowVariants,
  shgRow,
  shogaiRowVariants,
  writeKaigoFile,
  writeShogaiFile,
  type KaiIntent,
  type Resident,
  type RowVariant,
  type SeededRandom,
  type ShgIntent,
  type ShogaiRowVariant,
  type WrittenFile,
} from '@tsunagi/sandbox';

export interface ImportFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Systems whose files are imported. */
export type Importing = 'kaigo' | 'shogai';
type Intent = Omit<KaiIntent & ShgIntent, 'careLevel' | 'supportLevel'>;
type Bad = { readonly row: number; readonly kind: RowVariant & ShogaiRowVariant };

interface Writer {
  /** つなぎ先分野 of the other desk with a system, and of none. */
  readonly otherDesk: Intent['addressee'];
  readonly nobody: Intent['addressee'];
  readonly bad: readonly string[];
  write(rows: readonly Written[], bad: readonly Bad[], file: { clock: Date; folder: string }): Promise<WrittenFile>;
}

const serial = 90_001;
const writers: Record<Importing, Writer> = {
  kaigo: {
    otherDesk: '2',
    nobody: '1',
    bad: rowVariants,
    write: (rows, variants, file) =>
      writeKaigoFile({
        ...file,
        serial,
        rows: rows.map(({ resident, intent }) => kaiRow(resident, { ...intent, careLevel: '22' }, file.clock)),
        variants,
      }),
  },
  shogai: {
    otherDesk: '1',
    nobody: '2',
    bad: shogaiRowVariants,
    write: (rows, variants, file) =>
      writeShogaiFile({
        ...file,
        serial,
        rows: rows.map(({ resident, intent }) => shgRow(resident, { ...intent, supportLevel: '23' }, file.clock)),
        variants,
      }),
  },
};

/** What a file holds, and of a hundred rows about how many. */
const mix = [
  ['referral', 60],
  ['without consent', 8],
  ['other desk', 3],
  ['no route', 1],
  ['no addressee', 3],
  ['whoever can help', 3],
  ['ended', 2],
  ['same person', 6],
  ['repeat', 4],
  ['conflict', 3],
  ['bad', 7],
] as const;
type Kind = (typeof mix)[number][0];

interface Written {
  readonly resident: Resident;
  readonly intent: Intent;
}

/**
 * A nightly file with everything in it whose outcome does not hang on the moment: no record of a key or a person takes
 * back or corrects what an earlier one in the same file brought, as that may have left by then, or not.
 */
export async function importFile(
  system: Importing,
  rows: number,
  random: SeededRandom,
  clock = new Date(),
): Promise<ImportFile> {
  const folder = mkdtempSync(join(tmpdir(), 'tsunagi-import-'));
  try {
    const writer = writers[system];
    const { written, bad } = writeRows(writer, rows, random, clock);
    const file = await writer.write(written, bad, { clock, folder });
    return { name: file.name, bytes: readFileSync(file.path) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeRows(
  writer: Writer,
  count: number,
  random: SeededRandom,
  clock: Date,
): { written: Written[]; bad: Bad[] } {
  const written: Written[] = [];
  const referrals: Written[] = [];
  const spoiled: Bad[] = [];
  // What a conflict is made of is no fault of one row.
  const badRows = writer.bad.filter((kind) => kind !== 'E-DUP-DIFF') as Bad['kind'][];
  // Its neighbour, or anybody before it.
  const earlier = (among: readonly Written[]) =>
    among[random.between(random.next() < 0.5 ? among.length - 1 : 0, among.length - 1)]!;
  for (let number = 1; number <= count; number++) {
    const kind: Kind = referrals.length === 0 ? 'referral' : random.pickWeighted(mix);
    const key = `IK-${String(number).padStart(9, '0')}`;
    const resident = inventResident(number, random, clock);
    const intent: Intent = { ...plain, key, ...intents(kind, writer, random) };
    if (kind === 'repeat') written.push(earlier(referrals));
    else if (kind === 'conflict') written.push({ resident, intent: { ...intent, key: earlier(referrals).intent.key } });
    else if (kind === 'same person') written.push({ resident: earlier(referrals).resident, intent });
    else written.push({ resident, intent });
    if (kind === 'referral') referrals.push({ resident, intent });
    if (kind === 'bad') spoiled.push({ kind: random.pick(badRows), row: number });
  }
  return { written, bad: spoiled };
}

const plain = {
  change: '1',
  concerns: '000002100000',
  addressee: '4',
  consent: '1',
  note: '家賃滞納あり。',
  meeting: '4',
} as const;

function intents(kind: Kind, { otherDesk, nobody }: Writer, random: SeededRandom): Partial<Intent> {
  switch (kind) {
    case 'referral':
      return { meeting: random.pick(['1', '2', '3', '4']) };
    case 'without consent':
      return { consent: random.pick(['2', '3', '9']) };
    case 'other desk':
      return { addressee: otherDesk };
    case 'no route':
      return { addressee: '5' };
    case 'no addressee':
      return { addressee: nobody };
    case 'whoever can help':
      return { addressee: '6' };
    case 'ended':
      return { change: '3' };
    case 'same person':
      // The same matter once more, another desk, or the end of what is open.
      return random.pick([{}, { addressee: otherDesk }, { change: '3' }]);
    case 'conflict':
      return { note: '電気料金の支払いが遅れている。' };
    case 'repeat':
    case 'bad':
      return {};
  }
}
