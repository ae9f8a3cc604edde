// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ERA_DIGITS, toHalfWidthKana } from '@tsunagi/plugin-sdk';
import { cp932AsItStands, defineKit, eraAsItStands, folderOffice, type KitPerson } from '@tsunagi/plugin-sdk/verify';

/** What `tsunagi plugin verify` has to know beside the plugin: settings, and how the case system writes a record. */
export default defineKit({
  office: folderOffice({ functionCode: '9950000001', formVersion: 'H-2026-1' }),
  input: (people) => ({
    name: 'HOG00002.CSV',
    bytes: cp932AsItStands([`HOG,${people.length}`, ...people.map(recordOf), ''].join('\r\n')),
  }),
});

function recordOf({ number, name, kana, birthDate, note }: KitPerson): string {
  const era = birthDate === undefined ? undefined : eraAsItStands(birthDate, ERA_DIGITS);
  return [
    `H-${String(number).padStart(4, '0')}`,
    '20261120',
    '1',
    toHalfWidthKana(kana),
    name,
    era ? era.gengo + era.yymmdd : '',
    '2',
    '見本県見本市見本町一丁目１番１号',
    '0991234567',
    '4',
    '1',
    // CP932 of Windows has these two signs where others have 〜 and −; the encoder writes them.
    note,
  ].join(',');
}
