// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ControlCount } from '@tsunagi/contracts';

/**
 * How much of one thing the legacy system holds of a day, looked up in the system itself and never in what the plugin
 * remembers: `count` is left out where the system cannot be asked, and never made up. Of a file, `items` is what the names
 * of its items begin with, before the slash. No row and no number of anybody.
 */
export type DayCount = Omit<ControlCount, 'source'>;
