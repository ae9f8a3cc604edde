// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { fixedField, writeEnvelope, writeFixedFile } from '@tsunagi/legacy';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileName, type FileOffice } from './file-office';
import { type Folders, foldersOf, makeFolders } from './folders';
import { FilePlayer, type FilePlayerOptions } from './player';
import { readFileOutcome } from './read-outcome';
import { kaigoOffice } from '../kaigo/kaigo-office';
import { shogaiOffice } from '../shogai/shogai-office';

const clock = () => new Date('2026-11-21T09:00:00.000+09:00');
const id = (letter: string) => letter.repeat(26);

interface Arriving {
  readonly delivery: string;
  readonly referral: string;
  readonly cancel: string;
  readonly person: string;
  readonly name: string;
}

/** KAR as the plugin lays it into `out/`: 24 fields, in a recall almost all of them blank. */
function kaigoReferrals(arriving: readonly Arriving[]): Uint8Array {
  const rows = arriving.map(({ delivery, referral, cancel, person, name }) => {
    const row = ['Z113', '01', referral, delivery, cancel, ...Array.from({ length: 18 }, () => ''), '20261121'];
    return row.with(10, person).with(12, name);
  });
  const control = {
    volume: 0,
    dataKind: 'Z11',
    welfareOfficeNumber: '0',
    insurerNumber: '00990010',
    officeNumber: '0',
    prefectureNumber: '00',
    medium: '7',
    processingMonth: '202611',
    fileManagementNumber: '0',
  };
  return writeEnvelope({ control, rows });
}

/** SHR, up to 氏名漢字. */
function shogaiReferrals(arriving: readonly Arriving[]): Uint8Array {
  const layout = [
    ...([1, 7, 6] as const).map((bytes) => fixedField('9', bytes)),
    ...([26, 26] as const).map((bytes) => fixedField('X', bytes)),
    ...([1, 2, 1] as const).map((bytes) => fixedField('9', bytes)),
    ...([40, 20] as const).map((bytes) => fixedField('N', bytes)),
    fixedField('9', 2),
    ...([10, 15] as const).map((bytes) => fixedField('X', bytes)),
    fixedField('K', 30),
    fixedField('N', 40),
  ];
  const rows = arriving.map(({ delivery, referral, cancel, person, name }) => {
    const before = ['', '', '990019', referral, delivery, cancel, '', '', '', '', ''];
    return [...before, person, '', '', name];
  });
  return writeFixedFile({
    frame: { dataKind: 'SHR', recordBytes: 600, hashedAt: 132 },
    header: { municipality: '990019', madeOn: '20261121', madeAt: '090000', transmission: '000001' },
    layout,
    rows,
  });
}

const offices: readonly [string, FileOffice, (arriving: readonly Arriving[]) => Uint8Array][] = [
  ['地域包括支援センター', kaigoOffice, kaigoReferrals],
  ['障害者相談支援事業所', shogaiOffice, shogaiReferrals],
];

