// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Log } from '@tsunagi/plugin-sdk';
import type { DoorSource, RefusedField } from '@tsunagi/plugin-sdk/http';
import { inTime } from './settle';

/**
 * A マイナンバー came: the hub counts it and its staff see that it happened, though nothing of it is kept. Anything else that is
 * wrong with a body is between its sender and this door.
 */
export async function tellOfMyNumber(
  { code }: RefusedField,
  requestId: string,
  { source, log, answerWithinMs }: { source: Pick<DoorSource<never, never>, 'send'>; log: Log; answerWithinMs: number },
): Promise<void> {
  if (code !== 'S-MYNUMBER' && code !== 'S-MYNUMBER-FIELD') return;
  log.error({ requestId, code }, 'request with a possible number refused');
  const item = { itemId: `alarm/${requestId}`, origin: { row: 0 }, reading: { quarantined: { code } } } as const;
  try {
    await inTime(source.send([item]), answerWithinMs);
  } catch {
    log.warn({ requestId, code }, 'refusal not told to the hub yet');
  }
}
