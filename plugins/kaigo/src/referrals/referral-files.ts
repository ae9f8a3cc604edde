// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type Clock,
  type DeliveryOf,
  type Log,
  outgoingFile,
  type OutgoingFile,
  writeEnvelope,
} from '@tsunagi/plugin-sdk';
import { japaneseMoment, referralRecordName } from '@tsunagi/plugin-sdk/records';
import { insuredNumberOf, onlyInsurer } from '../layout/insured-number';
import { outgoingControl, recordsIn } from '../layout/outgoing-control';
import { recallRecord, type ReferralRecord, referralRecord, type ReferralSettings } from './referral-record';

type Arriving = DeliveryOf<'referral' | 'supplement' | 'recall'>;

/** A record with what its file's control record says. */
interface Dated {
  readonly values: readonly string[];
  readonly insurer: string | undefined;
  readonly madeOn: string;
}

/**
 * `KAR` files: Z113, one record per (配送ID, 取消区分). A file speaks of one insurer's numbers, which its control record
 * names. What a record had to leave out is logged by field number and named in the receipt; the record itself goes.
 */
export function referralFiles(options: ReferralSettings & { log: Log; clock: Clock }): OutgoingFile {
  const { clock, insurers, log } = options;
  const insurerOf = (delivery: Arriving) =>
    (delivery.kind === 'recall'
      ? undefined
      : insuredNumberOf(delivery.referral.subject.identifiers, insurers)?.insurer) ?? onlyInsurer(insurers);
  return outgoingFile({
    prefix: 'KAR',
    kinds: ['referral', 'supplement', 'recall'],
    recordName: referralRecordName,
    apart: (delivery) => insurerOf(delivery) ?? '',
    toRecord: (delivery) => {
      const now = clock.now();
      const { values, flaws, notCarried } = recordOf(delivery, options, now);
      for (const { code, field } of flaws)
        log.warn({ deliveryId: delivery.deliveryId, code, field }, 'referral field left out or cut');
      const record: Dated = { values, insurer: insurerOf(delivery), madeOn: japaneseMoment(now).day };
      return { ok: true, record, notCarried };
    },
    toBytes: (records) => writeReferralFile(records),
    recordsIn,
  });
}

function recordOf(delivery: Arriving, settings: ReferralSettings, now: Date): ReferralRecord {
  return delivery.kind === 'recall' ? recallRecord(delivery.recall, now) : referralRecord(delivery, settings);
}

export function writeReferralFile(records: readonly Dated[]): Uint8Array {
  const [{ insurer, madeOn } = { insurer: undefined, madeOn: '' }] = records;
  return writeEnvelope({ control: outgoingControl({ insurer, madeOn }), rows: records.map(({ values }) => values) });
}
