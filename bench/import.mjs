// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// A file of 介護, or one of 障害福祉 of fixed length, in which every row asks for a referral and has the consent of the registered form: from the moment it lies in
// the folder until its result file does, beside the floor in the same run. What goes on to the recipient is not part of it:
// that desk's plugin is disabled meanwhile.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { countRows, takeSpecimen } from './specimen.mjs';
import { cpuSeconds, peakRssMiB, startTown, until } from './town.mjs';

const require = createRequire(import.meta.url);
const { inventResident, kaiRow, SeededRandom, shgRow, writeKaigoFile, writeShogaiFile } = require('@tsunagi/sandbox');
const run = promisify(execFile);
const floorScript = fileURLToPath(new URL('import-floor.mjs', import.meta.url));
const rows = Number(process.env.BENCH_ROWS ?? '100000');

const systems = {
  kaigo: { rowOf: (...of) => kaiRow(...of), write: writeKaigoFile, result: (name) => name.replace(/^KAI/, 'KAE') },
  // A row has 500 bytes: 100,000 make a file of 50 MB.
  shogai: { rowOf: (...of) => shgRow(...of), write: writeShogaiFile, result: (name) => name.replace(/^SHG/, 'SHE') },
};

/** So many rows are enough to tell what the hub writes for each. */
const specimenRows = 400;

export async function importFigure(services, { nodeArgs, system = 'kaigo' } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tsunagi-import-'));
  try {
    const file = await writeFile(system, folder, rows, 90002);
    const floor = await measureFloor(services, system, folder, file.path);
    const town = await startTown(services, { nodeArgs });
    try {
      const cpuOf = () => Object.values(town.pids).map(cpuSeconds);
      const before = cpuOf();
      const seconds = await takeIn(town, system, file, rows);
      const [hubCpuS, hostCpuS] = cpuOf().map((s, n) => Number((s - before[n]).toFixed(1)));
      const peak = { hub: peakRssMiB(town.pids.hub), host: peakRssMiB(town.pids.host) };
      return {
        ratio: rows / seconds / floor.perS,
        peakRssMiB: Math.max(peak.hub, peak.host),
        perS: rows / seconds,
        floorPerS: floor.perS,
        hubCpuS,
        hostCpuS,
        peak,
      };
    } finally {
      await town.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds from the moment the file lies in the folder until its result file does. */
async function takeIn(town, system, file, expected) {
  const folder = town.folderOf(system);
  await town.query(`update plugin set enabled = false where id = 'konkyu'`);
  const result = join(folder, 'out', systems[system].result(file.name));
  const began = performance.now();
  renameSync(file.path, join(folder, 'in', file.name));
  await until(() => existsSync(result), 'the result file', 600_000, 20);
  const seconds = (performance.now() - began) / 1000;
  const { rows: counted } = await town.query(`select count(*)::int as n from referral where state = 'sent'`);
  if (counted[0].n !== expected) throw new Error(`${counted[0].n} of ${expected} rows became referrals`);
  return seconds;
}

/** In a town whose hub has shown with a small file what it writes, and has stopped. */
async function measureFloor(services, system, folder, path) {
  const town = await startTown(services);
  const vhost = await services.rabbit.createVhost('floor');
  try {
    const before = await countRows(town.query);
    await takeIn(town, system, await writeFile(system, folder, specimenRows, 90001), specimenRows);
    await town.stop();
    const { rows: found } = await town.query(
      `select r.id, s.key from referral r join submission s on s.referral = r.id order by r.id limit 1 offset $1`,
      [specimenRows / 2],
    );
    const [{ id: referral, key }] = found;
    const specimen = await takeSpecimen(town.query, { before, grownBy: specimenRows, key, referral });
    const specimenPath = join(folder, 'specimen.json');
    writeFileSync(specimenPath, JSON.stringify(specimen));
    const { stdout } = await run(process.execPath, [floorScript, town.databaseUrl, vhost.url, path, specimenPath]);
    return JSON.parse(stdout);
  } finally {
    await town.close();
    await vhost.deleteVhost();
  }
}

const writeFile = (system, folder, count, serial) =>
  systems[system].write({ rows: [...referrals(system, count, serial)], clock: new Date(), folder, serial });

function* referrals(system, count, serial) {
  const random = new SeededRandom(7);
  const clock = new Date();
  const wants = { change: '1', addressee: '4', consent: '1', concerns: '000000110000', meeting: '4' };
  const level = { careLevel: '22', supportLevel: '23' };
  for (let number = 1; number <= count; number++) {
    const key = `B${serial}-${String(number).padStart(9, '0')}`;
    const intent = { ...wants, ...level, key, note: '家賃滞納あり。' };
    yield systems[system].rowOf(inventResident(number, random, clock), intent, clock);
  }
}
