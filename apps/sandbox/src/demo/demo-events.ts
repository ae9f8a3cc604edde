// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { EventIntent } from '../kosodate/child-event';

/** What the こども家庭センター asks for first. */
export const demoEvents: readonly EventIntent[] = [
  // Expects a child, worries how to live on then, and agreed.
  { about: 'expectant', to: '4' },
  { about: 'expectant', to: '2' },
  // Of a child of two whoever has custody has a say: it waits for that.
  { about: 'child', to: '2' },
];
