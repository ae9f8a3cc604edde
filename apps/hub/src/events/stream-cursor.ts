// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { SealBrokenError, type Sealing } from '../platform';

const place = z.strictObject({ line: z.string(), at: z.int() });

/** After so long a viewer loads everything anew: what happened in between is not read line by line. */
const rememberedMs = 15 * 60_000;
/** Numbers of any length look alike. */
const digits = 16;

/**
 * How far somebody has heard, as an event id. The number of the line counts what everybody does, so it is sealed; it is
 * its owner's, and nobody else's opens it.
 */
export class StreamCursors {
  constructor(private readonly sealing: Sealing) {}

  write(owner: string, line: number, now: Date): string {
    const sealed = this.sealing.seal(boundTo(owner), {
      line: String(line).padStart(digits, '0'),
      at: now.getTime(),
    });
    return Buffer.from(sealed.slice('\\x'.length), 'hex').toString('base64url');
  }

  /** @returns undefined when it is not one of this owner's, or too old. */
  read(owner: string, cursor: string, now: Date): number | undefined {
    try {
      const { line, at } = place.parse(this.sealing.open(boundTo(owner), Buffer.from(cursor, 'base64url')));
      return now.getTime() - at > rememberedMs ? undefined : Number(line);
    } catch (error) {
      if (error instanceof SealBrokenError) return undefined;
      throw error;
    }
  }
}

const boundTo = (owner: string) => `events:${owner}`;
