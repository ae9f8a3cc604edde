// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// Which services the tests need beside Node, and how to get them. Plain Node: this runs before dependencies exist.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';

const postgresRoot = '/usr/lib/postgresql';

/** Everything the tests start by themselves. A new service is one more line. */
const services = [
  {
    name: 'PostgreSQL',
    packages: ['postgresql'],
    given: () => Boolean(process.env.TEST_DATABASE_URL),
    installed: () =>
      existsSync(postgresRoot) &&
      readdirSync(postgresRoot).some(
        (version) => Number(version) >= 15 && existsSync(`${postgresRoot}/${version}/bin/initdb`),
      ),
  },
  {
    name: 'RabbitMQ',
    packages: ['rabbitmq-server'],
    given: () => Boolean(process.env.TEST_AMQP_URL),
    installed: () => existsSync('/usr/lib/rabbitmq/bin/rabbitmq-server'),
  },
  {
    name: 'MariaDB',
    // The programs alone: `mariadb-server` around them would make a data directory, and a service on port 3306.
    packages: ['mariadb-server-core', 'mariadb-client-core'],
    given: () => Boolean(process.env.TEST_MARIADB_URL),
    installed: () =>
      ['/usr/sbin/mariadbd', '/usr/bin/mariadb-install-db', '/usr/bin/my_print_defaults'].every((path) =>
        existsSync(path),
      ),
  },
  {
    // The browser alone, without windows: it takes half the processor time of the whole one.
    name: 'Chromium',
    packages: ['chromium-headless-shell'],
    given: () => Boolean(process.env.TSUNAGI_CHROMIUM),
    installed: () => existsSync('/usr/bin/chromium-headless-shell'),
  },
];

/** The services that are neither given by a URL nor installed. */
export const missingServices = () => services.filter((service) => !service.given() && !service.installed());

const packagesOf = (missing) => missing.flatMap((service) => service.packages);
const namesOf = (missing) => missing.map((service) => service.name).join(' and ');

/** The one command somebody has to type. */
export const installCommand = (missing) =>
  `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packagesOf(missing).join(' ')}`;

/** Installs what is missing where that is possible and wanted; else says what to type. Never fails: the tests say what did not run. */
export async function provideServices() {
  const missing = missingServices();
  if (missing.length === 0) return;
  const rootOnDebian = process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
  if (rootOnDebian && (await mayInstall(missing)) && installPackages(packagesOf(missing))) return;
  const still = missingServices();
  if (still.length === 0) return;
  console.error(
    `\n${namesOf(still)} not found: suites that need it will not run. To install, type\n\n  ${installCommand(still)}\n`,
  );
}

async function mayInstall(missing) {
  const inContainer = existsSync('/.dockerenv') || existsSync('/run/.containerenv');
  const somebodyThere = process.stdin.isTTY && process.stdout.isTTY && process.env.CI !== 'true' && !inContainer;
  if (!somebodyThere) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(
    `The tests need ${namesOf(missing)}. Install with apt-get (${packagesOf(missing).join(' ')}; no service is started)? [Y/n] `,
  );
  terminal.close();
  return !/^n/i.test(answer.trim());
}

/** Installs Debian packages without starting any service or making a database cluster on the standard port. */
function installPackages(packages) {
  console.log(`Installing ${packages.join(' ')} …`);
  const restorePolicy = replaceFile('/usr/sbin/policy-rc.d', () => '#!/bin/sh\nexit 101\n', 0o755);
  // An interrupt reaches apt-get as well; we only stay alive to put the files back.
  const stay = () => {};
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stay);
  let restoreClusters = () => {};
  try {
    if (!apt('update')) return false;
    if (packages.includes('postgresql')) {
      // The setting must stand before the server package is configured, and its file comes with postgresql-common.
      if (!apt('install', ['postgresql-common'])) return false;
      restoreClusters = replaceFile('/etc/postgresql-common/createcluster.conf', (before) =>
        /^#?\s*create_main_cluster\b.*$/m.test(before)
          ? before.replace(/^#?\s*create_main_cluster\b.*$/m, 'create_main_cluster = false')
          : `${before}\ncreate_main_cluster = false\n`,
      );
    }
    return apt('install', packages);
  } finally {
    restoreClusters();
    restorePolicy();
    for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, stay);
  }
}

function apt(verb, packages = []) {
  const options = verb === 'install' ? ['-y', '--no-install-recommends'] : [];
  const done = spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=120', verb, ...options, ...packages], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return done.status === 0;
}

/** Changes a file and returns how to put it back exactly as it was, or away again when there was none. */
function replaceFile(path, change, mode) {
  const before = existsSync(path) ? { text: readFileSync(path, 'utf8'), mode: statSync(path).mode } : undefined;
  writeFileSync(path, change(before?.text ?? ''));
  if (mode !== undefined) chmodSync(path, mode);
  return () => {
    if (before === undefined) return rmSync(path, { force: true });
    writeFileSync(path, before.text);
    chmodSync(path, before.mode);
  };
}
