// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readLine, soundPlugin } from './sound';

/** Its table of eras ends with 平成. */
export const outdated = soundPlugin({
  id: 'outdated',
  readLine: (line) => {
    const letter = readLine(line);
    return 'birth' in letter && letter.birth >= '2019-05-01' ? { code: 'E-ERA' } : letter;
  },
});
