// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type EnvelopeControl,
  type EnvelopeRow,
  fileCheck,
  type FileCheck,
  type FileFinding,
  type FieldWarning,
  findingPlace,
  readEnvelope,
} from '@tsunagi/plugin-sdk';
import { answerLayout } from './answers/answer-layout';
import { judgeAnswer } from './answers/judge-answer';
import { answeringInsurer } from './answers/read-answers';
import { eventLayout } from './intake/event-layout';
import { judgeEvent } from './intake/judge-event';
import { controlFields } from './layout/control-fields';
import { dataKind } from './layout/data-kind';
import type { IntakeRules } from './layout/intake-rules';
import type { RecordFault } from '@tsunagi/plugin-sdk/records';

/** A file of a name that is none of ours. */
const unknownName = 'E-NAME';
const anything: IntakeRules = { gaiji: new Map(), insurers: [] };

/** What is judged of one row: every fault, and every flag. */
interface JudgedRow {
  readonly faults?: readonly RecordFault[];
  readonly warnings: readonly FieldWarning[];
}

/** A kind of file that comes in. */
interface FileKind {
  /** 項目名 of its records' fields. */
  readonly names: readonly string[];
  readonly judge: (row: EnvelopeRow, control: EnvelopeControl, rules: IntakeRules) => JudgedRow;
}

/** By the first three letters of their names. */
const kinds: Readonly<Record<string, FileKind>> = {
  KAI: {
    names: eventLayout.map(({ name }) => name),
    judge: ({ fields }, _control, rules) => judgeEvent(fields, rules),
  },
  KAS: {
    names: answerLayout.map(({ name }) => name),
    judge: ({ fields }, control, rules) =>
      judgeAnswer(fields, { gaiji: rules.gaiji, insurer: answeringInsurer(control, rules) }),
  },
};

/**
 * What is wrong with a `KAI` or `KAS` file, without a hub: every fault of every row, where intake names only the first. Its
 * judgement is that of the intake. Never throws.
 * @param rules 外字 and insurers of a site. @default no 外字 is known, every insurer is served
 */
export function checkFile(bytes: Uint8Array, name: string, rules: IntakeRules = anything): FileCheck {
  const kind = /^(KAI|KAS)[0-9]{5}\.CSV$/i.test(name) ? kinds[name.slice(0, 3).toUpperCase()] : undefined;
  if (kind === undefined) return refused(unknownName);
  const envelope = readEnvelope(bytes, { dataKind });
  if (!envelope.ok) return refused(envelope.code, envelope.field ?? undefined);
  const findings: FileFinding[] = [];
  for (const row of envelope.rows) {
    const { faults = [], warnings } = kind.judge(row, envelope.control, rules);
    const found =
      (severity: FileFinding['severity']) =>
      ({ code, field }: RecordFault | FieldWarning) =>
        findings.push({ row: row.row, code, severity, ...findingPlace(field, kind.names) });
    faults.forEach(found('quarantined'));
    warnings.forEach(found('flagged'));
  }
  return fileCheck(envelope.control.recordCount, findings);
}

function refused(code: string, field?: number): FileCheck {
  return fileCheck(0, [{ row: 0, code, severity: 'refused', ...findingPlace(field, controlFields) }]);
}
