// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { IntakeStoppedError } from '../plugin/plugin.errors';
import type { Intake, SettledItem, Source, SourceItem } from '../plugin/source';
import { busy } from './refusal';

/** A source whose records come by themselves. */
export interface DoorSource<Event, Answer> extends Source<Event, Answer> {
  /**
   * Resolves with the hub's answer to each, and not before: until then nothing may be acknowledged.
   * @throws IntakeStoppedError when the plugin is not at work, or is disabled meanwhile
   * @throws RefusedRequestError 503 when too many wait already: the hub does not answer, and their senders come again
   */
  send(items: readonly SourceItem<Event, Answer>[]): Promise<readonly SettledItem[]>;
}

/** So many may wait for the hub at a time: some megabytes of bodies, and far more than it needs to be kept busy. */
const mostWaiting = 64;

export interface DoorSourceOptions<Event, Answer> {
  /** @default 'door' */
  readonly name?: string | undefined;
  /**
   * What would become of a body, tried as a file.
   * @default bodies cannot be tried
   */
  readonly tries?: Source<Event, Answer>['dryRun'];
}

/** What comes through the plugin's door goes to the hub on this way. Its one pass lasts as long as the plugin is at work. */
export function doorSource<Event = never, Answer = never>({
  name = 'door',
  tries,
}: DoorSourceOptions<Event, Answer> = {}): DoorSource<Event, Answer> {
  let intake: Intake<Event, Answer> | undefined;
  let waiting = 0;
  return {
    name,
    lasting: true,
    check: () => Promise.resolve([]),
    ...(tries && { dryRun: tries }),
    // Who calls keeps no list that could be asked for.
    countDay: () => Promise.resolve([{ what: 'events' }, { what: 'answers' }]),
    poll: async (given) => {
      intake = given;
      await raised(given.signal);
      intake = undefined;
      return {};
    },
    async send(items) {
      if (intake === undefined) throw new IntakeStoppedError();
      if (waiting >= mostWaiting) throw busy();
      const settled: SettledItem[] = [];
      waiting += 1;
      try {
        await intake.send(items, { onSettled: (item) => settled.push(item) });
      } finally {
        waiting -= 1;
      }
      return settled;
    },
  };
}

function raised(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
