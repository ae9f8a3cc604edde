// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  fileCheck,
  type FileCheck,
  type FileFinding,
  findingPlace,
  type GaijiTable,
  type RawField,
} from '@tsunagi/plugin-sdk';
import type { RecordFault } from '@tsunagi/plugin-sdk/records';
import { answerLayout, judgeAnswer } from './answers/read-answers';
import { eventLayout } from './events/event-layout';
import { judgeEvent } from './events/read-events';
import { readRecordFile } from './layout/record-file';

interface FileKind {
  /** 項目名. */
  readonly names: readonly string[];
  readonly judge: (fields: readonly RawField[], gaiji: GaijiTable) => object;
}

const kinds: Readonly<Record<string, FileKind>> = {
  HOG: { names: eventLayout.map(({ name }) => name), judge: judgeEvent },
  HOS: { names: answerLayout.map(({ name }) => name), judge: judgeAnswer },
};

/** What is wrong with a file, without a hub: every fault of every row. Never throws, never names a value. */
export function checkFile(bytes: Uint8Array, name: string, gaiji: GaijiTable): FileCheck {
  const prefix = name.slice(0, 3).toUpperCase();
  const kind = /^[0-9]{5}\.CSV$/i.test(name.slice(3)) ? kinds[prefix] : undefined;
  const file = kind ? readRecordFile(bytes, prefix) : ({ ok: false, code: 'E-NAME' } as const);
  if (!file.ok || !kind) return fileCheck(0, [{ row: 0, code: file.ok ? 'E-NAME' : file.code, severity: 'refused' }]);
  const findings = file.records.flatMap((fields, index): FileFinding[] => {
    const judged = kind.judge(fields, gaiji);
    const faults = 'faults' in judged ? (judged.faults as readonly RecordFault[]) : [];
    return faults.map(({ code, field }) => ({
      row: index + 1,
      ...findingPlace(field, kind.names),
      code,
      severity: 'quarantined',
    }));
  });
  return fileCheck(file.records.length, findings);
}
