// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readEnvelope, writeEnvelope } from '@tsunagi/legacy';
import type { Answer, FileOffice } from '../files/file-office';
import { japanTimestamp, japanYmd } from '../residents/calendar';
import { insurerNumber } from './kai-row';

/** The 地域包括支援センター behind the 介護 system: Z111, Z114, Z115, Z112 and Z113 in files of one envelope. */
export const kaigoOffice: FileOffice = {
  system: 'kaigo',
  letters: { events: 'KAI', answers: 'KAS', results: 'KAE', statuses: 'KAO', referrals: 'KAR' },
  extension: 'CSV',
  workers: ['包括　一', '包括　二', '包括　三'],
  readRecords(_, bytes) {
    const envelope = readEnvelope(bytes, { dataKind: 'Z11' });
    return envelope.ok ? [...envelope.rows].map(({ fields }) => fields.map(({ text }) => text)) : [];
  },
  places: {
    results: { outcome: 5, fault: 6 },
    statuses: { code: 7 },
    answers: { code: 5 },
    referrals: { referralId: 3, deliveryId: 4, cancel: 5, person: 11 },
  },
  writeAnswers,
};

/** Z114, one record per answer, each with a 外部管理番号 of its own. */
function writeAnswers(answers: readonly Answer[], serial: number, now: Date): Uint8Array {
  const control = {
    volume: 0,
    dataKind: 'Z11',
    welfareOfficeNumber: '0',
    insurerNumber,
    officeNumber: '0',
    prefectureNumber: '00',
    medium: '7',
    processingMonth: japanYmd(now).slice(0, 6),
    fileManagementNumber: '0',
  };
  const numberOf = (index: number) => `KAS-${serial}-${String(index + 1).padStart(4, '0')}`;
  return writeEnvelope({ control, rows: answers.map((answer, index) => toRecord(answer, numberOf(index), now)) });
}

function toRecord(answer: Answer, number: string, now: Date): string[] {
  const { referralId, deliveryId, code, worker, person } = answer;
  const extra = extras[code] ?? {};
  return [
    'Z114',
    '01',
    referralId,
    deliveryId,
    code,
    japanYmd(now),
    japanTimestamp(now).slice(11, 19).replaceAll(':', ''),
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
  '30': { nextInDays: 14, text: '初回の訪問を行いました。' },
  '40': { outcome: '011', text: '要介護認定を申請し、サービスの利用につながりました。' },
  '45': { text: '訪問してよい時間帯を教えてください。' },
  '50': { reason: '101', text: '介護保険の対象ではないと思われます。障害福祉の窓口をご検討ください。' },
};
