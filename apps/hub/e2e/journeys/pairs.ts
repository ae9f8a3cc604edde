// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { base32ToUuid } from '@tsunagi/legacy';
import {
  act,
  isAcknowledged,
  isAsked,
  personOf,
  reaches,
  registerConsent,
  returnTogether,
  stateOf,
  timelineOf,
  withdrawConsent,
  type People,
} from './people';
import { kaigoSystem } from './systems/kaigo';
import { konkyuSystem } from './systems/konkyu';
import { kosodateSystem } from './systems/kosodate';
import { shogaiSystem } from './systems/shogai';
import { momentOf, type Written, type System, type Told } from './systems/system';
import { ymd } from '../town/written';

/** Every department with a system of its own; each sends to each other one. A further one is one more of these. */
const systems = [kaigoSystem, konkyuSystem, kosodateSystem, shogaiSystem];

/**
 * Once round the systems, every other step on this set-up and the others on that one: so each system sends, and each receives.
 * `npm run test:long -- pairs` plays every two, both ways, on both.
 */
export type Steps = 'even' | 'odd';
const playsAll = process.env['PAIRS'] === 'all';

/** What every two systems say to one another, in the formats of both, from the first to the last byte. */
export function pairs(people: People, steps: Steps): void {
  const all = systems.map((system) => system(people));
  const ordered = all.flatMap((from, one) =>
    all.flatMap((to, other) => (from !== to && (playsAll || stepsOf(one, other) === steps) ? [{ from, to }] : [])),
  );
  describe.each(ordered.map((pair) => [pair.from.domain, pair.to.domain, pair] as const))('%s → %s', (_, __, pair) =>
    onePair(pair),
  );
}

/** From each system to the next one. */
function stepsOf(from: number, to: number): Steps | undefined {
  if (to !== (from + 1) % systems.length) return undefined;
  return from % 2 === 0 ? 'even' : 'odd';
}

