// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The broker's address with a plugin's own account, whose password lies in `amqp-<plugin>` among the secrets. Without that
 * file the address is used as it is, so it must hold the plugin's account itself.
 */
export async function accountUrl(
  amqpUrl: string,
  options: { plugin: string; account: string; secretsDir: string },
): Promise<string> {
  const password = await readPassword(join(options.secretsDir, `amqp-${options.plugin}`));
  if (password === undefined) return amqpUrl;
  const url = new URL(amqpUrl);
  url.username = encodeURIComponent(options.account);
  url.password = encodeURIComponent(password);
  return url.href;
}

async function readPassword(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
