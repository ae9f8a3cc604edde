// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { PluginDryRunAnswered } from '@tsunagi/contracts';
import type { DryRun } from '@tsunagi/plugin-host';
import { faultSentence } from './fault-sentence';

export type DryRunAnswer = PluginDryRunAnswered['answers'][number];
type Row = DryRun<DryRunAnswer>['rows'][number];
export type DryRunOutcome = Row['outcome'];

/** One row of the file: what would become of it. No value of it, not even the number it goes by at home. */
export interface ReportedRow {
  /** 0 = the whole file. */
  readonly row: number;
  readonly outcome: DryRunOutcome;
  readonly codes: readonly string[];
  /** Field of the record layout, where the row itself is at fault. */
  readonly field?: number;
  readonly sentence: string;
  /** The function it would go to. */
  readonly route?: DryRunAnswer['route'];
}

export interface DryRunReport {
  /** Nothing would be left behind. */
  readonly ok: boolean;
  readonly plugin: string;
  readonly file: string;
  /** Set when the plugin here is not of the version that the hub knows. */
  readonly versions?: { readonly here: string; readonly there: string };
  readonly outcomes: Readonly<Partial<Record<DryRunOutcome, number>>>;
  /** Rows of one question know of each other; a file of more has several. */
  readonly questions: number;
  readonly notJudged: number;
  readonly rows: readonly ReportedRow[];
}

/** The row, or the file, would wait where it came from. */
const leftBehind: ReadonlySet<DryRunOutcome> = new Set(['rejected', 'conflict', 'quarantined', 'refused']);

export function reportDryRun(
  { rows, questions, notJudged }: DryRun<DryRunAnswer>,
  { versions, ...about }: { plugin: string; file: string; versions: DryRunReport['versions'] | undefined },
): DryRunReport {
  return {
    ok: !rows.some(({ outcome }) => leftBehind.has(outcome)),
    ...about,
    ...(versions && { versions }),
    outcomes: outcomesOf(rows),
    questions,
    notJudged,
    rows: rows.map(reported),
  };
}

export function outcomesOf(rows: readonly Pick<Row, 'outcome'>[]): DryRunReport['outcomes'] {
  const outcomes: Partial<Record<DryRunOutcome, number>> = {};
  for (const { outcome } of rows) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return outcomes;
}

export function reported({ row, outcome, code, field, verdict }: Row): ReportedRow {
  return {
    row,
    outcome,
    codes: verdict?.codes ?? (code === undefined ? [] : [code]),
    ...(field !== undefined && { field }),
    sentence: verdict?.sentence ?? (code === undefined ? '' : faultSentence(code)),
    ...(verdict?.route && { route: verdict.route }),
  };
}
