// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  decodeCp932,
  ERA_DIGITS,
  type FixedFile,
  hasResidentNumberCheckDigit,
  isMunicipalityCode,
  parseGyymmdd,
  parseYmd,
  readFixedFile,
} from '@tsunagi/legacy';
import { findMyNumber } from '@tsunagi/text';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ShogaiRowVariant, ShogaiVariant } from './variants';
import { type ShogaiFileOptions, writeShogaiFile } from './write-shogai-file';

const clock = new Date('2026-11-21T00:30:00+09:00');
const frame = { dataKind: 'SHG', recordBytes: 500, hashedAt: 14 };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shogai-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function write(options: Partial<ShogaiFileOptions> = {}): Promise<Buffer> {
  const { path } = await writeShogaiFile({ rows: 3, clock, folder, serial: 26111, ...options });
  return readFileSync(path);
}
const read = async (options: Partial<ShogaiFileOptions> = {}): Promise<FixedFile> =>
  readFixedFile(await write(options), frame);
async function records(options: Partial<ShogaiFileOptions> = {}): Promise<Buffer[]> {
  const file = await read(options);
  if (!file.ok) throw new Error(file.code);
  return [...file.rows].map(({ bytes }) => Buffer.from(bytes));
}
/** A field by the positions of the layout, 1-based and both included. */
const at = (record: Buffer | undefined, from: number, to: number) => decodeCp932(record!.subarray(from - 1, to)).text;

describe('a file of the 障害福祉 system', () => {
  it('appears under its name only when it is complete', async () => {
    await write({ serial: 42 });
    expect(readdirSync(folder)).toEqual(['SHG00042.DAT']);
  });

  it('has records of 500 bytes, numbered, counted and summed up', async () => {
    expect(await read({ rows: 200 })).toMatchObject({
      ok: true,
      recordCount: 200,
      header: { municipality: '990019', madeOn: '20261121', transmission: '026111' },
    });
  });

  it('says what the layout has at its places', async () => {
    const [first] = await records();
    expect(isMunicipalityCode(at(first, 9, 14))).toBe(true);
    expect(at(first, 40, 47)).toBe('20261120');
    expect(hasResidentNumberCheckDigit(at(first, 25, 39))).toBe(true);
    expect(parseGyymmdd(at(first, 120, 126), ERA_DIGITS, { overrun: 'refuse' }).ok).toBe(true);
    expect([at(first, 218, 225) < '20261121', at(first, 226, 233) > '20261121']).toEqual([true, true]);
    expect(at(first, 384, 403)).toMatch(/^SHG-261121-[0-9]{9}$/);
    expect(at(first, 422, 500)).toBe(' '.repeat(79));
  });

  it('is the same byte for byte for the same seed, and other people for another', async () => {
    expect(await write({ seed: 7 })).toEqual(await write({ seed: 7 }));
    const numbers = async (seed: number) => (await records({ rows: 50, seed })).map((record) => at(record, 15, 24));
    const others = await numbers(8);
    expect((await numbers(7)).some((number) => others.includes(number))).toBe(false);
  });

  it('mixes addressees and consent codes, and names every record once', async () => {
    const rows = await records({ rows: 500, seed: 9 });
    expect(new Set(rows.map((row) => at(row, 250, 250)))).toEqual(new Set(['1', '2', '4', '6']));
    expect(new Set(rows.map((row) => at(row, 251, 251)))).toEqual(new Set(['1', '2', '3', '9']));
    expect(new Set(rows.map((row) => at(row, 384, 403))).size).toBe(500);
  });
});

describe('bad input on request', () => {
  const spoiled = async (kind: ShogaiRowVariant) => (await records({ variants: [{ kind, row: 2 }] }))[1]!;
  const fileFault = async (variants: ShogaiVariant[]) => {
    const file = await read({ variants });
    return file.ok ? null : file.code;
  };

  it('leaves the other rows as they were', async () => {
    const sound = await records();
    const rows = await records({ variants: [{ kind: 'E-DATE', row: 2 }] });
    expect([rows[0], rows[2]]).toEqual([sound[0], sound[2]]);
  });

  it.each(['E-RECLEN', 'E-CD-MUNI', 'E-HASH', 'E-COUNT', 'E-NO-END'] as const)(
    '%s makes the reader refuse the file',
    async (kind) => {
      expect(await fileFault([{ kind }])).toBe(kind);
    },
  );

  it('E-ERA is a day of 令和 written as one of 平成', async () => {
    const row = await spoiled('E-ERA');
    expect(parseGyymmdd(at(row, 120, 126), ERA_DIGITS, { overrun: 'refuse' }).ok).toBe(false);
  });

  it('E-CD-MUNI has the check digit of an insurer', async () => {
    expect(isMunicipalityCode(at(await spoiled('E-CD-MUNI'), 9, 14))).toBe(false);
  });

  it('E-DUP-DIFF repeats the key of the row before as a new record', async () => {
    const [before, row] = await records({ variants: [{ kind: 'E-DUP-DIFF', row: 2 }] });
    expect([at(row, 384, 403), at(row, 48, 48)]).toEqual([at(before, 384, 403), '1']);
    expect(row!.subarray(8)).not.toEqual(before!.subarray(8));
  });

  it.each([
    ['E-ATTR', 79, 118, /[A-Z]/],
    ['E-REQUIRED', 49, 78, /^ +$/],
    ['E-CODE', 250, 251, /^[1-6][^1239]$/],
    ['W-CODE', 216, 217, /^27$/],
  ] as const)('%s breaks the rule of its field', async (kind, from, to, form) => {
    expect(at(await spoiled(kind), from, to)).toMatch(form);
  });

  it('E-DATE is a day that does not exist', async () => {
    expect(parseYmd(at(await spoiled('E-DATE'), 226, 233)).ok).toBe(false);
  });

  it('S-MYNUMBER hides 12 digits with a valid check digit in the text', async () => {
    expect(findMyNumber(at(await spoiled('S-MYNUMBER'), 264, 383))).toHaveLength(1);
  });

  it('W-CD-ATENA has a wrong check digit', async () => {
    expect(hasResidentNumberCheckDigit(at(await spoiled('W-CD-ATENA'), 25, 39))).toBe(false);
  });

  it('W-GAIJI has the bytes F0 40 in the name', async () => {
    expect([...(await spoiled('W-GAIJI')).subarray(78, 80)]).toEqual([0xf0, 0x40]);
  });
});
