// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { IntakePause, PluginDetail } from '@tsunagi/contracts';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { kaigoRecord } from './town/kaigo-desk';
import { atTerminal } from './town/terminal';
import { productionTown, type ProductionControls, type Town } from './town/town';
import type { Api } from '../test/sign-in';

jest.setTimeout(180_000);

/** What a production hub watches by itself, a demo municipality only where it is told to. */
const asInProduction = {};

describeWithServices(['postgres', 'rabbit-accounts'], 'on the day of the cut-over', () => {
  let town: Town & ProductionControls;
  let it_: Api;
  beforeAll(async () => {
    town = await productionTown({ intake: asInProduction });
    it_ = await town.as({ role: 'it_admin' });
  });
  afterAll(() => town?.close());

  /** Everything that is there has been tried, and somebody is asked. */
  const triedWhole = (plugin: string): Promise<IntakePause> =>
    waitFor(
      async () => {
        const { intake } = (await it_('GET', `/plugins/${plugin}`)).body as PluginDetail;
        return intake.pause?.trial === 'waits' && intake.pause;
      },
      { what: `the first records of ${plugin} to be tried`, timeoutMs: 120_000, everyMs: 200 },
    );
  const confirm = (plugin: string) =>
    atTerminal(town.dataDir, 'plugin', 'confirm', plugin, '--reason', '件数を突き合わせた');
  const queue = async () =>
    ((await (await town.as({ role: 'coordinator' }))('GET', '/referrals')).body.items as unknown[]).length;

  it('the first file of 介護 is tried to its last row, waits in processing, and is taken when somebody confirms it', async () => {
    // More than a host has on its way at a time; what matters stands at the end.
    const own = Array.from({ length: 1_900 }, (_, n) =>
      kaigoRecord({
        key: `OWN-${n}`,
        insured: String(5_000_000 + n).padStart(10, '0'),
        to: '1',
        note: '',
        short: true,
      }),
    );
    const last = [
      kaigoRecord({ key: 'LAST-1', insured: '0000000911' }),
      kaigoRecord({ key: 'LAST-2', insured: '0000000912', consent: '9' }),
      kaigoRecord({ key: 'LAST-3', insured: '0000000913', to: '2' }),
      kaigoRecord({ key: 'LAST-4', insured: '0000000914', insurer: '00990011' }),
    ];
    const name = town.kaigo.drop([...own, ...last]);
    const pause = await triedWhole('kaigo');
    expect(pause).toMatchObject({ reason: 'FIRST_FILE', newReferrals: 3, quarantined: 1 });
    expect(pause.rehearsed).toHaveLength(4);
    expect(pause.rehearsed).toEqual(
      expect.arrayContaining([
        { outcome: 'no_referral', count: own.length },
        { outcome: 'accepted', desk: '自立相談支援機関', count: 1 },
        { outcome: 'accepted', desk: '障害者相談支援事業所', count: 1 },
        expect.objectContaining({ outcome: 'held', desk: '自立相談支援機関', count: 1 }),
      ]),
    );
    expect([town.kaigo.files('in'), town.kaigo.files('processing'), town.kaigo.files('done')]).toEqual([
      [],
      [name],
      [],
    ]);
    expect([await queue(), await town.konkyu.all(), town.kaigo.files('out')]).toEqual([0, [], []]);

    expect((await confirm('kaigo')).code).toBe(0);
    await waitFor(() => town.kaigo.files('done').includes(name), { what: 'the file to be taken', timeoutMs: 120_000 });
    const results = await town.kaigo.result(name);
    expect(results.slice(own.length).map((row) => [row[3], row[4]])).toEqual([
      ['LAST-1', '10'],
      ['LAST-2', '11'],
      ['LAST-3', '10'],
      ['LAST-4', '90'],
    ]);
    expect(new Set(results.slice(0, own.length).map((row) => row[4]))).toEqual(new Set(['14']));
    expect(await queue()).toBe(3);
    expect(
      await waitFor(async () => (await town.konkyu.all()).length > 0 && town.konkyu.all(), { what: 'it to arrive' }),
    ).toHaveLength(1);
  });

  it('the first rows of 生活困窮, which come in no file, wait in their view alike', async () => {
    const sodans = ['KS-FIRST-1', 'KS-FIRST-2'];
    for (const sodan of sodans) await town.konkyu.consult(sodan);
    const before = await queue();
    const pause = await waitFor(
      async () => {
        const tried = await triedWhole('konkyu');
        return tried.newReferrals === sodans.length && tried;
      },
      { what: 'both rows to be tried', timeoutMs: 60_000, everyMs: 200 },
    );
    expect(pause).toMatchObject({
      reason: 'FIRST_FILE',
      rehearsed: [{ outcome: 'accepted', desk: '地域包括支援センター', count: 2 }],
    });
    expect([await queue(), await town.konkyu.results('KS-FIRST-1')]).toEqual([before, []]);
    expect((await confirm('konkyu')).code).toBe(0);
    for (const sodan of sodans) await town.konkyu.told(sodan, '10');
    expect(await queue()).toBe(before + sodans.length);
  });
});
