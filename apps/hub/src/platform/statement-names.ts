// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Each connection keeps its plans in memory: bounded, whatever combinations of writes there may be. */
const most = 400;

/**
 * Names for the statements of transactions: a named one is parsed once per connection and soon planned once, which is a
 * good part of what a short transaction costs. The texts come from the code alone; one beyond the limit goes without.
 */
export class StatementNames {
  private readonly names = new Map<string, string>();

  of(sql: string): string | undefined {
    const known = this.names.get(sql);
    if (known !== undefined || this.names.size >= most) return known;
    const name = `hub_${this.names.size}`;
    this.names.set(sql, name);
    return name;
  }
}