function onePair({ from, to }: { readonly from: System; readonly to: System }): void {
  const name = (what: string) => `P${from.digit}${to.digit}-${what}`;
  /** 本人確認, 連絡先, 相談事由, and 世帯の概要 where the sender's record has it: what the form permits. */
  const mask = `110${from.said.household === '' ? '0' : '1'}01${'0'.repeat(18)}`;

  const isWritten = async (referral: string, over: Partial<Written> = {}): Promise<{ delivery: string }> => {
    const { mark = '1', ...more } = over;
    const { delivery, found } = await to.arrived(referral, mark);
    const record: Written = { referral, delivery, mark, from, mask, said: from.said, ...more };
    expect(found).toEqual(to.record(record, found));
    return { delivery };
  };
  const isTold = async (key: string, referral: string, told: readonly Told[]): Promise<void> => {
    for (const { state, ...status } of told) {
      const at = await momentOf(from.desk, referral, state);
      const { found, expected } = await from.status({ key, referral, at, ...status });
      expect(found).toEqual(expected);
    }
    expect(await from.codes(key)).toEqual(told.map(({ code }) => code));
  };
  const arrived = { code: '10', state: 'received', by: to };

  it('arrives as the form permits, is asked, answered, taken, begun and completed: each told once', async () => {
    const key = name('LIFE');
    const referral = await from.asks(key, to);
    const at = { referral, ...(await isWritten(referral)) };
    await isTold(key, referral, [arrived]);
    await to.answers(at, '45', `${key}-1`, { text: '連絡のつく時間帯は。' });
    await reaches(from.desk, referral, 'questioned');
    expect(JSON.stringify(await timelineOf(from.desk, referral))).toContain('時間帯');
    // No layout has a record for an answer to a question: the desk reads it in the hub.
    await act(from.desk, referral, 'answer', { answer: '平日の午前です。' });
    expect(JSON.stringify(await timelineOf(to.desk, referral))).toContain('平日の午前です。');
    const told: Told[] = [arrived];
    for (const [code, state, more] of [
      ['20', 'accepted', {}],
      ['30', 'in_progress', {}],
      ['40', 'completed', { outcome: '011', text: '利用につながりました。' }],
    ] as const) {
      await to.answers(at, code, `${key}-${code}`, more);
      // Neither worker nor date nor text: the scope of the form is the state alone.
      told.push({ code, state, by: to });
      await isTold(key, referral, told);
    }
    expect(await to.count(referral)).toBe(1);
  });

  it('is returned when both desks agree, not before: 50 with the reason', async () => {
    const key = name('RETURN');
    const referral = await from.asks(key, to);
    const at = { referral, ...(await isWritten(referral)) };
    await to.answers(at, '50', `${key}-1`, { reason: '202' });
    await isAsked(to.supervisor, referral, 'confirm_return');
    expect(await stateOf(from.desk, referral)).toBe('received');
    await returnTogether(referral, { supervisor: to.supervisor, sender: from.desk, reasons: ['202'] });
    await isTold(key, referral, [arrived, { code: '50', state: 'returned', by: to, reason: '202' }]);
  });

  it('is corrected by a record of its own, whole, which is answered like the first; the state stays', async () => {
    const key = name('CHANGE');
    const referral = await from.asks(key, to);
    const first = await isWritten(referral);
    await to.answers({ referral, ...first }, '20', `${key}-1`);
    await reaches(from.desk, referral, 'accepted');
    const address = '見本県見本市見本町二丁目２番２号';
    await from.changes(key, to, { address });
    const second = await isWritten(referral, { mark: '2', said: { ...from.said, address } });
    expect(second.delivery).not.toBe(first.delivery);
    expect(await stateOf(from.desk, referral)).toBe('accepted');
    await to.answers({ referral, ...second }, '30', `${key}-2`);
    await isTold(key, referral, [
      arrived,
      { code: '20', state: 'accepted', by: to },
      { code: '30', state: 'in_progress', by: to },
    ]);
    expect(await to.count(referral)).toBe(2);
  });

  const takenBack: readonly {
    readonly when: string;
    readonly told: { readonly code: string; readonly state: string };
    readonly how: (referral: string) => Promise<unknown>;
  }[] = [
    {
      when: 'the consent is withdrawn',
      told: { code: '65', state: 'revoked' },
      how: (referral) => withdrawConsent(from.desk, referral),
    },
    {
      when: 'the sender withdraws',
      told: { code: '60', state: 'withdrawn' },
      how: (referral) => act(from.desk, referral, 'withdraw', { reason: 'ご本人の希望' }),
    },
  ];
  it.each(takenBack)(
    'is taken back by a record that names nobody when $when, and acknowledged',
    async ({ told, how }) => {
      const key = name(`BACK-${told.code}`);
      const referral = await from.asks(key, to);
      const { delivery } = await isWritten(referral);
      await isTold(key, referral, [arrived]);
      await how(referral);
      // Under the number of the delivery that it cancels.
      expect(await isWritten(referral, { mark: '3' })).toEqual({ delivery });
      // News of the sender's own record: nothing of the recipient is in it.
      await isTold(key, referral, [arrived, told]);
      await to.answers({ referral, delivery }, '60', `${key}-1`);
      await isAcknowledged(from.desk, referral);
    },
  );

  it('waits without consent; with one it goes as scoped, and worker, next date and note come back', async () => {
    const key = name('HELD');
    const referral = await from.asks(key, to, { consent: '9', address: '見本県秘密市九丁目９番９号' });
    expect(await stateOf(from.desk, referral)).toBe('awaiting_authority');
    expect((await to.desk('GET', `/referrals/${base32ToUuid(referral)}`)).status).toBe(404);
    expect([await to.count(referral), await from.codes(key)]).toEqual([0, []]);
    await registerConsent(from.desk, await personOf(from.desk, referral), {
      categories: ['identity', 'concern'],
      toward: to.domain,
      feedback: 'state+note',
    });
    const at = { referral, ...(await isWritten(referral, { mask: `100001${'0'.repeat(18)}` })) };
    // A status tells the worker known when it is written: the first is to be written before there is one.
    await isTold(key, referral, [arrived]);
    const note = { worker: '試験　太郎', next: ymd(3), text: '来週、面談の予定です。' };
    await to.answers(at, '20', `${key}-1`, note);
    await isTold(key, referral, [arrived, { code: '20', state: 'accepted', by: to, ...note }]);
  });
}
