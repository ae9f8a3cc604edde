// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** What a finding leads to: the whole file is refused, the row waits, or the row is taken with a flag. Gravest first. */
export const findingSeverities = ['refused', 'quarantined', 'flagged'] as const;
export type FindingSeverity = (typeof findingSeverities)[number];

/** One thing that is wrong with a file: where and what, never a value of it. */
export interface FileFinding {
  /** Data row, from 1; 0 = the whole file. */
  readonly row: number;
  /** 1-based field of the record layout, of the control record where `row` is 0. */
  readonly field?: number | undefined;
  /** The field's name in the layout (項目名). */
  readonly fieldName?: string | undefined;
  /** Where in the file, in bytes from 0, of a file whose records cannot be told apart. */
  readonly offset?: number | undefined;
  /**
   * `YYYY-MM-DD` that was probably meant by a day its era does not have. The one thing here that comes from a value: it is
   * for whoever has the file before them, and nothing of it goes to a hub or a log.
   */
  readonly suggestion?: string | undefined;
  /** `E-…`, `S-…` or `W-…`. */
  readonly code: string;
  readonly severity: FindingSeverity;
}

/** What a plugin says of a file without a hub. What the hub alone can judge, such as a key used before, is not in it. */
export interface FileCheck {
  /** The gravest of the findings; `sound` when there is none. */
  readonly outcome: FindingSeverity | 'sound';
  /** Data rows that were read; 0 of a file that is refused. */
  readonly rows: number;
  /** In the order of the file, all of each row. */
  readonly findings: readonly FileFinding[];
}

/** A field by number and by its name in the layout. */
export function findingPlace(
  field: number | undefined,
  names: readonly string[],
): Pick<FileFinding, 'field' | 'fieldName'> {
  if (field === undefined) return {};
  const fieldName = names[field - 1];
  return { field, ...(fieldName !== undefined && { fieldName }) };
}

/** The findings with the gravest of them as the outcome. */
export function fileCheck(rows: number, findings: readonly FileFinding[]): FileCheck {
  const outcome = findingSeverities.find((severity) => findings.some((finding) => finding.severity === severity));
  return { outcome: outcome ?? 'sound', rows, findings };
}
