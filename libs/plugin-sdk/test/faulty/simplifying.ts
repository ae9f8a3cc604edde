// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { soundPlugin, toSubmission } from './sound';

/** Writes every name with the plain form of its characters. */
export const simplifying = soundPlugin({
  id: 'simplifying',
  toSubmission: (letter) =>
    toSubmission({ ...letter, name: letter.name.replaceAll('髙', '高').replaceAll('﨑', '崎') }),
});
