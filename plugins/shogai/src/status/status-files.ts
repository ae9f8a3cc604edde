// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type Clock, type Log, outgoingFile, type OutgoingFile, writeFixedFile } from '@tsunagi/plugin-sdk';
import type { Replacements } from '@tsunagi/plugin-sdk/records';
import { type Eol, frameOf, recordsIn } from '../layout/frames';
import { outgoingHeader } from '../layout/outgoing-header';
import { statusLayout, statusRecord } from './status-record';

/**
 * `SHO` files: one record per change of state. What a record had to leave out is logged by field number; the record itself
 * goes.
 */
export function statusFiles(options: {
  municipality: string;
  eol: Eol;
  replacements: Replacements;
  log: Log;
  clock: Clock;
}): OutgoingFile {
  const { municipality, eol, replacements, log, clock } = options;
  return outgoingFile({
    prefix: 'SHO',
    extension: '.DAT',
    kinds: ['status'],
    toRecord: ({ deliveryId, status }) => {
      const { values, flaws } = statusRecord(status, replacements);
      for (const { code, field } of flaws) log.warn({ deliveryId, code, field }, 'status field left out or cut');
      return { ok: true, record: { values, madeAt: clock.now() } };
    },
    toBytes: (records, { serial }) =>
      writeFixedFile({
        frame: frameOf('SHO', eol),
        header: outgoingHeader({ municipality, madeAt: records[0]?.madeAt ?? clock.now(), serial }),
        layout: statusLayout,
        rows: records.map(({ values }) => values),
      }),
    recordsIn: recordsIn('SHO', eol),
  });
}
