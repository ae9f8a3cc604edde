// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { IntakeStoppedError } from '../plugin/plugin.errors';
import type { Intake, SettledItem, Source, SourceItem } from '../plugin/source';

/** A source whose records come by themselves. */
export interface DoorSource<Event, Answer> extends Source<Event, Answer> {
  /**
   * Resolves with the hub's answer to each, and not before: until then nothing may be acknowledged.
   * @throws IntakeStoppedError when the plugin is not at work, or is disabled meanwhile
   */
  send(items: readonly SourceItem<Event, Answer>[]): Promise<readonly SettledItem[]>;
}

/** What comes through the plugin's door goes to the hub on this way. Its one pass lasts as long as the plugin is at work. */
export function doorSource<Event = never, Answer = never>(name = 'door'): DoorSource<Event, Answer> {
  let intake: Intake<Event, Answer> | undefined;
  return {
    name,
    check: () => Promise.resolve([]),
    poll: async (given) => {
      intake = given;
      await raised(given.signal);
      intake = undefined;
      return {};
    },
    async send(items) {
      if (intake === undefined) throw new IntakeStoppedError();
      const settled: SettledItem[] = [];
      await intake.send(items, { onSettled: (item) => settled.push(item) });
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
