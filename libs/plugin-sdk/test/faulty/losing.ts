// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { envelopeFileSink, type Sink } from '../../src';
import { around, soundPlugin } from './sound';

/** Remembers that it has written before it writes. */
export const losing = soundPlugin({
  id: 'losing',
  sink: (place) => {
    const { journal } = place;
    const remembered = new Set<string>();
    // The sink beneath must not look at what is remembered too early.
    const blind = Object.create(journal, { wasWritten: { value: () => false } }) as typeof journal;
    const sink = envelopeFileSink({ ...place, journal: blind });
    const write: Sink['write'] = async (deliveries) => {
      const fresh = deliveries.filter(({ deliveryId }) => !remembered.has(deliveryId));
      for (const { deliveryId } of fresh) remembered.add(deliveryId);
      await journal.append({ entry: 'written', deliveries: fresh.map(({ deliveryId }) => deliveryId) });
      return sink.write(fresh);
    };
    return { ...around(sink, write), wasWritten: (deliveryId) => journal.wasWritten(deliveryId) };
  },
});
