// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type Door,
  type DoorAnswer,
  type DoorRequest,
  readJson,
  refusalAnswer,
  RefusedRequestError,
} from '@tsunagi/plugin-sdk/http';
import { type Access, admit } from './access';
import type { AccessTokens, Scope } from './tokens';

type Body = Readonly<Record<string, unknown>>;

/** A room behind the door: what may come there, and what becomes of it. */
export interface Room {
  readonly scope: Scope;
  /** Field of the body by which a repeat is known; its Idempotency-Key. */
  readonly key: string;
  take(body: Body, requestId: string): Promise<DoorAnswer>;
}

const root = '/plugins/kosodate/v1';

/** `POST …/v1/events`, `…/v1/responses` and `…/v1/token`. */
export function kosodateDoor(access: Access, rooms: { readonly events: Room; readonly responses: Room }): Door {
  return async (request) => {
    const place = request.path.startsWith(`${root}/`) ? request.path.slice(root.length + 1) : '';
    if (place === 'token' && access.tokens) return issue(access.tokens, allowPost(request));
    if (place !== 'events' && place !== 'responses') throw new RefusedRequestError(404, 'E-PATH');
    const room = rooms[place];
    const proven = admit(access, allowPost(request), room.scope);
    const body = readJson(request);
    checkKey(request, body[room.key], proven);
    return room.take(body, request.requestId);
  };
}

function allowPost(request: DoorRequest): DoorRequest {
  if (request.method !== 'POST') throw new RefusedRequestError(405, 'E-METHOD', { headers: { Allow: 'POST' } });
  return request;
}

/** Whoever signs says with the key that the request may come again; with a token it is the sender's choice. */
function checkKey({ headers }: DoorRequest, own: unknown, proven: 'token' | 'signature'): void {
  const key = headers['idempotency-key'];
  if (key === undefined && proven === 'signature') throw new RefusedRequestError(400, 'E-KEY');
  if (key !== undefined && key !== own) throw new RefusedRequestError(422, 'E-KEY');
}

/** In the words of RFC 6749, which every client library reads. */
function issue(tokens: AccessTokens, { headers, body, requestId }: DoorRequest): DoorAnswer {
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers['content-type'] ?? ''))
    throw new RefusedRequestError(415, 'E-TYPE');
  const issued = tokens.issue(body.toString('utf8'));
  if (issued.ok) {
    const { token, expiresIn, scope } = issued;
    return { status: 200, body: { access_token: token, token_type: 'Bearer', expires_in: expiresIn, scope } };
  }
  const status = issued.error === 'invalid_client' ? 401 : 400;
  const answer = refusalAnswer(new RefusedRequestError(status, 'S-CLIENT'), requestId);
  return { ...answer, headers: { 'Content-Type': 'application/json' }, body: { error: issued.error, ...answer.body } };
}
