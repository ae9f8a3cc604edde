// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readLine, soundPlugin } from './sound';

/** Says in its log what it could not read. */
export const leaking = soundPlugin({
  id: 'leaking',
  readLine: (line, log) => {
    const letter = readLine(line);
    if ('code' in letter) log.warn({ line: line.slice(0, 200) }, 'record refused');
    return letter;
  },
});
