// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// Enable, disable, reconfigure and poll-now, asked for over HTTP as IT staff does: from the moment of asking until the running
// host has done it. Of each the slowest of some rounds counts. Disabled and enabled it is when its host says so; settings hold
// when its host polls by them (a folder is read that was not read before); a poll-now has come when the file that lies there is
// taken.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { startTown, until } from './town.mjs';

const rounds = Number(process.env.BENCH_ROUNDS ?? '10');
/** So rarely does the host look by itself that whatever it sees in time it was asked to see. */
const seldomMs = 600_000;

export async function switchingFigure(services, { nodeArgs } = {}) {
  const town = await startTown(services, { nodeArgs });
  try {
    const token = await town.token('demo-cli');
    const ask = async (method, path, body, headers = {}) => {
      const response = await fetch(`${town.access.baseUrl}/api/v1/plugins/kaigo${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      const text = await response.text();
      return text === '' ? undefined : JSON.parse(text);
    };
    const hostIs = async (running) => {
      const { rows } = await town.query(`select running from plugin_host where plugin = 'kaigo' and holds`);
      return rows.length > 0 && rows.every((host) => host.running === running);
    };
    const seconds = async (did, isDone, what) => {
      const began = performance.now();
      await did();
      await until(isDone, what, 60_000, 10);
      return (performance.now() - began) / 1000;
    };
    const configure = async (change) => {
      const { config, configVersion } = await ask('GET', '');
      await ask('PUT', '/config', { ...config, ...change }, { 'if-match': `"${configVersion}"` });
    };
    const inFolder = (...path) => join(town.folderOf('kaigo'), ...path);
    /** A name that its plugin takes, with a content that it refuses: the file goes all the same. */
    const leave = (serial) => {
      const name = `KAI${String(serial).padStart(5, '0')}.CSV`;
      writeFileSync(inFolder('in', name), randomUUID());
      return () => !existsSync(inFolder('in', name));
    };
    const slowest = { disableS: 0, enableS: 0, reconfigureS: 0, pollNowS: 0 };
    const took = (name, time) => (slowest[name] = Math.max(slowest[name], time));
    for (let round = 1; round <= rounds; round++) {
      took(
        'disableS',
        await seconds(
          () => ask('POST', '/disable'),
          () => hostIs(false),
          'the plugin to stop',
        ),
      );
      const force = { force: true, reason: 'bench' };
      took(
        'enableS',
        await seconds(
          () => ask('POST', '/enable', force),
          () => hostIs(true),
          'the plugin to run',
        ),
      );
      await configure({ pollMs: seldomMs });
      await until(() => hostIs(true), 'the plugin to run');
      // Of that time about a second is the host's, which looks twice: a file is taken once its size rests.
      const seen = leave(round * 2);
      took('pollNowS', await seconds(() => ask('POST', '/poll'), seen, 'the file to be taken'));
      const read = leave(round * 2 + 1);
      took('reconfigureS', await seconds(() => configure({ pollMs: 200 }), read, 'the settings to hold'));
    }
    return { ...slowest, rounds };
  } finally {
    await town.close();
  }
}
