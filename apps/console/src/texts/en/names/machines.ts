// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Names } from '../../vocabulary';

/** What the hub looks into of itself. */
export const machines = {
  lookedIntoNames: {
    hub: 'Hub',
    database: 'Database',
    migrations: 'Tables of the database',
    broker: 'Message broker',
    clock: 'Clock',
    keys: 'Key file',
    data: 'Data folder',
    disk: 'Disk',
    legal: 'Legal bases',
    plugin: 'Plugin',
  },
} satisfies Partial<Names>;
