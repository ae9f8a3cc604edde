// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// `npm run bench` measures what is told of the whole hub, `npm run bench -- NAME` one figure: three runs, medians, ratios beside absolute
// figures, into bench/results.json and a table; `--report` writes docs/reports/bench.md, of named figures bench-NAME.md. BENCH_RUNS,
// BENCH_SECONDS and BENCH_ROWS shorten a trial. By name alone, because they take long, and repeat within themselves what repeats:
// `console` (1,000,000 referrals in a real browser; BENCH_REFERRALS) and `streams` (200 event streams and two browsers at 50
// changes a second; BENCH_STREAMS), and `switching` (how soon a running host is switched, the slowest of BENCH_ROUNDS).
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { consoleFigure } from './console.mjs';
import { decideFigure } from './decide.mjs';
import { endToEnd } from './end-to-end.mjs';
import { importFigure } from './import.mjs';
import { startFigure } from './start.mjs';
import { streamsFigure } from './streams.mjs';
import { switchingFigure } from './switching.mjs';
import { startServices } from './town.mjs';
import { measuredCommit } from '../scripts/measured-commit.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const runs = Number(process.env.BENCH_RUNS ?? '3');
/** What counts of each figure, with its goal and how it is shown; `named` = measured once, and only when asked for by name. */
const figures = {
  endToEnd: {
    measure: endToEnd,
    services: true,
    goals: { ratio: ['≥', 0.6], p99Ms: ['≤', 50] },
  },
  import: {
    measure: importFigure,
    services: true,
    goals: { ratio: ['≥', 0.5], peakRssMiB: ['≤', 300] },
  },
  importShogai: {
    measure: (services, options) => importFigure(services, { ...options, system: 'shogai' }),
    services: true,
    goals: { ratio: ['≥', 0.5], peakRssMiB: ['≤', 300] },
  },
  decide: { measure: decideFigure, goals: { us: ['≤', 20], withAllBesideUs: ['≤', 20] } },
  start: { measure: startFigure, goals: { readySeconds: ['≤', 15], idleRssMiB: ['≤', 600] } },
  console: {
    measure: consoleFigure,
    services: true,
    named: true,
    goals: {
      queueMs: ['≤', 1000],
      inboxMs: ['≤', 1000],
      deskInboxMs: ['≤', 1000],
      scrolledRows: ['≥', 10_000],
      longTasksOver100Ms: ['≤', 0],
    },
  },
  streams: {
    measure: streamsFigure,
    services: true,
    named: true,
    goals: {
      perS: ['≥', 48],
      failed: ['≤', 0],
      lost: ['≤', 0],
      untold: ['≤', 0],
      closed: ['≤', 0],
      listsThatDiffer: ['≤', 0],
      lastThirdGrowth: ['≤', 0.1],
    },
  },
  switching: {
    measure: switchingFigure,
    services: true,
    named: true,
    goals: {
      disableS: ['≤', 2],
      enableS: ['≤', 2],
      reconfigureS: ['≤', 2],
      pollNowS: ['≤', 2],
    },
  },
};

const profile = process.argv.includes('--profile');
const asked = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const unknown = asked.filter((name) => !(name in figures));
if (unknown.length > 0) {
  console.error(`usage: npm run bench -- [${Object.keys(figures).join('|')}] [--profile] [--report]`);
  process.exit(2);
}
compareFloor();
const names = asked.length > 0 ? asked : Object.keys(figures).filter((name) => !figures[name].named);
const nodeArgs = profile ? ['--cpu-prof', `--cpu-prof-dir=${here('profiles')}`, '--cpu-prof-name=ROLE.cpuprofile'] : [];
if (profile) mkdirSync(here('profiles'), { recursive: true });

