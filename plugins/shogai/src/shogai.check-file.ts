// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type FieldWarning,
  fileCheck,
  type FileCheck,
  type FileFinding,
  findingPlace,
  type FixedFrame,
} from '@tsunagi/plugin-sdk';
import type { RecordFault } from '@tsunagi/plugin-sdk/records';
import { answerLayout } from './answers/answer-layout';
import { judgeAnswer } from './answers/judge-answer';
import { judgeEvent } from './intake/judge-event';
import { headerFields, trailerFields } from './layout/header-fields';
import { anything, type IntakeRules } from './layout/intake-rules';
import { frameOf } from './layout/frames';
import { readFrame } from './layout/record-file';
import { type EventFormat, standardFormat } from './profiles/event-format';

/** What is judged of one record: every fault, and every flag. */
interface JudgedRow {
  readonly faults?: readonly RecordFault[];
  readonly warnings: readonly FieldWarning[];
}

/** A kind of file that comes in. */
interface FileKind {
  readonly pattern: RegExp;
  readonly frame: (rules: IntakeRules) => FixedFrame;
  /** 項目名 of its records' fields. */
  readonly names: readonly string[];
  readonly judge: (record: Uint8Array, municipality: string, rules: IntakeRules) => JudgedRow;
}

const ofEvents = (format: EventFormat): FileKind => ({
  ...format,
  judge: (record, municipality, rules) => judgeEvent(record, municipality, rules, format),
});

const answers: FileKind = {
  pattern: /^SHS[0-9]{5}\.DAT$/i,
  frame: ({ eol }) => frameOf('SHS', eol),
  names: answerLayout.map(({ name }) => name),
  judge: judgeAnswer,
};

/**
 * What is wrong with a file of change records or answers, without a hub: every fault of every record, where intake names
 * only the first. Its judgement is that of the intake. Never throws.
 * @param rules of a site. @default no 外字 is known, every municipality is taken, records without line ends
 * @param formats of its files of change records. @default the hub's own
 */
export function checkFile(
  bytes: Uint8Array,
  name: string,
  rules: IntakeRules = anything,
  formats: readonly EventFormat[] = [standardFormat],
): FileCheck {
  const kind = [...formats.map(ofEvents), answers].find(({ pattern }) => pattern.test(name));
  if (kind === undefined) return refused('E-NAME');
  const file = readFrame(bytes, kind.frame(rules), rules);
  if (!file.ok) {
    const names = file.code === 'E-COUNT' || file.code === 'E-HASH' ? trailerFields : headerFields;
    return refused(file.code, {
      ...findingPlace(file.field, names),
      ...(file.offset !== undefined && { offset: file.offset }),
    });
  }
  const findings: FileFinding[] = [];
  const { names, judge } = kind;
  for (const { row, bytes: record } of file.rows) {
    const { faults = [], warnings } = judge(record, file.header.municipality, rules);
    for (const { code, field, suggestion } of faults)
      findings.push({
        row,
        code,
        severity: 'quarantined',
        ...findingPlace(field, names),
        ...(suggestion !== undefined && { suggestion }),
      });
    for (const { code, field } of warnings)
      findings.push({ row, code, severity: 'flagged', ...findingPlace(field, names) });
  }
  return fileCheck(file.recordCount, findings);
}

function refused(code: string, more: Pick<FileFinding, 'field' | 'fieldName' | 'offset'> = {}): FileCheck {
  return fileCheck(0, [{ row: 0, code, severity: 'refused', ...more }]);
}
