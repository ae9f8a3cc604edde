// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { connectRabbit } from '@tsunagi/messaging';
import { hostname } from 'node:os';
import { accountUrl } from './account-url';
import { hostLog, messagingLog } from './host-log';
import { HostConfigError, readSettings } from './host.config';
import { start } from './start';

async function main(): Promise<void> {
  const settings = readSettings(process.env, hostname());
  const log = hostLog(settings.logLevel);
  const host = await start({
    ...settings,
    log,
    connect: async (account, role) => {
      const { amqpUrl, secretsDir } = settings;
      const url = await accountUrl(amqpUrl, { plugin: role.plugin, account, secretsDir });
      return connectRabbit({ url, account, role, log: messagingLog(log) });
    },
  });
  let closing = false;
  const stop = () => {
    if (closing) return;
    closing = true;
    host.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  // Our own sentences name variables; any other error may hold an address with a password in it.
  console.error(error instanceof HostConfigError ? error.message : 'プラグインホストを開始できません。');
  process.exit(2);
});
