// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { envelopeFileSink } from '../../src';
import { around, soundPlugin } from './sound';

/** Waits for the referral before it takes its recall, for ever. */
export const strict = soundPlugin({
  id: 'strict',
  sink: (place) => {
    const sink = envelopeFileSink(place);
    return around(sink, (deliveries) => {
      if (deliveries.some((it) => it.kind === 'recall' && !place.journal.wasWritten(it.recall.cancels)))
        throw Object.assign(new Error('nothing to recall'), { code: 'NOTHING_TO_RECALL' });
      return sink.write(deliveries);
    });
  },
});
