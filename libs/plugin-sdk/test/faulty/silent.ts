// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { envelopeFileSink } from '../../src';
import { around, soundPlugin } from './sound';

/** Takes statuses, and tells nobody. */
export const silent = soundPlugin({
  id: 'silent',
  sink: (place) => {
    const sink = envelopeFileSink(place);
    return around(sink, async (deliveries) => {
      const dropped = deliveries.filter(({ kind }) => kind === 'status');
      const written = await sink.write(deliveries.filter(({ kind }) => kind !== 'status'));
      return [...written, ...dropped.map(({ deliveryId }) => ({ deliveryId, ok: true as const }))];
    });
  },
});
