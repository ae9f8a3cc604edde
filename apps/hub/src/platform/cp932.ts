// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { withWindowsForms } from '@tsunagi/text';
import { encode } from 'iconv-lite';

/** Stands for what CP932 cannot hold: a reader sees that something was there, as with no `?`. */
const geta = '〓';
const strict = new TextDecoder('shift_jis', { fatal: true });

/** A text in CP932, and how many of its characters that cannot hold. Each is read back: an encoder alone would change some. */
export function cp932WithLoss(text: string): { readonly bytes: Buffer; readonly lost: number } {
  const known = new Map<string, Buffer | undefined>();
  const bytesOf = (char: string) => {
    if (!known.has(char)) known.set(char, encodable(char));
    return known.get(char);
  };
  const stand = encode(geta, 'cp932');
  let lost = 0;
  const parts = [...withWindowsForms(text)].map((char) => {
    const bytes = bytesOf(char);
    if (!bytes) lost += 1;
    return bytes ?? stand;
  });
  return { bytes: Buffer.concat(parts), lost };
}

function encodable(char: string): Buffer | undefined {
  const bytes = encode(char, 'cp932');
  try {
    return strict.decode(bytes) === char ? bytes : undefined;
  } catch {
    return undefined;
  }
}
