// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type Clock, ERA_DIGITS, formatEraDate, outgoingFile, type OutgoingFile } from '@tsunagi/plugin-sdk';
import {
  fits,
  inLayout,
  leftOut,
  type PersonLayout,
  recallFields,
  referralFields,
  referralRecordName,
  type Replacements,
} from '@tsunagi/plugin-sdk/records';
import { writeRecordFile } from '../layout/record-file';

/** The fields of `HORnnnnn.CSV` in their order. 取消区分: 1 つなぎ, 2 訂正, 3 取消. */
const referralLayout = (
  [
    'referralId',
    'deliveryId',
    'cancel',
    'kind',
    'fromDomain',
    'fromOffice',
    'fromWorker',
    'authority',
    'kana',
    'kanji',
    'birthDate',
    'sex',
    'address',
    'telephone',
    'concerns',
    'householdSize',
    'message',
    'urgency',
    'acceptBy',
    'mask',
    'sentOn',
  ] as const
).map((key) => ({ key }));

/** In bytes. */
const widths = {
  fromOffice: 40,
  fromWorker: 20,
  kana: 25,
  kanji: 40,
  birthDate: 7,
  sex: 1,
  address: 80,
  telephone: 15,
  concerns: 12,
  householdSize: 2,
  message: 200,
} as const;

/** What a record had to leave out is told to the sender (`notCarried`); the record itself goes. */
export function referralFiles(replacements: Replacements, clock: Clock): OutgoingFile {
  const into = { widthOf: (key: keyof typeof widths) => widths[key], dayField, replacements };
  return outgoingFile({
    prefix: 'HOR',
    kinds: ['referral', 'supplement', 'recall'],
    recordName: referralRecordName,
    toRecord: (delivery) => {
      if (delivery.kind === 'recall') {
        const { values } = inLayout(referralLayout, recallFields(delivery.recall, clock.now()));
        return { ok: true, record: values };
      }
      const { fields, notCarried } = referralFields(delivery, into);
      return { ok: true, record: inLayout(referralLayout, fields).values, notCarried };
    },
    toBytes: (records) => writeRecordFile('HOR', records),
  });
}

/** GYYMMDD; a day that no era of the table has is left out. */
const dayField: PersonLayout['dayField'] = (date) => {
  const era = formatEraDate(date, ERA_DIGITS);
  return era === null ? leftOut('W-DATE') : fits(era.gengo + era.yymmdd);
};
