// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import {
  maxPayloadBytes,
  quarantinedRow,
  type ItemOrigin,
  recallAcknowledgement,
  referralResponse,
  referralSubmission,
  type QuarantinedRow,
  type ReferralResponse,
  type ReferralSubmission,
} from '@tsunagi/contracts';
import type { Log } from '../surroundings/log';
import { canonicalJson } from './canonical-json';
import type { Connection } from './connection';
import type { Mapping, RowFault, SubmissionDraft } from './mapping';
import type { OutgoingItem } from './outgoing-item';
import type { Origin, SourceItem } from './source';

/** The plugin's mapping itself is at fault: it threw, or made something the hub would refuse. */
const badMapping = 'E-MAPPING';
/** Frame of a message around its items. */
export const frameBytes = 4 * 1024;

/** Turns what a source read into what goes to the hub. Never throws: a record that cannot go is quarantined. */
export function mapItem<Event, Answer>(
  plugin: string,
  item: SourceItem<Event, Answer>,
  mapping: Pick<Connection<Event, Answer>, 'toSubmission' | 'toResponse'>,
  log: Log,
): OutgoingItem {
  const { itemId, origin, reading, key, override } = item;
  // Under the sender's own name a later record is known for the one that it has waited for.
  const quarantine = (fault: RowFault) => quarantined(itemId, origin, { ...(key !== undefined && { key }), ...fault });
  try {
    if ('quarantined' in reading) return quarantine(reading.quarantined);
    if ('event' in reading) {
      const mapped = mapping.toSubmission(reading.event, override);
      return mapped.ok ? submitted(plugin, item, mapped) : quarantine(mapped);
    }
    const mapped = mapping.toResponse(reading.answer);
    return mapped.ok ? responded(itemId, origin, key, mapped.value) : quarantine(mapped);
  } catch (error) {
    // An error's text may hold a value of the record: its class is all that may be told.
    const kind = error instanceof Error ? error.name : 'unknown';
    log.error({ itemId, kind: /^[A-Za-z]{1,40}$/.test(kind) ? kind : 'Error' }, 'mapping failed');
    return quarantine({ code: badMapping });
  }
}

function submitted(
  plugin: string,
  { itemId, origin, key, override }: Pick<SourceItem<never, never>, 'itemId' | 'origin' | 'key' | 'override'>,
  mapped: Extract<Mapping<SubmissionDraft>, { ok: true }>,
): OutgoingItem {
  const { source: said, ...rest } = mapped.value;
  // A person has looked at two contents of one key: the later one changes the earlier.
  const source = override === 'E-DUP-DIFF' && said.change === 'new' ? { ...said, change: 'changed' as const } : said;
  const { contentHash, occurredAt, ...named } = source;
  const text = canonicalJson({ ...rest, source: named });
  const candidate: ReferralSubmission = {
    ...rest,
    source: {
      ...named,
      channel: 'plugin',
      plugin,
      occurredAt,
      ...(origin.file === undefined ? {} : { file: origin.file }),
      ...(origin.fileSerial === undefined ? {} : { fileSerial: origin.fileSerial }),
      row: origin.row,
      contentHash: contentHash ?? sha256(text),
      ...(mapped.warnings?.length ? { warnings: [...mapped.warnings] } : {}),
    },
  };
  const parsed = referralSubmission.safeParse(candidate);
  // 512: the source's own fields that stand not in the hashed text; 64 for each warning.
  const bytes = Buffer.byteLength(text) + itemId.length + 512 + 64 * (mapped.warnings?.length ?? 0);
  if (!parsed.success) return quarantined(itemId, origin, { code: badMapping, key: source.key });
  if (bytes > maxPayloadBytes - frameBytes) return quarantined(itemId, origin, { code: 'E-SIZE', key: source.key });
  // Where the submission itself says it, it is not said twice.
  const also = key === undefined ? {} : { origin: placeOf(origin, key) };
  return { type: 'referral.submitted.v1', itemId, origin, bytes, body: { submission: parsed.data, ...also } };
}

function responded(itemId: string, origin: Origin, key: string | undefined, response: ReferralResponse): OutgoingItem {
  const place = placeOf(origin, key);
  const parsed = referralResponse.safeParse(response);
  if (!parsed.success) return quarantined(itemId, origin, { code: badMapping });
  const bytes = Buffer.byteLength(JSON.stringify(parsed.data)) + itemId.length + 256;
  if (parsed.data.code !== '60') {
    return { type: 'referral.response.v1', itemId, origin, bytes, body: { response: parsed.data, origin: place } };
  }
  const { deliveryId, at, worker, disposition } = parsed.data;
  const acknowledgement = recallAcknowledgement.parse({
    deliveryId,
    at,
    ...(worker === undefined ? {} : { worker }),
    // An older hub knows no such field; it goes only where a system says what became of the data.
    ...(disposition === undefined ? {} : { disposition }),
  });
  return { type: 'recall.acknowledged.v1', itemId, origin, bytes, body: { acknowledgement, origin: place } };
}

function quarantined(itemId: string, origin: Origin, fault: RowFault): OutgoingItem {
  const row: QuarantinedRow = {
    ...(origin.file === undefined ? {} : { file: origin.file }),
    row: origin.row,
    ...(fault.key === undefined ? {} : { keyHash: sha256(fault.key) }),
    code: fault.code,
    ...(fault.field === undefined ? {} : { field: fault.field }),
  };
  // A code or field of no permitted form is the plugin's mistake; the row is quarantined all the same.
  const sound = quarantinedRow.safeParse(row).success;
  const told: RowFault = sound ? fault : { code: badMapping };
  return {
    type: 'rows.quarantined.v1',
    itemId,
    origin,
    fault: told,
    bytes: 512 + itemId.length,
    body: {
      row: sound ? row : { ...(row.file === undefined ? {} : { file: row.file }), row: row.row, code: badMapping },
    },
  };
}

function placeOf({ file, row }: Origin, key: string | undefined): ItemOrigin {
  return { ...(file !== undefined && { file }), row, ...(key !== undefined && { keyHash: sha256(key) }) };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
