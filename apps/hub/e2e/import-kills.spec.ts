// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomInt } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { SeededRandom } from '@tsunagi/sandbox';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { Client } from 'pg';
import { difference } from './town/difference';
import { importFile, type ImportFile, type Importing } from './town/import-file';
import { parts, remainsOf, type Remains } from './town/remains';
import { productionTown, type ProductionControls, type Town } from './town/town';

/** `npm run test:long -- import-kills` takes 50 and 20,000; every change is tried with fewer. */
const kills = Number(process.env['IMPORT_KILLS'] ?? '2');
const rows = Number(process.env['IMPORT_ROWS'] ?? '200');
/** IMPORT_SEED of a run that failed makes its file and its moments again. */
const seed = Number(process.env['IMPORT_SEED'] ?? randomInt(1_000_000));
/** A row on its way through everything, on a machine that is busy. */
const patienceMs = 60_000 + rows * 20;
/** A host is up in less than half of it; the rest it sends again what it had sent before. */
const longestMomentMs = 5_000;
/** Rows in a millisecond: no host sends a file again as fast. */
const fastestPerMs = 20;
/** No host has read its own code by then. */
const loadingMs = 200;

// A town that opens, and two waits after the kills; each has its own patience.
jest.setTimeout(3 * patienceMs + kills * 2 * longestMomentMs);

interface Import {
  readonly system: Importing;
  readonly town: Town & ProductionControls;
  readonly file: ImportFile;
  /** Rows that the hub has answered for good. */
  taken(): Promise<number>;
  /** Has the hub heard of a host of that system since then? */
  heardSince(moment: Date): Promise<boolean>;
}

/** Runs an import in a fresh town, to the last receipt. */
async function importing(
  system: Importing,
  how: string,
  file: ImportFile,
  during: (running: Import) => Promise<void>,
  hostFailpoint?: string,
): Promise<Remains> {
  const town = await productionTown({ hostFailpoint });
  const client = new Client({ connectionString: town.databaseUrl });
  try {
    await client.connect();
    const ask = async (sql: string) => Number((await client.query<{ n: string }>(`select (${sql}) as n`)).rows[0]?.n);
    const taken = () => ask('select (select count(*) from submission) + (select count(*) from quarantined_row)');
    const open = () =>
      ask(`select count(*) from delivery where plugin is not null and state in ('queued', 'claimed', 'sent')`);
    town[system].drop(file.bytes, file.name);
    const heardSince = async (moment: Date) => {
      const { rowCount } = await client.query(`select from plugin_host where plugin = $1 and last_seen > $2`, [
        system,
        moment,
      ]);
      return rowCount === 1;
    };
    await during({ system, town, file, taken, heardSince });
    const patience = { timeoutMs: patienceMs, everyMs: 200 };
    await waitFor(() => isFinished(town, system, file), { what: 'the file to be put away', ...patience });
    await waitFor(async () => (await open()) === 0, { what: 'every delivery to get its receipt', ...patience });
    note(
      `${system}, ${how}: tries of a delivery beside its first, at most: ${await ask('select coalesce(max(attempts), 0) from delivery')}`,
    );
    return await remainsOf(town, system);
  } finally {
    await client.end();
    await town.close();
  }
}

const isFinished = (town: Town, system: Importing, { name }: ImportFile) => town[system].files('done').includes(name);

/** Where a kill hit: rows taken when that host began, and when it died. */
interface Hit {
  readonly from: number;
  readonly to: number;
  readonly at: 'start, or rows sent again' | 'new rows' | 'result';
}

/**
 * The last moment of an import: its result is kept and does not lie in the folder yet. No host gets past it the first time,
 * so that a random kill that would come too late hits here.
 */
const beforeResult = 'result-ready:1:exit';

