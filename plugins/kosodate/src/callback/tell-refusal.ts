// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Clock, Log } from '@tsunagi/plugin-sdk';
import type { RefusedRow } from '../intake/daily-files';
import { toRefusal } from '../status/to-status';
import type { Callback } from './callback';
import { statusPath } from './callback.sink';

/** The department's system does not answer: its file is taken up again later. */
export class NotToldError extends Error {
  constructor(readonly code: string) {
    super('a refusal could not be told');
    this.name = 'NotToldError';
  }
}

/** Tells 90 of a row. Not a delivery: nobody but the department itself is concerned, and the row is on the hub's list all the same. */
export function tellRefusal({ callback, clock, log }: { callback: Callback; clock: Clock; log: Log }) {
  return async (row: RefusedRow): Promise<void> => {
    const { eventId, code } = row;
    const called = await callback.call('PUT', statusPath(eventId), toRefusal(row, clock.now()), `${eventId}/${code}`);
    if (!called.said) throw new NotToldError(called.code);
    if (called.status >= 500) throw new NotToldError(`HTTP_${called.status}`);
    // A system that takes no 90 must not keep its own rows from being read.
    if (called.status >= 400) log.warn({ code: `HTTP_${called.status}` }, 'refusal not taken');
  };
}
