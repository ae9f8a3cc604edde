// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { toHalfWidthKana } from '@tsunagi/plugin-sdk';
import { cp932AsItStands, defineKit, folderOffice, type KitPerson } from '@tsunagi/plugin-sdk/verify';
import { type EventKey, eventLayout } from './intake/event-layout';

/** What the conformance suite has to know beside the plugin: settings, and how the care system writes a change record. */
export default defineKit({
  office: folderOffice({ functionCode: '9970100005', formVersion: 'K-2026-1' }),
  input: (people) => ({
    name: 'KAI00001.CSV',
    bytes: cp932AsItStands(
      [
        `1,1,0,${people.length},Z11,0,00990010,0,00,7,202611,0`,
        ...people.map((person, index) => recordOf(person, index + 2)),
        `3,${people.length + 2}`,
        '',
      ].join('\r\n'),
    ),
  }),
});

function recordOf(person: KitPerson, recordNumber: number): string {
  const values = valuesOf(person);
  return ['2', recordNumber, ...eventLayout.map(({ key }) => `"${values[key] ?? ''}"`)].join(',');
}

/** 不詳 has no value that 生年月日 allows: it stays blank. */
function valuesOf({ number, name, kana, birthDate = '', note }: KitPerson): Partial<Record<EventKey, string>> {
  return {
    exchangeId: 'Z111',
    recordKind: '01',
    changedOn: '20261120',
    change: '1',
    insurer: '00990010',
    insured: String(number).padStart(10, '0'),
    kana: toHalfWidthKana(kana),
    kanji: name,
    birthDate: birthDate.replaceAll('-', ''),
    sex: '2',
    concerns: '000001000000',
    target: '4',
    consent: '1',
    message: note,
    externalNumber: `KAI-VERIFY-${number}`,
    address: '見本県見本市見本町一丁目１番１号',
    telephone: '0991234567',
  };
}
