// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// Does what the documents say, literally: `npm start` of README.md, then every other `sh` block of each document, each in a
// shell that knows the document's preparations. What a block must print stands in backticks in the paragraph before it
// (`"outcome":"held"`); a block without that prepares the others. Of the languages of the examples a
// machine may lack one: that is said, and is no failure.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';

/** Not on every machine; everything else that the documents name must be there. */
const optional = ['java', 'python3'];

const documents = ['README.md', 'docs/integrators.md', 'docs/examples/README.md'].map((path) => ({
  path,
  blocks: blocksOf(readFileSync(path, 'utf8')),
}));
if (documents[0].blocks.shift()?.commands.trim() !== 'npm start')
  throw new Error('the first command of README.md is not npm start');
// On a CI machine nothing of an earlier run may help.
if (process.env.CI === 'true') rmSync('var', { recursive: true, force: true });

const server = spawn('npm', ['start'], {
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, TSUNAGI_PORT: '0' },
  detached: true,
});
const tally = { ok: 0, failed: 0, notRun: 0 };
try {
  await until(ready, 180_000, 'npm start to be ready');
  for (const document of documents) follow(document);
} finally {
  process.kill(-server.pid, 'SIGTERM');
  await new Promise((resolve) => (server.exitCode === null ? server.once('exit', resolve) : resolve()));
}
console.log(`commands of the documents: ${tally.ok} ok, ${tally.failed} not ok, ${tally.notRun} not run`);
process.exit(tally.failed === 0 ? 0 : 1);

/** Each `sh` block with what the paragraph right before it says that it prints. */
function blocksOf(text) {
  return [...text.matchAll(/([^`]*?(?:`[^`\n]+`[^`]*?)*)```sh\n([\s\S]*?)```/g)].map(([, before, commands]) => ({
    expected: [...(before.trimEnd().split('\n\n').at(-1) ?? '').matchAll(/`("[a-zA-Z]+":"[a-z_A-Z]+")`/g)].at(-1)?.[1],
    commands,
  }));
}

function follow({ path, blocks }) {
  const shared = blocks.filter((b) => !b.expected && !/^npm /.test(b.commands)).map((b) => b.commands);
  for (const { expected, commands } of blocks.filter((b) => b.expected)) {
    const what = `${path}: ${commands.trim().slice(0, 60)}…  → ${expected}`;
    const tool = commands.split(' ')[0];
    if (optional.includes(tool) && spawnSync('bash', ['-c', `command -v ${tool}`]).status !== 0) {
      tally.notRun++;
      console.log(`NOT RUN (no ${tool})  ${what}`);
      continue;
    }
    const { stdout, stderr } = spawnSync('bash', ['-euc', [...shared, commands].join('\n')], { encoding: 'utf8' });
    const ok = stdout.includes(expected);
    tally[ok ? 'ok' : 'failed']++;
    console.log(`${ok ? 'ok' : 'NOT OK'}  ${what}`);
    if (!ok) console.log(stdout, stderr);
  }
}

async function ready() {
  const { baseUrl } = JSON.parse(readFileSync('var/demo-access.json', 'utf8'));
  return (await fetch(`${baseUrl}/health/ready`)).status === 200;
}

async function until(condition, timeoutMs, what) {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition().catch(() => false))) {
    if (Date.now() > deadline || server.exitCode !== null) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
