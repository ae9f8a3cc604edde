// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Ids, counts and codes: the only things a log may hold. Never a body, a name or a value of a record. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** pino's calling order; `event` is a short constant text. */
export interface Log {
  debug(fields: LogFields, event: string): void;
  info(fields: LogFields, event: string): void;
  warn(fields: LogFields, event: string): void;
  error(fields: LogFields, event: string): void;
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
