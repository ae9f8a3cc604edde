// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// The built hub as a process of its own, with the intervals it has in production; told by BENCH_TOWN (JSON).
const { connectRabbit } = require('@tsunagi/messaging');
const { migrate, start } = require('@tsunagi/hub');

const town = JSON.parse(process.env.BENCH_TOWN);
const config = {
  host: '127.0.0.1',
  port: 0,
  dataDir: town.dataDir,
  demo: true,
  legal: 'demo',
  keys: `${town.dataDir}/keys.json`,
  municipalityCode: '990019',
  logLevel: 'error',
  demoPlugins: town.plugins,
  databaseUrl: town.databaseUrl,
  embedded: false,
  connect: (account) => connectRabbit({ url: town.amqpUrl, account, role: 'hub', heartbeatSeconds: 10 }),
};

migrate(config)
  .then(() => start(config))
  .then((hub) => {
    process.on('SIGTERM', () => void hub.close().then(() => process.exit(0)));
    process.send({ ready: true });
  });
