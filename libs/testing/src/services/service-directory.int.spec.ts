// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '../wait-for';
import {
  createServiceDirectory,
  freePort,
  markOf,
  processesOf,
  reapLeftovers,
  removeServiceDirectory,
} from './service-directory';

describe('the directory of a private service', () => {
  it('is reaped with its processes when its owner was killed', async () => {
    const dead = spawnSync('true').pid;
    const leftover = mkdtempSync(join(tmpdir(), `tsunagi-test-rabbit-${dead}-1-`));
    const process = spawn('sleep', ['600'], { env: markOf(leftover), detached: true, stdio: 'ignore' });
    await waitFor(() => processesOf(leftover).includes(process.pid!), { what: 'the leftover to run' });

    reapLeftovers();

    expect(processesOf(leftover)).toEqual([]);
    expect(existsSync(leftover)).toBe(false);
  });

  it('is left alone while its owner lives', () => {
    const directory = createServiceDirectory('postgres');
    reapLeftovers();
    expect(existsSync(directory)).toBe(true);
    removeServiceDirectory(directory);
    expect(existsSync(directory)).toBe(false);
  });

  it('finds the processes of this service, not of another whose name begins alike', async () => {
    const directory = createServiceDirectory('postgres');
    const other = spawn('sleep', ['600'], { env: markOf(`${directory}x`), stdio: 'ignore' });
    const own = spawn('sleep', ['600'], { env: markOf(directory), stdio: 'ignore' });
    await waitFor(() => processesOf(directory).length > 0, { what: 'the process to run' });
    expect(processesOf(directory)).toEqual([own.pid]);
    removeServiceDirectory(directory);
    expect(processesOf(`${directory}x`)).toEqual([other.pid]);
    other.kill();
  });

  it('gives ports that no outgoing connection can take', async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, freePort));
    expect(new Set(ports).size).toBe(20);
    for (const port of ports) expect(port).toBeLessThan(32_768);
  });
});
