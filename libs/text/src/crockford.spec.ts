// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { base32ToUuid, InvalidIdError, uuidToBase32 } from './crockford';

describe('ids of the hub in legacy systems', () => {
  it.each([
    ['00000000-0000-0000-0000-000000000000', '00000000000000000000000000'],
    ['ffffffff-ffff-ffff-ffff-ffffffffffff', '7ZZZZZZZZZZZZZZZZZZZZZZZZZ'],
    ['00000000-0000-0000-0000-000000000020', '00000000000000000000000010'],
    ['01903f5e-8a3b-7c4d-9e6f-123456789abc', '01J0ZNX2HVFH6SWVRJ6HB7H6NW'],
  ])('%s is written %s', (uuid, text) => {
    expect(uuidToBase32(uuid)).toBe(text);
    expect(base32ToUuid(text)).toBe(uuid);
  });

  it('come back the same, in capitals or small letters', () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        const text = uuidToBase32(uuid.toUpperCase());
        expect(text).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
        expect(base32ToUuid(text)).toBe(uuid);
        expect(base32ToUuid(text.toLowerCase())).toBe(uuid);
      }),
    );
  });

  it('keep their order', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (one, other) => {
        expect(uuidToBase32(one) < uuidToBase32(other)).toBe(one < other);
      }),
    );
  });

  it('forgive I and L for 1, and O for 0', () => {
    expect(base32ToUuid('OOOOOOOOOOOOOOOOOOOOOOOOIl')).toBe(base32ToUuid('00000000000000000000000011'));
  });

  it.each([
    ['nothing', ''],
    ['25 characters', '0'.repeat(25)],
    ['27 characters', '0'.repeat(27)],
    ['more than 128 bits', `8${'0'.repeat(25)}`],
    ['the letter U', `0U${'0'.repeat(24)}`],
    ['a hyphen', `0-${'0'.repeat(24)}`],
    ['full-width digits', '０'.repeat(26)],
    ['a letter that capitals make longer', `ß${'0'.repeat(24)}`],
  ])('refuse %s', (_, text) => {
    expect(() => base32ToUuid(text)).toThrow(InvalidIdError);
  });

  it.each(['', 'ffffffff', 'ffffffffffffffffffffffffffffffff', 'gfffffff-ffff-ffff-ffff-ffffffffffff'])(
    'are not made of %j, and the error does not repeat it',
    (text) => {
      expect(() => uuidToBase32(text)).toThrow('not a UUID, or not 26 characters of Crockford base32');
    },
  );
});
