// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// A 介護 file in which every row asks for a referral and has the consent of the registered form: from the moment it lies in
// the folder until its result file does, beside the floor in the same run. What goes on to the recipient is not part of it:
// that desk's plugin is disabled meanwhile.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cpuSeconds, peakRssMiB, startTown, until } from './town.mjs';

const require = createRequire(import.meta.url);
const { inventResident, kaiRow, SeededRandom, writeKaigoFile } = require('@tsunagi/sandbox');
const run = promisify(execFile);
const floorScript = fileURLToPath(new URL('import-floor.mjs', import.meta.url));
const rows = Number(process.env.BENCH_ROWS ?? '100000');

export async function importFigure(services, { nodeArgs } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tsunagi-import-'));
  const file = await writeKaigoFile({ rows: [...referrals()], clock: new Date(), folder, serial: 90001 });
  const floor = await measureFloor(services, file.path);
  const town = await startTown(services, { nodeArgs });
  try {
    await town.query(`update plugin set enabled = false where id = 'konkyu'`);
    const result = join(town.folder, 'out', file.name.replace(/^KAI/, 'KAE'));
    const cpuOf = () => Object.values(town.pids).map(cpuSeconds);
    const before = cpuOf();
    const began = performance.now();
    renameSync(file.path, join(town.folder, 'in', file.name));
    await until(() => existsSync(result), 'the result file', 600_000, 20);
    const perS = (rows / (performance.now() - began)) * 1000;
    const [hubCpuS, hostCpuS] = cpuOf().map((s, n) => Number((s - before[n]).toFixed(1)));
    const { rows: counted } = await town.query(`select count(*)::int as n from referral where state = 'sent'`);
    if (counted[0].n !== rows) throw new Error(`${counted[0].n} of ${rows} rows became referrals`);
    const peak = { hub: peakRssMiB(town.pids.hub), host: peakRssMiB(town.pids.host) };
    return {
      ratio: perS / floor.perS,
      peakRssMiB: Math.max(peak.hub, peak.host),
      perS,
      floorPerS: floor.perS,
      hubCpuS,
      hostCpuS,
      peak,
    };
  } finally {
    await town.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureFloor(services, path) {
  const database = await services.postgres.createDatabase('floor');
  const vhost = await services.rabbit.createVhost('floor');
  try {
    const { stdout } = await run(process.execPath, [floorScript, database.url, vhost.url, path]);
    return JSON.parse(stdout);
  } finally {
    await database.drop();
    await vhost.deleteVhost();
  }
}

function* referrals() {
  const random = new SeededRandom(7);
  const clock = new Date();
  const wants = { change: '1', addressee: '4', consent: '1', concerns: '000000110000', meeting: '4', careLevel: '22' };
  for (let number = 1; number <= rows; number++) {
    const key = `BENCH-${String(number).padStart(9, '0')}`;
    yield kaiRow(inventResident(number, random, clock), { ...wants, key, note: '家賃滞納あり。' }, clock);
  }
}
