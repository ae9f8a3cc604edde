// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { writeEnvelope } from '@tsunagi/legacy';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { japanTimestamp, japanYmd } from '../residents/calendar';
import { fileName, type KaigoFolders, nextSerial } from './folders';
import { insurerNumber } from './kai-row';

/** One answer of a caseworker. */
export interface KaigoAnswer {
  readonly referralId: string;
  readonly deliveryId: string;
  /** 対応区分. */
  readonly code: string;
  readonly worker: string;
  /** 被保険者番号, once the person was looked up. */
  readonly insured: string;
}

/** `KASnnnnn.CSV`, laid into `in/` as the 介護 system would: under another name first. */
export function handOverAnswers(folders: KaigoFolders, answers: readonly KaigoAnswer[], now: Date): string {
  const serial = nextSerial(folders, 'KAS', japanYmd(now));
  const name = fileName('KAS', serial);
  const path = join(folders.in, name);
  writeFileSync(`${path}.tmp`, writeAnswers(answers, serial, now), { mode: 0o600 });
  renameSync(`${path}.tmp`, path);
  return name;
}

/** Z114, one record per answer, each with a 外部管理番号 of its own. */
function writeAnswers(answers: readonly KaigoAnswer[], serial: number, now: Date): Uint8Array {
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

function toRecord(answer: KaigoAnswer, number: string, now: Date): string[] {
  const { referralId, deliveryId, code, worker, insured } = answer;
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
    insured,
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
