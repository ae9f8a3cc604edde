// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { MyNumberFoundError } from './my-number';
import { zod } from './zod.pipe';

describe('a field that is named like a マイナンバー', () => {
  it('is refused in every body, also where any field may stand', () => {
    const body = zod(z.record(z.string(), z.unknown()));
    const take = (value: unknown) => () => body.transform(value, { type: 'body' });
    expect(take({ settings: { mynumber: 'x' } })).toThrow(MyNumberFoundError);
    expect(take({ settings: { mynumber: 'x' } })).toThrow(
      expect.objectContaining({
        code: 'SUBMISSION_REJECTED',
        reason: 'S-MYNUMBER-FIELD',
        pointer: '/settings/mynumber',
      }),
    );
    expect(take({ settings: { number: 'x' } })()).toEqual({ settings: { number: 'x' } });
  });
});
