// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** How a setting names a secret. The secret itself never enters settings, messages or logs. */
export const secretRef = z
  .strictObject({
    secretRef: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
      .meta({ title: '秘密情報の名前', description: 'TSUNAGI_SECRETS_DIR にあるファイルの名前' }),
  })
  .meta({ title: '秘密情報の参照' });
export type SecretRef = z.infer<typeof secretRef>;

export interface Secrets {
  /** @throws SecretMissingError */
  read(ref: SecretRef): Promise<string>;
}

/** A secret that the settings refer to is not there. */
export class SecretMissingError extends Error {
  readonly code = 'SECRET_MISSING';

  constructor(readonly ref: string) {
    super(`secret ${ref} cannot be read`);
    this.name = 'SecretMissingError';
  }
}

/** Reads `<folder>/<name>`, one secret per file, without the line end at its end. */
export function secretsIn(folder: string): Secrets {
  return {
    read: async (ref) => {
      const { secretRef: name } = secretRef.parse(ref);
      try {
        return (await readFile(join(folder, name), 'utf8')).replace(/\r?\n$/, '');
      } catch {
        throw new SecretMissingError(name);
      }
    },
  };
}
