// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { soundPlugin, toSubmission } from './sound';

let read = 0;

/** Its mapping counts: the same record is another one the next time. */
export const moody = soundPlugin({
  id: 'moody',
  toSubmission: (letter) => {
    read += 1;
    const mapped = toSubmission(letter);
    if (!mapped.ok) return mapped;
    const { source } = mapped.value;
    return { ...mapped, value: { ...mapped.value, source: { ...source, echo: `${letter.key}-${read}` } } };
  },
});
