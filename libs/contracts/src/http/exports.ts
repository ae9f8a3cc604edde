// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/** How a CSV is written. */
export const csvEncoding = z
  .enum(['utf-8-bom', 'cp932'])
  .describe(
    '文字コード。utf-8-bom=BOM つき UTF-8、cp932=古い表計算ソフトのためのシフト JIS(CP932)。指定がなければ utf-8-bom。',
  )
  .default('utf-8-bom');
export type CsvEncoding = z.infer<typeof csvEncoding>;

/** The lists of the console, each by its own name: what is written of an export in the audit is one of these, and no text. */
export const ListName = z.enum([
  'audit',
  'authorities',
  'bulk-results',
  'buried-messages',
  'clients',
  'conference-roster',
  'conferences',
  'consent-forms',
  'counts-of-days',
  'dead-letters',
  'disclosure-requests',
  'doctor',
  'dry-run',
  'exceptions',
  'incidents',
  'intake-rehearsal',
  'ledger',
  'my-turn',
  'overview',
  'persons',
  'plugin-check',
  'plugin-hosts',
  'plugins',
  'proposals',
  'quarantine',
  'quarantine-results',
  'ratifications',
  'settings-history',
  'withdrawal-proof',
]);
export type ListName = z.infer<typeof ListName>;

/** What a spreadsheet is still of use with, and what a page shows at most. */
export const mostRows = 5_000;
export const mostColumns = 60;
/** What a cell of a spreadsheet holds. */
const cell = z.string().max(32_767);

/** POST /exports */
export const exportedList = z
  .strictObject({
    list: ListName.describe('画面のどの一覧か。監査には、これだけが残ります。'),
    columns: z.array(cell).min(1).max(mostColumns).describe('見出し。左から順に。'),
    rows: z
      .array(z.array(cell).min(1).max(mostColumns))
      .max(mostRows)
      .describe('画面に見えている行。セルは見出しと同じ数、同じ順です。'),
    encoding: csvEncoding,
  })
  .superRefine(({ columns, rows }, context) => {
    for (const [n, row] of rows.entries())
      if (row.length !== columns.length)
        context.addIssue({ code: 'custom', path: ['rows', n], message: 'as many cells as there are columns' });
  });
export type ExportedList = z.infer<typeof exportedList>;
