// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { fileCheck, type FileCheck, type FileFinding, findingPlace } from '@tsunagi/plugin-sdk';
import { isBodyFile, judgeBody, type JudgedBody } from './door/try-body';
import { eventFields, fieldNumber } from './intake/event-body';
import { type EventRules, judgeEvent } from './intake/judge-event';
import { type DailyRow, readDailyFile } from './intake/read-daily-file';

/** What is wrong with a daily file, row by row and field by field, or with the body of a call; without a hub. */
export function checkFile(
  bytes: Uint8Array,
  name: string,
  rules: Pick<EventRules, 'municipality' | 'childAbuseContact'> | undefined,
): FileCheck {
  const refused = (code: string) => fileCheck(0, [{ row: 0, code, severity: 'refused' }]);
  const known = rules ?? { municipality: undefined, childAbuseContact: '' };
  if (isBodyFile(name)) return fileCheck(1, findingsOfBody(judgeBody(bytes, known)));
  if (!/\.csv$/i.test(name)) return refused('E-NAME');
  const reading = readDailyFile(bytes);
  if (!reading.ok) return refused(reading.code);
  const rows = [...reading.rows];
  return fileCheck(
    rows.length,
    rows.flatMap((row) => findingsOf(row, known)),
  );
}

/** A call is refused as a whole, for all of its faults at once; only those of an event have numbers. */
function findingsOfBody(judged: JudgedBody): FileFinding[] {
  if (!judged.ok)
    return judged.errors.map(({ code, pointer }) => ({
      row: 0,
      ...findingPlace(fieldNumber(pointer), eventFields),
      code,
      severity: 'refused',
    }));
  const warnings = judged.room === 'events' ? judged.warnings : [];
  return warnings.map(({ code, field }) => ({
    row: 0,
    ...findingPlace(field, eventFields),
    code,
    severity: 'flagged',
  }));
}

function findingsOf(row: DailyRow, rules: EventRules): FileFinding[] {
  const finding = (code: string, field: number | undefined, severity: FileFinding['severity']): FileFinding => ({
    row: row.row,
    ...findingPlace(field, eventFields),
    code,
    severity,
  });
  if (!row.ok) return [finding(row.code, row.field, 'quarantined')];
  const judged = judgeEvent(row.body, rules);
  return judged.ok
    ? judged.warnings.map(({ code, field }) => finding(code, field, 'flagged'))
    : judged.errors.map(({ code, pointer }) => finding(code, fieldNumber(pointer), 'quarantined'));
}
