// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { appendFileSync } from 'node:fs';
import { recordCodes } from '@tsunagi/contracts';
import { Dice } from './dice';

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
  /**
   * A sound file with something changed that bytes alone hardly ever come to; every other of the changed ones.
   * @default bytes alone are changed
   */
  readonly changed?: ((dice: Dice) => Uint8Array) | undefined;
}

/** What reads something else than files, such as the rows of a view. */
export interface ReaderUnderTrial<Sample> extends Pick<CodecUnderTrial, 'fieldNames'> {
  readonly read: (sample: Sample) => Iterable<object>;
  /** What nobody means; the n-th. */
  readonly random: (dice: Dice, n: number) => Sample;
  /** A sound one with something changed. */
  readonly mutated: (dice: Dice) => Sample;
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
export function tryCodec(codec: CodecUnderTrial, runs: CodecRuns): CodecReport {
  const { read, fieldNames, samples, framed, changed } = codec;
  return tryReader<Uint8Array>(
    {
      ...{ read, fieldNames },
      // One in eight as a record in a sound frame.
      random: (dice, n) => (n % 16 < 2 ? framed(dice.bytes(n)) : dice.bytes(n)),
      mutated: (dice) => (changed && dice.below(2) === 0 ? changed(dice) : spoilt(dice, dice.oneOf(samples))),
    },
    runs,
  );
}

/** A sound file with one to eight bytes, or runs of them, changed. */
function spoilt(dice: Dice, sample: Uint8Array): Uint8Array {
  let bytes = Buffer.from(sample);
  for (let left = 1 + dice.below(8); left > 0; left -= 1) bytes = dice.changed(bytes);
  return bytes;
}

/** The same with whatever a reader reads. @throws Error as {@link tryCodec} does */
export function tryReader<Sample>(reader: ReaderUnderTrial<Sample>, runs: CodecRuns): CodecReport {
  const dice = new Dice(runs.seed);
  const said: Record<string, number> = {};
  const allowed = allowedOf(reader.fieldNames);
  let slowestMs = 0;
  const tried = runs.random + runs.mutated;
  for (let n = 0; n < tried; n += 1) {
    const sample = n < runs.random ? reader.random(dice, n) : reader.mutated(dice);
    const began = performance.now();
    const words = wordsOf(() => reader.read(sample), `sample ${n} of seed ${runs.seed}`, allowed);
    slowestMs = Math.max(slowestMs, performance.now() - began);
    for (const word of words) said[word] = (said[word] ?? 0) + 1;
  }
  return { tried, said, slowestMs: Math.ceil(slowestMs) };
}

export interface CodecRuns {
  readonly random: number;
  readonly mutated: number;
  readonly seed: number;
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
    file: matching(/^[0-9a-f]{64}$/),
    keyHash: matching(/^[0-9a-f]{64}$/),
  };
}

/** The codes that were said. */
function wordsOf(read: () => Iterable<object>, name: string, allowed: Allowed): string[] {
  const codes: string[] = [];
  try {
    for (const thing of read())
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

/** `npm run test:long -- codecs` takes 1,000,000 and 100,000; every change is tried with fewer. CODEC_SEED makes them again. */
export const codecRuns: CodecRuns = {
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
