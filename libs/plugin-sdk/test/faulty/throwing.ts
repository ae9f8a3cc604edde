// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type Letter, readLine, soundPlugin } from './sound';

/** Trusts that every line is JSON. */
export const throwing = soundPlugin({
  id: 'throwing',
  readLine: (line) => {
    const { key } = JSON.parse(line) as Letter;
    return key === undefined ? { code: 'E-ROW' } : readLine(line);
  },
});
