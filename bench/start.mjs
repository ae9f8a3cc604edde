// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// `npm start` after install and build, on an empty data directory: until GET /health/ready answers, and what all its
// processes hold when they have nothing to do.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stopsGroup, until } from './town.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

export async function startFigure() {
  const dataDir = mkdtempSync(join(tmpdir(), 'tsunagi-start-'));
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const began = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: root,
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, TSUNAGI_DATA_DIR: dataDir, TSUNAGI_PORT: String(port) },
  });
  const stop = stopsGroup(child);
  try {
    const ready = () =>
      fetch(`http://127.0.0.1:${port}/health/ready`).then(
        (r) => r.status === 200,
        () => false,
      );
    await until(ready, 'npm start to be ready', 180_000, 20);
    const readySeconds = (performance.now() - began) / 1000;
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    return { readySeconds, idleRssMiB: rssMiBOf(child.pid) };
  } finally {
    stop();
    await new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve()));
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

/** The process and everything below it. */
function rssMiBOf(root) {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        const number = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
        return [{ pid: Number(pid), parent: number('PPid'), rss: number('VmRSS') }];
      } catch {
        return [];
      }
    });
  const below = (pid) => [pid, ...stats.filter((s) => s.parent === pid).flatMap((s) => below(s.pid))];
  const all = new Set(below(root));
  return Math.round(stats.filter((s) => all.has(s.pid)).reduce((sum, s) => sum + s.rss, 0) / 1024);
}
