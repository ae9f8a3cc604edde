// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { decodeCp932, writeEnvelope } from '@tsunagi/legacy';
import { waitFor } from '@tsunagi/testing';
import { FileDesk } from './file-desk';
import { cp932, hms, ymd } from './written';

/** Fields of one change record that a journey turns on; everything else is 見本 花子, born long ago. */
export interface RecordOver {
  insurer?: string;
  insured?: string;
  change?: '1' | '2' | '3';
  consent?: '1' | '2' | '3' | '9';
  to?: '1' | '2' | '3' | '4' | '5' | '6';
  key: string;
  note?: string;
  meeting?: '1' | '2' | '3' | '4';
  kanji?: string;
  address?: string;
  /** 25-field record, without address, telephone, household and meeting. */
  short?: boolean;
}

export function kaigoRecord(over: RecordOver): string[] {
  const {
    insurer = '00990010',
    insured = '0000000201',
    change = '1',
    consent = '1',
    to = '4',
    key,
    note = '家賃滞納あり。',
    meeting = '1',
    kanji = '見本　花子',
    address = '見本県見本市見本町一丁目１番１号',
    short = false,
  } = over;
  const first25 = [
    'Z111',
    '01',
    ymd(),
    change,
    '01',
    insurer,
    insured,
    'ﾐﾎﾝ ﾊﾅｺ',
    kanji,
    '19400105',
    '2',
    '20050105',
    '22',
    '1',
    ymd(-100),
    ymd(200),
    '1',
    '9970100005',
    '4',
    '3',
    '000001100000',
    to,
    consent,
    note,
    key,
  ];
  return short ? first25 : [...first25, address, '0991234567', '2', meeting];
}

/** The bytes of an envelope file with these data records. */
export function kaigoFile(rows: readonly (readonly string[])[]): Buffer {
  const control = {
    volume: 0,
    dataKind: 'Z11',
    welfareOfficeNumber: '0',
    insurerNumber: '00990010',
    officeNumber: '0',
    prefectureNumber: '00',
    medium: '7',
    processingMonth: ymd().slice(0, 6),
    fileManagementNumber: '0',
  };
  return Buffer.from(writeEnvelope({ control, rows }));
}

/** A KAS file byte by byte: control record with the insurer whose numbers are in it, the answers, end record. */
function answerFile(records: readonly string[]): Buffer {
  const control = `1,1,0,${records.length},Z11,0,00990010,0,00,7,${ymd().slice(0, 6)},0`;
  const lines = [control, ...records.map((record, n) => `2,${n + 2},${record}`), `3,${records.length + 2}`];
  return cp932(lines.map((line) => `${line}\r\n`).join(''));
}

/** One answer of the care desk to a delivery: all 15 fields of Z114. */
export function answerRecord(
  at: { readonly referral: string; readonly delivery: string },
  action: string,
  key: string,
  more: { worker?: string; insured?: string; reason?: string; outcome?: string; next?: string; text?: string } = {},
): string {
  const { worker = '見本　五郎', insured = '', reason = '', outcome = '', next = '', text = '' } = more;
  const quoted = (words: string) => (words === '' ? '' : `"${words}"`);
  const said = [quoted(worker), insured, reason, outcome, next, quoted(text)].join(',');
  return `Z114,01,${at.referral},${at.delivery},${action},${ymd()},${hms()},${said},,${key}`;
}

/** The files that a 介護 system and the plugin exchange. */
export class KaigoDesk extends FileDesk {
  constructor(folder: string) {
    super(folder, { system: 'KA', extension: 'CSV' });
  }

  records(bytes: Uint8Array): string[][] {
    return dataRecords(bytes);
  }

  /** Drops a file as a nightly export does. */
  drop(content: readonly (readonly string[])[] | Uint8Array, name = this.nextName('I').name): string {
    return this.dropBytes(content instanceof Uint8Array ? content : kaigoFile(content), name);
  }

  /** Drops these answers as the care desk's system writes them; each is a record of Z114 without number and kind. */
  answer(...records: readonly string[]): string {
    return this.dropBytes(answerFile(records), this.nextName('S').name);
  }

  /** Every status record written so far for this 外部管理番号, oldest first. */
  statuses(key: string): string[][] {
    return this.written('KAO')
      .map(({ values }) => values)
      .filter((r) => r[4] === key);
  }

  async statusCodes(key: string, atLeast: number): Promise<string[]> {
    return waitFor(
      () => {
        const codes = this.statuses(key).map((r) => r[6] ?? '');
        return codes.length >= atLeast && codes;
      },
      { what: `${atLeast} statuses of ${key}`, timeoutMs: 30_000 },
    );
  }

  /** The bytes of the newest file that brought this referral, corrected it (2) or took it back (3), and its 配送ID. */
  async referral(referral: string, mark: '1' | '2' | '3' = '1'): Promise<{ bytes: Buffer; delivery: string }> {
    const records = await waitFor(
      () => {
        const found = this.referrals().filter((r) => r.values[2] === referral && r.values[4] === mark);
        return found.length > 0 && found;
      },
      { what: `a KAR record ${mark} of the referral`, timeoutMs: 30_000 },
    );
    const { name = '', values = [] } = records.at(-1) ?? {};
    return { bytes: readFileSync(this.path('out', name)), delivery: values[3] ?? '' };
  }

  /** Every record of every KAR file so far, oldest first. */
  referrals(): { name: string; values: string[] }[] {
    return this.written('KAR');
  }
}

/** No value in these files holds a comma or a quotation mark. */
function dataRecords(bytes: Uint8Array): string[][] {
  return decodeCp932(bytes)
    .text.split('\r\n')
    .filter((line) => line.startsWith('2,'))
    .map((line) =>
      line
        .split(',')
        .slice(2)
        .map((value) => value.replace(/^"|"$/g, '')),
    );
}
