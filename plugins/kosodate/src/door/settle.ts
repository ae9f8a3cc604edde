// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { SettledItem } from '@tsunagi/plugin-sdk';
import { busy, RefusedRequestError, type RefusedField } from '@tsunagi/plugin-sdk/http';

/** What became of the items of one record. */
export type Settled = 'taken' | 'duplicate' | 'conflict' | 'refused';

export function settledAs(items: readonly SettledItem[]): Settled {
  const outcomes = items.map(({ answer }) => answer.outcome);
  if (outcomes.includes('rejected')) return 'refused';
  if (outcomes.includes('conflict')) return 'conflict';
  return outcomes.every((outcome) => outcome === 'duplicate') ? 'duplicate' : 'taken';
}

/**
 * The hub's answer, if it comes in time. If not, the sender has to come again: nothing is acknowledged that the hub has not
 * taken. Real time, whatever the clock says: it is about a connection that is open.
 * @throws RefusedRequestError 503
 */
export async function inTime<T>(work: Promise<T>, withinMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(busy()), withinMs);
  });
  // What comes too late is of no use to this request.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    throw error instanceof RefusedRequestError ? error : busy();
  } finally {
    clearTimeout(timer);
  }
}

export const unprocessable = (errors: readonly [RefusedField, ...RefusedField[]]): RefusedRequestError =>
  new RefusedRequestError(422, errors[0].code, { errors });

/** A sender that comes again and again while the hub does not answer need not find all of its requests waiting. */
const mostOfOneName = 4;

/** One after the other of those with one name, so that two that come at once do not both find nothing. */
export class Turns {
  private readonly last = new Map<string, { turn: Promise<unknown>; waiting: number }>();

  /** @throws RefusedRequestError 503 when enough of this name wait already */
  refuseCrowd(name: string): void {
    if ((this.last.get(name)?.waiting ?? 0) >= mostOfOneName) throw busy();
  }

  take<T>(name: string, work: () => Promise<T>): Promise<T> {
    const line = this.last.get(name) ?? { turn: Promise.resolve(), waiting: 0 };
    const turn = line.turn.then(work, work);
    line.turn = turn;
    line.waiting += 1;
    this.last.set(name, line);
    const leave = () => {
      line.waiting -= 1;
      if (line.waiting === 0) this.last.delete(name);
    };
    turn.then(leave, leave);
    return turn;
  }
}
