// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { encodeCp932 } from '@tsunagi/plugin-sdk';
import { fixedFile, type FileShape } from './record-bytes';

/** Another vendor's records: other places, other codes, days in eras of another table, 同意 in a field of its own. */
export const ownProfile = {
  name: 'ido',
  fileName: 'IDO{serial}.DAT',
  dataKind: 'IDO',
  eol: 'crlf' as const,
  fields: [
    { name: '整理番号', type: 'X' as const, bytes: 12, key: 'externalNumber' as const },
    { name: '氏名', type: 'N' as const, bytes: 30, key: 'kanji' as const },
    { name: '予備', type: 'X' as const, bytes: 5 },
    { name: '受給者番号', type: '9' as const, bytes: 10, key: 'recipient' as const },
    { name: '生年月日', type: '9' as const, bytes: 7, key: 'birthDate' as const, format: 'gyymmdd' as const },
    { name: '異動日', type: '9' as const, bytes: 8, key: 'changedOn' as const },
    {
      name: '性別',
      type: 'X' as const,
      bytes: 1,
      key: 'sex' as const,
      codes: { M: '1', F: '2' },
    },
    {
      name: '連携先',
      type: 'X' as const,
      bytes: 2,
      key: 'target' as const,
      codes: { KA: '1', SE: '4' },
    },
    { name: '同意', type: 'X' as const, bytes: 1, key: 'consent' as const, codes: { Y: '1', N: '9' } },
    { name: '備考', type: 'N' as const, bytes: 40, key: 'message' as const },
  ],
  fixed: { change: '2' as const },
  eras: { '3': 'taisho' as const, '5': 'showa' as const, '7': 'heisei' as const, '9': 'reiwa' as const },
  formVersion: 'IDO-2026-1',
};

export interface OwnValues {
  readonly number?: string;
  readonly name?: string | Uint8Array;
  readonly recipient?: string;
  readonly birth?: string;
  readonly changedOn?: string;
  readonly sex?: string;
  readonly to?: string;
  readonly consent?: string;
  readonly note?: string;
}

function ownRecord(over: OwnValues): { bytes: Buffer; number: string } {
  const { number = 'A-1', name = '見本　太郎', recipient = '9910100008', birth = '5361015' } = over;
  const { changedOn = '20261110', sex = 'M', to = 'SE', consent = 'Y', note = '' } = over;
  const wide = (text: string | Uint8Array, bytes: number) => {
    const written = typeof text === 'string' ? encodeCp932(text, 'test') : text;
    return Buffer.concat([written, Buffer.alloc(bytes - written.length, Buffer.of(0x81, 0x40))]);
  };
  const half = (text: string, bytes: number) => Buffer.from(text.padEnd(bytes), 'latin1');
  return {
    number: recipient,
    bytes: Buffer.concat([
      half(number, 12),
      wide(name, 30),
      half('zz', 5),
      Buffer.from(recipient + birth + changedOn, 'latin1'),
      half(sex, 1),
      half(to, 2),
      half(consent, 1),
      wide(note, 40),
    ]),
  };
}

/** A file of it; the bytes are put together here, by no code of the plugin's. */
export const ownFile = (rows: readonly OwnValues[], shape: FileShape = {}) =>
  fixedFile('IDO', 124, rows.map(ownRecord), { eol: '\r\n', ...shape });
