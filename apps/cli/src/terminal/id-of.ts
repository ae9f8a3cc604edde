// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { base32ToUuid } from '@tsunagi/plugin-sdk';
import { z } from 'zod';
import { CliError } from '../cli.error';

/** An id as the hub shows it, or in the 26 characters of paper and legacy files. @throws CliError `unknown` */
export function idOf(
  text: string,
  unknown: 'REFERRAL_UNKNOWN' | 'PERSON_UNKNOWN' | 'DELIVERY_UNKNOWN' | 'ROW_UNKNOWN',
): string {
  const uuid = z.uuid().safeParse(text.toLowerCase());
  if (uuid.success) return uuid.data;
  try {
    return base32ToUuid(text);
  } catch {
    throw new CliError(unknown);
  }
}
