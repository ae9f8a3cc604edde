// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { toHalfWidthKana } from '@tsunagi/plugin-sdk';
import { defineKit, folderOffice, verifyInTests } from '@tsunagi/plugin-sdk/verify';
import { join } from 'node:path';
import { kaigoPlugin } from '../src/kaigo.plugin';
import life from '../src/profiles/life.json';
import { lifeFile } from './life-file';

/** The same suite with the files of LIFE, where a site asks for another desk with each. */
const asked = {
  ...life,
  name: 'asked',
  fields: { ...life.fields, birthDate: { column: 'birthday' }, message: { columns: ['remarks'] } },
  fixed: { target: '4', consent: '9' },
};
const kit = defineKit({
  office: folderOffice({ functionCode: '9970100005', profiles: [asked] }),
  input: (people) => ({
    name: 'SERVICE_USER_INFO_0001_20261120.csv',
    bytes: lifeFile(
      people.map(({ number, name, kana, birthDate = '', note }) => ({
        external_system_management_number: `LIFE-VERIFY-${number}`,
        insured_no: String(number).padStart(10, '0'),
        last_name: name,
        first_name: '',
        last_name_kana: toHalfWidthKana(kana),
        first_name_kana: '',
        birthday: birthDate.replaceAll('-', ''),
        remarks: note,
      })),
    ),
  }),
});

verifyInTests({
  plugin: { ...kaigoPlugin, samples: ['samples/SERVICE_USER_INFO_0001_20261120.csv'] },
  kit,
  root: join(__dirname, '..'),
});
