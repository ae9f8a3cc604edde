// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type Clock, type Log, outgoingFile, type OutgoingFile } from '@tsunagi/plugin-sdk';
import { recordsIn } from '../layout/outgoing-control';
import { writeStatusFile } from './status-file';
import { statusRecord } from './status-record';

/** `KAO` files. What a record had to leave out is logged by field number; the record itself goes. */
export function statusFiles(options: {
  replacements: ReadonlyMap<string, string>;
  log: Log;
  clock: Clock;
}): OutgoingFile {
  return outgoingFile({
    prefix: 'KAO',
    kinds: ['status'],
    toRecord: ({ deliveryId, status }) => {
      const { values, flaws } = statusRecord(status, options.clock.now(), options.replacements);
      for (const { code, field } of flaws)
        options.log.warn({ deliveryId, code, field }, 'status field left out or cut');
      return { ok: true, record: values };
    },
    toBytes: (records) => writeStatusFile(records),
    recordsIn,
  });
}
