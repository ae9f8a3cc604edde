// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// `npm run test:long -- NAME`: what does not fit into CI. The last report and its commit lie in docs/reports/.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { measuredCommit } from './measured-commit.mjs';

const long = {
  kills: {
    what: 'plugin host killed between table insert and receipt, between a call back to 子育て and its receipt while that system calls, hub between publish and mark, broker with its data erased under load; 20 times each',
    env: { KILLS: '20' },
    pattern: 'apps/hub/e2e/kills',
  },
  'import-kills': {
    what: 'plugin host killed 50 times at random moments of the import of one 介護 file of 20,000 rows, and of one of 障害福祉; database, ledger, recipient’s table, result and status files as after an undisturbed import of the same bytes',
    env: { IMPORT_KILLS: '50', IMPORT_ROWS: '20000' },
    pattern: 'apps/hub/e2e/import-kills',
  },
  codecs: {
    what: '1,000,000 random byte strings, one in eight as the record of a sound file, and 100,000 changed samples for each kind of file that comes in (介護: KAI, KAS in the envelope, and its profiles, LIFE in UTF-8 and CP932 among them; 障害福祉: SHG, SHS of fixed length, and its profiles; 子育て: the daily CSV, and the JSON of events and of answers, changed in bytes, in structure and in how JSON is written), and as many rows of any values and changed samples for each view (生活困窮: V_HUB_SODAN, V_HUB_OTO, and one of a profile): read, judged, mapped and checked, nothing is thrown, none hangs, and all that is said are documented codes, places and names of fields; 100,000 random texts and values written in CP932, in the envelope and in fixed length read back as they were, or are refused by a documented error that does not say them',
    env: { CODEC_RANDOM: '1000000', CODEC_MUTATED: '100000' },
    pattern: '/codec\\.spec',
    project: 'unit',
  },
  strangers: {
    what: 'what a stranger function learns of 200 random histories between other functions about a person it knows: nothing',
    env: { STRANGERS: '200' },
    pattern: 'apps/hub/e2e/strangers',
  },
  invariants: {
    what: 'the eight invariants after every step of 400 random sequences in two running instances of the hub with RabbitMQ: steps of all roles, words of persons, sheets that persons carry, persons merged and split, clock jumps, answers of systems, redeliveries and replays',
    env: { INVARIANTS: '400' },
    pattern: 'apps/hub/e2e/invariants',
  },
  mask: {
    what: '1,000 random referrals between 介護 and 生活困窮 with random words of everybody in them, grounds without consent, sittings of conferences, persons who are protected or endangered: the mask and every item in screen, message and legacy record (files in CP932, rows), what a record has no place for in notCarried, and no withheld value on the broker, in the plugin’s database, or in any file; then once more after a correction, a refusal or a withdrawal',
    env: { MASK_REFERRALS: '1000' },
    pattern: 'apps/hub/e2e/mask',
  },
  agreement: {
    what: 'decide() against a second judgement written from DOMAIN.md by somebody who has not read it: 1,000,000 random tuples on the boundaries of its rules',
    env: { AGREEMENT_TUPLES: '1000000', AGREEMENT_SEED: '2' },
    pattern: 'libs/domain/test/naive',
  },
  pairs: {
    what: 'every ordered pair of 介護, 生活困窮, 子育て and 障害福祉, six stories each, on the embedded set-up and on PostgreSQL and RabbitMQ, from the first to the last byte',
    env: { PAIRS: 'all' },
    pattern: 'apps/hub/e2e/(embedded|production)',
  },
  console: {
    what: 'the people of the stories at their pages, by role and label in Debian’s Chromium, on the embedded set-up and on PostgreSQL and RabbitMQ: every file on both, where CI plays each on one of them, and everybody at each page, where in CI they take turns',
    env: { CONSOLE_SETUPS: 'both' },
    pattern: 'apps/hub/e2e/console',
    // As in CI; one after the other they take two hours.
    more: ['--maxWorkers=2'],
  },
  'every-operation': {
    what: 'every operation of the interface, asked by each post of each desk for what is its own, for what is another’s and for what is not there; in CI posts and things that are alike take turns',
    env: { EVERY_POST: 'true' },
    pattern: 'apps/hub/test/every-operation',
    project: 'integration',
  },
  properties: {
    what: 'decide() against the naive oracle, random walks of the state machine and sequences that hold the eight invariants, 50,000 cases each',
    env: { TSUNAGI_PROPERTY_RUNS: '50000' },
    pattern: 'libs/domain',
  },
};

const name = process.argv[2];
const chosen = long[name];
if (!chosen) {
  console.error(`usage: npm run test:long -- ${Object.keys(long).join('|')}`);
  process.exit(2);
}
const output = join(tmpdir(), `tsunagi-long-${process.pid}.json`);
// What a spec has to tell beside passed and failed.
const notes = join(tmpdir(), `tsunagi-long-${process.pid}.txt`);
const project = chosen.project ?? (chosen.pattern.startsWith('libs/') ? 'unit' : 'e2e');
const { status } = spawnSync(
  'npx',
  ['jest', chosen.pattern, `--selectProjects=${project}`, '--json', `--outputFile=${output}`, ...(chosen.more ?? [])],
  {
    stdio: 'inherit',
    env: { ...process.env, ...chosen.env, TEST_LONG_NOTES: notes },
  },
);
const result = JSON.parse(readFileSync(output, 'utf8'));
rmSync(output);
const told = existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n') : [];
rmSync(notes, { force: true });
const commit = measuredCommit();
const lines = result.testResults.flatMap((file) =>
  file.assertionResults.map(
    (a) => `- ${a.status === 'passed' ? '✓' : '✗'} ${a.fullName} (${Math.round((a.duration ?? 0) / 1000)} s)`,
  ),
);
mkdirSync('docs/reports', { recursive: true });
writeFileSync(
  `docs/reports/${name}.md`,
  `# ${name}\n\n${chosen.what}\n\n- command: \`npm run test:long -- ${name}\`\n- commit: ${commit}\n- day: ${new Date().toISOString().slice(0, 10)}\n- machine: ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}\n- result: ${result.numPassedTests} passed, ${result.numFailedTests} failed\n${told.map((line) => `- ${line}\n`).join('')}\n${lines.join('\n')}\n`,
);
process.exit(status ?? 1);
