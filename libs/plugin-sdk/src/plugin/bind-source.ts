// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CheckFinding, ControlCount } from '@tsunagi/contracts';
import type { InputFile, ResultRow } from '../files/result-row';
import type { Log } from '../surroundings/log';
import type { Connection } from './connection';
import { mapItem } from './map-item';
import type { OutgoingItem } from './outgoing-item';
import type { Intake, NotReleased, PassReport, SettledItem, Source, SourceItem, Tryable, WaitingRow } from './source';

/** {@link Intake} behind the mapping. */
export interface Outlet extends Omit<Intake<never, never>, 'send'> {
  send(
    items: Iterable<OutgoingItem>,
    options?: {
      readonly checkpoint?: string | undefined;
      readonly fileName?: string | undefined;
      readonly onSettled?: ((settled: SettledItem) => void) | undefined;
      readonly tryable?: Tryable | undefined;
    },
  ): Promise<void>;
}

/** A source whose records go through the plugin's mapping: the plugin's own types end here. */
export interface BoundSource {
  readonly name: string;
  readonly everyMs: number | undefined;
  readonly lasting: boolean;
  poll(outlet: Outlet): Promise<PassReport>;
  /** Undefined for a file that is none of this source's. */
  dryRun(
    file: Pick<InputFile, 'name' | 'bytes'>,
    outlet: Pick<Outlet, 'send'>,
  ): Promise<readonly ResultRow[] | undefined>;
  /** Sends a waiting row once more; or says why it cannot be read again. */
  release(
    row: WaitingRow,
    send: (item: OutgoingItem, onSettled?: (settled: SettledItem) => void) => void,
  ): Promise<NotReleased | undefined>;
  /** None, where the legacy system is not asked. */
  countDay(day: string): Promise<readonly ControlCount[]>;
  check(): Promise<readonly CheckFinding[]>;
}

export function bindSource<Event, Answer>(
  plugin: string,
  source: Source<Event, Answer>,
  mapping: Pick<Connection<Event, Answer>, 'toSubmission' | 'toResponse'>,
  log: Log,
): BoundSource {
  const throughMapping = (outlet: Pick<Outlet, 'send'>): Pick<Intake<Event, Answer>, 'send'> => ({
    send: (items, options) => outlet.send(mapItems(plugin, items, mapping, log), options),
  });
  return {
    name: source.name,
    everyMs: source.everyMs,
    lasting: source.lasting ?? false,
    check: () => source.check(),
    countDay: async (day) => ((await source.countDay?.(day)) ?? []).map((count) => ({ ...count, source: source.name })),
    poll: (outlet) =>
      source.poll({
        checkpoint: outlet.checkpoint,
        asked: outlet.asked,
        signal: outlet.signal,
        fileTaken: () => outlet.fileTaken(),
        failpoint: (name) => outlet.failpoint(name),
        ...throughMapping(outlet),
      }),
    dryRun: async (file, outlet) => source.dryRun?.(file, throughMapping(outlet)),
    release: async (row, send) => {
      if (!source.release) return 'ROW_GONE';
      const { override } = row;
      return source.release(row, {
        send: (item, onSettled) => send(mapItem(plugin, { ...item, override }, mapping, log), onSettled),
      });
    },
  };
}

function* mapItems<Event, Answer>(
  plugin: string,
  items: Iterable<SourceItem<Event, Answer>>,
  mapping: Pick<Connection<Event, Answer>, 'toSubmission' | 'toResponse'>,
  log: Log,
): Generator<OutgoingItem> {
  for (const item of items) yield mapItem(plugin, item, mapping, log);
}
