// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Bytes with which files are framed, quoted, ended, or begin and end a character. */
const telling = [0x00, 0x0a, 0x0d, 0x1a, 0x20, 0x22, 0x27, 0x2c, 0x30, 0x31, 0x32, 0x33, 0x40, 0x7f, 0x80, 0x81, 0x9f];
const tellingToo = [0xa0, 0xb1, 0xdf, 0xe0, 0xef, 0xf0, 0xf9, 0xfa, 0xfc, 0xfd, 0xff];
const alphabet = [...telling, ...tellingToo];

/** The same throws for the same seed (xorshift32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 2_654_435_761 + 1) >>> 0 || 1;
  }

  below(end: number): number {
    return this.#next() % end;
  }

  oneOf<T>(things: readonly T[]): T {
    return things[this.below(things.length)]!;
  }

  /** In turn: any bytes, and bytes that mean something to a reader. */
  bytes(turn: number): Buffer<ArrayBuffer> {
    return turn % 2 === 0 ? this.#any() : this.#telling();
  }

  /** These bytes with one thing changed. */
  changed(bytes: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
    const at = this.below(bytes.length + 1);
    const to = Math.min(bytes.length, at + this.below(20));
    switch (this.below(8)) {
      case 0:
        return Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
      case 1:
        return Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
      case 2:
        return Buffer.concat([bytes.subarray(0, at), this.#telling(4), bytes.subarray(at)]);
      case 3:
        return Buffer.from(bytes.subarray(0, at));
      default: {
        // Most of all in its place: lengths and sums stay.
        const changed = Buffer.from(bytes);
        if (at < changed.length) changed[at] = this.below(2) === 0 ? this.below(256) : this.oneOf(alphabet);
        return changed;
      }
    }
  }

  #any(length = this.below(700)): Buffer<ArrayBuffer> {
    const bytes = Buffer.alloc(length + 3);
    for (let at = 0; at < length; at += 4) bytes.writeUInt32LE(this.#next(), at);
    return bytes.subarray(0, length);
  }

  #telling(length = this.below(700)): Buffer<ArrayBuffer> {
    const bytes = this.#any(length);
    for (let at = 0; at < length; at += 1) bytes[at] = alphabet[bytes[at]! % alphabet.length]!;
    return bytes;
  }

  #next(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x >>> 0;
    return this.#state;
  }
}
