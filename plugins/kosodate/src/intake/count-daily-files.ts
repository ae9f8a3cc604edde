// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DayCount } from '@tsunagi/plugin-sdk';
import { japaneseMoment } from '@tsunagi/plugin-sdk/records';
import { setImmediate as turn } from 'node:timers/promises';
import type { DailyFolder } from './daily-folder';
import { readDailyFile } from './read-daily-file';

/**
 * The rows of each file that was written on this day (`YYYY-MM-DD`), in whatever folder it lies and whether that is marked as
 * done or not. The same bytes are one file, whatever their names; of one that is refused whole its one refusal counts.
 */
export async function countDailyFiles(folder: DailyFolder, day: string): Promise<readonly DayCount[]> {
  const written = day.replaceAll('-', '');
  const counts = new Map<string, DayCount>();
  for (const of of await folder.days()) {
    for (const name of (await folder.namesOf(of)).names) {
      const found = await folder.lookAt(of, name);
      if (!found || japaneseMoment(new Date(found.mtimeMs)).day !== written) continue;
      const { bytes, sha256 } = await folder.read(found);
      counts.set(sha256, { what: 'events', items: sha256, count: await rowsOf(bytes) });
    }
  }
  return [...counts.values()];
}

async function rowsOf(bytes: Uint8Array | undefined): Promise<number> {
  const reading = bytes && readDailyFile(bytes);
  if (!reading?.ok) return 1;
  let count = 0;
  for (const row of reading.rows) {
    count = row.row;
    if (count % 1_000 === 0) await turn();
  }
  return count;
}
