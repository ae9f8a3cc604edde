// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DryRun } from '@tsunagi/plugin-host';
import { isDeepStrictEqual } from 'node:util';
import { outcomesOf, reported, type DryRunAnswer, type DryRunOutcome, type ReportedRow } from './dry-run-report';

/** A dry run, with what was asked in it. */
export interface Tried {
  /** Undefined: the plugin leaves a file of this name alone. */
  readonly run: DryRun<DryRunAnswer> | undefined;
  /** By item, as the plugin mapped it. */
  readonly mapped: ReadonlyMap<string, unknown>;
}

/** What the two make of one thing that a row asks for. */
export interface RowDifference {
  /** 0 = the whole file. */
  readonly row: number;
  /** Absent: it makes nothing of it. */
  readonly today?: Omit<ReportedRow, 'row'>;
  readonly candidate?: Omit<ReportedRow, 'row'>;
  /** Which fields of the mapped referral differ. Names only: what stands in them is the person's. */
  readonly fields: readonly string[];
}

type Both<T> = { readonly today: T; readonly candidate: T };

export interface Comparison {
  /** The candidate would do the same with this file. */
  readonly ok: boolean;
  readonly plugin: string;
  readonly file: string;
  readonly versions: Both<string>;
  /** Does each take a file of this name at all? */
  readonly taken: Both<boolean>;
  readonly outcomes: Both<Readonly<Partial<Record<DryRunOutcome, number>>>>;
  readonly questions: Both<number>;
  readonly notJudged: Both<number>;
  readonly differences: readonly RowDifference[];
}

/** The rows of which a candidate would make something else, and what. */
export function compareDryRuns(
  today: Tried,
  candidate: Tried,
  about: Pick<Comparison, 'plugin' | 'file' | 'versions'>,
): Comparison {
  const both = <T>(of: (tried: Tried) => T): Both<T> => ({ today: of(today), candidate: of(candidate) });
  const differences = pairs(rowsOf(today), rowsOf(candidate)).flatMap((pair) => differenceOf(pair));
  const taken = both(({ run }) => run !== undefined);
  return {
    ok: differences.length === 0 && taken.today === taken.candidate,
    ...about,
    taken,
    outcomes: both(({ run }) => outcomesOf(run?.rows ?? [])),
    questions: both(({ run }) => run?.questions ?? 0),
    notJudged: both(({ run }) => run?.notJudged ?? 0),
    differences,
  };
}

interface TriedRow {
  readonly told: ReportedRow;
  readonly mapped: unknown;
}

function rowsOf({ run, mapped }: Tried): TriedRow[] {
  return (run?.rows ?? []).map((row) => ({
    told: reported(row),
    mapped: row.verdict && mapped.get(row.verdict.itemId),
  }));
}

/** By row; of a row that asks for several things, the first beside the first. */
function pairs(today: readonly TriedRow[], candidate: readonly TriedRow[]) {
  const byPlace = new Map<string, { row: number; at: number; today?: TriedRow; candidate?: TriedRow }>();
  for (const [side, rows] of [['today', today] as const, ['candidate', candidate] as const]) {
    const seen = new Map<number, number>();
    for (const one of rows) {
      const { row } = one.told;
      const at = seen.get(row) ?? 0;
      seen.set(row, at + 1);
      const place = `${row}/${at}`;
      byPlace.set(place, { row, at, ...byPlace.get(place), [side]: one });
    }
  }
  return [...byPlace.values()].sort((one, other) => one.row - other.row || one.at - other.at);
}

function differenceOf({ row, today, candidate }: ReturnType<typeof pairs>[number]): RowDifference[] {
  const asked = today?.mapped !== undefined && candidate?.mapped !== undefined;
  const fields = asked ? differingFields(today.mapped, candidate.mapped) : [];
  if (fields.length === 0 && isDeepStrictEqual(today?.told, candidate?.told)) return [];
  const side = (one: TriedRow | undefined) => {
    if (one === undefined) return undefined;
    const { row: _, ...rest } = one.told;
    return rest;
  };
  const [before, after] = [side(today), side(candidate)];
  return [{ row, ...(before && { today: before }), ...(after && { candidate: after }), fields }];
}

/** Names of the fields whose values differ, such as `subject.items.identity.name`; a list of plain values is one field. */
export function differingFields(one: unknown, other: unknown, at = ''): string[] {
  if (isDeepStrictEqual(one, other)) return [];
  const [first, second] = [groupOf(one), groupOf(other)];
  if (!first || !second) return [at];
  const names = [...new Set([...Object.keys(first), ...Object.keys(second)])];
  return names.flatMap((name) => differingFields(first[name], second[name], at === '' ? name : `${at}.${name}`));
}

/** What has fields of its own; what is absent may have any. */
function groupOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value) && !value.every((each) => typeof each === 'object')) return undefined;
  return value as Readonly<Record<string, unknown>>;
}
