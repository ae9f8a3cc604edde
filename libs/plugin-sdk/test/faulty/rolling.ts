// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readLine, soundPlugin } from './sound';

/** Takes the day that a computer makes of 29 February in an ordinary year: 1 March. */
export const rolling = soundPlugin({
  id: 'rolling',
  readLine: (line) =>
    readLine(
      line.replace(/"birth":"(\d{4})-(\d{2})-(\d{2})"/, (_, year: string, month: string, day: string) => {
        const meant = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
        return `"birth":"${meant.toISOString().slice(0, 10)}"`;
      }),
    ),
});
