// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export type JsonFault = 'BODY_TOO_DEEP' | 'BODY_DUPLICATE_KEY' | 'BODY_RESERVED_KEY';

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const listOpens = 0x5b;
const listCloses = 0x5d;
const objectOpens = 0x7b;
const objectCloses = 0x7d;

/** JavaScript asks an object for these where it needs a number or a text; one that has others of its own throws there, in whoever judges it. */
const reserved: readonly string[] = ['valueOf', 'toString'];

/** So few are found quicker in a list than in a set, and nearly every object has no more. */
const fewKeys = 16;

class Keys {
  private readonly few: string[] = [];
  private many: Set<string> | undefined;

  /** @returns whether it was there before */
  meet(key: string): boolean {
    if (this.many?.has(key) ?? this.few.includes(key)) return true;
    if (this.many) this.many.add(key);
    else if (this.few.push(key) > fewKeys) this.many = new Set(this.few);
    return false;
  }
}

/**
 * What a parser does not tell: it could run out of stack before it knows how deep a text is, and of two equal keys it keeps
 * the last, so that what a proxy or a log has read is not what the hub does; and some keys are none of data. One pass, without parsing; whether the text
 * is JSON at all, the parser finds out afterwards.
 */
export function jsonFaultIn(json: string, mostLevels: number): JsonFault | undefined {
  /** Of every object and list that is open; a list has none. */
  const open: (Keys | undefined)[] = [];
  let keyNext = false;
  for (let at = 0; at < json.length; at++) {
    switch (json.charCodeAt(at)) {
      case quote: {
        const end = endOfText(json, at + 1);
        if (keyNext) {
          const key = unescaped(json.slice(at + 1, end));
          if (open.at(-1)?.meet(key)) return 'BODY_DUPLICATE_KEY';
          if (reserved.includes(key)) return 'BODY_RESERVED_KEY';
        }
        keyNext = false;
        at = end;
        break;
      }
      case objectOpens:
      case listOpens:
        keyNext = json.charCodeAt(at) === objectOpens;
        if (open.push(keyNext ? new Keys() : undefined) > mostLevels) return 'BODY_TOO_DEEP';
        break;
      case objectCloses:
      case listCloses:
        open.pop();
        keyNext = false;
        break;
      case comma:
        keyNext = open.at(-1) !== undefined;
    }
  }
  return undefined;
}

/** Where the closing quote stands. */
function endOfText(json: string, from: number): number {
  let at = from;
  while (at < json.length && json.charCodeAt(at) !== quote) at += json.charCodeAt(at) === backslash ? 2 : 1;
  return at;
}

/** `a` and `\u0061` are the same key. */
function unescaped(raw: string): string {
  if (!raw.includes('\\')) return raw;
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return raw;
  }
}