/** Kills the host so often, each time within the import and spread over its rows. */
async function killAtRandom({ system, town, file, taken, heardSince }: Import, random: SeededRandom): Promise<Hit[]> {
  const hits: Hit[] = [];
  while (hits.length < kills) {
    const kill = hits.length + 1;
    const from = await taken();
    const isDue = momentOfDeath({ from, kill, resultKept: hits.some(({ at }) => at === 'result') });
    await waitFor(async () => town.hostEnded() || (await isDue()), {
      what: `kill ${kill}, after ${from} rows`,
      timeoutMs: patienceMs,
      everyMs: 5,
    });
    if (isFinished(town, system, file))
      throw new Error(`the import was over before kill ${kill} of ${kills}, after ${from} rows`);
    const diedAtResult = town.hostEnded();
    await town.killHost(beforeResult);
    const to = await taken();
    hits.push({ from, to, at: diedAtResult ? 'result' : to > from ? 'new rows' : 'start, or rows sent again' });
  }
  return hits;

  function momentOfDeath(host: { from: number; kill: number; resultKept: boolean }): () => boolean | Promise<boolean> {
    const { from, kill, resultKept } = host;
    const [began, beganAt] = [performance.now(), new Date()];
    const after = (ms: number) => performance.now() - began >= ms;
    // Nothing is left to do but put the file away: it dies before it can.
    if (resultKept) return () => after(random.between(0, loadingMs));
    // It only sends again. The last kill leaves it to come to its result.
    if (from === rows) {
      const moment = random.between(0, rows / fastestPerMs);
      let heardAt: number | undefined;
      return async () => {
        if (kill === kills) return false;
        if (heardAt === undefined && (await heardSince(beganAt))) heardAt = performance.now();
        return heardAt !== undefined && performance.now() - heardAt >= moment;
      };
    }
    const share = Math.min(rows, from + random.between(1, Math.ceil((2 * rows) / kills)));
    const hasShare = async () => (await taken()) >= share;
    if (kill === kills) return () => false;
    // Behind: it may take rows. Else it dies as well while it starts or sends again what was sent before.
    if (from < (rows * kill) / kills) return hasShare;
    const moment = random.between(0, longestMomentMs);
    return async () => after(moment) || (await hasShare());
  }
}

/** For the report of a long run. */
function note(sentence: string): void {
  const path = process.env['TEST_LONG_NOTES'];
  if (path !== undefined) appendFileSync(path, `${sentence}\n`);
}

const quarterOf = ({ to }: Hit) => Math.min(3, Math.floor((4 * to) / rows));

/** Whose files are imported: one in the envelope, one of fixed length. */
for (const system of ['kaigo', 'shogai'] as const)
  describeWithServices(
    ['postgres', 'rabbit-accounts'],
    `${system}: the plugin host, killed ${kills} times during an import of ${rows} rows (IMPORT_SEED=${seed})`,
    () => {
      let file: ImportFile;
      let undisturbed: Remains;
      let killed: Remains;
      beforeAll(async () => (file = await importFile(system, rows, new SeededRandom(seed))));

      it('finishes a file undisturbed, which shows what is to be left behind', async () => {
        undisturbed = await importing(system, 'undisturbed', file, () => Promise.resolve());
        // What the hub itself refuses waits among the rows as well.
        const places = [...undisturbed.submissions, ...undisturbed['quarantined rows']].map(({ of }) => of);
        expect(new Set(places).size).toBe(rows);
        // All three systems have got something, and the sender has heard of it.
        for (const part of ["recipient's table", "other recipient's files", 'statuses'] as const)
          expect(undisturbed[part]).not.toEqual([]);
      });

      it('finishes the same file after every kill has hit the import', async () => {
        const hitting = async (running: Import) => {
          const hits = await killAtRandom(running, new SeededRandom(seed));
          const quarters = [0, 1, 2, 3].map((quarter) => hits.filter((hit) => quarterOf(hit) === quarter).length);
          const of = (at: Hit['at']) => `${hits.filter((hit) => hit.at === at).length} (${at})`;
          note(
            `${system}, kills by what the host was at: ${of('start, or rows sent again')}, ${of('new rows')}, ${of('result')}; ` +
              `by quarter of the rows taken: ${quarters.join(', ')}; IMPORT_SEED=${seed}`,
          );
          // A small file is taken in a few messages.
          if (kills >= 20) expect(quarters).not.toContain(0);
        };
        killed = await importing(system, 'killed', file, hitting, beforeResult);
      });

      it.each(parts)('leaves the same behind as an undisturbed import: %s', (part) => {
        expect(difference(undisturbed[part], killed[part])).toEqual([]);
      });
    },
  );
