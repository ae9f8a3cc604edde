// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { gaijiCode, resolveGaiji } from './gaiji';

describe('外字 in text that a database decoded', () => {
  it('are named by their CP932 code', () => {
    const codes = Array.from({ length: 0x758 }, (_, index) => gaijiCode(String.fromCharCode(0xe000 + index)));
    expect(codes[0]).toBe('F040');
    expect(codes.at(-1)).toBe('F9FC');
    expect(new Set(codes).size).toBe(1880);
    for (const code of codes) expect(code).toMatch(/^F[0-9](?!7F)([4-9A-E][0-9A-F]|F[0-9A-C])$/);
  });

  it('are replaced from the table, and listed where they stand', () => {
    expect(resolveGaiji('𠮷\ue000\ue001', new Map([['F040', '髙']]))).toEqual({
      text: '𠮷髙\ue001',
      gaiji: [
        { offset: 2, code: 'F040', replacement: '髙' },
        { offset: 3, code: 'F041', replacement: null },
      ],
    });
  });

  it('do not include private-use characters beyond them', () => {
    expect(resolveGaiji('\ue758\u{10de92}').gaiji).toEqual([]);
  });
});
