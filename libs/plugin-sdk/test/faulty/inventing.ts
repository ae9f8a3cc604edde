// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { soundPlugin, toSubmission } from './sound';

/** Has a birthday for everybody. */
export const inventing = soundPlugin({
  id: 'inventing',
  toSubmission: (letter) => toSubmission({ ...letter, birth: letter.birth === '' ? '1900-01-01' : letter.birth }),
});
