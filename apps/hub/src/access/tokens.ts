// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createPublicKey, type KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { sign, verify, type Jwt } from 'jsonwebtoken';
import { z } from 'zod';
import { NotSignedInError } from './access.errors';
import type { HubConfig } from '../hub.config';
import { Clock, HUB_CONFIG, HUB_KEYS, newId, type HubKeys } from '../platform';

/** Exactly one algorithm, with a KeyObject: key confusion has nothing to work on. */
const algorithm = 'ES256';
const type = 'at+jwt';
const audience = 'tsunagi-hub';
export const tokenSeconds = 900;

// Loose: what else a token says is not read.
const header = z.looseObject({
  alg: z.literal(algorithm),
  typ: z.literal(type),
  kid: z.string(),
  crit: z.undefined().optional(),
});
const claims = z.looseObject({
  iss: z.string(),
  sub: z.string().min(1),
  aud: z.literal(audience),
  exp: z.int(),
  iat: z.int(),
  jti: z.string().min(1),
});

/** Tokens seen lately need not be verified again; the bound keeps a flood of them out of memory. */
const remembered = 10_000;

/**
 * Access tokens of machine clients (RFC 9068). The only module that may import jsonwebtoken. Key references inside a token
 * (`jku`, `x5u`, `jwk`) are never read; a `crit` is always refused, because nothing critical is understood.
 */
@Injectable()
export class Tokens {
  private readonly publicKey: KeyObject;
  private readonly issuer: string;
  private readonly verified = new Map<string, { client: string; exp: number }>();

  constructor(
    private readonly clock: Clock,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
    @Inject(HUB_CONFIG) config: Pick<HubConfig, 'municipalityCode'>,
  ) {
    this.publicKey = createPublicKey(keys.signing.privateKey);
    this.issuer = `urn:tsunagi:${config.municipalityCode}`;
  }

  issue(client: string): { token: string; expiresIn: number } {
    const iat = this.nowSeconds();
    const { kid, privateKey } = this.keys.signing;
    const payload = { iss: this.issuer, sub: client, aud: audience, iat, exp: iat + tokenSeconds, jti: newId() };
    const token = sign(payload, privateKey, { algorithm, header: { alg: algorithm, typ: type, kid } });
    return { token, expiresIn: tokenSeconds };
  }

  /** The client this token was issued to. @throws {NotSignedInError} without saying why. */
  clientOf(token: string): string {
    const known = this.verified.get(token);
    const now = this.nowSeconds();
    if (known && now < known.exp) return known.client;
    const { client, exp } = this.verify(token, now);
    if (this.verified.size >= remembered) this.verified.clear();
    this.verified.set(token, { client, exp });
    return client;
  }

  /** RFC 7517, public parts only. */
  jwks(): { keys: Record<string, unknown>[] } {
    const jwk = this.publicKey.export({ format: 'jwk' });
    return { keys: [{ ...jwk, kid: this.keys.signing.kid, alg: algorithm, use: 'sig' }] };
  }

  private verify(token: string, now: number): { client: string; exp: number } {
    try {
      const jwt: Jwt = verify(token, this.publicKey, {
        algorithms: [algorithm],
        issuer: this.issuer,
        audience,
        clockTimestamp: now,
        complete: true,
      });
      const { kid } = header.parse(jwt.header);
      const { sub, iat, exp } = claims.parse(jwt.payload);
      if (kid !== this.keys.signing.kid || exp <= now || exp - iat > tokenSeconds) throw new NotSignedInError();
      return { client: sub, exp };
    } catch {
      throw new NotSignedInError();
    }
  }

  private nowSeconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}
