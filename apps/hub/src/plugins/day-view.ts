// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CountedDay } from '@tsunagi/contracts';
import type { PluginDayRow } from './day-counts.rows';

/** A day that was compared, as IT staff see it. A difference that was found once may be none: it is counted again. */
export function dayView({ day, counted_at, code, counts, differs_since, told }: PluginDayRow): CountedDay {
  return {
    day,
    ...(counted_at && { countedAt: counted_at.toISOString() }),
    ...(code !== null && { code }),
    ...(told && differs_since && { differsSince: differs_since.toISOString() }),
    counts: (counts ?? []).map(({ files, ...count }) => ({ ...count, ...(files && { files: [...files] }) })),
  };
}
