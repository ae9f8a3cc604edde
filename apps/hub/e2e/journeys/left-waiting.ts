// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '@tsunagi/testing';
import type { People } from './people';
import { kaigoFile, kaigoRecord } from '../town/kaigo-desk';
import { dailyFile, kosodateEvent } from '../town/kosodate-desk';
import { atTerminal } from '../town/terminal';

/** Rows that wait where they came from, until their system mends them or a person lets them be read again. */
export function leftWaiting({ town, it_ }: People): void {
  const sound = (key: string) => kaigoRecord({ key, insured: '0000000391' });
  /** 証記載保険者番号 with a wrong check digit; the control record has the right one. */
  const wrongInsurer = (key: string) => kaigoRecord({ key, insured: '0000000392', insurer: '00990011' });
  const unrealDay = (key: string) =>
    kaigoRecord({ key, insured: '0000000393' }).map((value, at) => (at === 9 ? '19410229' : value));
  const folder = () => join(town.dataDir, 'sandbox', 'kaigo');

  const listed = async (plugin: string, query = '') =>
    (await it_('GET', `/plugins/${plugin}/quarantine${query}`)).body as {
      items: { id: string; row: number; code: string; source?: string; release?: object; field?: number }[];
      counts: Record<string, number>;
    };
  const decide = (plugin: string, id: string, how: 'release' | 'close', body: object = {}) =>
    it_('POST', `/plugins/${plugin}/quarantine/${id}/${how}`, body);
  const tsunagi = async (...argv: string[]) => {
    const { code, said } = await atTerminal(town.dataDir, ...argv);
    return { code, said: JSON.parse(said) };
  };
  const reconciled = (counts: Record<string, number>) => {
    const { read, ...others } = counts;
    return read === Object.values(others).reduce((sum, n) => sum + n, 0);
  };

  it('are listed without a value, released where that is possible, and every count of their file adds up', async () => {
    const bytes = kaigoFile([sound('WAIT-1'), wrongInsurer('WAIT-2'), unrealDay('WAIT-3')]);
    const file = createHash('sha256').update(bytes).digest('hex');
    const name = town.kaigo.drop(bytes);
    const result = await town.kaigo.resultBytes(name);
    const before = await listed('kaigo', `?file=${file}`);
    expect(before.items).toMatchObject([
      { row: 2, field: 6, code: 'E-CD-HOKENSHA', source: 'folder', release: { override: expect.any(String) } },
      { row: 3, field: 10, code: 'E-DATE', source: 'folder' },
    ]);
    expect(before.items[1]).not.toHaveProperty('release');
    expect(JSON.stringify(before)).not.toMatch(/00990011|19410229|WAIT-/);
    expect(before.counts).toMatchObject({ read: 3, quarantined: 2 });
    expect(reconciled(before.counts)).toBe(true);

    const [insurer, day] = before.items.map(({ id }) => id);
    const refused = await decide('kaigo', day!, 'release');
    expect([refused.status, refused.body.code]).toEqual([409, 'ROW_NOT_RELEASABLE']);
    const released = await decide('kaigo', insurer!, 'release');
    expect([released.status, released.body.state]).toEqual([200, 'released']);
    expect((await decide('kaigo', insurer!, 'release')).body.code).toBe('ROW_NOT_WAITING');
    // What the legacy system was told in its result file stays as it was told.
    expect(await town.kaigo.resultBytes(name)).toEqual(result);

    const after = await listed('kaigo', `?file=${file}`);
    expect(after.items.map(({ row }) => row)).toEqual([3]);
    expect(after.counts).toMatchObject({ read: 3, quarantined: 1 });
    expect(reconciled(after.counts)).toBe(true);

    const corrected = town.kaigo.drop([sound('WAIT-3')]);
    await town.kaigo.resultBytes(corrected);
    const last = await listed('kaigo', `?file=${file}`);
    expect(last.items).toEqual([]);
    expect(last.counts).toMatchObject({ read: 3, quarantined: 0, closed: 1 });
    expect(reconciled(last.counts)).toBe(true);
  });

  it('are not released once their file is gone or is another, and may be closed instead', async () => {
    const name = town.kaigo.drop([wrongInsurer('WAIT-4')]);
    await town.kaigo.resultBytes(name);
    const place = join(folder(), 'done', name);
    await waitFor(() => readFileSync(place), { what: 'the file to be put away' });
    const original = readFileSync(place);
    const file = createHash('sha256').update(original).digest('hex');
    const waiting = await tsunagi('quarantine', 'list', '--plugin', 'kaigo', '--file', file);
    expect(waiting).toMatchObject({
      code: 1,
      said: { items: [{ row: 1, code: 'E-CD-HOKENSHA' }], counts: { read: 1 } },
    });
    const { id } = waiting.said.items[0];
    renameSync(place, `${place}.moved`);
    const gone = await tsunagi('quarantine', 'release', 'kaigo', id);
    expect(gone).toMatchObject({ code: 2, said: { message: expect.stringContaining('ROW_GONE') } });
    writeFileSync(place, Buffer.concat([original, Buffer.from('x')]));
    expect((await decide('kaigo', id, 'release')).body.code).toBe('ROW_GONE');
    expect((await decide('kaigo', id, 'close', {})).status).toBe(422);
    const closed = await tsunagi('quarantine', 'close', 'kaigo', id, '--reason', '業務システムで取り消した');
    expect(closed).toMatchObject({ code: 0, said: { state: 'closed' } });
    const { items, counts } = await listed('kaigo', `?file=${file}`);
    expect([items, counts]).toMatchObject([[], { read: 1, closed: 1 }]);
    // What was taken lies there again: the numbers of the day are held against it.
    renameSync(`${place}.moved`, place);
  });

  it('say which view they are from; a day of an era that had ended is read as what it is in the calendar', async () => {
    await town.konkyu.consult('W-ERA-1', { seinen_gengo: '3', seinen_ymd: '310501' });
    const row = await waitFor(async () => (await listed('konkyu')).items.find(({ code }) => code === 'E-ERA'), {
      what: 'the row to wait',
      timeoutMs: 30_000,
    });
    expect(row).toMatchObject({ source: 'sodan', field: 11 });
    const released = await decide('konkyu', row.id, 'release');
    expect([released.status, released.body.state]).toEqual([200, 'released']);
    expect((await listed('konkyu')).items.map(({ id }) => id)).not.toContain(row.id);
  });

  it('of a daily file go on in spite of their version by a person’s word, and the rows of the file add up', async () => {
    const event = (key: string, person: string, address?: string) =>
      kosodateEvent({ key, person, to: ['1'], ...(address !== undefined && { address }) });
    town.kosodate.leave('wait-1.csv', dailyFile([event('W-C-1', '7777801')]));
    await town.kosodate.status('W-C-1', '10');
    const bytes = dailyFile([event('W-C-1', '7777801', '見本県見本市本町二丁目'), event('W-C-2', '7777802')]);
    const file = createHash('sha256').update(bytes).digest('hex');
    town.kosodate.leave('wait-2.csv', bytes);
    expect((await town.kosodate.status('W-C-1', '90')).body['message']).toBe('E-VERSION（23 historyKey）');
    await town.kosodate.status('W-C-2', '10');
    const before = await listed('kosodate', `?file=${file}`);
    expect(before).toMatchObject({
      items: [{ row: 1, field: 23, code: 'E-VERSION', source: 'daily', release: { override: expect.any(String) } }],
      counts: { read: 2, accepted: 1, quarantined: 1 },
    });
    const released = await decide('kosodate', before.items[0]!.id, 'release');
    expect(released).toMatchObject({ status: 200, body: { state: 'released', outcome: 'accepted' } });
    const after = await listed('kosodate', `?file=${file}`);
    expect(after).toMatchObject({ items: [], counts: { read: 2, accepted: 2, quarantined: 0 } });
    expect(JSON.stringify([before, after])).not.toMatch(/見本|W-C-/);
  });

  it('is looked for at once when IT asks, however rarely the plugin looks by itself', async () => {
    const { body } = await it_('GET', '/plugins/kaigo');
    const version = Number(body.configVersion);
    const set = (config: object, seen: number) =>
      it_('PUT', '/plugins/kaigo/config', config, { 'if-match': `"${seen}"` });
    const changed = await set({ ...body.config, pollMs: 600_000 }, version);
    expect(changed.status).toBe(200);
    const running = async (wanted: number) => {
      const { body: now } = await it_('GET', '/plugins/kaigo');
      return now.laneOpen === true && now.configVersion === wanted;
    };
    await waitFor(() => running(version + 1), { what: 'the new settings', timeoutMs: 30_000 });
    const name = town.kaigo.drop([sound('WAIT-5')]);
    expect((await tsunagi('plugin', 'poll', 'kaigo')).code).toBe(0);
    await town.kaigo.resultBytes(name);
    const { body: history } = await it_('GET', '/plugins/kaigo/config/versions');
    expect(history.items[0]).toMatchObject({ version: version + 1, current: true, changes: [{ pointer: '/pollMs' }] });
    const returned = await tsunagi('plugin', 'config', 'kaigo', '--return', String(version));
    expect(returned).toMatchObject({ code: 0, said: { given: true, configVersion: version + 2, config: body.config } });
    await waitFor(() => running(version + 2), { what: 'the old settings', timeoutMs: 30_000 });
  });
}
