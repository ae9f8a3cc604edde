// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ERA_DIGITS, toHalfWidthKana } from '@tsunagi/plugin-sdk';
import { cp932AsItStands, defineKit, eraAsItStands, folderOffice, type KitPerson } from '@tsunagi/plugin-sdk/verify';
import { createHash } from 'node:crypto';
import { type EventKey, eventLayout } from './intake/event-layout';
import { frameOf } from './layout/frames';
import type { FixedRecordField } from './layout/fixed-record-field';

const municipality = '990019';
const { recordBytes } = frameOf('SHG', 'none');

/** What the conformance suite has to know beside the plugin: settings, and how the system writes a change record. */
export default defineKit({
  office: folderOffice({ functionCode: '9910100001', formVersion: 'S-2026-1', municipality }),
  input: (people) => ({
    name: 'SHG00001.DAT',
    bytes: Buffer.concat([
      full(`1${municipality}SHG20261120021500${transmissionOf(people)}`),
      ...people.map(recordOf),
      full(
        `3${municipality}${digits(people.length, 9)}${digits(
          people.reduce((sum, p) => sum + recipientOf(p), 0),
          15,
        )}`,
      ),
    ]),
  }),
});

/** Another content, another 送信連番. */
function transmissionOf(people: readonly KitPerson[]): string {
  const hash = createHash('sha256').update(JSON.stringify(people)).digest();
  return digits((hash.readUInt32BE() % 999_999) + 1, 6);
}

function recordOf(person: KitPerson, index: number): Buffer {
  const values = { ...valuesOf(person), kind: '2', sequence: digits(index + 1, 7) };
  return full(
    ...eventLayout.map((field: FixedRecordField & { key: EventKey }) => filled(field, values[field.key] ?? '')),
  );
}

/** 不詳 has no value that 生年月日 allows: it stays zeros. */
function valuesOf(person: KitPerson): Partial<Record<EventKey, string>> {
  const { number, name, kana, birthDate, note } = person;
  const era = birthDate === undefined ? undefined : eraAsItStands(birthDate, ERA_DIGITS);
  return {
    municipality,
    recipient: String(recipientOf(person)),
    changedOn: '20261120',
    change: '1',
    kana: toHalfWidthKana(kana),
    kanji: name,
    sex: '2',
    birthDate: era ? era.gengo + era.yymmdd : '',
    address: '見本県見本市本町一丁目１番１号',
    targetAndConsent: '41',
    concerns: '000001000000',
    message: note,
    externalNumber: `SHG-VERIFY-${number}`,
    telephone: '0991234567',
  };
}

const recipientOf = ({ number }: KitPerson) => 9_910_100_000 + number;

function filled({ type, maxBytes }: FixedRecordField, text: string): Buffer {
  const bytes = cp932AsItStands(text);
  const missing = maxBytes - bytes.length;
  if (type === '9') return Buffer.concat([Buffer.alloc(missing, '0'), bytes]);
  return Buffer.concat([bytes, Buffer.alloc(missing, type === 'N' ? Buffer.of(0x81, 0x40) : ' ')]);
}

/** A whole record; what stands behind its last field is 予備. */
function full(...parts: readonly (string | Buffer)[]): Buffer {
  const bytes = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
  return Buffer.concat([bytes, Buffer.alloc(recordBytes - bytes.length, ' ')]);
}

const digits = (value: number, width: number) => String(value).padStart(width, '0');
