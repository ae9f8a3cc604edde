// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import {
  maxPayloadBytes,
  quarantinedRow,
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
  const { itemId, origin, reading } = item;
  const quarantine = (fault: RowFault) => quarantined(itemId, origin, fault);
  try {
    if ('quarantined' in reading) return quarantine(reading.quarantined);
    if ('event' in reading) {
      const mapped = mapping.toSubmission(reading.event);
      return mapped.ok ? submitted(plugin, itemId, origin, mapped) : quarantine(mapped);
    }
    const mapped = mapping.toResponse(reading.answer);
    return mapped.ok ? responded(itemId, origin, mapped.value) : quarantine(mapped);
  } catch (error) {
    // An error's text may hold a value of the record: its class is all that may be told.
    const kind = error instanceof Error ? error.name : 'unknown';
    log.error({ itemId, kind: /^[A-Za-z]{1,40}$/.test(kind) ? kind : 'Error' }, 'mapping failed');
    return quarantine({ code: badMapping });
  }
}

function submitted(
  plugin: string,
  itemId: string,
  origin: Origin,
  mapped: Extract<Mapping<SubmissionDraft>, { ok: true }>,
): OutgoingItem {
  const { source, ...rest } = mapped.value;
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
  return { type: 'referral.submitted.v1', itemId, origin, bytes, body: { submission: parsed.data } };
}

function responded(itemId: string, origin: Origin, response: ReferralResponse): OutgoingItem {
  const parsed = referralResponse.safeParse(response);
  if (!parsed.success) return quarantined(itemId, origin, { code: badMapping });
  const bytes = Buffer.byteLength(JSON.stringify(parsed.data)) + itemId.length + 64;
  if (parsed.data.code !== '60') {
    return { type: 'referral.response.v1', itemId, origin, bytes, body: { response: parsed.data } };
  }
  const { deliveryId, at, worker, disposition } = parsed.data;
  const acknowledgement = recallAcknowledgement.parse({
    deliveryId,
    at,
    ...(worker === undefined ? {} : { worker }),
    // An older hub knows no such field; it goes only where a system says what became of the data.
    ...(disposition === undefined ? {} : { disposition }),
  });
  return { type: 'recall.acknowledged.v1', itemId, origin, bytes, body: { acknowledgement } };
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

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
