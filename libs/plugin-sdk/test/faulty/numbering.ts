// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { record, soundPlugin } from './sound';

/** Does not look for a number that nobody may pass on. */
export const numbering = soundPlugin({
  id: 'numbering',
  readLine: (line) => {
    try {
      return record.safeParse(JSON.parse(line)).data ?? { code: 'E-ROW' };
    } catch {
      return { code: 'E-ROW' };
    }
  },
});
