// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { resultCodes, type FieldWarning } from '@tsunagi/contracts';
import type { ResultRow } from '../files/result-row';

/** エラーコード and 項目番号 of a row. */
export interface Reason {
  readonly code?: string;
  readonly field?: number | undefined;
}

/** The first flag of a row that does not wait, or why it waits. */
export type ReasonOf = (row: ResultRow, flag: FieldWarning | undefined) => Reason;

/**
 * Of a change record. The column is 英数, and what consent or route is missing is shown in the hub: of the hub's codes only
 * those of records are named.
 */
export function reasonOfEvent(fields: { readonly externalNumber: number }): ReasonOf {
  return (row, flag) => {
    if (!waits(row)) return flag ?? {};
    if (!isRecordCode(row.code)) return {};
    // The hub names no field of ours: what clashed with an earlier record is the sender's own key.
    const field = row.code === 'E-DUP-DIFF' ? fields.externalNumber : row.field;
    return { code: row.code, field };
  };
}

/**
 * Of an answer. Why the hub refuses one is about the desk's own referral and tells nothing of anybody: its delivery is not
 * known here or was recalled, or the referral is where this step does not lead on.
 */
export function reasonOfAnswer(fields: { readonly action: number; readonly deliveryId: number }): ReasonOf {
  return (row, flag) => {
    if (!waits(row)) return flag ?? {};
    if (row.code === undefined || isRecordCode(row.code))
      return { ...(row.code && { code: row.code }), field: row.field };
    const code = deliveryReasons[row.code];
    return code === undefined ? { code: 'E-STATE', field: fields.action } : { code, field: fields.deliveryId };
  };
}

const deliveryReasons: Partial<Record<string, string>> = {
  DELIVERY_UNKNOWN: 'E-DELIVERY',
  RECALL_UNKNOWN: 'E-DELIVERY',
  DELIVERY_RECALLED: 'E-RECALLED',
};

function waits(row: ResultRow): boolean {
  return resultCodes[row.outcome] === '90' || row.outcome === 'refused';
}

function isRecordCode(code: string | undefined): code is string {
  return code !== undefined && /^[ES]-[A-Z0-9-]{1,18}$/.test(code);
}
