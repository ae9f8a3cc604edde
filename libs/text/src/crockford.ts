// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** A text is neither a UUID nor its 26 characters in base32. */
export class InvalidIdError extends Error {
  readonly code = 'E-ID';

  constructor() {
    super('not a UUID, or not 26 characters of Crockford base32');
    this.name = new.target.name;
  }
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * A UUID as 26 capitals of Crockford base32 (128 bits), as ids of the hub are written into legacy systems, on paper and on screen.
 * @throws InvalidIdError
 */
export function uuidToBase32(uuid: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(uuid)) throw new InvalidIdError();
  let rest = BigInt(`0x${uuid.replaceAll('-', '')}`);
  let text = '';
  for (let place = 0; place < 26; place += 1) {
    text = ALPHABET[Number(rest & 31n)]! + text;
    rest >>= 5n;
  }
  return text;
}

/**
 * Back to a UUID in small letters. Forgives what people copy: small letters, I and L for 1, O for 0.
 * @throws InvalidIdError
 */
export function base32ToUuid(text: string): string {
  const plain = text.toUpperCase().replace(/[IL]/g, '1').replaceAll('O', '0');
  // 26 characters hold 130 bits; the first one may only fill three of its five.
  if (text.length !== 26 || !/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(plain)) throw new InvalidIdError();
  let value = 0n;
  for (const char of plain) value = (value << 5n) | BigInt(ALPHABET.indexOf(char));
  return value
    .toString(16)
    .padStart(32, '0')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
