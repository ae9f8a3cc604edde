// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Incident } from '@tsunagi/contracts';
import { addDays, japaneseDay } from '@tsunagi/domain';
import { nowOf } from './clock';
import { act, handIn, ledgerOf, registerConsent, stateOf, todosAbout, todosOf, view, type People } from './people';
import type { Api } from '../../test/sign-in';

/** Two who look like one. */
export function mixUp(people: People): void {
  const { konkyu, kaigo, seat } = people;
  const shogai = seat({ role: 'caseworker', domain: 'shogai' });
  const officer = seat({ role: 'privacy_officer' });
  const coordinator = seat({ role: 'coordinator' });

  it('S20: of two women of one name and birth date the wrong one’s referral is masked and recalled, and the right one’s leaves', async () => {
    const identity = { name: '見本　二十', kana: 'ミホン　ハツカ', birthDate: '1984-05-06' };
    const asks = async (whose: string, toward: 'kosodate' | 'shogai', boxes: readonly string[]) => {
      const identifiers = [{ system: 'konkyu', value: `S20-${whose}` }];
      const subject = { ref: 'subject', role: 'subject', identifiers, items: { identity, concern: { boxes } } };
      const to = { domain: toward };
      const { body } = await handIn(konkyu, { at: await nowOf(people), subject, to, howTheyMeet: 'through_sender' });
      const id = body.id as string;
      return { id, outcome: body.outcome as string, person: (await view(konkyu, id)).person as string };
    };
    const permits = (person: string, toward: string) =>
      registerConsent(konkyu, person, { categories: ['identity', 'concern'], toward, feedback: 'state' });
    const decided = async (who: Api, id: string) =>
      (await who('GET', `/referrals/${id}/decision`)).body.items[0] as { members: { consents: string[] }[] };

    // That name and birth date agree makes nobody one.
    const hers = await asks('1', 'kosodate', ['housing']);
    const others = await asks('2', 'kosodate', ['income_work']);
    expect(others.person).not.toBe(hers.person);
    for (const { person } of [hers, others]) await permits(person, 'kosodate');
    await permits(hers.person, 'shogai');
    const wrong = await asks('2', 'shogai', ['income_work']);
    expect([wrong.person, wrong.outcome]).toEqual([others.person, 'held']);
    const link = (agreed: readonly string[]) =>
      konkyu('POST', `/persons/${others.person}/link`, { other: hers.person, agreed });
    expect((await link(['name', 'kana', 'birth_date', 'sex'])).body.code).toBe('MATCH_NOT_CONFIRMED');

    // Somebody confirms two items too many, somebody else believes it: her word lets the other one's referral out.
    expect((await link(['name', 'birth_date', 'address', 'telephone'])).status).toBe(201);
    const merged = await officer('POST', `/persons/${others.person}/merge`, { into: hers.person });
    expect([merged.status, merged.body.person]).toEqual([200, hers.person]);
    expect(await stateOf(konkyu, wrong.id)).toBe('sent');
    await act(shogai, wrong.id, 'receive');
    await act(shogai, wrong.id, 'accept', { worker: { name: '試験　月' }, personMatched: true });
    expect((await view(shogai, wrong.id)).members).toMatchObject([{ items: { identity } }]);

    // 別人: nobody there reads it any more, and the desk says that it has stopped using it.
    const noticed = japaneseDay(await nowOf(people));
    await act(shogai, wrong.id, 'misdirected', { what: 'wrong_person', reason: '面接の方とは別の方の記録。' });
    const masked = await view(shogai, wrong.id);
    expect([masked.members, masked.misdirected]).toEqual([undefined, true]);
    expect(await todosAbout(konkyu, wrong.id)).toContain('see_misdirected');
    const taken = async () => (await ledgerOf(konkyu, wrong.id)).flatMap(({ recall }) => (recall ? [recall] : []));
    expect((await taken()).map((recall) => recall.acknowledgedAt)).toEqual([undefined]);
    const [stop] = (await todosOf(shogai)).filter((t) => t.referralId === wrong.id && t.kind === 'stop_using');
    expect((await shogai('POST', `/todos/${stop?.id}/done`, {})).status).toBe(204);
    expect((await taken()).map((recall) => recall.acknowledgedAt)).toEqual([expect.any(String)]);

    const incidents = async (who: Api) =>
      ((await who('GET', '/incidents')).body.items as Incident[]).filter((i) => i.referralId === wrong.id);
    for (const who of [officer, konkyu, shogai])
      expect(await incidents(who)).toMatchObject([
        {
          kind: 'wrong_person',
          persons: [{ categories: expect.arrayContaining(['identity', 'concern']) }],
          from: { domain: 'konkyu' },
          recipients: [{ domain: 'shogai' }],
          dues: { firstReport: addDays(noticed, 5), finalReport: addDays(noticed, 30), tell: addDays(noticed, 30) },
        },
      ]);
    expect(await incidents(kaigo)).toEqual([]);
    expect((await coordinator('GET', '/incidents')).body.code).toBe('ROLE_MISSING');

    // Put apart as the desk asks, and all that was decided through the link is named.
    const doubt = { merged: others.person, referrals: [], identifiers: [], reason: 'wrong_person' };
    const doubted = await konkyu('POST', `/persons/${hers.person}/doubt`, doubt);
    expect(doubted.status).toBe(201);
    const split = await officer('POST', `/persons/${hers.person}/split`, { doubt: doubted.body.id });
    expect([split.status, split.body.person]).toEqual([200, others.person]);
    expect([...split.body.referrals].sort()).toEqual([others.id, wrong.id].sort());
    expect((await incidents(officer)).map((i) => i.kind).sort()).toEqual(['wrong_merge', 'wrong_person']);
    expect(split.body.incidents).toEqual([(await incidents(officer)).find((i) => i.kind === 'wrong_merge')?.id]);
    expect(await view(konkyu, wrong.id)).toMatchObject({ person: others.person });

    // Hers leaves by a decision of its own; the other one's needs a word of hers.
    const right = await asks('1', 'shogai', ['housing']);
    expect([right.person, right.outcome]).toEqual([hers.person, 'accepted']);
    const { consents } = (await konkyu('GET', `/persons/${hers.person}/consents`)).body;
    const toShogai = consents.find((c: { scope: { recipients: { domain?: string }[] } }) =>
      c.scope.recipients.some((r) => r.domain === 'shogai'),
    );
    expect((await decided(konkyu, right.id)).members).toMatchObject([{ consents: [toShogai.id] }]);
    await act(shogai, right.id, 'receive');
    expect((await view(shogai, right.id)).members).toMatchObject([{ items: { concern: { boxes: ['housing'] } } }]);
    expect((await asks('2', 'shogai', ['housing'])).outcome).toBe('held');
  });
}
