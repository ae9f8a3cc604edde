// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { resultCodes, type FieldWarning, type ResultRow } from '@tsunagi/plugin-sdk';
import { fieldNumber } from '../intake/event-layout';

/**
 * エラーコード and 項目番号 of a row: why it waits, or the first flag of one that does not. The column is 英数, and what
 * consent or route is missing is shown in the hub: of the hub's codes only those of records are named.
 */
export function reasonOf(
  row: ResultRow,
  flag: FieldWarning | undefined,
): { code?: string; field?: number | undefined } {
  const waits = resultCodes[row.outcome] === '90' || row.outcome === 'refused';
  if (!waits) return flag ?? {};
  if (row.code === undefined || !/^[ES]-[A-Z0-9-]{1,18}$/.test(row.code)) return {};
  // The hub names no field of ours: what clashed with an earlier record is the sender's own key.
  const field = row.code === 'E-DUP-DIFF' ? fieldNumber('externalNumber') : row.field;
  return { code: row.code, field };
}
