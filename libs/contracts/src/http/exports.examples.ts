// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { z } from 'zod';
import { exportedList, type ExportedList } from './exports';

const exceptions: ExportedList = {
  list: 'exceptions',
  columns: ['月', '窓口', '件数'],
  rows: [['2026-11', '地域包括支援センター → 自立相談支援機関', '3']],
  encoding: 'cp932',
};

/** Lists as files: schema, what it shows, the body. */
export const exportExamples: readonly (readonly [z.ZodType, string, unknown])[] = [
  [exportedList, '見出し三つの一覧を、CP932 で', exceptions],
];
