// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Clock } from '@tsunagi/plugin-sdk';
import { createHash, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { verify } from 'jsonwebtoken';
import { z } from 'zod';

export const scopes = ['kosodate:referral:create', 'kosodate:response:create'] as const;
export type Scope = (typeof scopes)[number];

/** Exactly one algorithm, with a KeyObject: key confusion has nothing to work on. */
const algorithm = 'HS256';
const tokenSeconds = 900;
const longestAssertionSeconds = 300;
/** More than any honest client holds at a time; the bound keeps a flood out of memory. */
const mostRemembered = 1_000;

const tokenRequest = z.looseObject({
  grant_type: z.literal('client_credentials'),
  client_assertion_type: z.literal('urn:ietf:params:oauth:client-assertion-type:jwt-bearer'),
  client_assertion: z.string().min(1).max(4_000),
  scope: z.string().max(200).optional(),
});
// Loose: what else an assertion says is not read.
const assertion = z.looseObject({
  header: z.looseObject({ alg: z.literal(algorithm), crit: z.undefined().optional() }),
  payload: z.looseObject({ iat: z.int(), exp: z.int(), jti: z.string().min(8).max(100) }),
});

export type TokenFault = 'invalid_request' | 'unsupported_grant_type' | 'invalid_scope' | 'invalid_client';
export type IssuedToken =
  | { readonly ok: true; readonly token: string; readonly expiresIn: number; readonly scope: string }
  | { readonly ok: false; readonly error: TokenFault };

/**
 * Client credentials with `client_secret_jwt` (RFC 6749, 7523). The tokens are opaque, short-lived and kept here alone: after
 * a restart the client takes a new one. An assertion serves once, and none from before this start serves at all.
 */
export class AccessTokens {
  private readonly key: KeyObject;
  private readonly startedAt: number;
  private readonly tokens = new Map<string, { scopes: readonly Scope[]; expiresAt: number }>();
  private readonly used = new Map<string, number>();

  constructor(
    secret: string,
    private readonly client: { readonly id: string; readonly audience: string },
    private readonly clock: Clock,
  ) {
    this.key = createSecretKey(Buffer.from(secret));
    this.startedAt = this.nowSeconds();
  }

  /** @param form `application/x-www-form-urlencoded` */
  issue(form: string): IssuedToken {
    const fields = [...new URLSearchParams(form)];
    const asked = tokenRequest.safeParse(Object.fromEntries(fields));
    if (!asked.success || new Set(fields.map(([name]) => name)).size < fields.length) {
      const grant = asked.error?.issues.some(({ path }) => path[0] === 'grant_type');
      return { ok: false, error: grant === true ? 'unsupported_grant_type' : 'invalid_request' };
    }
    if (!this.proves(asked.data.client_assertion)) return { ok: false, error: 'invalid_client' };
    const wanted = asked.data.scope?.split(' ').filter((scope) => scope !== '') ?? [...scopes];
    const granted = scopes.filter((scope) => wanted.includes(scope));
    if (granted.length < wanted.length) return { ok: false, error: 'invalid_scope' };
    const token = randomBytes(32).toString('base64url');
    const now = this.nowSeconds();
    forget(this.tokens, ({ expiresAt }) => expiresAt <= now);
    for (const oldest of this.tokens.keys()) {
      if (this.tokens.size < mostRemembered) break;
      this.tokens.delete(oldest);
    }
    this.tokens.set(hashOf(token), { scopes: granted, expiresAt: now + tokenSeconds });
    return { ok: true, token, expiresIn: tokenSeconds, scope: granted.join(' ') };
  }

  /** Undefined: no token of ours, or not any more. */
  scopesOf(token: string): readonly Scope[] | undefined {
    const known = this.tokens.get(hashOf(token));
    return known && this.nowSeconds() < known.expiresAt ? known.scopes : undefined;
  }

  private proves(jwt: string): boolean {
    const now = this.nowSeconds();
    try {
      const { id, audience } = this.client;
      const verified = verify(jwt, this.key, {
        algorithms: [algorithm],
        issuer: id,
        subject: id,
        audience,
        clockTimestamp: now,
        complete: true,
      });
      const { iat, exp, jti } = assertion.parse(verified).payload;
      if (iat < this.startedAt || exp > now + longestAssertionSeconds || this.used.has(jti)) return false;
      forget(this.used, (until) => until <= now);
      if (this.used.size >= mostRemembered) return false;
      this.used.set(jti, exp);
      return true;
    } catch {
      return false;
    }
  }

  private nowSeconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64');

function forget<V>(known: Map<string, V>, isOver: (value: V) => boolean): void {
  for (const [key, value] of known) if (isOver(value)) known.delete(key);
}
