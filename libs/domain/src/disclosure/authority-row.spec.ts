// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { whyOff } from './authority-row';
import { anAuthority } from '../../test/builders';

describe('a row of the law', () => {
  const checked = { checkedOn: '2026-04-01', checkedBy: '法務' };
  const row = anAuthority({ validFrom: '2026-04-01', validTo: '2027-03-31', ...checked });
  const on = (day: string, checkedOnly = true) => ({ day, checkedOnly });

  it('counts from its first day to its last', () => {
    expect(['2026-03-31', '2026-04-01', '2027-03-31', '2027-04-01'].map((day) => whyOff(row, on(day)))).toEqual([
      'not_yet',
      undefined,
      undefined,
      'ended',
    ]);
    expect(whyOff(anAuthority(checked), on('2099-01-01'))).toBeUndefined();
  });

  it('counts as off until somebody has checked it and signed, where law was asked for', () => {
    for (const half of [{}, { checkedOn: '2026-04-01' }, { checkedBy: '法務' }]) {
      expect(whyOff(anAuthority(half), on('2026-11-20'))).toBe('unchecked');
      expect(whyOff(anAuthority(half), on('2026-11-20', false))).toBeUndefined();
    }
  });

  it('is off when it is switched off, whoever has checked it', () => {
    for (const checkedOnly of [true, false])
      expect(whyOff({ ...row, active: false }, on('2026-11-20', checkedOnly))).toBe('off');
  });
});
