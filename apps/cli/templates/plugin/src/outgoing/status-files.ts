// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { outgoingFile, type OutgoingFile } from '@tsunagi/plugin-sdk';
import { EchoMissingError, fits, inLayout, type Replacements, statusFields } from '@tsunagi/plugin-sdk/records';
import { caseNumberForm } from '../events/event-layout';
import { writeRecordFile } from '../layout/record-file';

/** The fields of `HOOnnnnn.CSV` in their order: what became of a record. */
const statusLayout = (
  [
    'caseNumber',
    'referralId',
    'code',
    'changedOn',
    'changedAt',
    'byDomain',
    'byOffice',
    'byName',
    'worker',
    'nextContactOn',
    'returnReason',
    'message',
  ] as const
).map((key) => ({ key }));

/** In bytes. */
const widths = { byName: 40, worker: 20, message: 200 };

export function statusFiles(replacements: Replacements): OutgoingFile {
  return outgoingFile({
    prefix: 'HOO',
    kinds: ['status'],
    toRecord: ({ status }) => {
      const { echo = '' } = status;
      // Nobody could say whose record it is about.
      if (!caseNumberForm.test(echo)) throw new EchoMissingError();
      const fields = statusFields(status, (key) => widths[key], replacements);
      return { ok: true, record: inLayout(statusLayout, { ...fields, caseNumber: fits(echo) }).values };
    },
    toBytes: (records) => writeRecordFile('HOO', records),
  });
}
