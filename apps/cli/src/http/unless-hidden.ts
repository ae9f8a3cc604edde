// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { CliError } from '../cli.error';

/** To one of several desks it may be absent while it is there for another. */
const hiddenCodes = ['REFERRAL_UNKNOWN', 'NOT_FOUND', 'ROLE_MISSING'];

export async function unlessHidden<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof CliError && hiddenCodes.includes(error.blanks['code'] ?? '')) return undefined;
    throw error;
  }
}
