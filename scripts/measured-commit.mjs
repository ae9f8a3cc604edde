// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { execFileSync } from 'node:child_process';

const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trim();

/** What a report is about. Reports that were written a moment ago are no part of it. */
export function measuredCommit() {
  const isDirty = git('status', '--porcelain', '--untracked-files=no', '--', ':/', ':(top,exclude)docs/reports') !== '';
  return `${git('rev-parse', '--short', 'HEAD')}${isDirty ? '-dirty' : ''}`;
}
