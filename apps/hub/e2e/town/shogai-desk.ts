// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { decodeCp932 } from '@tsunagi/legacy';
import { waitFor } from '@tsunagi/testing';
import { FileDesk } from './file-desk';
import { cp932, hms, ymd } from './written';

/**
 * The fields of each kind of record as the specification has them: 9 zeros in front, X and K spaces behind, N full-width
 * spaces behind, and so many bytes; 予備 follows.
 */
const layouts = {
  SHG: {
    bytes: 500,
    fields: '91 97 96 X10 X15 98 91 K30 N40 91 97 N80 X5 91 X2 91 X2 98 98 X6 X10 92 X12 N120 X20 X15 92 91'.split(' '),
  },
  SHE: { bytes: 100, fields: '91 97 99 X20 92 X20 92 X26'.split(' ') },
  SHO: { bytes: 300, fields: '91 97 96 X10 X15 X20 X26 92 98 96 91 X10 N40 N20 98 93 N100'.split(' ') },
  SHR: {
    bytes: 600,
    fields: '91 97 96 X26 X26 91 92 91 N40 N20 92 X10 X15 K30 N40 97 91 N80 X15 X12 92 N200 91 98 X24 98'.split(' '),
  },
  SHS: { bytes: 300, fields: '91 97 96 X26 X26 92 98 96 N20 X10 93 93 98 N100 94 X20'.split(' ') },
} as const;
type Kind = keyof typeof layouts;

function filled(value: string, field: string): Buffer {
  const [type, width] = [field[0], Number(field.slice(1))];
  if (type === '9') return Buffer.from(value.padStart(width, '0'));
  const bytes = cp932(value);
  if (bytes.length > width) throw new Error(`too wide for ${field}`);
  return Buffer.concat([bytes, Buffer.alloc(width - bytes.length, type === 'N' ? Buffer.of(0x81, 0x40) : ' ')]);
}

/** A file byte by byte: header, these records behind 区分 and 連番, trailer with their number and the sum of 受給者証番号. */
export function shogaiFile(
  kind: Kind,
  header: { readonly day: string; readonly time: string; readonly serial: number },
  records: readonly (readonly string[])[],
  numberField?: number,
): Buffer {
  const { bytes, fields } = layouts[kind];
  const whole = (begun: Uint8Array) => Buffer.concat([begun, Buffer.alloc(bytes - begun.length, ' ')]);
  const text = (begun: string) => whole(Buffer.from(begun));
  const sum = records.reduce((total, r) => total + (Number(r[(numberField ?? 0) - 1]) || 0), 0);
  const digits = (value: number, width: number) => String(value).padStart(width, '0');
  return Buffer.concat([
    text(`1990019${kind}${header.day}${header.time}${digits(header.serial, 6)}`),
    ...records.map((values, n) =>
      whole(
        Buffer.concat([
          Buffer.from(`2${digits(n + 1, 7)}`),
          ...fields.slice(2).map((field, at) => filled(values[at] ?? '', field)),
        ]),
      ),
    ),
    text(`3990019${digits(records.length, 9)}${digits(numberField === undefined ? 0 : sum, 15)}`),
  ]);
}

/** Fields of one change record that a journey turns on; everything else is 見本 三郎, born in 1985. */
export interface ShogaiRecordOver {
  readonly key: string;
  readonly recipient: string;
  readonly change?: '1' | '2' | '3';
  readonly to?: '1' | '2' | '3' | '4' | '5' | '6';
  readonly consent?: '1' | '2' | '3' | '9';
  readonly birth?: string;
  readonly kanji?: string;
  readonly address?: string;
  readonly note?: string;
  readonly meeting?: '1' | '2' | '3' | '4';
}

