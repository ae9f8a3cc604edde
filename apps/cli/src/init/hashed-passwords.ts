// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

/** Nobody has to type it, so it may be long; letters and digits only, so it stands in a URL or a shell as it is. */
export const newPassword = (): string => randomBytes(24).toString('hex');

/** As RabbitMQ keeps a password (`rabbit_password_hashing_sha256`): salt and hash of both. */
export function rabbitHash(password: string, salt = randomBytes(4)): string {
  const hash = createHash('sha256').update(salt).update(password, 'utf8').digest();
  return Buffer.concat([salt, hash]).toString('base64');
}

/** PostgreSQL's own default; with 192 random bits more rounds would only slow the sign-in down. */
const rounds = 4096;

/** As PostgreSQL keeps a password (SCRAM-SHA-256, RFC 5803), so that the file with the roles holds none. */
export function scramVerifier(password: string, salt = randomBytes(16)): string {
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256');
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(hmac('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${hmac('Server Key').toString('base64')}`;
}
