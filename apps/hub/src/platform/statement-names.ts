// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** After so many times it will come again. */
const often = 10;
/** Each connection keeps what has a name, so that not everything may have one. */
const mostNames = 200;
const mostWatched = 2_000;

/**
 * To parse and plan a statement of many parts costs PostgreSQL as much as to insert a few rows. What comes again and again gets
 * a name: each connection has it parsed once and, after some times, keeps its plan. Only for what is planned in the same way
 * whatever its values are and whether its tables are empty or full: a plan that was made for a few rows is kept until the table is analyzed.
 */
export class StatementNames {
  private readonly names = new Map<string, string>();
  private readonly times = new Map<string, number>();

  of(sql: string): string | undefined {
    return this.names.get(sql) ?? this.count(sql);
  }

  private count(sql: string): string | undefined {
    if (this.names.size >= mostNames) return undefined;
    const times = (this.times.get(sql) ?? 0) + 1;
    if (times < often) {
      if (this.times.size >= mostWatched) this.times.clear();
      this.times.set(sql, times);
      return undefined;
    }
    this.times.delete(sql);
    const name = `hub_${this.names.size + 1}`;
    this.names.set(sql, name);
    return name;
  }
}
