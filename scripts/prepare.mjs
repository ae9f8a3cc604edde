// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// Brings a clone into a state where `npm start` and `npm test` work: dependencies, build and (with --services) the services
// of the tests. Runs from npm's pre-hooks, before dependencies exist: plain Node only.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { provideServices } from './services.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

if (dependenciesAreStale()) run('Installing dependencies (npm ci) …', ...npm('ci', '--include=dev'));
// `tsc -b` compares sources with its own records and is done in a second when nothing changed.
run(undefined, process.execPath, join(root, 'node_modules/@typescript/native/bin/tsc'), '-b');
// The console's pages, when what they are made of is newer.
if (consoleIsStale())
  run(
    undefined,
    process.execPath,
    join(root, 'node_modules/vite/bin/vite.js'),
    'build',
    'apps/console',
    '--logLevel=warn',
  );
// A database made beforehand saves the first start some seconds; done already, it is left alone.
run(undefined, process.execPath, join(root, 'apps/cli/bin/prepare-embedded.js'));
if (process.argv.includes('--services')) await provideServices();

function dependenciesAreStale() {
  const installed = join(root, 'node_modules/.package-lock.json');
  return !existsSync(installed) || statSync(installed).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs;
}

/** `vite build` leaves no record of its own to compare with; the words of the vocabulary come from the contracts. */
function consoleIsStale() {
  const page = join(root, 'apps/console/dist/site/index.html');
  if (!existsSync(page)) return true;
  const built = statSync(page).mtimeMs;
  const sources = [
    'apps/console/src',
    'apps/console/index.html',
    'apps/console/vite.config.mts',
    'libs/contracts/src',
    'package-lock.json',
  ];
  return sources.some((source) => newest(join(root, source)) > built);
}

function newest(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(...readdirSync(path).map((name) => newest(join(path, name))), mtimeMs);
}

/** The npm that runs us, else the one on the path. */
function npm(...args) {
  const own = process.env.npm_execpath;
  return own?.endsWith('.js') ? [process.execPath, own, ...args] : ['npm', ...args];
}

function run(title, command, ...args) {
  if (title) console.log(title);
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (done.error) throw done.error;
  if (done.status !== 0) {
    console.error(`Failed: ${[command, ...args].join(' ')}`);
    process.exit(done.status ?? 1);
  }
}
