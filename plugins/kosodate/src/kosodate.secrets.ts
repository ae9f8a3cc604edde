// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { SecretRef, Secrets } from '@tsunagi/plugin-sdk';
import type { KosodateConfig } from './kosodate.config';

/** A secret that could be guessed proves nothing (RFC 7518: at least as long as the hash). */
export class SecretTooShortError extends Error {
  readonly code = 'SECRET_TOO_SHORT';

  constructor(readonly ref: string) {
    super(`secret ${ref} has less than 32 bytes`);
    this.name = 'SecretTooShortError';
  }
}

/** @throws SecretMissingError, SecretTooShortError */
export async function readSecrets(
  secrets: Secrets,
  config: Pick<KosodateConfig, 'clientSecret' | 'signatureSecret' | 'callbackSecret'>,
): Promise<{ client: string | undefined; signature: string | undefined; callback: string }> {
  const { clientSecret, signatureSecret, callbackSecret } = config;
  const read = async (ref: SecretRef): Promise<string> => {
    const secret = await secrets.read(ref);
    if (Buffer.byteLength(secret) < 32) throw new SecretTooShortError(ref.secretRef);
    return secret;
  };
  return {
    client: clientSecret && (await read(clientSecret)),
    signature: signatureSecret && (await read(signatureSecret)),
    callback: await read(callbackSecret),
  };
}
