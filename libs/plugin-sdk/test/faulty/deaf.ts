// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { envelopeFileSink } from '../../src';
import { around, soundPlugin } from './sound';

/** Takes recalls, and tells nobody. */
export const deaf = soundPlugin({
  id: 'deaf',
  sink: (place) => {
    const sink = envelopeFileSink(place);
    return around(sink, async (deliveries) => {
      const dropped = deliveries.filter(({ kind }) => kind === 'recall');
      const written = await sink.write(deliveries.filter(({ kind }) => kind !== 'recall'));
      return [...written, ...dropped.map(({ deliveryId }) => ({ deliveryId, ok: true as const }))];
    });
  },
});
