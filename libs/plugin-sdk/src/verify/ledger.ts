// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Log, LogFields } from '../surroundings/log';

/** Everything that a plugin, and the runtime around it, says where nobody may read a value. */
export class Ledger {
  readonly lines: string[] = [];

  readonly log: Log = {
    debug: (fields, event) => this.say(fields, event),
    info: (fields, event) => this.say(fields, event),
    warn: (fields, event) => this.say(fields, event),
    error: (fields, event) => this.say(fields, event),
  };

  /** `where` is told in the report where something of this is not to be said. */
  add(where: string, said: unknown): void {
    const text =
      said instanceof Error
        ? [said.name, said.message, ...(Object.values(said) as unknown[])].map(textOf)
        : [textOf(said)];
    this.lines.push(`${where}\n${text.join(' ')}`);
  }

  /** Places in which one of these texts stands. */
  placesOf(secrets: readonly string[]): string[] {
    const found = this.lines.filter((line) =>
      secrets.some((secret) => line.slice(line.indexOf('\n')).includes(secret)),
    );
    return [...new Set(found.map((line) => line.slice(0, line.indexOf('\n'))))];
  }

  private say(fields: LogFields, event: string): void {
    this.add('ログ', { fields, event });
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      inner instanceof Error ? { name: inner.name, message: inner.message } : inner,
    ) ?? ''
  );
}
