// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { findMyNumber, isVisibleText, isWellFormedText, type RowFault } from '@tsunagi/plugin-sdk';

/** A column that keeps its row from going on. Never its value. */
export class ColumnFault extends Error {
  constructor(
    readonly code: string,
    readonly column: string,
  ) {
    super(`${column}: ${code}`);
    this.name = 'ColumnFault';
  }
}

/** How much of a text goes on. */
export interface TextLimits {
  /** As the column counts. */
  readonly characters: number;
  /** As the hub counts: a character outside the BMP, such as 𠮷, is two. @default as many as characters */
  readonly units?: number;
  /** May hold line ends. */
  readonly lines?: boolean;
}

/** The columns of one row. What is asked of them is answered or thrown as a {@link ColumnFault}. */
export class Columns<C extends string> {
  constructor(private readonly row: Readonly<Record<C, string | null>>) {}

  /** char(n) columns come padded; a column of spaces says nothing. */
  filled(column: C): string | undefined {
    return this.row[column]?.trim() || undefined;
  }

  required(column: C): string {
    return present(this.filled(column), column);
  }

  text(column: C, { characters, units = characters, lines = false }: TextLimits): string | undefined {
    const written = this.filled(column);
    if (written === undefined) return undefined;
    if (!isWellFormedText(written, { lines }) || !isVisibleText(written)) throw new ColumnFault('E-ATTR', column);
    if ([...written].length > characters || written.length > units) throw new ColumnFault('E-LENGTH', column);
    return written;
  }

  /** One of these codes, or nothing. */
  oneOf<V extends string>(column: C, codes: readonly V[]): V | undefined {
    const written = this.filled(column);
    if (written === undefined) return undefined;
    const code = codes.find((known) => known === written);
    if (code === undefined) throw new ColumnFault('E-CODE', column);
    return code;
  }

  /**
   * A possible 個人番号 comes before every other fault: the office must clean its record whatever else is wrong with it.
   */
  refuseMyNumber(columns: readonly C[]): void {
    for (const column of columns) {
      const text = this.row[column] ?? '';
      // The first test spares most columns the slow one.
      if (/\p{N}/u.test(text) && findMyNumber(text).length > 0) throw new ColumnFault('S-MYNUMBER', column);
    }
  }
}

export function present<T>(value: T | undefined, column: string): T {
  if (value === undefined) throw new ColumnFault('E-REQUIRED', column);
  return value;
}

/** What `read` makes of a row, or the first fault in it, with the column's place in the view as its field number. */
export function judged<T>(
  columns: readonly string[],
  read: () => T,
): { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Pick<RowFault, 'code' | 'field'>) {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (!(error instanceof ColumnFault)) throw error;
    return { ok: false, code: error.code, field: columns.indexOf(error.column) + 1 };
  }
}
