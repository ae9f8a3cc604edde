// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type Clock, type Log, outgoingFile, type OutgoingFile, writeFixedFile } from '@tsunagi/plugin-sdk';
import { referralRecordName } from '@tsunagi/plugin-sdk/records';
import { type Eol, frameOf, recordsIn } from '../layout/frames';
import { outgoingHeader } from '../layout/outgoing-header';
import { referralLayout } from './referral-layout';
import { recallRecord, referralRecord, type ReferralSettings } from './referral-record';

/**
 * `SHR` files: one record per (配送ID, 取消区分). What a record had to leave out is logged by field number and named in the
 * receipt; the record itself goes.
 */
export function referralFiles(options: ReferralSettings & { eol: Eol; log: Log; clock: Clock }): OutgoingFile {
  const { municipality, eol, log, clock } = options;
  return outgoingFile({
    prefix: 'SHR',
    extension: '.DAT',
    kinds: ['referral', 'supplement', 'recall'],
    recordName: referralRecordName,
    toRecord: (delivery) => {
      const madeAt = clock.now();
      const { values, flaws, notCarried } =
        delivery.kind === 'recall' ? recallRecord(delivery.recall, options, madeAt) : referralRecord(delivery, options);
      for (const { code, field } of flaws)
        log.warn({ deliveryId: delivery.deliveryId, code, field }, 'referral field left out or cut');
      return { ok: true, record: { values, madeAt }, notCarried };
    },
    toBytes: (records, { serial }) =>
      writeFixedFile({
        frame: frameOf('SHR', eol),
        header: outgoingHeader({ municipality, madeAt: records[0]?.madeAt ?? clock.now(), serial }),
        layout: referralLayout,
        rows: records.map(({ values }) => values),
      }),
    recordsIn: recordsIn('SHR', eol),
  });
}
