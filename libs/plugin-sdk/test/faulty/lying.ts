// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { referralLine, soundPlugin } from './sound';

/** Writes no address, and does not say so. */
export const lying = soundPlugin({
  id: 'lying',
  toLine: (delivery) => ({ ...referralLine(delivery), contact: undefined }),
});
