// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type FieldWarning, fileCheck, type FileCheck, type FileFinding, findingPlace } from '@tsunagi/plugin-sdk';
import type { RecordFault } from '@tsunagi/plugin-sdk/records';
import { answerLayout } from './answers/answer-layout';
import { judgeAnswer } from './answers/judge-answer';
import { eventLayout } from './intake/event-layout';
import { judgeEvent } from './intake/judge-event';
import { headerFields, trailerFields } from './layout/header-fields';
import { anything, type IntakeRules } from './layout/intake-rules';
import { readFrame } from './layout/record-file';

/** What is judged of one record: every fault, and every flag. */
interface JudgedRow {
  readonly faults?: readonly RecordFault[];
  readonly warnings: readonly FieldWarning[];
}

/** A kind of file that comes in. */
interface FileKind {
  /** 項目名 of its records' fields. */
  readonly names: readonly string[];
  readonly judge: (record: Uint8Array, municipality: string, rules: IntakeRules) => JudgedRow;
}

const kinds: Readonly<Record<'SHG' | 'SHS', FileKind>> = {
  SHG: { names: eventLayout.map(({ name }) => name), judge: judgeEvent },
  SHS: { names: answerLayout.map(({ name }) => name), judge: judgeAnswer },
};

/**
 * What is wrong with an `SHG` or `SHS` file, without a hub: every fault of every record, where intake names only the first.
 * Its judgement is that of the intake. Never throws.
 * @param rules of a site. @default no 外字 is known, every municipality is taken, records without line ends
 */
export function checkFile(bytes: Uint8Array, name: string, rules: IntakeRules = anything): FileCheck {
  const kind = kindOf(name);
  if (kind === undefined) return refused('E-NAME');
  const file = readFrame(bytes, kind, rules);
  if (!file.ok) {
    const names = file.code === 'E-COUNT' || file.code === 'E-HASH' ? trailerFields : headerFields;
    return refused(file.code, {
      ...findingPlace(file.field, names),
      ...(file.offset !== undefined && { offset: file.offset }),
    });
  }
  const findings: FileFinding[] = [];
  const { names, judge } = kinds[kind];
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

function kindOf(name: string): 'SHG' | 'SHS' | undefined {
  const letters = /^(SHG|SHS)[0-9]{5}\.DAT$/i.exec(name)?.[1]?.toUpperCase();
  return letters === 'SHG' || letters === 'SHS' ? letters : undefined;
}

function refused(code: string, more: Pick<FileFinding, 'field' | 'fieldName' | 'offset'> = {}): FileCheck {
  return fileCheck(0, [{ row: 0, code, severity: 'refused', ...more }]);
}
