// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  fileCheck,
  type FileCheck,
  type FileFinding,
  type FieldWarning,
  findingPlace,
  type RawField,
} from '@tsunagi/plugin-sdk';
import type { RecordFault } from '@tsunagi/plugin-sdk/records';
import { answerLayout } from './answers/answer-layout';
import { judgeAnswer } from './answers/judge-answer';
import { answeringInsurer } from './answers/read-answers';
import { controlFields } from './layout/control-fields';
import type { IntakeRules } from './layout/intake-rules';
import type { OpenFile } from './layout/open-file';
import { openRecordFile } from './layout/record-file';
import type { EventFormat } from './profiles/event-format';
import { formatsOf } from './profiles/shipped';

/** A file of a name that is none of ours. */
const unknownName = 'E-NAME';
const anything: IntakeRules = { gaiji: new Map(), insurers: [] };

/** What is judged of one row: every fault, and every flag. */
interface JudgedRow {
  readonly faults?: readonly RecordFault[];
  readonly warnings: readonly FieldWarning[];
}

/** A kind of file that comes in. */
interface FileKind extends Pick<EventFormat, 'pattern' | 'names' | 'headNames' | 'open'> {
  readonly judge: (fields: readonly RawField[], rules: IntakeRules, file: Extract<OpenFile, { ok: true }>) => JudgedRow;
}

const ofEvents = (format: EventFormat): FileKind => ({
  ...format,
  judge: (fields, rules, { madeOn }) => format.judge(fields, rules, madeOn),
});

const answers: FileKind = {
  pattern: /^KAS[0-9]{5}\.CSV$/i,
  names: answerLayout.map(({ name }) => name),
  headNames: controlFields,
  open: openRecordFile,
  judge: (fields, { gaiji, insurers }, { control }) =>
    judgeAnswer(fields, { gaiji, insurer: answeringInsurer(control, { insurers }) }),
};

/**
 * What is wrong with a file of change records or answers, without a hub: every fault of every row, where intake names only
 * the first. Its judgement is that of the intake. Never throws.
 * @param rules 外字 and insurers of a site. @default no 外字 is known, every insurer is served
 * @param formats of its files of change records. @default those that ship, LIFE in UTF-8
 */
export function checkFile(
  bytes: Uint8Array,
  name: string,
  rules: IntakeRules = anything,
  formats: readonly EventFormat[] = formatsOf(['standard', 'life']),
): FileCheck {
  const kind = [...formats.map(ofEvents), answers].find(({ pattern }) => pattern.test(name));
  if (kind === undefined) return refused(unknownName, {});
  const file = kind.open(bytes, name);
  if (!file.ok) return refused(file.code, findingPlace(file.field, kind.headNames));
  const findings: FileFinding[] = [];
  let rows = 0;
  for (const { row, fields } of file.rows) {
    rows += 1;
    const { faults = [], warnings } = kind.judge(fields, rules, file);
    const found =
      (severity: FileFinding['severity']) =>
      ({ code, field, suggestion }: FieldWarning & Pick<RecordFault, 'suggestion'>) =>
        findings.push({
          row,
          code,
          severity,
          ...findingPlace(field, kind.names),
          ...(suggestion !== undefined && { suggestion }),
        });
    faults.forEach(found('quarantined'));
    warnings.forEach(found('flagged'));
  }
  return fileCheck(rows, findings);
}

function refused(code: string, place: Pick<FileFinding, 'field' | 'fieldName'>): FileCheck {
  return fileCheck(0, [{ row: 0, code, severity: 'refused', ...place }]);
}
