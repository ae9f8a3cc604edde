// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hubSource, pluginSource, type CloudEvent } from '@tsunagi/contracts';
import { randomUUID } from 'node:crypto';

/** A message from kaigo to the hub, unless the case says otherwise. */
export function anEvent(differences: Partial<CloudEvent> = {}): CloudEvent {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: pluginSource('kaigo'),
    type: 'referral.submitted.v1',
    time: '2026-11-21T09:00:00+09:00',
    datacontenttype: 'application/json',
    data: { items: [] },
    ...differences,
  };
}

export const fromHub = (differences: Partial<CloudEvent> = {}): CloudEvent =>
  anEvent({ source: hubSource, type: 'referral.sent.v1', ...differences });

/** Events that carry a number, to tell their order. */
export const numbered = (count: number, make: typeof anEvent = anEvent): CloudEvent[] =>
  Array.from({ length: count }, (_, number) => make({ data: { number } }));

export const numberOf = (event: CloudEvent): number => (event.data as { number: number }).number;
