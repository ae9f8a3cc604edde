// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/** RFC 9457. `detail` is one plain Japanese sentence without a personal datum; `pointer` is a JSON pointer. */
export const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  errors: z
    .array(z.strictObject({ pointer: z.string(), code: z.string(), message: z.string(), hint: z.string().optional() }))
    .optional(),
  requestId: z.string(),
  retryable: z.boolean(),
});
export type Problem = z.infer<typeof problem>;
