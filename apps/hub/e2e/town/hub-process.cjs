// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * A hub as a process of its own for journeys: the built hub with short intervals, told by TOWN (JSON). `embedded` adds
 * PGlite, the in-process broker and the plugin host, as `tsunagi start` does; it takes orders by IPC.
 */
const { connectRabbit, InProcessBroker } = require('@tsunagi/messaging');
const { migrate, start } = require('@tsunagi/hub');

const town = JSON.parse(process.env.TOWN ?? '{}');
const timings = { poll: 50, sweep: 1000, lease: 1500, renew: 400, hostStale: 3000, receipt: 5000 };
const common = {
  host: '127.0.0.1',
  port: 0,
  dataDir: town.dataDir,
  demo: true,
  legal: 'demo',
  keys: `${town.dataDir}/keys.json`,
  municipalityCode: '990019',
  // The mask is tested whole (DESIGN §4).
  collectsOrigin: true,
  logLevel: process.env.TOWN_LOG ?? 'silent',
  demoPlugins: town.plugins,
  timings,
};

/** `published:3`: the process ends at the third passing of that point. */
function failpoint() {
  const [name, nth] = (town.failpoint ?? '').split(':');
  let left = Number(nth);
  return (passed) => {
    if (passed === name && --left === 0) process.kill(process.pid, 'SIGKILL');
  };
}

async function production() {
  const config = {
    ...common,
    databaseUrl: town.databaseUrl,
    embedded: false,
    connect: (account) => connectRabbit({ url: town.amqpUrl, account, role: 'hub', heartbeatSeconds: 5 }),
    failpoint: failpoint(),
  };
  await migrate(config);
  return { hub: await start(config) };
}

async function embedded() {
  const { startEmbeddedDatabase } = require('../../../cli/dist/embedded');
  const { startSandbox } = require('@tsunagi/sandbox');
  const { writeFileSync } = require('node:fs');
  const database = await startEmbeddedDatabase({ dataDirectory: town.dataDir });
  const sandbox = await startSandbox({ dataDir: town.dataDir, databaseUrl: database.url });
  writeFileSync(`${town.secretsDir}/konkyu-database-url`, database.url, { mode: 0o600 });
  const broker = new InProcessBroker();
  const tapped =
    (connect) =>
    async (...args) => {
      const courier = await connect(...args);
      const publishAll = courier.publishAll.bind(courier);
      courier.publishAll = (messages) => {
        process.send?.({ tapped: JSON.stringify(messages) });
        return publishAll(messages);
      };
      return courier;
    };
  const hub = await start({
    ...common,
    databaseUrl: database.url,
    embedded: true,
    connect: tapped((account) => broker.connect(account, 'hub', { plugins: Object.keys(town.plugins) })),
  });
  const running = { hub, database, sandbox, host: await hostIn(broker), broker };
  // As `tsunagi start` does it: one port for everything.
  hub.serve('/plugins/', (request, response) => running.host.doors(request, response));
  return running;
}

async function hostIn(broker) {
  const { start: startHost } = require('@tsunagi/plugin-host');
  const silent = { debug() {}, info() {}, warn() {}, error() {} };
  const host = await startHost({
    plugins: Object.keys(town.plugins),
    secretsDir: town.secretsDir,
    stateDir: `${town.dataDir}/host`,
    hostName: 'town',
    connect: (account, role) => broker.connect(account, role),
    heartbeatMs: 300,
    pollMs: 100,
    log: silent,
  });
  return host;
}

(town.kind === 'embedded' ? embedded() : production())
  .then((running) => {
    process.send?.({ ready: true });
    process.on('SIGTERM', () => void running.hub.close().then(() => process.exit(0)));
    process.on('message', async ({ order }) => {
      if (order === 'stop host') await running.host?.close();
      if (order === 'start host') running.host = await hostIn(running.broker);
      if (order === 'close') {
        await running.host?.close();
        await running.hub.close();
        await running.sandbox?.close();
        await running.database?.close();
        process.send?.({ done: order }, () => process.exit(0));
        return;
      }
      process.send?.({ done: order });
    });
  })
  .catch((error) => {
    process.stderr.write(`${error?.stack ?? error}\n`);
    process.exit(1);
  });
