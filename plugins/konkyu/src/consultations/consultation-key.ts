// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type ConsultationColumn, consultationColumns, type ConsultationRow } from './consultation-row';

/** What the office knows its own request by; it travels as `source.echo` and comes back in every status. */
export interface ConsultationKey {
  /** ID of the 相談受付・申込票. */
  readonly sodanId: string;
  /** つなぎ先分野: one consultation may ask several departments, one after the other. */
  readonly target: string;
}

const echo = z.tuple([z.string().min(1).max(40), z.string().regex(/^[1-6]$/)]);

export function writeEcho({ sodanId, target }: ConsultationKey): string {
  return JSON.stringify([sodanId, target]);
}

/** `undefined` for anything that {@link writeEcho} did not write. */
export function readEcho(text: string | undefined): ConsultationKey | undefined {
  try {
    const [sodanId, target] = echo.parse(JSON.parse(text ?? ''));
    return { sodanId, target };
  } catch {
    return undefined;
  }
}

export function submissionKey({ sodanId, target }: ConsultationKey): string {
  return `${sodanId}/${target}`;
}

/** All that a row says which asks for nothing any more. */
const keyColumns: readonly ConsultationColumn[] = ['sakujo_flg', 'sodan_id', 'tsunagi_bunya', 'doi_kbn'];

/** Where and when the row stands in the view, and what no submission holds or no recipient would miss. */
const besideTheMatter: readonly ConsultationColumn[] = [
  'renban',
  'koshin_dt',
  'uketsuke_sha',
  'sodan_keiro',
  'plan_no',
];
const contentColumns = consultationColumns.filter((column) => !besideTheMatter.includes(column));

/**
 * SHA-256 of what makes two rows equal. A row whose time alone was changed, be it with forty thousand others, is the
 * same content, and the hub answers it from its record.
 */
export function contentHash(row: ConsultationRow, { asks }: { asks: boolean }): string {
  const values = (asks ? contentColumns : keyColumns).map((column) => row[column]?.trim() || null);
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}
