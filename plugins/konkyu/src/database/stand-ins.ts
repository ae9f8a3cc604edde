// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { LegacyDatabase } from '@tsunagi/plugin-sdk';

const standing = new Map<string, LegacyDatabase>();
let places = 0;

/** Puts this in the place of a database, under a connection string that leads nowhere else. */
export function standIn(database: LegacyDatabase): { readonly url: string; readonly leave: () => void } {
  places += 1;
  const url = `verify://${places}`;
  standing.set(url, database);
  return { url, leave: () => void standing.delete(url) };
}

/** Where nobody has put one, a connection string of that kind is none. */
export const standInAt = (url: string): LegacyDatabase | undefined => standing.get(url);
