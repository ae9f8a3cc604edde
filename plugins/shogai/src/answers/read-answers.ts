// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type FieldWarning,
  type FileReading,
  type FileRow,
  type FixedHeader,
  type FixedRow,
  sliceFields,
} from '@tsunagi/plugin-sdk';
import type { IntakeRules } from '../layout/intake-rules';
import { contentHash, readRecordFile, type RecordFileHeader } from '../layout/record-file';
import { frameOf } from '../layout/frames';
import { answerLayout, type AnswerRecord, fieldNumber } from './answer-layout';
import { judgeAnswer } from './judge-answer';

/** Reads an `SHS` file. Never throws. */
export function readAnswers(bytes: Uint8Array, rules: IntakeRules): FileReading<never, AnswerRecord, RecordFileHeader> {
  return readRecordFile(bytes, frameOf('SHS', rules.eol), rules, (row, header, flags) =>
    readRow(row, header, rules, flags),
  );
}

/** A sound row is named by its content, 外部管理番号 and all: in whatever file it comes, it is the same answer. */
function readRow(
  { row, bytes }: FixedRow,
  { municipality }: FixedHeader,
  rules: IntakeRules,
  flags: Map<number, FieldWarning>,
): FileRow<never, AnswerRecord> {
  const judged = judgeAnswer(bytes, municipality, rules);
  if (!judged.ok) {
    const { code, field } = judged.faults[0];
    const text = sliceFields(bytes, answerLayout)[fieldNumber('externalNumber') - 1]?.text ?? '';
    if (!/^[A-Z0-9-]{1,20}$/.test(text)) return { row, quarantined: { code, field } };
    return { row, label: text, quarantined: { code, field, key: text } };
  }
  const { record, warnings } = judged;
  if (warnings[0]) flags.set(row, warnings[0]);
  return { row, name: `shs/${contentHash(bytes)}`, label: record.externalNumber, answer: record };
}
