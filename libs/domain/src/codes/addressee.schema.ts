// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { code, id } from './text.schema';
import { Domain } from './vocabulary';

/** To a function, a domain (a route resolves it), or 「つなぎ先不明」. */
export const addressee = z.union([
  z.strictObject({ function: id.describe('宛先の窓口の id(GET /desk-functions)') }),
  z.strictObject({
    domain: Domain,
    area: code(20).describe('地域のコード').optional(),
    functionType: code(40).describe('窓口の種類。書くと、この種類の窓口だけに届きます。').optional(),
  }),
  z.literal('unknown').describe('つなぎ先不明。多機関協働が受けます。'),
]);
export type Addressee = z.infer<typeof addressee>;
