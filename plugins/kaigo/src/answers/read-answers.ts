// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type EnvelopeControl,
  type FieldWarning,
  type FileReading,
  type FileRow,
  isInsurerNumber,
} from '@tsunagi/plugin-sdk';
import { onlyInsurer } from '../layout/insured-number';
import type { IntakeRules } from '../layout/intake-rules';
import type { OpenRow } from '../layout/open-file';
import { contentHash, openRecordFile, readRecordFile, type RecordFileHeader } from '../layout/record-file';
import { type AnswerRecord, fieldNumber } from './answer-layout';
import { judgeAnswer } from './judge-answer';

/** A row that was judged sound, and whose number its 被保険者番号 is. */
export interface DeskAnswer {
  readonly record: AnswerRecord;
  readonly insurer: string | undefined;
}

/** Reads a `KAS` file. Never throws. */
export function readAnswers(bytes: Uint8Array, rules: IntakeRules): FileReading<never, DeskAnswer, RecordFileHeader> {
  return readRecordFile(openRecordFile(bytes), (row, flags, { control }) =>
    readRow(row, answeringInsurer(control, rules), rules, flags),
  );
}

/**
 * The insurer that the control record names. Where it names none, the only one served; where it names one that is not
 * served or has a wrong check digit, none: a number would be given to another person.
 */
export function answeringInsurer(
  { insurerNumber }: Pick<EnvelopeControl, 'insurerNumber'> = { insurerNumber: '0' },
  { insurers }: Pick<IntakeRules, 'insurers'>,
): string | undefined {
  if (/^0+$/.test(insurerNumber)) return onlyInsurer(insurers);
  const insurer = insurerNumber.padStart(8, '0');
  const served = insurers.length === 0 || insurers.includes(insurer);
  return served && isInsurerNumber(insurer) ? insurer : undefined;
}

/** A sound row is named by its content, 外部管理番号 and all: in whatever file it comes, it is the same answer. */
function readRow(
  { row, content, fields }: OpenRow,
  insurer: string | undefined,
  { gaiji }: IntakeRules,
  flags: Map<number, FieldWarning>,
): FileRow<never, DeskAnswer> {
  const judged = judgeAnswer(fields, { gaiji, insurer });
  if (!judged.ok) {
    const text = fields[fieldNumber('externalNumber') - 1]?.text ?? '';
    const own = /^[A-Z0-9-]{1,20}$/.test(text) ? { label: text } : {};
    return { row, ...own, quarantined: { ...judged.faults[0], ...(own.label && { key: own.label }) } };
  }
  const { record, warnings } = judged;
  if (warnings[0]) flags.set(row, warnings[0]);
  return { row, name: `kas/${contentHash(content)}`, label: record.externalNumber, answer: { record, insurer } };
}
