// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isAscii, isUtf8 } from 'node:buffer';
import type { Encoding } from './raw-field';

/** Why a file cannot be read as it was agreed. Its encoding is never guessed, but another one is noticed. */
export function otherEncoding(file: Buffer, agreed: Encoding): 'E-ENCODING' | 'E-UTF8' | null {
  if (agreed === 'utf-8') return isUtf16(file) || !isUtf8(file) ? 'E-UTF8' : null;
  return isUtf16(file) || isUtf8Text(file) ? 'E-ENCODING' : null;
}

/**
 * Japanese in UTF-8 has characters of three bytes, from 0xE0; a CP932 file can hold such bytes too, but hardly be valid
 * UTF-8 all through. Read as CP932 it would turn into other kanji without anything to notice.
 */
export function isUtf8Text(file: Buffer): boolean {
  return !isAscii(file) && isUtf8(file) && file.some((byte) => byte >= 0xe0);
}

export function isUtf16(file: Buffer): boolean {
  return file.includes(0) || ['fffe', 'feff'].includes(file.subarray(0, 2).toString('hex'));
}
