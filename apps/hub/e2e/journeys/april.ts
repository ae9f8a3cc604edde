// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays } from '@tsunagi/domain';
import { base32ToUuid, uuidToBase32 } from '@tsunagi/legacy';
import { waitFor } from '@tsunagi/testing';
import { answerAsCare, consult, type Arrived } from './consultations';
import { firstFrom, jumpByCommand, jumpTo, todayOf } from './clock';
import {
  act,
  deskOf,
  engage,
  handIn,
  isAsked,
  personOf,
  reaches,
  registerConsent,
  stateOf,
  timelineOf,
  todosAbout,
  todosOf,
  view,
  type DeskOf,
  type People,
} from './people';
import type { Api } from '../../test/sign-in';
import { kaigoRecord } from '../town/kaigo-desk';

/** Eleven, of whom the first two have named the organization that works there until March. */
const keys = Array.from({ length: 11 }, (_, n) => `S19-${String(n + 1).padStart(4, '0')}`);
const times = (count: number, state: string) => Array.from({ length: count }, () => state);
const accepting = { worker: { name: '見本　次郎' }, personMatched: true };

/** A desk comes into other hands. It is the last story: from April on nobody's system stands behind the desk. */
export function april(people: People): void {
  const { town, kaigo, it_ } = people;
  /** Who works there in March, and who does from April on. */
  const before = people.konkyu;
  let after: Api;
  let desk: DeskOf;
  let next: { id: string; desks: { id: string }[] };
  let march: string;
  /** By the keys of the care desk's system. */
  let referrals: string[];
  let states: string[];
  let underWay: string;
  /** What the office itself has asked of the care desk, and what its own table was told of it. */
  let asked: Arrived;

  beforeAll(async () => {
    desk = await deskOf(it_, '9900000041');
    const { body } = await it_('GET', '/organizations');
    next = body.items.find((o: { name: string }) => o.name === '特定非営利活動法人みほんサポート');
    march = firstFrom(await todayOf(people), (day) => day.endsWith('-03-31'));
  });

  const recordOf = (n: number, over: Partial<Parameters<typeof kaigoRecord>[0]> = {}) =>
    kaigoRecord({
      key: keys[n] ?? '',
      insured: `00000019${String(n).padStart(2, '0')}`,
      consent: n < 2 ? '9' : '1',
      meeting: '3',
      ...over,
    });
  const statesAt = (who: Api) => Promise.all(referrals.map((r) => stateOf(who, r)));
  const tableOf = async (who: Api) => (await who('GET', '/referrals?limit=200')).body.items as { id: string }[];

  it('on 31 March eleven つなぎ are with the office, two on consents that name it, and one is on its way', async () => {
    await jumpTo(people, march);
    const planned = await it_(
      'POST',
      `/desk-functions/${desk.id}/operators`,
      { organization: next.id, desk: next.desks[0]?.id, validFrom: addDays(march, 1), channel: 'web' },
      { 'if-match': `"${desk.version}"` },
    );
    expect(planned.status).toBe(200);

    referrals = (await town.kaigo.result(town.kaigo.drop(keys.map((_, n) => recordOf(n))))).map(
      (record) => record[7] ?? '',
    );
    for (const referral of referrals.slice(0, 2))
      await registerConsent(kaigo, await personOf(kaigo, referral), {
        categories: ['identity', 'concern'],
        toward: 'konkyu',
        feedback: 'state',
        namedOrganization: desk.organization.id,
      });
    const rows = await Promise.all(referrals.map((referral) => town.konkyu.row(referral)));
    // The office works as on every day.
    const answer = async (n: number, taio: string, state: string) => {
      await town.konkyu.answer(rows[n] as (typeof rows)[0], taio, { worker: '試験　太郎', text: 'いつからですか。' });
      await reaches(before, referrals[n] ?? '', state);
    };
    for (const referral of referrals) await reaches(before, referral, 'received');
    await answer(2, '20', 'accepted');
    await answer(3, '20', 'accepted');
    await answer(4, '30', 'in_progress');
    await answer(5, '45', 'questioned');
    states = [...times(2, 'received'), ...times(2, 'accepted'), 'in_progress', 'questioned', ...times(5, 'received')];
    expect(await statesAt(before)).toEqual(states);
    expect((await view(before, referrals[2] ?? '')).worker).toBe('試験　太郎');

    asked = await consult(town, 'S19-ASKED');

    // Ten minutes to midnight: its system is not there, and what is sent now waits for it.
    await town.host.stop();
    const at = await jumpTo(people, march, '23:50');
    const identity = { name: '見本　弥生' };
    const subject = { ref: 'subject', role: 'subject', identifiers: [], items: { identity } };
    underWay = (await handIn(kaigo, { at, subject, to: { domain: 'konkyu' } })).body.id;
    await registerConsent(kaigo, await personOf(kaigo, underWay), {
      categories: ['identity'],
      toward: 'konkyu',
      feedback: 'state',
    });
    expect(await stateOf(kaigo, underWay)).toBe('sent');
    after = await engage(people, {
      login: 's19.next',
      organization: next.id,
      function: desk.id,
      role: 'caseworker',
      validFrom: addDays(march, 1),
    });
    expect(await tableOf(after)).toEqual([]);
    expect((await tableOf(before)).length).toBeGreaterThanOrEqual(11);
  });

  it('at midnight those of before see nothing more, and their system neither brings, answers nor gets anything', async () => {
    await jumpByCommand(people, addDays(march, 1));
    for (const who of [before, people.seat({ client: 'demo-konkyu' })]) {
      expect((await who('GET', '/session')).body.functions).toEqual([]);
      expect(await tableOf(who)).toEqual([]);
      expect(await todosOf(who)).toEqual([]);
      for (const referral of [...referrals, underWay]) expect((await view(who, referral)).code).toBe('NOT_FOUND');
    }
    const step = `/referrals/${base32ToUuid(referrals[6] ?? '')}/accept`;
    expect((await before('POST', step, accepting, { 'if-match': '"3"' })).status).toBe(404);

    await town.host.start();
    const row = await town.konkyu.row(referrals[6] ?? '');
    await town.konkyu.answer(row, '20', { worker: '試験　太郎' });
    await town.konkyu.consult('S19-AFTER');
    expect(await town.konkyu.told('S19-AFTER', '90')).toMatchObject({ renraku_bun: 'FUNCTION_NOT_YOURS' });
    // What the care desk says and corrects now is told on their screen, and no more in the tables of before.
    await answerAsCare(town, asked, '20', 'KAS-S19-1');
    expect(await stateOf(kaigo, asked.referral)).toBe('accepted');
    const moved = { change: '2', address: '見本県見本市見本町四月１番地' } as const;
    const [corrected] = await town.kaigo.result(town.kaigo.drop([recordOf(7, moved)]));
    expect(corrected?.slice(4, 6)).toEqual(['10', '']);
  });

  /** Of the system of before: what its tables hold of April. */
  const aprilInTheirTables = async () => ({
    received: (await town.konkyu.all()).filter(
      (r) =>
        r.hub_shokai_id === uuidToBase32(underWay) || (r.hub_shokai_id === referrals[7] && r.torikeshi_kbn !== '1'),
    ),
    told: (await town.konkyu.results('S19-ASKED')).map((r) => r.jotai_cd),
  });

  it('those who follow acknowledge secrecy first; then all are on their list, in the same state, with nobody named', async () => {
    const { body } = await after('GET', '/session');
    expect([body.functions, body.mustAcknowledgeSecrecy.map((f: { id: string }) => f.id)]).toEqual([[], [desk.id]]);
    expect(await tableOf(after)).toEqual([]);
    for (const referral of [...referrals, underWay]) expect((await view(after, referral)).code).toBe('NOT_FOUND');
    expect((await after('POST', `/desk-functions/${desk.id}/acknowledge-secrecy`, {})).status).toBe(204);

    const ours = referrals.map(base32ToUuid).sort();
    await waitFor(
      async () => {
        const unassigned = (await todosOf(after, '&kind=unassigned')).map((t) => t.referralId ?? '');
        return ours.every((id) => unassigned.includes(id));
      },
      { what: 'all eleven on the list', timeoutMs: 30_000 },
    );
    expect(await statesAt(after)).toEqual(states);
    for (const referral of referrals) {
      expect((await view(after, referral)).worker).toBeUndefined();
      const steps = (await timelineOf(kaigo, referral)).map((e) => e.to);
      for (const end of ['closed', 'completed', 'withdrawn', 'revoked', 'returned']) expect(steps).not.toContain(end);
      const handedOver = expect.objectContaining({ action: 'hand-over', by: 'hub' });
      expect(await timelineOf(after, referral)).toContainEqual(handedOver);
    }
    const [todo] = (await todosOf(after, '&kind=unassigned')).filter((t) => t.referralId === ours[0]);
    expect((await after('POST', `/todos/${todo?.id}/done`, { worker: accepting.worker })).status).toBe(204);
    expect((await view(after, ours[0] ?? '')).worker).toBe('見本　次郎');
  });

  it('consents toward the desk go on; the two that name those of before are asked again', async () => {
    const [named, others] = [referrals.slice(0, 2), referrals.slice(2)];
    for (const referral of named) {
      await isAsked(kaigo, referral, 'ask_consent_again');
      expect((await view(after, referral)).members).toBeUndefined();
    }
    for (const referral of others) {
      expect(await todosAbout(kaigo, referral)).not.toContain('ask_consent_again');
      expect((await view(after, referral)).members[0].items.identity.name).toBe('見本　花子');
    }
    const [first = ''] = named;
    await registerConsent(kaigo, await personOf(kaigo, first), {
      categories: ['identity', 'concern'],
      toward: 'konkyu',
      feedback: 'state',
      namedOrganization: next.id,
    });
    expect((await view(after, first)).members[0].items.identity.name).toBe('見本　花子');
  });

  it('the work goes on at once: on their screen, and the care desk reads it in its own files', async () => {
    await act(after, underWay, 'receive');
    expect((await view(after, underWay)).members[0].items.identity.name).toBe('見本　弥生');
    const n = 6;
    await act(after, referrals[n] ?? '', 'accept', accepting);
    expect(await town.kaigo.statusCodes(keys[n] ?? '', 2)).toEqual(['10', '20']);
    expect((await view(after, referrals[7] ?? '')).members[0].items.contact.address).toContain('四月');
    expect(await stateOf(after, asked.referral)).toBe('accepted');
    expect(await aprilInTheirTables()).toEqual({ received: [], told: ['10'] });
    // What the system of before has said since has had no effect.
    const taken = (await timelineOf(after, referrals[n] ?? '')).filter((e) => e.action === 'accept');
    expect(taken.map((e) => e.by)).toEqual(['staff']);
  });
}
