// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createReadStream, existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Checkpoint } from './chain';
import { makeFolderOf } from '../platform';

const checkpoint = z.strictObject({
  seal: z.int().positive(),
  upTo: z.int(),
  hash: z.string(),
  at: z.string(),
  kid: z.string(),
  signature: z.string(),
}) satisfies z.ZodType<Checkpoint>;

export const checkpointFile = (directory: string): string => join(directory, 'checkpoints.jsonl');

/** A line is far shorter. */
const tail = 4_096;

/**
 * Adds checkpoints at the end of the file: nothing that stands there is touched. A line that a crash has cut short stays as it
 * is; what follows begins a line of its own.
 */
export async function appendCheckpoints(file: string, checkpoints: readonly Checkpoint[]): Promise<void> {
  const isNew = !existsSync(file);
  if (isNew) makeFolderOf(file);
  const handle = await open(file, 'a+', 0o640);
  try {
    const { size } = await handle.stat();
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
    const isCutShort = size > 0 && buffer.toString() !== '\n';
    const text = checkpoints.map((c) => `${JSON.stringify(c)}\n`).join('');
    await handle.appendFile(isCutShort ? `\n${text}` : text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (isNew) await syncFolder(dirname(file));
}

/** The newest seal that stands in the file; 0 without any. */
export async function lastSealIn(file: string): Promise<number> {
  if (!existsSync(file)) return 0;
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const length = Math.min(tail, size);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    const whole = buffer.toString('utf8').split('\n').slice(0, -1);
    for (const line of whole.reverse()) {
      const found = read(line);
      if (found) return found.seal;
    }
    return 0;
  } finally {
    await handle.close();
  }
}

/** All that can be read, in the order of the file. What a crash has cut short is told of and passed over. */
export async function* checkpointsIn(file: string, onUnreadable: (line: number) => void): AsyncGenerator<Checkpoint> {
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    number += 1;
    if (line === '') continue;
    const found = read(line);
    if (found) yield found;
    else onUnreadable(number);
  }
}

/** A checkpoint as a file has it; `undefined` = it is none. */
export function readCheckpoint(value: unknown): Checkpoint | undefined {
  const { success, data } = checkpoint.safeParse(value);
  return success ? data : undefined;
}

function read(text: string): Checkpoint | undefined {
  try {
    return readCheckpoint(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
