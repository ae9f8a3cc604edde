// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { AuditAction, AuditObjectKind } from '@tsunagi/contracts';
import type { Row, Tx } from '../platform';

/** One line of the audit. `details` holds ids, codes, states and versions; never a name, a text or another value of a record. */
export interface AuditEntry {
  /** `staff:<uuid>`, `client:<id>`, `plugin:<id>` or `hub`. */
  readonly actor: string;
  /** The desk function acted for. */
  readonly function?: string | null | undefined;
  /** What was done, in the past tense or as `<kind>.<action>`: `plugin.enabled`. */
  readonly action: AuditAction;
  readonly objectKind: AuditObjectKind;
  readonly object: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

/** Writes audit lines in the transaction of what they testify: no audit, no deed. */
export function audit(tx: Tx, entries: AuditEntry | readonly AuditEntry[]): void {
  const list: readonly AuditEntry[] = 'actor' in entries ? [entries] : entries;
  tx.insert('audit_entry', list.map(toRow));
}

const toRow = (entry: AuditEntry): Row => ({
  at: entry.at.toISOString(),
  actor: entry.actor,
  function: entry.function,
  action: entry.action,
  object_kind: entry.objectKind,
  object: entry.object,
  details: entry.details,
});
