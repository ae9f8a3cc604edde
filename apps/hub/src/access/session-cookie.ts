// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Request } from 'express';
import { sessionSeconds } from './sessions.service';

const name = 'tsunagi_session';

/**
 * Secure everywhere but in a trial on one machine. A hub at work listens on this machine too, behind the proxy that speaks
 * TLS; and browsers take such a cookie from a loopback address as well.
 */
export const needsTls = ({ embedded }: { embedded: boolean }) => !embedded;

export function sessionCookie(token: string, secure: boolean): string {
  const age = token === '' ? 0 : sessionSeconds;
  return `${name}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${age}${secure ? '; Secure' : ''}`;
}

export function sessionTokenOf(request: Request): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=');
    if (key === name && value) return value;
  }
  return undefined;
}
