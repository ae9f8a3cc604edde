// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Need } from '@tsunagi/testing';

/** What the office's own people can do with their database, whichever product it is. */
export interface OfficeServer {
  /** Connection string of the hub's account. */
  readonly url: string;
  /** Where tables and views are. */
  readonly schema: string;
  /** One statement of the administrator's, in the office's schema; parameters stand in it as `?`. Times come as text. */
  run(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  grant(right: 'SELECT' | 'INSERT' | `SELECT (${string})`, name: string): Promise<void>;
  revoke(right: 'SELECT' | 'INSERT', name: string): Promise<void>;
  forbidNull(table: string, column: string, type: string): Promise<void>;
  /** Every connection of the hub's account is lost. */
  dropConnections(): Promise<void>;
  close(): Promise<void>;
}

/** A server of one suite. */
export interface OwnServer {
  readonly url: string;
  kill(signal: NodeJS.Signals): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A product, and in its words what the plugin says of it. */
export interface Product {
  readonly name: string;
  readonly need: Need;
  readonly needOfOwn: Need;
  /** A server that this suite may stop and freeze. */
  startOwn(): Promise<OwnServer>;
  /** With the interface of the plugin's file, and views on `kiroku` and `sodan`. */
  open(): Promise<OfficeServer>;
  readonly says: { readonly noRight: string; readonly noTable: string; readonly noColumn: string };
  /** What its columns take and no calendar has. */
  readonly noTime: string;
  /** Does the database refuse what was to be put into it? */
  refuses(code: string): boolean;
}
