// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isLaterVersion, readEcho, receiptId, writeEcho } from './record-key';

describe('the version of a record', () => {
  it.each([
    ['2', '1', true],
    ['10', '9', true],
    ['9', '10', false],
    ['1', '1', false],
    ['01', '1', false],
    ['20261110103000', '20261110102959', true],
    ['2026-11-10T10:30:00', '2026-11-10T09:30:00', true],
    ['v2', 'v1', true],
    ['1', undefined, true],
    [undefined, '1', false],
    [undefined, undefined, false],
  ])('%s is later than %s: %s', (version, than, expected) => {
    expect(isLaterVersion(version, than)).toBe(expected);
  });
});

describe('the keys that come back', () => {
  it('are those that went', () => {
    const key = { eventId: 'EV-1', domain: '', isNotDisclosed: true };
    expect(readEcho(writeEcho(key))).toEqual(key);
  });

  it.each([undefined, '', 'x', '[]', '["a","7",false]', '["a","1","false"]', '{"eventId":"a"}'])(
    'are none in %j',
    (text) => {
      expect(readEcho(text)).toBeUndefined();
    },
  );
});

describe('a receipt', () => {
  it('is the same for the same record and content, and another for any other', () => {
    expect(receiptId('a', 'b')).toBe(receiptId('a', 'b'));
    expect(new Set([receiptId('a', 'b'), receiptId('a', 'c'), receiptId('b', 'b')]).size).toBe(3);
  });
});
