// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addMonths } from '@tsunagi/domain';
import { base32ToUuid, uuidToBase32 } from '@tsunagi/legacy';
import { jumpTo, nowOf, todayOf } from './clock';
import { answerAsCare, consult } from './consultations';
import {
  act,
  deskOf,
  engage,
  handIn,
  isAsked,
  personOf,
  registerConsent,
  returnTogether,
  stateOf,
  timelineOf,
  todosAbout,
  told,
  view,
  type People,
} from './people';
import type { Api } from '../../test/sign-in';

/** Matters that do not end where they were first sent. */
export function wholeLife(people: People): void {
  const { town, kaigo, konkyu, it_, seat } = people;
  const careSupervisor = seat({ role: 'supervisor', domain: 'kaigo' });
  const shogai = seat({ role: 'caseworker', domain: 'shogai' });
  const shogaiSupervisor = seat({ role: 'supervisor', domain: 'shogai' });
  const coordinator = seat({ role: 'coordinator' });

  /** The desk that leads, as one of those who took part sees it. */
  const leadOf = async (who: Api, referral: string) =>
    (await who('GET', `/support-units?referral=${referral}`)).body.items[0].lead;

  it('S3: returned after talking, redirected with a fresh consent, returned again: the desks talk, the lead stays', async () => {
    // An elderly man who needs care, as the office records him; the care desk's system says 対象外.
    const at = await consult(town, 'S3-0001', { shimei: '見本　三吉', furigana: 'みほん　さんきち' });
    await answerAsCare(town, at, '50', 'KAS-S3-1', { reason: '101' });
    expect(await stateOf(konkyu, at.referral)).toBe('received');
    await isAsked(careSupervisor, at.referral, 'confirm_return');

    // After talking, naming 障害; until the office acts on it, it is the office's to do.
    const fitting = { domain: 'shogai' };
    await returnTogether(at.referral, { supervisor: careSupervisor, sender: konkyu, reasons: ['101'], fitting });
    expect(await town.konkyu.told('S3-0001', '50')).toMatchObject({ sashimodoshi_riyu: '101' });
    const history = await timelineOf(konkyu, at.referral);
    expect(history.find((e) => e.action === 'propose-return')?.note).toMatchObject({ fitting });
    expect((await timelineOf(kaigo, at.referral)).at(-1)?.note).toMatchObject({
      talk: { names: ['見本　花', '試験　月'] },
      keepsDoing: { sender: '見守りを続ける', recipient: '連絡を受ける' },
    });
    expect(await todosAbout(konkyu, at.referral)).toEqual(['act_on_return']);

    // His consent names the care desks: at 障害 nobody learns of him before he was asked anew.
    const redirect = { to: fitting, personInformed: told(new Date()) };
    const { state, next = '' } = await act(konkyu, at.referral, 'redirect', redirect);
    expect(state).toBe('redirected');
    expect(await todosAbout(konkyu, at.referral)).toEqual([]);
    expect(await view(konkyu, next)).toMatchObject({ state: 'awaiting_authority', kind: 'referral' });
    expect(await todosAbout(konkyu, next)).toEqual(['authority_needed']);
    for (const desk of [shogai, shogaiSupervisor, kaigo]) expect((await view(desk, next)).code).toBe('NOT_FOUND');
    const { journeyId } = await view(konkyu, at.referral);
    expect(await view(konkyu, next)).toMatchObject({ journeyId, continues: base32ToUuid(at.referral) });

    const person = await personOf(konkyu, next);
    await registerConsent(konkyu, person, { categories: ['identity', 'concern'], toward: 'shogai', feedback: 'state' });
    expect(await stateOf(konkyu, next)).toBe('sent');
    expect(await todosAbout(shogai, next)).toEqual(['take_referral']);
    await act(shogai, next, 'receive');
    const [{ items }] = (await view(shogai, next)).members;
    expect(Object.keys(items).sort()).toEqual(['concern', 'identity']);
    expect(items.identity.name).toBe('見本　三吉');
    // The office's own tables have heard of each: of the one to care, and of the one that went on.
    await town.konkyu.told('S3-0001', '10');
    expect((await town.konkyu.results('S3-0001')).map((r) => [r.hub_shokai_id, r.jotai_cd])).toEqual([
      [at.referral, '10'],
      [at.referral, '50'],
      [uuidToBase32(next), '10'],
    ]);
    // What is no つなぎ of theirs they do not see: neither that care had him before, nor where he went from there.
    expect((await view(shogai, next)).continues).toBeUndefined();
    expect((await view(kaigo, next)).code).toBe('NOT_FOUND');

    // 障害 cannot keep him either. Nobody is sent round: both desks and the coordinator talk.
    const again = await act(shogaiSupervisor, next, 'propose-return', { reasons: ['901'], whoTellsPerson: '試験　月' });
    expect(again.state).toBe('coordinating');
    for (const desk of [konkyu, shogai]) expect(await stateOf(desk, next)).toBe('coordinating');
    expect(await todosAbout(coordinator, next)).toEqual(['hold_meeting']);
    expect((await view(coordinator, next)).members).toBeUndefined();
    expect((await timelineOf(konkyu, next)).at(-1)).toMatchObject({ action: 'coordinate', by: 'hub' });
    for (const desk of [konkyu, shogai])
      expect((await leadOf(desk, next)).function).toMatchObject({ domain: 'konkyu', code: '9900000041' });
  });

  it('S9: a town sends its prefecture the needed minimum and confirms after three months; 生活保護 stays open until 受付', async () => {
    const day = await todayOf(people);
    const [choson, ken] = await Promise.all([deskOf(it_, '9901000015'), deskOf(it_, '9901000023')]);
    const { id: office } = await welfareOfficeOf(it_, ken.organization.id, day);
    const join = (login: string, desk: string, organization: string) =>
      engage(people, { login, organization, function: desk, role: 'caseworker', validFrom: day });
    const town_ = await join('s9.town', choson.id, choson.organization.id);
    const prefecture = await join('s9.prefecture', ken.id, ken.organization.id);
    const welfare = await join('s9.welfare', office, ken.organization.id);

    const person = {
      ref: 'subject',
      role: 'subject',
      identifiers: [],
      items: {
        identity: { name: '見本　九郎', birthDate: '1971-09-09' },
        contact: { address: '見本町字見本九番地', telephone: '0990990909' },
        employment: { note: '三月に離職。' },
        income_debt: { arrears: '家賃三か月。' },
        care_level: { level: '22' },
        health: { illness: '高血圧。' },
      },
    };
    const stays = { keepsDoing: '窓口として月に一度訪ねる', nextContactOn: addMonths(day, 1) };
    const asked = { at: await nowOf(people), subject: person, ...stays };
    const sent = await handIn(town_, { ...asked, kind: 'prefecture', to: { function: ken.id } });
    expect(sent.body).toMatchObject({ outcome: 'held', state: 'awaiting_authority' });
    const referral = sent.body.id as string;
    // He agrees to all of it; what the prefecture's work does not need stays in the town all the same.
    const all = Object.keys(person.items);
    const subject = await personOf(town_, referral);
    // Without leave to answer it does not go: the town stays the contact desk.
    await registerConsent(town_, subject, { categories: all, toward: { function: ken.id }, feedback: 'none' });
    expect(await stateOf(town_, referral)).toBe('awaiting_authority');
    await registerConsent(town_, subject, { categories: all, toward: { function: ken.id }, feedback: 'state' });
    expect(await stateOf(town_, referral)).toBe('sent');

    // Prefectures work on paper here: whoever has the sheet types its code.
    const { sheetCode } = await view(town_, referral);
    const sheet = await prefecture('GET', `/sheets/${sheetCode}`);
    expect(sheet.body.referral).toMatchObject({ state: 'received', said: stays });
    expect(Object.keys(sheet.body.referral.members[0].items).sort()).toEqual([
      'contact',
      'employment',
      'identity',
      'income_debt',
    ]);

    // The part that needs 生活保護: delivered is not enough, nor opened.
    const livelihood = await handIn(town_, { ...asked, to: { function: office }, howTheyMeet: 'accompanied' });
    const welfareReferral = livelihood.body.id as string;
    await registerConsent(town_, await personOf(town_, welfareReferral), {
      categories: ['identity', 'contact', 'income_debt'],
      toward: { function: office },
      feedback: 'state',
    });
    expect(await todosAbout(town_, welfareReferral)).toEqual(['await_reception']);
    await act(welfare, welfareReferral, 'receive');
    expect(await stateOf(town_, welfareReferral)).toBe('received');
    expect(await todosAbout(town_, welfareReferral)).toEqual(['await_reception']);
    await act(welfare, welfareReferral, 'accept', { worker: { name: '保護　六郎' }, personMatched: true });
    expect(await stateOf(town_, welfareReferral)).toBe('accepted');
    expect(await todosAbout(town_, welfareReferral)).toEqual([]);

    // The town hears of every turn, as he has allowed.
    await act(prefecture, referral, 'accept', { worker: { name: '県　四郎' }, personMatched: true });
    await act(prefecture, referral, 'start', { firstContact: { on: day, how: '訪問' } });
    await act(prefecture, referral, 'complete', {
      outcome: '011',
      note: '住居確保給付金につながりました。',
      personInformed: told(await nowOf(people)),
    });
    const turns = (await timelineOf(town_, referral)).map((e) => e.to);
    expect(turns.slice(-4)).toEqual(['received', 'accepted', 'in_progress', 'completed']);
    expect(await todosAbout(town_, referral)).toEqual(['see_result']);

    // It looks after one, three and six months itself, and confirms at three.
    await act(town_, referral, 'follow-up', { series: 'one_three_six_months' });
    const [first = '', third = '', sixth] = (await view(town_, referral)).followUps as string[];
    expect([first, third, sixth]).toEqual([1, 3, 6].map((months) => addMonths(day, months)));
    expect(await todosAbout(town_, referral)).toEqual([]);
    for (const on of [first, third]) {
      const at = await jumpTo(people, on);
      await isAsked(town_, referral, 'follow_up_due');
      const looked = { result: 'holds', note: '家賃を払えている。', personInformed: told(at, '訪問') };
      await act(town_, referral, 'follow-up', looked);
      expect(await stateOf(town_, referral)).toBe('follow_up');
      expect(await todosAbout(town_, referral)).toEqual([]);
    }
    expect((await view(town_, referral)).followUps).toEqual([sixth]);
    const held = (await timelineOf(town_, referral))
      .filter((e) => e.action === 'follow-up')
      .map((e) => e.note?.['result']);
    expect(held.slice(-2)).toEqual(['holds', 'holds']);
  });
}

/** 福祉事務所 of the prefecture, which decides on 生活保護 for towns that have none of their own. */
export async function welfareOfficeOf(it_: Api, prefecture: string, validFrom: string): Promise<{ id: string }> {
  const { body } = await it_('GET', '/organizations');
  const { desks } = body.items.find((o: { id: string }) => o.id === prefecture);
  const made = await it_('POST', '/desk-functions', {
    code: '9961000018',
    name: '県福祉事務所(生活保護)',
    desk: desks[0].id,
    domain: 'hogo',
    functionType: 'welfare_office',
    bodyKind: 'public_body',
    purposes: ['consultation'],
    channel: 'web',
    sends: true,
    receives: true,
    validFrom,
  });
  expect(made.status).toBe(201);
  return made.body;
}
