// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { exportedChain, exportText } from './exported-chain';
import type { ChainItem } from './verify-chain';

const items: Exclude<ChainItem, { unreadable: number }>[] = [
  { line: 7, text: '{"at": "2026-11-29T00:00:00.000Z", "line": 7, "seal": 1, "end": 2}' },
  { seal: { seal: 1, upTo: 7, leaves: Buffer.alloc(32, 1), hash: Buffer.alloc(32, 2) } },
  {
    checkpoint: {
      ...{ seal: 1, upTo: 7, hash: '02'.repeat(32), at: '2026-11-29T00:00:00.000Z', kid: 'a-1', signature: 'x' },
    },
  },
];
const whole = [...items, { end: 3 }].map(exportText);

async function read(lines: readonly string[]): Promise<ChainItem[]> {
  async function* streamed() {
    yield* lines;
  }
  const found: ChainItem[] = [];
  for await (const item of exportedChain(streamed())) found.push(item);
  return found;
}

describe('an export of the audit', () => {
  it('is read as it was written, a line of the audit byte by byte', async () => {
    expect(await read(whole)).toEqual(items);
  });

  it.each<[string, string[], number]>([
    ['ends before its end', whole.slice(0, 3), 4],
    ['lacks a line', whole.filter((_, n) => n !== 1), 3],
    ['goes on after its end', [...whole, whole[0] ?? ''], 5],
    ['has something else in it', [whole[0] ?? '', 'else', ...whole.slice(1)], 2],
  ])('says where it %s', async (_, lines, at) => {
    expect((await read(lines)).find((i) => 'unreadable' in i)).toEqual({ unreadable: at });
  });
});
