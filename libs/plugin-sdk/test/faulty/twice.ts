// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { envelopeFileSink, type Sink } from '../../src';
import { around, soundPlugin } from './sound';

/** Takes a delivery under a newer claim of the hub for another delivery. */
export const twice = soundPlugin({
  id: 'twice',
  sink: (place) => {
    const sink = envelopeFileSink(place);
    const write: Sink['write'] = async (deliveries) => {
      const claims = new Map(deliveries.map(({ deliveryId, claim }) => [claim, deliveryId]));
      // The journal is asked for the claim instead of the delivery.
      const outcomes = await sink.write(deliveries.map((delivery) => ({ ...delivery, deliveryId: delivery.claim })));
      return outcomes.map((outcome) => ({ ...outcome, deliveryId: claims.get(outcome.deliveryId)! }));
    };
    return { ...around(sink, write), wasWritten: () => false };
  },
});
