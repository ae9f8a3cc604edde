// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/** GET /health/live and /health/ready. `missing` names parts, never addresses. */
export const health = z.strictObject({ status: z.enum(['ok', 'unavailable']), missing: z.array(z.string()) });
export type Health = z.infer<typeof health>;
