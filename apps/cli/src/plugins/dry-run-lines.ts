// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { itemOutcomeNames, resultNames } from '@tsunagi/contracts';
import { dryRunTexts, fill } from '../texts';
import { table } from '../terminal/terminal';
import type { DryRunOutcome, DryRunReport, ReportedRow } from './dry-run-report';

/** The report for people: how many of which outcome, then each row. */
export function dryRunLines(report: DryRunReport): string[] {
  const { file, outcomes, versions, questions, notJudged, rows } = report;
  const counts = Object.entries(outcomes);
  return [
    fill(dryRunTexts.title, { file }),
    ...(versions ? [fill(dryRunTexts.versions, versions)] : []),
    '',
    ...(counts.length === 0
      ? [dryRunTexts.empty]
      : table([[...dryRunTexts.countHead], ...counts.map(([outcome, count]) => [nameOf(outcome), String(count)])])),
    ...(notJudged > 0 ? [fill(dryRunTexts.notJudged, { count: notJudged })] : []),
    ...(questions > 1 ? [fill(dryRunTexts.questions, { count: questions })] : []),
    ...(rows.length === 0 ? [] : ['', ...table([[...dryRunTexts.rowHead], ...rows.map(cells)])]),
    '',
    dryRunTexts.nothingStored,
  ];
}

const names: Readonly<Record<DryRunOutcome, string>> = {
  ...itemOutcomeNames,
  // As the result file calls what never reached the hub.
  quarantined: resultNames['90'],
  refused: resultNames['91'],
};
export const nameOf = (outcome: string) => names[outcome as DryRunOutcome];

function cells({ row, sentence, route, ...told }: ReportedRow): string[] {
  return [placeOf(row), nameOf(told.outcome), route?.name ?? '-', codesOf(told) || '-', sentence];
}

export const placeOf = (row: number) => (row === 0 ? dryRunTexts.wholeFile : String(row));

export const codesOf = ({ codes, field }: Pick<ReportedRow, 'codes' | 'field'>) =>
  [...codes, ...(field === undefined ? [] : [fill(dryRunTexts.field, { field })])].join(' ');
