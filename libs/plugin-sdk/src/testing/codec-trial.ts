// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { appendFileSync } from 'node:fs';
import { recordCodes } from '@tsunagi/contracts';

/** What reads a kind of file, and what it is tried with. */
export interface CodecUnderTrial {
  /**
   * Reads everything, as the plugin does when a file comes in.
   * @returns all that it says of the file beside the values themselves: what is logged, stored or shown
   */
  readonly read: (bytes: Uint8Array) => Iterable<object>;
  /** Sound files of this kind. */
  readonly samples: readonly Uint8Array[];
  /** A sound file with these bytes in the place of its one record, so that what judges records is reached. */
  readonly framed: (record: Uint8Array) => Uint8Array;
  /** Names of fields: the only words that may be said beside codes. */
  readonly fieldNames: readonly string[];
}

export interface CodecReport {
  readonly tried: number;
  /** Code → how often it was said; `sound` where nothing was. */
  readonly said: Readonly<Record<string, number>>;
  /** Of one file, the reading again included where it was slow. */
  readonly slowestMs: number;
}

const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const matching = (form: RegExp) => (value: unknown) => typeof value === 'string' && form.test(value);
/**
 * The sender's own number of its record, by which it finds it; in front of it who numbers, and in what kind of file. A number of
 * another form stands as its hash.
 */
const ownNumber = matching(/^(([a-z][a-z0-9-]*:)?[0-9]{6,8}\/)?([A-Z0-9-]{1,20}|[0-9a-f]{64})$/);

/**
 * Reads byte strings that nobody means: random ones, random ones in the place of a record, and sound files with something
 * changed.
 * @throws Error naming the sample by its number, never its bytes: what was thrown, or what was said that is no documented
 * code, number or field name.
 */
export function tryCodec(
  codec: CodecUnderTrial,
  runs: { readonly random: number; readonly mutated: number; readonly seed: number },
): CodecReport {
  const random = new RandomBytes(runs.seed);
  const said: Record<string, number> = {};
  const allowed = allowedOf(codec.fieldNames);
  let slowestMs = 0;
  const tried = runs.random + runs.mutated;
  for (let sample = 0; sample < tried; sample += 1) {
    const bytes = sample < runs.random ? random.fileOf(codec, sample) : random.mutated(codec.samples);
    const began = performance.now();
    const words = read(codec, bytes, `sample ${sample} of seed ${runs.seed}`, allowed);
    slowestMs = Math.max(slowestMs, performance.now() - began);
    for (const word of words) said[word] = (said[word] ?? 0) + 1;
  }
  return { tried, said, slowestMs: Math.ceil(slowestMs) };
}

type Allowed = Readonly<Record<string, (value: unknown) => boolean>>;

function allowedOf(fieldNames: readonly string[]): Allowed {
  return {
    row: isCount,
    field: isCount,
    offset: isCount,
    code: (value) => typeof value === 'string' && value in recordCodes,
    severity: matching(/^(refused|quarantined|flagged)$/),
    fieldName: (value) => fieldNames.includes(value as string),
    // The day that was probably meant stays beside the file: it is checked, not logged.
    suggestion: matching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/),
    key: ownNumber,
    label: ownNumber,
  };
}

/** The codes that were said. */
function read(codec: CodecUnderTrial, bytes: Uint8Array, name: string, allowed: Allowed): string[] {
  const codes: string[] = [];
  try {
    for (const thing of codec.read(bytes))
      for (const [property, value] of Object.entries(thing)) {
        if (value === undefined) continue;
        if (allowed[property]?.(value) !== true) throw new UndocumentedError(property);
        if (property === 'code') codes.push(String(value));
      }
  } catch (error) {
    const what = error instanceof UndocumentedError ? `says ${error.message}` : `threw ${(error as Error).name}`;
    throw new Error(`${name}: ${what}`, { cause: error });
  }
  return codes.length === 0 ? ['sound'] : codes;
}

/** Its message is the name of a property. */
class UndocumentedError extends Error {}

/** Bytes with which files are framed, quoted, ended, or begin and end a character. */
const telling = [0x00, 0x0a, 0x0d, 0x1a, 0x20, 0x22, 0x27, 0x2c, 0x30, 0x31, 0x32, 0x33, 0x40, 0x7f, 0x80, 0x81, 0x9f];
const tellingToo = [0xa0, 0xb1, 0xdf, 0xe0, 0xef, 0xf0, 0xf9, 0xfa, 0xfc, 0xfd, 0xff];
const alphabet = [...telling, ...tellingToo];

/** The same bytes for the same seed (xorshift32). */
class RandomBytes {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 2_654_435_761 + 1) >>> 0 || 1;
  }

  /** In turn: any bytes, and bytes that mean something to a reader; one in eight as a record in a sound frame. */
  fileOf(codec: CodecUnderTrial, sample: number): Uint8Array {
    const bytes = sample % 2 === 0 ? this.#any() : this.#telling();
    return sample % 16 < 2 ? codec.framed(bytes) : bytes;
  }

  /** A sound file with one to eight things changed. */
  mutated(samples: readonly Uint8Array[]): Uint8Array {
    let bytes = Buffer.from(samples[this.#below(samples.length)]!);
    for (let left = 1 + this.#below(8); left > 0; left -= 1) bytes = this.#changed(bytes);
    return bytes;
  }

  #changed(bytes: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
    const at = this.#below(bytes.length + 1);
    const to = Math.min(bytes.length, at + this.#below(20));
    switch (this.#below(8)) {
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
        if (at < changed.length)
          changed[at] = this.#below(2) === 0 ? this.#below(256) : alphabet[this.#below(alphabet.length)]!;
        return changed;
      }
    }
  }

  #any(length = this.#below(700)): Buffer<ArrayBuffer> {
    const bytes = Buffer.alloc(length + 3);
    for (let at = 0; at < length; at += 4) bytes.writeUInt32LE(this.#next(), at);
    return bytes.subarray(0, length);
  }

  #telling(length = this.#below(700)): Buffer<ArrayBuffer> {
    const bytes = this.#any(length);
    for (let at = 0; at < length; at += 1) bytes[at] = alphabet[bytes[at]! % alphabet.length]!;
    return bytes;
  }

  #below(end: number): number {
    return this.#next() % end;
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

/** `npm run test:long -- codecs` takes 1,000,000 and 100,000; every change is tried with fewer. CODEC_SEED makes them again. */
export const codecRuns = {
  random: Number(process.env['CODEC_RANDOM'] ?? '5000'),
  mutated: Number(process.env['CODEC_MUTATED'] ?? '5000'),
  seed: Number(process.env['CODEC_SEED'] ?? String(1 + (Date.now() % 1_000_000))),
};

/** For the report of a long run. */
export function tellCodec(name: string, { tried, said, slowestMs }: CodecReport): void {
  const path = process.env['TEST_LONG_NOTES'];
  if (path === undefined) return;
  const codes = Object.entries(said)
    .sort(([, one], [, other]) => other - one)
    .map(([code, count]) => `${code} ${count}`);
  appendFileSync(
    path,
    `${name}: ${tried} files, the slowest ${slowestMs} ms, seed ${codecRuns.seed}; ${codes.join(', ')}\n`,
  );
}
