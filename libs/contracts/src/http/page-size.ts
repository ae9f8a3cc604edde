// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/** How many of a list: a query knows only text, its documents know the number that is meant. */
export const atMost = (max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(max))
    .meta({ type: 'integer', minimum: 1, maximum: max, pattern: undefined });