/** A record of SHG behind 区分 and 連番. */
export function shogaiRecord(over: ShogaiRecordOver): string[] {
  const { key, recipient, change = '1', to = '4', consent = '1', birth = '3601015', kanji = '見本　三郎' } = over;
  const { address = '見本県見本市見本町一丁目１番１号', note = '家計管理の相談希望。', meeting = '1' } = over;
  const disability = ['10000', '2', '', '', '24', ymd(-100), ymd(200), '111000', '9930000012'];
  return [
    ...['990019', recipient, '', ymd(), change, 'ﾐﾎﾝ ｻﾌﾞﾛｳ', kanji, '1', birth, address],
    ...disability,
    ...[`${to}${consent}`, '000101200000', note, key, '0991112222', '3', meeting],
  ];
}

/** One answer of the desk to a delivery: a record of SHS behind 区分 and 連番. */
export function shogaiAnswer(
  at: { readonly referral: string; readonly delivery: string },
  action: string,
  key: string,
  more: { worker?: string; recipient?: string; reason?: string; outcome?: string; next?: string; text?: string } = {},
): string[] {
  const { worker = '見本　七郎', recipient = '', reason = '', outcome = '', next = '', text = '' } = more;
  const ids = ['990019', at.referral, at.delivery, action, ymd(), hms()];
  return [...ids, worker, recipient, reason, outcome, next, text, '', key];
}

/** Places of the 受給者証番号 in a record behind 区分 and 連番, for the sum in the trailer. */
export const numberFieldOf = { SHG: 2, SHS: 8, SHO: 2, SHR: 10 } as const;

/** The files that a 障害福祉 system and the plugin exchange. */
export class ShogaiDesk extends FileDesk {
  constructor(folder: string) {
    super(folder, { system: 'SH', extension: 'DAT' });
  }

  records(bytes: Uint8Array): string[][] {
    const kind = decodeCp932(bytes.subarray(7, 10)).text as Kind;
    const { bytes: length, fields } = layouts[kind];
    const all = Array.from({ length: bytes.length / length }, (_, n) => bytes.subarray(n * length, (n + 1) * length));
    return all.slice(1, -1).map((record) => valuesIn(record, fields).slice(2));
  }

  /** Drops a file of change records, or of anything, as a nightly export does. */
  drop(content: readonly (readonly string[])[] | Uint8Array, as?: string): string {
    const { name, serial } = this.nextName('G');
    const header = { day: ymd(), time: hms(), serial };
    const bytes = content instanceof Uint8Array ? content : shogaiFile('SHG', header, content, numberFieldOf.SHG);
    return this.dropBytes(bytes, as ?? name);
  }

  /** Drops these answers as the desk's system writes them. */
  answer(...records: readonly (readonly string[])[]): string {
    const { name, serial } = this.nextName('S');
    const header = { day: ymd(), time: hms(), serial };
    return this.dropBytes(shogaiFile('SHS', header, records, numberFieldOf.SHS), name);
  }

  /** 状態コード of every status record written so far for this 外部管理番号, oldest first. */
  statusCodes(key: string): string[] {
    return this.written('SHO').flatMap(({ values }) => (values[3] === key ? [values[5] ?? ''] : []));
  }

  /** The bytes of the newest file that brought this referral, corrected it (2) or took it back (3), and its 配送ID. */
  async referral(referral: string, mark: '1' | '2' | '3' = '1'): Promise<{ bytes: Buffer; delivery: string }> {
    const records = await waitFor(
      () => {
        const found = this.referrals().filter((r) => r.values[1] === referral && r.values[3] === mark);
        return found.length > 0 && found;
      },
      { what: `an SHR record ${mark} of the referral`, timeoutMs: 30_000 },
    );
    const { name = '', values = [] } = records.at(-1) ?? {};
    return { bytes: readFileSync(this.path('out', name)), delivery: values[2] ?? '' };
  }

  referrals(): { name: string; values: string[] }[] {
    return this.written('SHR');
  }
}

function valuesIn(record: Uint8Array, fields: readonly string[]): string[] {
  let at = 0;
  return fields.map((field) => {
    const bytes = record.subarray(at, (at += Number(field.slice(1))));
    return decodeCp932(bytes).text.replace(field.startsWith('N') ? /　+$/ : / +$/, '');
  });
}
