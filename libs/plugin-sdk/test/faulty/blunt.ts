// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { soundPlugin, toSubmission } from './sound';

/** Writes a character that it does not know as ?, and says nothing of it. */
export const blunt = soundPlugin({
  id: 'blunt',
  toSubmission: (letter) => toSubmission({ ...letter, name: letter.name.replace(/[\ue000-\uf8ff]/gu, '?') }),
});