describe.each(offices)('the %s of the sandbox', (_, office, write) => {
  let dataDir: string;
  let folders: Folders;
  let serial: number;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'office-'));
    folders = foldersOf(dataDir, office);
    makeFolders(folders);
    serial = 0;
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  const played = (more: Partial<FilePlayerOptions> = {}) => new FilePlayer({ office, folders, clock, ...more });
  function arrive(...records: [delivery: string, referral: string, cancel?: string, person?: string][]): void {
    const arriving = records.map(([delivery, referral, cancel = '1', person = '']) => ({
      delivery,
      referral,
      cancel,
      person,
      name: cancel === '3' ? '' : '見本　次郎',
    }));
    serial += 1;
    writeFileSync(join(folders.out, fileName(office, 'referrals', serial)), write(arriving));
  }

  /** The answers of all files that were handed over, field by field. */
  const answers = () =>
    readdirSync(folders.in)
      .sort()
      .flatMap((name) => office.readRecords('answers', readFileSync(join(folders.in, name))));
  const code = (fields: readonly string[]) => fields[office.places.answers.code - 1]!;
  /** 対応区分 and the letter of the 配送ID, which stands before it. */
  const given = () => answers().map((fields) => `${code(fields)} ${fields[office.places.answers.code - 2]![0]}`);

  it('notes the arrival first and answers one step later', () => {
    const player = played({ script: [['20', '30']] });
    arrive([id('A'), id('R')]);
    expect(player.step()).toEqual({ taken: 1, answers: { '10': 1 } });
    player.step();
    expect(player.step()).toEqual({ taken: 0, answers: { '30': 1 } });
    expect(player.step()).toEqual({ taken: 0, answers: {} });
    expect(given()).toEqual(['10 A', '20 A', '30 A']);
  });

  it('goes on where it was after a restart, and takes no file twice', () => {
    arrive([id('A'), id('R')]);
    played({ script: [['20']] }).step();
    expect(played().step()).toEqual({ taken: 0, answers: { '20': 1 } });
  });

  it('gives with each answer what this answer needs, under a number of its own', () => {
    const player = played({ script: [['20', '40'], ['45'], ['50']] });
    arrive([id('A'), id('R'), '1', '0000000201'], [id('B'), id('S')], [id('C'), id('T')]);
    player.step();
    player.step();
    player.step();
    const known = (wanted: string) => answers().find((fields) => code(fields) === wanted)!;
    const [worker] = office.workers;
    // Nobody has looked the person up when the referral arrives.
    expect(known('10')).not.toEqual(expect.arrayContaining([worker]));
    expect(known('20')).toEqual(expect.arrayContaining([id('R'), id('A'), '20261121', '090000', worker, '0000000201']));
    expect(known('40')).toContain('011');
    expect(known('45')).toContain('9000000002');
    expect(known('50')).toContain('101');
    const numbers = answers().map((fields) => fields.at(-1));
    expect(numbers).toContain(`${office.letters.answers}-50001-0001`);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('takes the case when a correction answers its question', () => {
    const player = played({ script: [['45']] });
    arrive([id('A'), id('R')]);
    player.step();
    player.step();
    arrive([id('B'), id('R'), '2']);
    player.step();
    player.step();
    expect(given()).toEqual(['10 A', '45 A', '10 B', '20 A']);
  });

  it('acknowledges a recall at once and answers nothing more', () => {
    const player = played({ script: [['20', '30']] });
    arrive([id('A'), id('R')]);
    player.step();
    arrive([id('A'), id('R'), '3']);
    expect(player.step()).toEqual({ taken: 1, answers: { '60': 1 } });
    expect(player.step()).toEqual({ taken: 0, answers: {} });
  });

  it('remembers no person', () => {
    arrive([id('A'), id('R')]);
    played().step();
    const memory = readFileSync(join(folders.in, '../memory.json'), 'utf8');
    expect(memory).not.toContain('見本');
    expect(JSON.parse(memory)).toMatchObject({ taken: [fileName(office, 'referrals', 1)], cases: [{ last: '10' }] });
  });

  it('counts its files on over all folders, beside those of the nightly export', () => {
    const player = played({ script: [['20']] });
    arrive([id('A'), id('R')]);
    player.step();
    const first = fileName(office, 'answers', 50_001);
    renameSync(join(folders.in, first), join(folders.done, first));
    const nightly = fileName(office, 'events', 26_119);
    writeFileSync(join(folders.in, nightly), '');
    player.step();
    expect(readdirSync(folders.in).sort()).toEqual([nightly, fileName(office, 'answers', 50_002)]);
  });

  it('leaves a step to whoever is at it already', () => {
    arrive([id('A'), id('R')]);
    const lock = join(folders.in, '../memory.json.lock');
    writeFileSync(lock, '');
    const player = played();
    expect(player.step()).toEqual({ taken: 0, answers: {} });
    rmSync(lock);
    expect(player.step()).toMatchObject({ taken: 1 });
  });

  it('is counted with what it received and answered', () => {
    const player = played({ script: [['20']] });
    arrive([id('A'), id('R')], [id('B'), id('S')]);
    player.step();
    player.step();
    arrive([id('B'), id('S'), '3']);
    player.step();
    expect(readFileOutcome(office, folders)).toMatchObject({
      received: { '1': 2, '3': 1 },
      answers: { '10': 2, '20': 2, '60': 1 },
    });
  });
});
