// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { id } from '@tsunagi/domain';
import { z } from 'zod';

/** GET /events. A browser's EventSource sets no header, so the function acted for may stand here. */
export const eventsQuery = z.strictObject({
  function: id.describe('この窓口としてだけ聞く。なければ、属するすべての窓口。').optional(),
});
export type EventsQuery = z.infer<typeof eventsQuery>;

/** Data of the event `changed`: ids only. What has become of them, whoever listens reads anew. */
export const streamChange = z.strictObject({
  referrals: z.array(id),
  /** More than are named: read the queue anew. */
  more: z.literal(true).optional(),
  todos: z.literal(true).optional(),
});
export type StreamChange = z.infer<typeof streamChange>;
