// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Worth a write of its own, and nothing beside the file. */
const blockBytes = 64 * 1024;

/** The same bytes in fewer pieces, each made when it is asked for: a long file never stands in memory as its records. */
export function* inBlocks(pieces: Iterable<Uint8Array>): Generator<Uint8Array, undefined> {
  let block: Uint8Array[] = [];
  let length = 0;
  for (const piece of pieces) {
    block.push(piece);
    length += piece.length;
    if (length < blockBytes) continue;
    yield Buffer.concat(block, length);
    block = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(block, length);
}
