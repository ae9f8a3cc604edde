// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { atMost } from './page-size';

describe('how many of a list', () => {
  const asked = (text: string) => atMost(200).safeParse(text);

  it('is refused with its limit when it is too large or too small, however many digits it has', () => {
    for (const text of ['201', '100000'])
      expect(asked(text).error?.issues).toMatchObject([{ code: 'too_big', maximum: 200 }]);
    expect(asked('0').error?.issues).toMatchObject([{ code: 'too_small', minimum: 1 }]);
  });

  it.each(['', '-1', '1.5', '1e2', ' 7', 'many', '1234567890'])('is no number when it is %j', (text) => {
    expect(asked(text).error?.issues[0]).toMatchObject({ code: 'invalid_format' });
  });

  it('is the number that was asked for', () => {
    expect(asked('200').data).toBe(200);
  });
});
