// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHmac, createPublicKey, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { Tokens, tokenSeconds } from './tokens';
import type { HubKeys } from '../platform';

const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ours = pair();
const municipality = { municipalityCode: '990019' };
const keys = { signing: { kid: 's-1', privateKey: ours.privateKey } } as unknown as HubKeys;
const at = new Date('2026-11-21T09:00:00Z');
const seconds = Math.floor(at.getTime() / 1000);

const tokensAt = (now: Date) => new Tokens({ now: () => now }, keys, municipality);
const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');

const goodHeader = { alg: 'ES256', typ: 'at+jwt', kid: 's-1' };
const goodClaims = {
  iss: 'urn:tsunagi:990019',
  sub: 'demo-kaigo',
  aud: 'tsunagi-hub',
  iat: seconds,
  exp: seconds + 600,
  jti: 'j-1',
};
const without = (name: keyof typeof goodClaims) =>
  Object.fromEntries(Object.entries(goodClaims).filter(([key]) => key !== name));

function signed(header: object, claims: object, key: KeyObject = ours.privateKey): string {
  const body = `${encode(header)}.${encode(claims)}`;
  const signature = createSign('sha256').update(body).sign({ key, dsaEncoding: 'ieee-p1363' });
  return `${body}.${signature.toString('base64url')}`;
}

function byHmac(secret: Buffer | string): string {
  const body = `${encode({ ...goodHeader, alg: 'HS256' })}.${encode(goodClaims)}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

const publicKey = createPublicKey(ours.privateKey);
const spki = { type: 'spki' } as const;
const stranger = pair().privateKey;
const [head = '', , tail = ''] = signed(goodHeader, goodClaims).split('.');

describe('an access token', () => {
  it('is taken when it is as the hub issues them', () => {
    expect(tokensAt(at).clientOf(signed(goodHeader, goodClaims))).toBe('demo-kaigo');
    expect(tokensAt(at).clientOf(tokensAt(at).issue('demo-konkyu').token)).toBe('demo-konkyu');
  });

  it('counts for 15 minutes and no longer, also when it was seen before', () => {
    let now = at;
    const tokens = new Tokens({ now: () => now }, keys, municipality);
    const { token, expiresIn } = tokens.issue('demo-kaigo');
    expect(expiresIn).toBeLessThanOrEqual(900);
    now = new Date(at.getTime() + (tokenSeconds - 1) * 1000);
    expect(tokens.clientOf(token)).toBe('demo-kaigo');
    now = new Date(at.getTime() + tokenSeconds * 1000);
    expect(() => tokens.clientOf(token)).toThrow(expect.objectContaining({ code: 'NOT_SIGNED_IN' }));
  });

  it.each<[string, string]>([
    ['is empty', ''],
    ['is no token', 'abc'],
    ['says alg none', `${encode({ ...goodHeader, alg: 'none' })}.${encode(goodClaims)}.`],
    ['says alg none and keeps a signature', `${encode({ ...goodHeader, alg: 'none' })}.${encode(goodClaims)}.${tail}`],
    ['is signed with the public key as PEM (HS256)', byHmac(publicKey.export({ ...spki, format: 'pem' }))],
    ['is signed with the public key as DER (HS256)', byHmac(publicKey.export({ ...spki, format: 'der' }))],
    ['is signed with an empty secret (HS256)', byHmac('')],
    ['says another algorithm', signed({ ...goodHeader, alg: 'ES384' }, goodClaims)],
    ['is signed by a stranger', signed(goodHeader, goodClaims, stranger)],
    [
      'is signed by a stranger and brings the key',
      signed({ ...goodHeader, jwk: createPublicKey(stranger).export({ format: 'jwk' }) }, goodClaims, stranger),
    ],
    [
      'is signed by a stranger and says where the key is',
      signed({ ...goodHeader, jku: 'https://example.org/k', x5u: 'https://example.org/c' }, goodClaims, stranger),
    ],
    ['names a foreign key', signed({ ...goodHeader, kid: 's-2' }, goodClaims)],
    ['names no key', signed({ alg: 'ES256', typ: 'at+jwt' }, goodClaims)],
    ['is of another type', signed({ ...goodHeader, typ: 'JWT' }, goodClaims)],
    ['is of no type', signed({ alg: 'ES256', kid: 's-1' }, goodClaims)],
    ['has an unknown crit', signed({ ...goodHeader, crit: ['b64'], b64: false }, goodClaims)],
    ['has an empty crit', signed({ ...goodHeader, crit: [] }, goodClaims)],
    ['is for another audience', signed(goodHeader, { ...goodClaims, aud: 'elsewhere' })],
    ['is for several audiences', signed(goodHeader, { ...goodClaims, aud: ['tsunagi-hub', 'elsewhere'] })],
    ['comes from another issuer', signed(goodHeader, { ...goodClaims, iss: 'urn:tsunagi:990027' })],
    ['has expired', signed(goodHeader, { ...goodClaims, iat: seconds - 700, exp: seconds - 1 })],
    ['counts too long', signed(goodHeader, { ...goodClaims, exp: seconds + 3_600 })],
    ['does not count yet', signed(goodHeader, { ...goodClaims, nbf: seconds + 60 })],
    ['has an exp that is no number', signed(goodHeader, { ...goodClaims, exp: String(seconds + 600) })],
    ['has an empty subject', signed(goodHeader, { ...goodClaims, sub: '' })],
    ...(['iss', 'sub', 'aud', 'exp', 'iat', 'jti'] as const).map((name): [string, string] => [
      `lacks ${name}`,
      signed(goodHeader, without(name)),
    ]),
    ['was tampered with', `${head}.${encode({ ...goodClaims, sub: 'demo-cli' })}.${tail}`],
    ['lost its signature', `${head}.${encode(goodClaims)}.`],
    ['has a signature of zeros', `${head}.${encode(goodClaims)}.${Buffer.alloc(64).toString('base64url')}`],
  ])('is refused when it %s', (_, token) => {
    expect(() => tokensAt(at).clientOf(token)).toThrow(expect.objectContaining({ code: 'NOT_SIGNED_IN' }));
  });
});
