// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** The group without the items that are absent; `undefined` when none is there, so that its mask bit stays 0. */
export function present<T extends object>(group: T): T | undefined {
  let found: T | undefined;
  for (const key in group) {
    if (group[key] === undefined) continue;
    found ??= {} as T;
    found[key] = group[key];
  }
  return found;
}
