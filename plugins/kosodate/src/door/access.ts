// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Clock } from '@tsunagi/plugin-sdk';
import { type DoorRequest, RefusedRequestError } from '@tsunagi/plugin-sdk/http';
import { signatureFault, signatureHeader, timestampHeader } from './signature';
import type { AccessTokens, Scope } from './tokens';

export interface Access {
  readonly tokens: AccessTokens | undefined;
  readonly signatureSecret: string | undefined;
  readonly clock: Clock;
}

/**
 * Who may: the bearer of a token with this scope, or who has signed the request.
 * @returns how it was proven
 * @throws RefusedRequestError 401, or 403 where the token is good for something else
 */
export function admit({ tokens, signatureSecret, clock }: Access, request: DoorRequest, scope: Scope) {
  const { headers, method, path, body } = request;
  const bearer = /^Bearer ([A-Za-z0-9_-]{1,200})$/i.exec(headers.authorization ?? '')?.[1];
  if (tokens && bearer !== undefined) {
    const granted = tokens.scopesOf(bearer);
    if (granted === undefined) throw unauthenticated('S-UNAUTHENTICATED', 'error="invalid_token"');
    if (!granted.includes(scope)) throw new RefusedRequestError(403, 'S-SCOPE');
    return 'token';
  }
  const signature = headers[signatureHeader];
  if (signatureSecret === undefined || typeof signature !== 'string') throw unauthenticated('S-UNAUTHENTICATED');
  const timestamp = headers[timestampHeader];
  const signed = { method, path, body, timestamp: typeof timestamp === 'string' ? timestamp : '' };
  const fault = signatureFault(signatureSecret, signature, signed, clock.now());
  if (fault !== undefined) throw unauthenticated(fault);
  return 'signature';
}

function unauthenticated(code: 'S-UNAUTHENTICATED' | 'S-SIGNATURE' | 'S-TIMESTAMP', more = ''): RefusedRequestError {
  const challenge = `Bearer realm="kosodate"${more && `, ${more}`}`;
  return new RefusedRequestError(401, code, { headers: { 'WWW-Authenticate': challenge } });
}
