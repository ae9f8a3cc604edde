// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { qrCode } from './qr-code';

const code = '01J0ZNX2HVFH6SWVRJ6HB7H6NWJ';
const darkOf = (svg: string) => new Set(svg.match(/M\d+ \d+h1v1h-1z/g));

describe('a QR code', () => {
  it('is small, since it holds letters and digits alone, and has room around it', () => {
    const svg = qrCode(code, 'コード');
    expect(svg).toContain('viewBox="0 0 33 33"');
    const places = [...darkOf(svg)].map((m) => m.slice(1).split('h')[0]?.split(' ').map(Number) ?? []);
    expect(places.flat().every((at) => at >= 4 && at < 29)).toBe(true);
  });

  it('has its three corners where a reader looks for them', () => {
    const dark = darkOf(qrCode(code, 'コード'));
    for (const [x, y] of [
      [4, 4],
      [28, 4],
      [4, 28],
    ])
      expect(dark.has(`M${x} ${y}h1v1h-1z`)).toBe(true);
  });

  it('is another one for another code', () => {
    expect(darkOf(qrCode(code, ''))).not.toEqual(darkOf(qrCode(`${code.slice(0, 26)}K`, '')));
  });
});
