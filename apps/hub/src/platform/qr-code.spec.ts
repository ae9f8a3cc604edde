// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import jsQR from 'jsqr';
import { qrCode } from './qr-code';

const code = '01J0ZNX2HVFH6SWVRJ6HB7H6NWJ';
const darkOf = (svg: string) => new Set(svg.match(/M\d+ \d+h1v1h-1z/g));

/** As a camera sees it: each module of the drawing as so many dots. */
function seen(svg: string, dots = 4) {
  const size = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
  const width = size * dots;
  const dark = darkOf(svg);
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (let y = 0; y < width; y += 1)
    for (let x = 0; x < width; x += 1)
      if (dark.has(`M${Math.floor(x / dots)} ${Math.floor(y / dots)}h1v1h-1z`))
        data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
  return { data, width };
}

describe('a QR code', () => {
  it('is read as the code that it was made of, and nothing else', () => {
    const { data, width } = seen(qrCode(code, 'コード'));
    expect(jsQR(data, width, width)?.data).toBe(code);
  });

  it('is read though a stamp lies on it', () => {
    const { data, width } = seen(qrCode(code, 'コード'));
    for (let y = 56; y < 72; y += 1) data.fill(0, (y * width + 56) * 4, (y * width + 72) * 4);
    expect(jsQR(data, width, width)?.data).toBe(code);
  });

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
