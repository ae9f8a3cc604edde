// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// Does what README.md says, literally: `npm start`, then every other `sh` block in one shell. What a block must print
// stands in backticks in the paragraph before it (`"outcome":"held"`).
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';

const blocks = [...readFileSync('README.md', 'utf8').matchAll(/([^`]*?(?:`[^`\n]+`[^`]*?)*)```sh\n([\s\S]*?)```/g)].map(
  ([, before, commands]) => ({ expected: [...before.matchAll(/`("outcome":"[a-z_]+")`/g)].at(-1)?.[1], commands }),
);
const [start, ...rest] = blocks;
if (start?.commands.trim() !== 'npm start') throw new Error('the first command of README.md is not npm start');
// On a CI machine nothing of an earlier run may help.
if (process.env.CI === 'true') rmSync('var', { recursive: true, force: true });

const server = spawn('npm', ['start'], {
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, TSUNAGI_PORT: '0' },
  detached: true,
});
let failed = 0;
try {
  await until(ready, 180_000, 'npm start to be ready');
  const shared = rest.filter((b) => !b.expected && !/^npm /.test(b.commands)).map((b) => b.commands);
  for (const { expected, commands } of rest.filter((b) => b.expected)) {
    const { stdout } = spawnSync('bash', ['-euc', [...shared, commands].join('\n')], { encoding: 'utf8' });
    const ok = stdout.includes(expected);
    if (!ok) failed++;
    console.log(`${ok ? 'ok' : 'NOT OK'}  README.md: ${commands.trim().slice(0, 60)}…  → ${expected}`);
  }
} finally {
  process.kill(-server.pid, 'SIGTERM');
  await new Promise((resolve) => (server.exitCode === null ? server.once('exit', resolve) : resolve()));
}
process.exit(failed === 0 ? 0 : 1);

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
