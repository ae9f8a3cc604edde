// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountUrl } from './account-url';

describe("the broker's address of a plugin", () => {
  let secretsDir: string;
  beforeEach(async () => (secretsDir = await mkdtemp(join(tmpdir(), 'tsunagi-secrets-'))));
  afterEach(() => rm(secretsDir, { recursive: true }));
  const of = (url: string) => accountUrl(url, { plugin: 'kaigo', account: 'plugin.kaigo', secretsDir });

  it('is the given one when there is no password of its own', async () => {
    expect(await of('amqp://plugin.kaigo:x@host/vhost')).toBe('amqp://plugin.kaigo:x@host/vhost');
  });

  it('has the account of the plugin and its password, whatever characters are in it', async () => {
    await writeFile(join(secretsDir, 'amqp-kaigo'), 'p@ss/wörd\n');
    const url = new URL(await of('amqp://guest:guest@host:5673/vhost?heartbeat=5'));
    expect([decodeURIComponent(url.username), decodeURIComponent(url.password)]).toEqual(['plugin.kaigo', 'p@ss/wörd']);
    expect([url.host, url.pathname, url.search]).toEqual(['host:5673', '/vhost', '?heartbeat=5']);
  });
});
