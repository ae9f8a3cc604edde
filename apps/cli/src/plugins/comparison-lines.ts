// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { comparisonTexts, dryRunTexts, fill } from '../texts';
import { table } from '../terminal/terminal';
import type { Comparison, RowDifference } from './compare-dry-runs';
import { codesOf, nameOf, placeOf } from './dry-run-lines';

/** The comparison for people: how many of which outcome on either side, then each row that differs. */
export function comparisonLines({ file, versions, taken, outcomes, ...rest }: Comparison): string[] {
  const { questions, notJudged, differences } = rest;
  const names = [...new Set([...Object.keys(outcomes.today), ...Object.keys(outcomes.candidate)])];
  const count = (side: Comparison['outcomes']['today'], name: string) =>
    String((side as Readonly<Record<string, number>>)[name] ?? 0);
  const most = Math.max(questions.today, questions.candidate);
  const unjudged = Math.max(notJudged.today, notJudged.candidate);
  return [
    fill(comparisonTexts.title, { file, ...versions }),
    ...(taken.today ? [] : [comparisonTexts.notTaken.today]),
    ...(taken.candidate ? [] : [comparisonTexts.notTaken.candidate]),
    '',
    ...table([
      [...comparisonTexts.countHead],
      ...names.map((name) => [nameOf(name), count(outcomes.today, name), count(outcomes.candidate, name)]),
    ]),
    ...(unjudged > 0 ? [fill(dryRunTexts.notJudged, { count: unjudged })] : []),
    ...(most > 1 ? [fill(dryRunTexts.questions, { count: most })] : []),
    '',
    ...(differences.length === 0
      ? [comparisonTexts.same]
      : [
          fill(comparisonTexts.different, { count: differences.length }),
          ...table([[...comparisonTexts.rowHead], ...differences.map(cells)]),
        ]),
    '',
    dryRunTexts.nothingStored,
  ];
}

function cells({ row, today, candidate, fields }: RowDifference): string[] {
  return [placeOf(row), told(today), told(candidate), fields.join(' ') || '-'];
}

function told(side: RowDifference['today']): string {
  if (side === undefined) return '-';
  const to = side.route === undefined ? '' : fill(comparisonTexts.to, { name: side.route.name });
  return [`${nameOf(side.outcome)}${to}`, codesOf(side)].filter((text) => text !== '').join(' ');
}
