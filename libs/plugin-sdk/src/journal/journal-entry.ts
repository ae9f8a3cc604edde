// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

const fileName = z.string().min(1).max(255);
/** About 40 kB of one line. */
export const idsPerEntry = 1000;
const deliveryId = z.string().max(64);
const ids = z.array(deliveryId).max(idsPerEntry);

/**
 * One line of the journal. `…-ready` stands before a rename, `…-done` after it: whoever finds the first without the
 * second looks whether the temporary file is still there.
 */
export const journalEntry = z.discriminatedUnion('entry', [
  /** A host opened the journal; what was in hand before this line was in hand when the host died. */
  z.strictObject({ entry: z.literal('opened') }),
  /** A file is being moved to `processing/`. */
  z.strictObject({ entry: z.literal('taken'), name: fileName }),
  /** Every row of a file is answered and its result is kept. */
  z.strictObject({ entry: z.literal('settled'), sha256: z.string(), folder: z.enum(['done', 'error']) }),
  /** A file that was sent under this number of the legacy system is being taken; no other may come under it. */
  z.strictObject({ entry: z.literal('transmission'), number: z.string().max(64), sha256: z.string() }),
  /**
   * What the hub has taken last of a record that its legacy system sends again: the hashes of its name and of its content,
   * the version its sender gave it, and as of when it was told.
   */
  z.strictObject({
    entry: z.literal('accepted'),
    record: z.hex().length(64),
    content: z.hex().length(64),
    version: z.string().max(50).optional(),
    at: z.iso.datetime({ offset: true }).optional(),
  }),
  z.strictObject({ entry: z.literal('result-ready'), name: fileName, result: fileName }),
  z.strictObject({ entry: z.literal('result-done'), name: fileName }),
  /** The input has left `processing/`. */
  z.strictObject({ entry: z.literal('moved'), name: fileName }),
  z.strictObject({
    entry: z.literal('output-ready'),
    prefix: z.string(),
    serial: z.int(),
    name: fileName,
    deliveries: ids,
  }),
  z.strictObject({ entry: z.literal('output-done'), name: fileName }),
  /** Written into a place that leaves no file, such as a table. */
  z.strictObject({ entry: z.literal('written'), deliveries: ids }),
  z.strictObject({ entry: z.literal('in-hand'), deliveries: ids }),
  z.strictObject({ entry: z.literal('put-down') }),
  /**
   * What a compacted journal keeps of old lines: to which input's result a name was given, the last number given out, and
   * how often a host died with a delivery.
   */
  z.strictObject({ entry: z.literal('result-of'), name: fileName, result: fileName }),
  z.strictObject({ entry: z.literal('serial'), prefix: z.string(), serial: z.int() }),
  z.strictObject({ entry: z.literal('killed'), delivery: deliveryId, times: z.int() }),
]);
export type JournalEntry = z.infer<typeof journalEntry>;
