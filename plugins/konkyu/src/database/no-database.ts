// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { LegacyDatabase } from '@tsunagi/plugin-sdk';

class NoDatabaseError extends Error {
  readonly code = 'NO_DATABASE';
}
const never = () => Promise.reject(new NoDatabaseError('only files are tried'));

/** Where files alone are tried, nobody's database is opened. */
export const noDatabase: LegacyDatabase = {
  read: never,
  tryRead: never,
  insertIfAbsent: never,
  tryInsert: never,
  close: () => Promise.resolve(),
};
