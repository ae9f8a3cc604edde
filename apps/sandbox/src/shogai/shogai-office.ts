// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  fixedField,
  type FixedField,
  type FixedFrame,
  readFixedFile,
  sliceFields,
  writeFixedFile,
} from '@tsunagi/legacy';
import type { Answer, FileKind, FileOffice } from '../files/file-office';
import { japanTimestamp, japanYmd } from '../residents/calendar';
import { municipality } from './records';

const nine = (bytes: number) => fixedField('9', bytes);
const half = (bytes: number) => fixedField('X', bytes);
const wide = (bytes: number) => fixedField('N', bytes);
const head = [nine(1), nine(7)];
const answerLayout = [
  ...head,
  nine(6),
  half(26),
  half(26),
  nine(2),
  nine(8),
  { ...nine(6), keepsZeros: true } as const,
  wide(20),
  half(10),
  nine(3),
  nine(3),
  nine(8),
  wide(100),
  nine(4),
  half(20),
];

/** How the records of each kind look, as far as the sandbox looks at them. */
const records: Record<FileKind, { readonly frame: FixedFrame; readonly layout: readonly FixedField[] }> = {
  events: { frame: { dataKind: 'SHG', recordBytes: 500, hashedAt: 14 }, layout: [...head, nine(6), half(10)] },
  answers: { frame: { dataKind: 'SHS', recordBytes: 300, hashedAt: 102 }, layout: answerLayout },
  results: {
    frame: { dataKind: 'SHE', recordBytes: 100 },
    layout: [...head, nine(9), half(20), nine(2), half(20), nine(2), half(26)],
  },
  statuses: {
    frame: { dataKind: 'SHO', recordBytes: 300, hashedAt: 14 },
    layout: [...head, nine(6), half(10), half(15), half(20), half(26), nine(2)],
  },
  referrals: {
    frame: { dataKind: 'SHR', recordBytes: 600, hashedAt: 132 },
    layout: [...head, nine(6), half(26), half(26), nine(1), nine(2), nine(1), wide(40), wide(20), nine(2), half(10)],
  },
};

/** The 障害者相談支援事業所 behind the 障害福祉 system and its files of fixed length. */
export const shogaiOffice: FileOffice = {
  system: 'shogai',
  letters: { events: 'SHG', answers: 'SHS', results: 'SHE', statuses: 'SHO', referrals: 'SHR' },
  extension: 'DAT',
  workers: ['相談支援　一', '相談支援　二', '相談支援　三'],
  readRecords(kind, bytes) {
    const { frame, layout } = records[kind];
    const file = readFixedFile(bytes, frame);
    return file.ok ? [...file.rows].map((row) => sliceFields(row.bytes, layout).map(({ text }) => text)) : [];
  },
  places: {
    results: { outcome: 5, fault: 6 },
    statuses: { code: 8 },
    answers: { code: 6 },
    referrals: { referralId: 4, deliveryId: 5, cancel: 6, person: 12 },
  },
  writeAnswers(answers, serial, now) {
    const header = {
      municipality,
      madeOn: japanYmd(now),
      madeAt: timeOf(now),
      transmission: String(serial).padStart(6, '0'),
    };
    const numberOf = (index: number) => `SHS-${serial}-${String(index + 1).padStart(4, '0')}`;
    return writeFixedFile({
      frame: records.answers.frame,
      header,
      layout: answerLayout,
      rows: answers.map((answer, index) => toRecord(answer, numberOf(index), now)),
    });
  },
};

const timeOf = (now: Date) => japanTimestamp(now).slice(11, 19).replaceAll(':', '');

function toRecord(answer: Answer, number: string, now: Date): string[] {
  const { referralId, deliveryId, code, worker, person } = answer;
  const extra = extras[code] ?? {};
  return [
    '',
    '',
    municipality,
    referralId,
    deliveryId,
    code,
    japanYmd(now),
    timeOf(now),
    worker,
    person,
    extra.reason ?? '',
    extra.outcome ?? '',
    extra.nextInDays === undefined ? '' : japanYmd(now, extra.nextInDays),
    extra.text ?? '',
    // 版 is optional; an answer is matched by its 配送ID.
    '',
    number,
  ];
}

interface Extra {
  readonly reason?: string;
  readonly outcome?: string;
  readonly nextInDays?: number;
  readonly text?: string;
}

/** 101 対象外(制度), 011 支援につながった. */
const extras: Readonly<Record<string, Extra>> = {
  '30': { nextInDays: 14, text: '初回の面接を行いました。' },
  '40': { outcome: '011', text: '計画相談支援を始めました。' },
  '45': { text: '面接してよい時間帯を教えてください。' },
  '50': { reason: '101', text: '障害福祉の対象ではないと思われます。介護の窓口をご検討ください。' },
};
