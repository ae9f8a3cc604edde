// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { checkField, isInsurerNumber, parseYmd, readEnvelope } from '@tsunagi/legacy';
import { findMyNumber } from '@tsunagi/text';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KaigoVariant, RowVariant } from './variants';
import { writeKaigoFile, type KaigoFileOptions } from './write-kaigo-file';

const clock = new Date('2026-11-21T00:30:00+09:00');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaigo-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function write(options: Partial<KaigoFileOptions> = {}): Promise<Buffer> {
  const { path } = await writeKaigoFile({ rows: 3, clock, folder, serial: 26111, ...options });
  return readFileSync(path);
}

async function writtenRows(options: Partial<KaigoFileOptions> = {}): Promise<string[][]> {
  const envelope = readEnvelope(await write(options), { dataKind: 'Z11' });
  if (!envelope.ok) throw new Error(envelope.code);
  return [...envelope.rows].map(({ fields }) => fields.map(({ text }) => text));
}

describe('a file of the 介護 system', () => {
  it('appears under its name only when it is complete', async () => {
    await write({ serial: 42 });
    expect(readdirSync(folder)).toEqual(['KAI00042.CSV']);
  });

  it('is an envelope of records with 29 fields', async () => {
    const rows = await writtenRows({ rows: 200 });
    expect(rows).toHaveLength(200);
    expect(rows.every((fields) => fields.length === 29)).toBe(true);
  });

  it('is dated by the day in Japan', async () => {
    const [first] = await writtenRows();
    expect(first?.[2]).toBe('20261120');
    const [, , , , , , , , , , , , , , from = '', to = ''] = first ?? [];
    expect(from < '20261121' && to > '20261121').toBe(true);
  });

  it('is the same byte for byte for the same seed, and other people for another', async () => {
    expect(await write({ seed: 7 })).toEqual(await write({ seed: 7, serial: 26112 }));
    const insured = async (seed: number) => (await writtenRows({ rows: 50, seed })).map((fields) => fields[6]);
    const others = await insured(8);
    expect((await insured(7)).some((number) => others.includes(number))).toBe(false);
  });

  it('mixes consent codes and addressees', async () => {
    const rows = await writtenRows({ rows: 500 });
    expect(new Set(rows.map((fields) => fields[22]))).toEqual(new Set(['1', '2', '3', '9']));
    expect(new Set(rows.map((fields) => fields[21]))).toEqual(new Set(['1', '2', '4', '6']));
  });

  it('names every record once, within 20 characters', async () => {
    const keys = (await writtenRows({ rows: 500, seed: 9 })).map((fields) => fields[24]);
    expect(new Set(keys).size).toBe(500);
    expect(keys.every((key) => /^[A-Z0-9-]{1,20}$/.test(key ?? ''))).toBe(true);
  });
});

describe('bad input on request', () => {
  const spoiled = async (kind: RowVariant) => (await writtenRows({ variants: [{ kind, row: 2 }] }))[1]!;
  const fileFault = async (variants: KaigoVariant[]) => {
    const envelope = readEnvelope(await write({ variants }), { dataKind: 'Z11' });
    return envelope.ok ? null : envelope.code;
  };

  it('leaves the other rows as they were', async () => {
    const sound = await writtenRows();
    const rows = await writtenRows({ variants: [{ kind: 'E-DATE', row: 2 }] });
    expect([rows[0], rows[2]]).toEqual([sound[0], sound[2]]);
  });

  it.each(['E-COUNT', 'E-NO-END'] as const)('%s makes the reader refuse the file', async (kind) => {
    expect(await fileFault([{ kind }])).toBe(kind);
  });

  it('E-CD-HOKENSHA has a wrong check digit', async () => {
    expect(isInsurerNumber((await writtenRows())[1]![5]!)).toBe(true);
    expect(isInsurerNumber((await spoiled('E-CD-HOKENSHA'))[5]!)).toBe(false);
  });

  it('E-DUP-DIFF repeats the key of the row before as a new record', async () => {
    const rows = await writtenRows({ variants: [{ kind: 'E-DUP-DIFF', row: 2 }] });
    expect(rows[1]![24]).toBe(rows[0]![24]);
    expect(rows[1]![3]).toBe('1');
    expect(rows[1]).not.toEqual(rows[0]);
  });

  it.each([
    ['E-ATTR', 7, { attribute: 'alphanumeric', maxBytes: 10 }],
    ['E-REQUIRED', 7, { attribute: 'alphanumeric', maxBytes: 10, required: true }],
    ['E-CODE', 23, { attribute: 'code', maxBytes: 1, codes: ['1', '2', '3', '9'] }],
    ['E-LENGTH', 9, { attribute: 'kanji', maxBytes: 40 }],
  ] as const)('%s breaks the rule of field %i', async (kind, field, rule) => {
    expect(checkField((await spoiled(kind))[field - 1]!, rule)).toBe(kind);
  });

  it('E-DATE is a day that does not exist', async () => {
    expect(parseYmd((await spoiled('E-DATE'))[9]!).ok).toBe(false);
  });

  it('E-FIELDS has neither 25 nor 29 fields', async () => {
    expect(await spoiled('E-FIELDS')).toHaveLength(27);
  });

  it('S-MYNUMBER hides 12 digits with a valid check digit in the text', async () => {
    expect(findMyNumber((await spoiled('S-MYNUMBER'))[23]!)).toHaveLength(1);
  });

  it('W-CODE has a reason that no table knows', async () => {
    expect((await spoiled('W-CODE'))[4]).toBe('77');
  });

  it('W-GAIJI has the bytes F0 40 in the name', async () => {
    const envelope = readEnvelope(await write({ variants: [{ kind: 'W-GAIJI', row: 1 }] }), { dataKind: 'Z11' });
    const [row] = envelope.ok ? [...envelope.rows] : [];
    expect(row?.fields[8]?.gaiji.map(({ code }) => code)).toEqual(['F040']);
    expect(row?.fields[8]?.code).toBeNull();
  });
});
