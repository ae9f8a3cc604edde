// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { cp932WithLoss } from './cp932';

const read = (bytes: Buffer) => new TextDecoder('shift_jis').decode(bytes);

describe('a text in CP932', () => {
  it('is what it was, variant kanji and look-alikes of Windows included', () => {
    const { bytes, lost } = cp932WithLoss('髙﨑市①,〜"\r\n');
    expect([read(bytes), lost]).toEqual(['髙﨑市①,～"\r\n', 0]);
  });

  it('has 〓 for each character that it cannot hold, and says how many there were', () => {
    const { bytes, lost } = cp932WithLoss('𠮷野家 é 窓口');
    expect([read(bytes), lost]).toEqual(['〓野家 〓 窓口', 2]);
  });
});
