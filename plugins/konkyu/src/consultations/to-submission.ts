// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Mapping, SubmissionDraft } from '@tsunagi/plugin-sdk';
import { addressees } from './consultation-codes';
import { contentHash, submissionKey, writeEcho } from './consultation-key';
import type { ConsultationRow } from './consultation-row';
import { type Consultation, readConsultation } from './read-consultation';
import type { ReadingRules } from './read-person';
import { toSubject } from './subject';

/** What the settings say about every row. */
export interface ConsultationSettings extends ReadingRules {
  readonly functionCode: string;
  /** What 同意 1 stands for; without it the hub holds the record. */
  readonly formVersion: string | undefined;
}

/** One row of the view in the common schema. */
export function toSubmission(row: ConsultationRow, settings: ConsultationSettings): Mapping<SubmissionDraft> {
  const read = readConsultation(row, settings);
  if (!read.ok) return { ...read, ...namedKey(row) };
  const { value: consultation } = read;
  const hash = contentHash(row, { asks: consultation.person !== undefined });
  return { ok: true, value: draftOf(consultation, hash, settings), warnings: consultation.warnings };
}

/**
 * A row is made or changed, never new: the office writes it again and again under one key. Withdrawn, or with つなぎ先 4,
 * the office itself, it names no addressee: the hub then makes no referral, and reminds the desk of one still open.
 */
function draftOf(consultation: Consultation, hash: string, settings: ConsultationSettings): SubmissionDraft {
  const { person, target, withdrawn, changedAt, consent } = consultation;
  const to = person && addressees[target];
  return {
    source: {
      system: 'konkyu',
      key: submissionKey(consultation),
      change: withdrawn ? 'ended' : 'changed',
      occurredAt: changedAt,
      echo: writeEcho(consultation),
      contentHash: hash,
    },
    kind: to === 'unknown' ? 'support_request' : 'referral',
    fromCode: settings.functionCode,
    ...(to && { to }),
    urgency: 'normal',
    purpose: 'consultation',
    ...(person?.receiver && { acting: { name: person.receiver } }),
    subject: toSubject(consultation),
    others: [],
    asserted: {
      code: consent,
      ...(settings.formVersion && { formVersion: settings.formVersion }),
      on: person?.receivedOn ?? changedAt.slice(0, 10),
    },
  };
}

/** The office's own name of a row that waits, where it is of its form. */
function namedKey({ sodan_id, tsunagi_bunya }: ConsultationRow): { key?: string } {
  const key = { sodanId: sodan_id?.trim() ?? '', target: tsunagi_bunya?.trim() ?? '' };
  return key.sodanId === '' || !Object.hasOwn(addressees, key.target) ? {} : { key: submissionKey(key) };
}
