// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from '../plugin/connection';
import { mapItem } from '../plugin/map-item';
import type { Reading } from '../plugin/source';
import { silentLog } from '../surroundings/log';

/** The mapping threw, or made of a sound record what the hub would refuse. */
export class BadMappingError extends Error {
  constructor() {
    super('E-MAPPING');
    this.name = 'BadMappingError';
  }
}

/**
 * What goes to the hub of a record beside its values: why it waits, or what it is flagged with.
 * @throws BadMappingError
 */
export function* saidOf<Event, Answer>(
  plugin: string,
  reading: Reading<Event, Answer>,
  mapping: Pick<Connection<Event, Answer>, 'toSubmission' | 'toResponse'>,
  row = 1,
): Generator<object> {
  const item = mapItem(plugin, { itemId: `trial/${row}`, origin: { row }, reading }, mapping, silentLog);
  if (item.fault?.code === 'E-MAPPING') throw new BadMappingError();
  if (item.type === 'rows.quarantined.v1') yield item.body.row;
  if (item.type === 'referral.submitted.v1') yield* item.body.submission.source.warnings ?? [];
}
