// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/** RFC 9457. `detail` is one plain Japanese sentence without a personal datum; `pointer` is a JSON pointer. */
export const problem = z.strictObject({
  type: z.string().describe('urn:tsunagi:problem:<code>'),
  title: z.string(),
  status: z.int().describe('HTTP の状態コード'),
  detail: z.string().describe('何が起きたかと、どうすればよいか。個人情報は入りません。'),
  code: z.string().describe('プログラムが見分けるコード。一覧は、動いているハブの /docs/codes。'),
  errors: z
    .array(
      z.strictObject({
        pointer: z.string().describe('本文の中の場所(JSON Pointer)。空文字は全体。クエリの誤りは /query/ から。'),
        code: z.string(),
        message: z.string(),
        hint: z.string().describe('どう直すか').optional(),
      }),
    )
    .describe('どの項目が、なぜ')
    .optional(),
  requestId: z.string().describe('問い合わせのときに添える番号(X-Request-ID と同じ)'),
  retryable: z.boolean().describe('同じ要求をそのまま、後でもう一度送れば通るかもしれないか'),
});
export type Problem = z.infer<typeof problem>;
