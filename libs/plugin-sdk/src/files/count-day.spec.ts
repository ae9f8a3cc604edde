// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ControlCount } from '@tsunagi/contracts';
import { createHash } from 'node:crypto';
import { rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aClaim, aReferral, aStatus, toyPlugin } from '../../test/toy-plugin';
import { Journal } from '../journal/journal';
import type { ConnectedPlugin } from '../plugin/define-plugin';
import { systemClock } from '../surroundings/clock';
import { silentLog } from '../surroundings/log';
import { secretsIn } from '../surroundings/secrets';
import { temporaryLegacyFolder, type TemporaryFolder } from '../testing';

const day = '2026-11-20';
const lastMinute = new Date('2026-11-20T23:59:00+09:00');
const nextDay = new Date('2026-11-21T00:00:00+09:00');
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

describe('what lies in a legacy folder of a day', () => {
  let folder: TemporaryFolder;
  let journal: Journal;
  let toy: ConnectedPlugin;
  const put = async (place: string, name: string, text: string, at = lastMinute) => {
    const path = join(folder.path, place, name);
    await writeFile(path, text);
    await utimes(path, at, at);
  };
  const incoming = async (on = day) => {
    const counts: ControlCount[] = [];
    for (const source of toy.sources) counts.push(...(await source.countDay(on)));
    return counts;
  };
  const outgoing = (on = day) => toy.sink.countDay!(on);
  beforeEach(async () => {
    folder = await temporaryLegacyFolder();
    journal = await Journal.open(folder.path);
    const surroundings = { journal, log: silentLog, clock: systemClock, secrets: secretsIn(folder.path) };
    toy = await toyPlugin.connect({ folder: folder.path }, surroundings);
  });
  afterEach(async () => {
    await journal.close();
    await folder.remove();
  });

  it('is each file with its rows, those that wait among them, whether it was taken or still lies there', async () => {
    await put('done', 'TOY00001.TXT', 'TOY\nA,a\nB,BAD');
    await put('in', 'TOY00002.TXT', 'TOY\nC,c');
    await put('processing', 'TOY00003.TXT', 'TOY\nD,d\nE,e\nF,f');
    expect(await incoming()).toEqual([
      { what: 'events', source: 'folder', items: hashOf('TOY\nC,c'), count: 1 },
      { what: 'events', source: 'folder', items: hashOf('TOY\nD,d\nE,e\nF,f'), count: 3 },
      { what: 'events', source: 'folder', items: hashOf('TOY\nA,a\nB,BAD'), count: 2 },
    ]);
  });

  it('is of a file that was or will be refused its one refusal', async () => {
    await put('error', 'TOY00001.TXT', 'TOY\nA,a\nB,b');
    await put('in', 'TOY00002.TXT', 'no toy');
    expect((await incoming()).map(({ count }) => count)).toEqual([1, 1]);
  });

  it('is one file though it came twice, and one that was put away beside another of its name', async () => {
    await put('done', 'TOY00001.TXT', 'TOY\nA,a');
    await put('done', 'TOY00001-2.TXT', 'TOY\nB,b\nC,c');
    await put('done', 'TOY00009.TXT', 'TOY\nA,a');
    expect((await incoming()).map(({ count }) => count).sort()).toEqual([1, 2]);
  });

  it('is of the day on which its system wrote it, in Japan, and of no other kind of file', async () => {
    await put('done', 'TOY00001.TXT', 'TOY\nA,a', nextDay);
    await put('done', 'OTHER.TXT', 'TOY\nB,b');
    await put('in', 'TOY00002.TXT.tmp', 'TOY\nC,c');
    expect(await incoming()).toEqual([]);
    expect(await incoming('2026-11-21')).toHaveLength(1);
  });

  it('is of what was brought the records that lie in out, less what somebody has taken away', async () => {
    const status = () => {
      const data = aStatus();
      return { kind: 'status', ...aClaim(data.deliveryId), status: data } as const;
    };
    const referral = aReferral();
    await toy.sink.write([status(), status()]);
    await toy.sink.write([status(), { kind: 'referral', ...aClaim(referral.deliveryId), referral }]);
    const today = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
    // Nobody has said how many records such a file of referrals has.
    expect(await outgoing(today)).toEqual([{ what: 'statuses', count: 3 }, { what: 'referrals' }]);
    expect(await outgoing()).toEqual([{ what: 'statuses', count: 0 }, { what: 'referrals' }]);
    const [there, away] = ['out/STA00001.TXT', 'STA00001.TXT'].map((name) => join(folder.path, name));
    await rename(there!, away!);
    expect(await outgoing(today)).toContainEqual({ what: 'statuses', count: 1 });
    await rename(away!, there!);
    expect(await outgoing(today)).toContainEqual({ what: 'statuses', count: 3 });
  });
});
