// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// The whole test suite: unit, then integration and e2e with services. Further arguments go to jest. The last line counts all:
// `N passed, N failed`. What could not run is named loudly, and with CI=true it is a failure.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installCommand, missingServices } from './services.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const jest = join(root, 'node_modules/jest/bin/jest.js');
const inCi = process.env.CI === 'true';
/** How long jest may take to end after it has written its results; whoever holds it up forgot to close something. */
const graceMs = 15_000;

const args = process.argv.slice(2);
const isGiven = (...options) => args.some((arg) => options.includes(arg.split('=')[0]));
const projects = [['unit'], ['integration', 'e2e']];
const runs = isGiven('--selectProjects') ? [args] : projects.map((names) => [...args, '--selectProjects', ...names]);

/** Whoever names a spec gets that spec alone. */
const everything = args.every((arg) => arg.startsWith('-'));

const missing = missingServices();
if (missing.length > 0) announce(missing);

const total = { passed: 0, failed: 0 };
const notRun = [];
// Ctrl-C reaches jest as well; we stay to count what it had done.
process.on('SIGINT', () => {});
for (const run of runs) count(await runJest(run));
if (notRun.length > 0) reportNotRun();
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

function announce(services) {
  const names = services.map((service) => service.name).join(' and ');
  console.error(
    `\n*** ${names} missing: suites that need it will NOT run. To install, type\n*** ${installCommand(services)}\n`,
  );
}

/** Two, however many cores there are: most suites with services keep more than one core busy. */
function workers(jestArgs) {
  return jestArgs.some((arg) => /^(--maxWorkers|-w|-i|--runInBand)/.test(arg)) ? [] : ['--maxWorkers=2'];
}

/** Runs jest once and returns its results and what else went wrong. */
async function runJest(jestArgs) {
  const directory = mkdtempSync(join(tmpdir(), 'tsunagi-results-'));
  const outputFile = join(directory, 'results.json');
  const child = spawn(
    process.execPath,
    [jest, '--passWithNoTests', ...workers(jestArgs), '--json', `--outputFile=${outputFile}`, ...jestArgs],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, ...(everything && { TSUNAGI_TEST_TOGETHER: '1' }) },
    },
  );
  const ended = new Promise((resolve) => child.once('close', resolve));
  let held = false;
  const watch = setInterval(() => {
    if (!existsSync(outputFile)) return;
    clearInterval(watch);
    setTimeout(() => (held = child.kill('SIGKILL')), graceMs).unref();
  }, 1_000);
  const status = await ended;
  clearInterval(watch);
  const results = existsSync(outputFile) ? JSON.parse(readFileSync(outputFile, 'utf8')) : undefined;
  rmSync(directory, { recursive: true, force: true });
  return { results, status, held };
}

function count({ results, status, held }) {
  let failed = 0;
  for (const suite of results?.testResults ?? []) {
    const of = (...states) => suite.assertionResults.filter((test) => states.includes(test.status));
    total.passed += of('passed').length;
    // A suite that could not even be loaded has no tests to count.
    failed += of('failed').length || (suite.status === 'failed' ? 1 : 0);
    // With a name pattern the others are skipped because they were not asked for.
    if (isGiven('-t', '--testNamePattern')) continue;
    for (const test of of('pending', 'todo', 'disabled')) {
      notRun.push(`${relative(root, suite.name)}: ${test.fullName}`);
      if (inCi) failed++;
    }
  }
  if (held) {
    console.error(`\njest did not end within ${graceMs / 1000} s of its results: a suite left something open.`);
    failed++;
  } else if (status !== 0 && failed === 0) {
    console.error(`\njest ended with ${status}${results ? '' : ' and without results'}.`);
    failed++;
  }
  total.failed += failed;
}

function reportNotRun() {
  console.error(`\n*** ${notRun.length} tests did NOT run${inCi ? ', which is a failure with CI=true' : ''}:`);
  for (const name of notRun) console.error(`***   ${name}`);
  if (missing.length > 0) announce(missing);
}
