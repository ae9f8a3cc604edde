// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readEnvelope, writeEnvelope } from '@tsunagi/legacy';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KaigoFolders, kaigoFolders, makeFolders } from './folders';
import { KaigoPlayer } from './player';
import { readKaigoOutcome } from './read-results';

const clock = () => new Date('2026-11-21T09:00:00.000+09:00');
const id = (letter: string) => letter.repeat(26);

describe('the 地域包括支援センター of the sandbox', () => {
  let dataDir: string;
  let folders: KaigoFolders;
  let serial: number;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'kaigo-'));
    folders = kaigoFolders(dataDir);
    makeFolders(folders);
    serial = 0;
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  /** A KAR file as the plugin lays it into `out/`: 24 fields, in a recall almost all of them blank. */
  function arrive(...records: [delivery: string, referral: string, cancel?: string, insured?: string][]): void {
    const rows = records.map(([delivery, referral, cancel = '1', insured = '']) => {
      const row = ['Z113', '01', referral, delivery, cancel, ...Array.from({ length: 18 }, () => ''), '20261121'];
      return row.with(10, insured).with(12, cancel === '3' ? '' : '見本　次郎');
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
    serial += 1;
    writeFileSync(join(folders.out, `KAR0000${serial}.CSV`), writeEnvelope({ control, rows }));
  }

  /** The answers of all files that were handed over, field by field. */
  const answers = () =>
    readdirSync(folders.in)
      .sort()
      .flatMap((name) => {
        const envelope = readEnvelope(readFileSync(join(folders.in, name)), { dataKind: 'Z11' });
        return envelope.ok ? [...envelope.rows].map(({ fields }) => fields.map(({ text }) => text)) : [];
      });
  const given = () => answers().map((fields) => `${fields[4]} ${fields[3]![0]}`);

  it('notes the arrival first and answers one step later', () => {
    const player = new KaigoPlayer({ folders, clock, script: [['20', '30']] });
    arrive([id('A'), id('R')]);
    expect(player.step()).toEqual({ taken: 1, answers: { '10': 1 } });
    player.step();
    expect(player.step()).toEqual({ taken: 0, answers: { '30': 1 } });
    expect(player.step()).toEqual({ taken: 0, answers: {} });
    expect(given()).toEqual(['10 A', '20 A', '30 A']);
  });

  it('goes on where it was after a restart, and takes no file twice', () => {
    arrive([id('A'), id('R')]);
    new KaigoPlayer({ folders, clock, script: [['20']] }).step();
    expect(new KaigoPlayer({ folders, clock }).step()).toEqual({ taken: 0, answers: { '20': 1 } });
  });

  it('writes each answer as a record of fifteen fields, with what this answer needs', () => {
    const player = new KaigoPlayer({ folders, clock, script: [['20', '40'], ['45'], ['50']] });
    arrive([id('A'), id('R'), '1', '0000000201'], [id('B'), id('S')], [id('C'), id('T')]);
    player.step();
    player.step();
    player.step();
    expect(answers().every((fields) => fields.length === 15)).toBe(true);
    const known = (code: string) => answers().find((fields) => fields[4] === code)!;
    expect(known('10').slice(7)).toEqual(['', '', '', '', '', '', '', 'KAS-50001-0001']);
    expect(known('20')).toEqual([
      'Z114',
      '01',
      id('R'),
      id('A'),
      '20',
      '20261121',
      '090000',
      '包括　一',
      '0000000201',
      '',
      '',
      '',
      '',
      '',
      'KAS-50002-0001',
    ]);
    expect(known('40')[10]).toBe('011');
    expect(known('45')[8]).toBe('9000000002');
    expect(known('50')[9]).toBe('101');
    const numbers = answers().map((fields) => fields[14]);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('takes the case when a correction answers its question', () => {
    const player = new KaigoPlayer({ folders, clock, script: [['45']] });
    arrive([id('A'), id('R')]);
    player.step();
    player.step();
    arrive([id('B'), id('R'), '2']);
    player.step();
    player.step();
    expect(given()).toEqual(['10 A', '45 A', '10 B', '20 A']);
  });

  it('acknowledges a recall at once and answers nothing more', () => {
    const player = new KaigoPlayer({ folders, clock, script: [['20', '30']] });
    arrive([id('A'), id('R')]);
    player.step();
    arrive([id('A'), id('R'), '3']);
    expect(player.step()).toEqual({ taken: 1, answers: { '60': 1 } });
    expect(player.step()).toEqual({ taken: 0, answers: {} });
  });

  it('remembers no person', () => {
    arrive([id('A'), id('R')]);
    new KaigoPlayer({ folders, clock }).step();
    const memory = readFileSync(join(dataDir, 'sandbox/kaigo/care-system.json'), 'utf8');
    expect(memory).not.toContain('見本');
    expect(JSON.parse(memory)).toMatchObject({ taken: ['KAR00001.CSV'], cases: [{ last: '10' }] });
  });

  it('counts its files on over all folders, beside those of the nightly export', () => {
    const player = new KaigoPlayer({ folders, clock, script: [['20']] });
    arrive([id('A'), id('R')]);
    player.step();
    renameSync(join(folders.in, 'KAS50001.CSV'), join(folders.done, 'KAS50001.CSV'));
    writeFileSync(join(folders.in, 'KAI26119.CSV'), '');
    player.step();
    expect(readdirSync(folders.in).sort()).toEqual(['KAI26119.CSV', 'KAS50002.CSV']);
  });

  it('leaves a step to whoever is at it already', () => {
    arrive([id('A'), id('R')]);
    const lock = join(dataDir, 'sandbox/kaigo/care-system.json.lock');
    writeFileSync(lock, '');
    const player = new KaigoPlayer({ folders, clock });
    expect(player.step()).toEqual({ taken: 0, answers: {} });
    rmSync(lock);
    expect(player.step()).toMatchObject({ taken: 1 });
  });

  it('is counted with what it received and answered', () => {
    const player = new KaigoPlayer({ folders, clock, script: [['20']] });
    arrive([id('A'), id('R')], [id('B'), id('S')]);
    player.step();
    player.step();
    arrive([id('B'), id('S'), '3']);
    player.step();
    expect(readKaigoOutcome(folders)).toMatchObject({
      received: { '1': 2, '3': 1 },
      answers: { '10': 2, '20': 2, '60': 1 },
    });
  });
});
