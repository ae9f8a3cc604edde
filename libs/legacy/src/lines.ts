// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Encoding } from './raw-field';

/** What ends a line: CR LF alone, LF with or without a CR before it, CR alone, or any of them. */
export type LineEnd = 'crlf' | 'lf' | 'cr' | 'any';

const LF = 0x0a;
const CR = 0x0d;
const END_OF_FILE = 0x1a;
const BOM = [0xef, 0xbb, 0xbf];

/** Where the text begins: behind a byte order mark of UTF-8. */
export function startOfText(file: Buffer, encoding: Encoding): number {
  return encoding === 'utf-8' && BOM.every((byte, at) => file[at] === byte) ? BOM.length : 0;
}

/**
 * Views on the lines without their ends; a final 0x1A is no line. Neither in CP932, whose second halves begin at 0x40, nor in
 * UTF-8 can a line end be a part of another character.
 */
export function* linesOf(file: Buffer, lineEnd: LineEnd, start = 0): Generator<Buffer, undefined> {
  const text = file.at(-1) === END_OF_FILE ? file.subarray(0, -1) : file;
  const next = nextEnd[lineEnd];
  for (let at = start; at < text.length;) {
    const [stop, after] = next(text, at);
    yield text.subarray(at, stop);
    at = after;
  }
}

/** Where the line from here ends, and where the next one begins. */
type NextEnd = (file: Buffer, from: number) => readonly [stop: number, after: number];

const nextEnd: Readonly<Record<LineEnd, NextEnd>> = {
  lf: (file, from) => {
    const at = found(file, LF, from);
    return [at > from && file[at - 1] === CR ? at - 1 : at, at + 1];
  },
  crlf: (file, from) => {
    let at = found(file, CR, from);
    while (at < file.length && file[at + 1] !== LF) at = found(file, CR, at + 1);
    return [at, at + 2];
  },
  cr: (file, from) => {
    const at = found(file, CR, from);
    return [at, at + 1];
  },
  any: (file, from) => {
    let at = from;
    while (at < file.length && file[at] !== CR && file[at] !== LF) at += 1;
    return [at, file[at] === CR && file[at + 1] === LF ? at + 2 : at + 1];
  },
};

function found(file: Buffer, byte: number, from: number): number {
  const at = file.indexOf(byte, from);
  return at === -1 ? file.length : at;
}
