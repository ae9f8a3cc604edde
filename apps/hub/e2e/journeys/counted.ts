// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { renameSync } from 'node:fs';
import { join } from 'node:path';
import type { PluginDetail } from '@tsunagi/contracts';
import { addDays } from '@tsunagi/domain';
import { waitFor } from '@tsunagi/testing';
import { jumpTo, todayOf } from './clock';
import { consult } from './consultations';
import { todosOf, type People } from './people';
import { kaigoRecord } from '../town/kaigo-desk';
import { dailyFile, kosodateEvent } from '../town/kosodate-desk';
import { pluginIds } from '../town/town';

/**
 * The night after everything that has crossed by then: what each department's system holds of the day is held against what
 * the hub has taken and brought. Two things are gone from where they lay; when they are back, all of it adds up.
 */
export function counted(people: People): void {
  const { town, it_ } = people;
  const show = async (plugin: string) => (await it_('GET', `/plugins/${plugin}`)).body as PluginDetail;
  const verdictsOn = async (day: string) => {
    const found: Record<string, string> = {};
    for (const plugin of pluginIds) {
      const of = (await show(plugin)).days.find((one) => one.day === day);
      if (!of?.countedAt) return undefined;
      for (const { what, verdict } of of.counts) found[`${plugin} ${what}`] = verdict;
    }
    return found;
  };
  const differing = (verdicts: Record<string, string>) =>
    Object.keys(verdicts)
      .filter((name) => verdicts[name] === 'differs')
      .sort();
  const told = async () => (await todosOf(it_)).filter(({ kind }) => kind === 'counts_differ');
  const counts = (what: string, isSo: () => Promise<unknown>) =>
    waitFor(isSo, { what, timeoutMs: 30_000, everyMs: 200 });

  it('what has gone from a folder and from a table is missed, and its return settles it; nothing else differs', async () => {
    for (const plugin of pluginIds) {
      const { config, configVersion } = await show(plugin);
      const intake = { firstFile: 'take', startsOn: null, perFile: null, perHour: null };
      const set = await it_(
        'PUT',
        `/plugins/${plugin}/config`,
        { ...config, intake },
        { 'if-match': `"${configVersion}"` },
      );
      expect(set.status).toBe(200);
    }
    await town.kaigo.result(town.kaigo.drop([kaigoRecord({ key: 'COUNTED', insured: '0000000398' })]));
    town.kosodate.leave('counted.csv', dailyFile([kosodateEvent({ key: 'COUNTED', person: '7777901', to: ['1'] })]));
    await town.kosodate.status('COUNTED', '10');
    const { bytes } = await consult(town, 'KS-COUNTED');
    const day = await todayOf(people);
    const name = town.kaigo.files('out').find((one) => one.startsWith('KAR') && town.kaigo.holds('out', one, bytes));
    const [there, away] = [town.kaigo.path('out', name ?? ''), join(town.dataDir, 'mislaid')];
    renameSync(there, away);
    const bringBack = await town.konkyu.mislay('KS-COUNTED');

    const night = addDays(day, 1);
    await jumpTo(people, night, '01:00');
    const first = await counts('every system to be asked', () => verdictsOn(day));
    const missing = ['kaigo referrals', 'konkyu statuses'];
    expect([differing(first as Record<string, string>), await told()]).toEqual([missing, []]);
    await jumpTo(people, night, '01:11');
    await counts('somebody to be told', async () => (await told()).length === 2);

    renameSync(away, there);
    await bringBack();
    await jumpTo(people, night, '02:12');
    await counts('it to be settled', async () => (await told()).length === 0);
    const last = (await verdictsOn(day)) ?? {};
    expect(differing(last)).toEqual([]);
    expect(last).toMatchObject({
      'kaigo events': 'agrees',
      'konkyu events': 'agrees',
      'konkyu referrals': 'agrees',
      'kaigo statuses': 'agrees',
      'shogai statuses': 'agrees',
      // Of its daily folder; calls are nowhere to be counted.
      'kosodate events': 'agrees',
    });
  });
}
