// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type Fitted, fits, leftOut } from './fitted';

/** A telephone number for an 英数 field. Brackets become hyphens; where it is too long, its digits alone are the number. */
export function telephoneField(text: string, maxBytes: number): Fitted {
  const plain = text
    .normalize('NFKC')
    .replace(/[\p{Pd}ーｰ−()]/gu, '-')
    .replace(/[- ]*-[- ]*/g, '-')
    .replace(/^[- ]+|[- ]+$/g, '');
  if (!/^[0-9 -]*[0-9]$/.test(plain)) return leftOut('W-ATTR');
  if (plain.length <= maxBytes) return fits(plain);
  const digits = plain.replace(/[^0-9]/g, '');
  return digits.length <= maxBytes ? fits(digits) : leftOut('W-LENGTH');
}
