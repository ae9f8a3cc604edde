// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHmac } from 'node:crypto';
import { signatureFault, signatureOf } from './signature';

const secret = 'signature-secret-of-thirty-two-bytes-or-more';
const now = new Date('2026-11-20T09:00:00+09:00');
const seconds = now.getTime() / 1000;
const signed = (changes: Partial<Parameters<typeof signatureOf>[1]> = {}) => ({
  method: 'POST',
  path: '/plugins/kosodate/v1/events',
  timestamp: String(seconds),
  body: Buffer.from('{"a":"あ"}'),
  ...changes,
});
const fault = (request = signed(), signature = signatureOf(secret, signed())) =>
  signatureFault(secret, signature, request, now);

describe('a signature', () => {
  it('is HMAC-SHA-256 over time, method, path and the bytes of the body', () => {
    const text = `${seconds}\nPOST\n/plugins/kosodate/v1/events\n{"a":"あ"}`;
    expect(signatureOf(secret, signed())).toBe(`v1=${createHmac('sha256', secret).update(text).digest('hex')}`);
    expect(fault()).toBeUndefined();
  });

  it.each([
    ['another body', signed({ body: Buffer.from('{"a":"い"}') })],
    ['another path', signed({ path: '/plugins/kosodate/v1/responses' })],
    ['another method', signed({ method: 'PUT' })],
    ['another time', signed({ timestamp: String(seconds + 1) })],
    ['a time that is part of the method', signed({ timestamp: `${seconds}\nPOST` })],
  ])('is of no worth for %s', (_, request) => {
    expect(fault(request)).toBe('S-SIGNATURE');
  });

  it.each([
    '',
    'v1=',
    'v2=' + 'a'.repeat(64),
    'v1=' + 'a'.repeat(63),
    'v1=' + 'g'.repeat(64),
    'v1=' + 'a'.repeat(64),
    'v1=' + 'a'.repeat(66),
  ])('is not %j', (signature) => {
    expect(fault(signed(), signature)).toBe('S-SIGNATURE');
  });

  it.each([
    [-301, 'S-TIMESTAMP'],
    [-300, undefined],
    [300, undefined],
    [301, 'S-TIMESTAMP'],
  ])('made %d seconds from now: %s', (offset, expected) => {
    const request = signed({ timestamp: String(seconds + offset) });
    expect(fault(request, signatureOf(secret, request))).toBe(expected);
  });

  it.each(['', 'now', '1e9', '-1', '9999999999999'])('with the time %j is not of now', (timestamp) => {
    const request = signed({ timestamp });
    expect(fault(request, signatureOf(secret, request))).toBe('S-TIMESTAMP');
  });
});
