// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import { soundPlugin, toSubmission } from './sound';

/** Knows people by their names and birthdays. */
export const merging = soundPlugin({
  id: 'merging',
  toSubmission: (letter) => {
    const key = createHash('sha256').update(`${letter.name}/${letter.birth}`).digest('hex').slice(0, 20);
    const mapped = toSubmission(letter);
    return mapped.ok ? { ...mapped, value: { ...mapped.value, source: { ...mapped.value.source, key } } } : mapped;
  },
});