const services = names.some((name) => figures[name].services) ? await startServices() : undefined;
// The servers do not hear Ctrl-C.
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void Promise.resolve(services?.stop()).finally(() => process.exit(130)));
const results = {};
try {
  for (const name of names) {
    const measured = [];
    const times = timesOf(name);
    for (let run = 1; run <= times; run++) {
      console.error(`${name} ${run}/${times} …`);
      measured.push(await figures[name].measure(services, { nodeArgs }));
      console.error(`  ${JSON.stringify(measured.at(-1))}`);
    }
    results[name] = medians(measured);
  }
} finally {
  await services?.stop();
}
const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
const before = existsSync(here('results.json')) ? JSON.parse(readFileSync(here('results.json'), 'utf8')) : {};
writeFileSync(here('results.json'), `${JSON.stringify({ ...before, ...results, machine, runs }, undefined, 2)}\n`);
console.log(table());
const profiles = profile ? ['hub', 'host'].map((role) => `${role}\n\n${hottest(role)}`) : [];
for (const text of profiles) console.log(`\n${text}`);
if (process.argv.includes('--report')) writeReport();

/** docs/reports/bench.md, or one of the figures that were named; a profile, whose figures do not count, in a report of its own for each of what was measured. */
function writeReport() {
  const commit = measuredCommit();
  const told = ['npm run bench --', ...process.argv.slice(2)].join(' ');
  const head = `- command: \`${told}\`\n- commit: ${commit}\n- day: ${new Date().toISOString().slice(0, 10)}\n`;
  const report = (name, body) => writeFileSync(here(`../docs/reports/${name}.md`), `# ${name}\n\n${head}\n${body}\n`);
  if (!profile) return report(['bench', ...asked].join('-'), table());
  const blocks = profiles.map((text) => '## ' + text.replace('\n\n', '\n\n```\n') + '\n```');
  report(
    `profile-${names.join('-')}`,
    `Where each process spent its own time, from --cpu-prof.\n\n${blocks.join('\n\n')}`,
  );
}

function timesOf(name) {
  return figures[name].named ? 1 : runs;
}

function medians(measured) {
  const median = (values) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
  return Object.fromEntries(
    Object.keys(measured[0])
      .filter((key) => typeof measured[0][key] === 'number')
      .map((key) => [key, Number(median(measured.map((m) => m[key])).toPrecision(4))]),
  );
}

function table() {
  const lines = names.flatMap((name) =>
    Object.entries(results[name]).map(([key, value]) => {
      const [sign, goal] = figures[name].goals[key] ?? [];
      const met = goal === undefined ? '' : (sign === '≥' ? value >= goal : value <= goal) ? 'met' : 'NOT met';
      return `| ${name}.${key} | ${value} | ${goal === undefined ? '' : `${sign} ${goal}`} | ${met} |`;
    }),
  );
  return [
    `${machine}; median of ${[...new Set(names.map(timesOf))].join(' or ')}`,
    '',
    '| figure | measured | goal | |',
    '|---|---|---|---|',
    ...lines,
  ].join('\n');
}

/** Where a process spent its own time in the last run. */
function hottest(role) {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(here(`profiles/${role}.cpuprofile`), 'utf8'));
  const self = new Map();
  samples.forEach((id, n) => self.set(id, (self.get(id) ?? 0) + timeDeltas[n]));
  const byPlace = new Map();
  for (const { id, callFrame } of nodes) {
    const file = callFrame.url.replace(/^.*\/(node_modules|apps|libs|plugins)\//, '$1/');
    const place = `${callFrame.functionName || '(anonymous)'} ${file}:${callFrame.lineNumber + 1}`;
    byPlace.set(place, (byPlace.get(place) ?? 0) + (self.get(id) ?? 0));
  }
  const idle = [...byPlace].filter(([place]) => /^\((idle|program)\)/.test(place)).reduce((sum, [, us]) => sum + us, 0);
  const busy = [...byPlace.values()].reduce((sum, us) => sum + us, 0) - idle;
  return [...byPlace]
    .filter(([place]) => !/^\((idle|program)\)/.test(place))
    .sort(([, a], [, b]) => b - a)
    .slice(0, 25)
    .map(([place, us]) => `${((us / busy) * 100).toFixed(1).padStart(5)} %  ${place}`)
    .join('\n');
}

/** The floor must be the one everybody measures against, where that folder stands. */
function compareFloor() {
  for (const name of ['floor.mjs', 'load.mjs']) {
    const given = here(`../../shared/bench/${name}`);
    if (existsSync(given) && !readFileSync(given).equals(readFileSync(here(name)))) {
      console.error(`bench/${name} is not the copy it must be`);
      process.exit(1);
    }
  }
}
