// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { table } from '../terminal/terminal';
import { checkFileTexts, fill } from '../texts';
import type { CheckedFile } from './checked-file';

/** What was found, for people: one line for each finding, and what to do about each code once. */
export function checkFileLines({ file, rows, outcome, findings }: CheckedFile): string[] {
  const remedies = new Map(findings.flatMap(({ code, remedy }) => (remedy === undefined ? [] : [[code, remedy]])));
  return [
    fill(checkFileTexts[outcome], { file, rows }),
    ...(findings.length === 0 ? [] : ['', ...table([[...checkFileTexts.head], ...findings.map(cells)])]),
    ...(remedies.size === 0 ? [] : ['', checkFileTexts.remedies]),
    ...[...remedies].map(([code, remedy]) => `  ${code}　${remedy}`),
    '',
    checkFileTexts.limits,
  ];
}

function cells({
  row,
  field,
  fieldName,
  severity,
  code,
  sentence,
  suggestion,
  offset,
}: CheckedFile['findings'][number]): string[] {
  return [
    row === 0 ? checkFileTexts.wholeFile : String(row),
    field === undefined ? '-' : String(field),
    fieldName ?? '-',
    checkFileTexts.severities[severity],
    code,
    sentence +
      (suggestion === undefined ? '' : fill(checkFileTexts.suggestion, { day: suggestion })) +
      (offset === undefined ? '' : fill(checkFileTexts.offset, { offset })),
  ];
}
