// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays, japaneseDay } from '@tsunagi/domain';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { conferring, item, reason, refusal, today } from '../../test/conferring';
import { manyDesks, told, type ManyDesks } from '../../test/many-desks';
import { oneAfterTheOther } from '../../test/one-after-the-other';
import { ShiftedClock } from '../../test/shifted-clock';
import type { Api } from '../../test/sign-in';
import { aSubmission } from '../../test/submissions';

/** What a sitting asks of whoever learns something there (70条). */
const kept = { conditionsAcknowledged: true };
const informed = { personInformed: told() };

describeWithServices(['postgres'], 'a conference', () => {
  const clock = new ShiftedClock();
  let desks: ManyDesks;
  const { staff, seated, seat, somebody, act, must, propose, opened, itemsSeen } = conferring(() => desks);
  let takikan: Api;
  let kaigo: Api;
  let shogai: Api;

  beforeAll(async () => {
    desks = await manyDesks({}, { clock, timings: { sweep: 50 } });
    await seated();
    ({ takikan, kaigo, shogai } = desks.at);
  });
  afterAll(() => desks?.close());

  describe('that is proposed', () => {
    it('goes to a function that may hold it, about persons of the desk’s own, and names nobody', async () => {
      const { person } = await somebody();
      expect(refusal(await propose(person, { to: desks.functions.konkyu }))).toEqual([
        422,
        'CONFERENCE_NOT_HELD_THERE',
      ]);
      expect(refusal(await propose(person, { reason: '見本　花子さんのことです。' }))).toEqual([422, 'NAMES_SOMEBODY']);
      expect(refusal(await propose(undefined))).toEqual([422, 'PERSONS_NEEDED']);
      expect(refusal(await propose(person, { kind: 'kyogitai' }))).toEqual([422, 'NO_PERSONS_HERE']);
      expect(refusal(await propose(person, { parts: ['juso'] }))).toEqual([422, 'CONFERENCES_APART']);
      const foreign = { kind: 'shien_kaigi', to: desks.functions.takikan, persons: [person], reason };
      const absent = { ...foreign, persons: ['01900000-0000-7000-8000-000000000001'] };
      const [theirs, none] = [
        await shogai('POST', '/conferences', foreign),
        await shogai('POST', '/conferences', absent),
      ];
      expect([theirs.status, theirs.body.code]).toEqual([none.status, none.body.code]);
      expect(theirs.status).toBe(404);
    });

    it('is proposed by any desk, of somebody with whom it took part', async () => {
      for (const place of ['konkyu', 'shogai', 'kosodate', 'hogo', 'takikan'] as const) {
        const who = desks.at[place];
        const { body } = await desks.send(who, 'referral', 'kaigo');
        const proposed = await who('POST', '/conferences', {
          kind: 'shien_kaigi',
          to: desks.functions.takikan,
          referral: body.id,
          reason,
        });
        expect([place, proposed.status]).toEqual([place, 201]);
      }
    });

    it('is on the list of its 事務局 and not of the desk that proposed it', async () => {
      const { person } = await somebody();
      const { body } = await propose(person);
      const todos = (await takikan('GET', '/todos?kind=conference_proposed')).body.items;
      expect(todos).toContainEqual(expect.objectContaining({ conferenceId: body.id, kind: 'conference_proposed' }));
      const seen = (await takikan('GET', `/conferences/${body.id}`)).body;
      expect(seen).toMatchObject({ state: 'proposed', reason });
      expect(seen.persons).toBeUndefined();
      expect((await kaigo('GET', `/conferences/${body.id}`)).status).toBe(404);
      await must(takikan, body.id, 'decline', { reason: '支援決定に要らない。' });
      const left = (await takikan('GET', '/todos?kind=conference_proposed')).body.items;
      expect(left.map((t: { conferenceId: string }) => t.conferenceId)).not.toContain(body.id);
      const [row] = await desks.under.rows('select reason, state from conference where id = $1', [body.id]);
      expect(row).toEqual({ reason: null, state: 'declined' });
    });
  });

  describe('to which members were called', () => {
    it('S6: is visible to them only; for everybody else it is as if it were not', async () => {
      const { person } = await somebody();
      const id = await opened(person);
      await must(kaigo, id, 'add-item', item(person));
      const absent = '01900000-0000-7000-8000-000000000009';
      const others = [
        desks.at.hogo,
        desks.at.kosodate,
        await desks.under.as({ client: desks.functions.kaigo }),
        await desks.as('privacy_officer'),
        await desks.as('auditor'),
        await desks.as('it_admin'),
      ];
      for (const who of others) {
        for (const path of ['', '/agenda']) {
          const [theirs, none] = [
            await who('GET', `/conferences/${id}${path}`),
            await who('GET', `/conferences/${absent}${path}`),
          ];
          expect([theirs.status, theirs.body.code]).toEqual([404, none.body.code]);
        }
        const step = await act(who, id, 'end', { reason: '試験' }, 1);
        expect([step.status, step.body.code]).toEqual([404, 'NOT_FOUND']);
        const { items } = (await who('GET', '/conferences')).body;
        expect(items.map((c: { id: string }) => c.id)).not.toContain(id);
        expect(JSON.stringify((await who('GET', '/todos')).body)).not.toContain(id);
      }
      for (const who of [kaigo, desks.at.konkyu, shogai, takikan]) {
        expect((await who('GET', '/conferences')).body.items.map((c: { id: string }) => c.id)).toContain(id);
        expect(await itemsSeen(who, id)).toEqual([item(person).text]);
      }
    });

    it('hears nothing that the desk which says it marks as about somebody else', async () => {
      const { person, referral } = await somebody();
      const id = await opened(person, ['kaigo', 'konkyu', 'shogai'], { reason: `${reason}〔隣の方の話。〕` });
      const { itemId } = await must(kaigo, id, 'add-item', item(person, { text: '払っていない。〔長男の話。〕' }));
      expect(await itemsSeen(kaigo, id)).toEqual(['払っていない。〔長男の話。〕']);
      expect(await itemsSeen(takikan, id)).toEqual(['払っていない。〔…〕']);
      const asked = await must(shogai, id, 'request', {
        to: desks.functions.konkyu,
        person,
        identity: { name: '見本　花子' },
        question: '家計はどうですか。〔障害の話。〕',
      });
      expect((await desks.view(shogai, asked.referralId)).body.said.question).toBe('家計はどうですか。〔障害の話。〕');
      expect((await desks.view(desks.at.konkyu, asked.referralId)).status).toBe(200);
      await must(desks.at.konkyu, id, 'add-item', item(person, { text: '家計の話。' }));
      await desks.consent(kaigo, referral, { recipients: [{ domain: 'konkyu' }], categories: ['identity', 'wishes'] });
      const { itemId: wish } = await must(kaigo, id, 'add-item', item(person, { category: 'wishes', text: '望み。' }));
      await must(shogai, id, 'promote', {
        item: wish,
        to: { domain: 'konkyu' },
        items: { wishes: { wishes: '会いたい。〔障害の話。〕' } },
      });
      const agree = { item: wish, agreed: true, identity: { name: '見本　花子' } };
      const { referralId } = await must(kaigo, id, 'agree-promotion', agree);
      expect((await desks.view(kaigo, referralId)).body.members[0].items.wishes.wishes).toBe('会いたい。〔…〕');
      await must(takikan, id, 'record', {
        heldOn: today,
        record: '見守る。〔記録の話。〕',
        reviewOn: addDays(today, 30),
      });
      const seen = async (who: Api) => (await who('GET', `/conferences/${id}`)).body;
      await must(takikan, id, 'review', { outcome: 'go_on', reviewOn: addDays(today, 30), reason: 'また開く。' });
      await must(takikan, id, 'open');
      expect([(await seen(takikan)).record, (await seen(kaigo)).record]).toEqual([
        '見守る。〔記録の話。〕',
        '見守る。〔…〕',
      ]);
      expect([(await seen(takikan)).reason, (await seen(kaigo)).reason]).toEqual([
        `${reason}〔…〕`,
        `${reason}〔隣の方の話。〕`,
      ]);
      expect(JSON.stringify(await seen(desks.at.konkyu))).not.toMatch(/の話。〕/);
      expect(itemId).toBeDefined();
    });

    it('shows a member what there is to acknowledge, and nothing else before', async () => {
      const { person } = await somebody();
      const { body } = await propose(person);
      await must(takikan, body.id, 'call', {
        members: [seat('takikan'), seat('kaigo'), seat('konkyu')],
        on: today,
        chair: staff['takikan'],
      });
      await must(kaigo, body.id, 'acknowledge');
      const before = (await desks.at.konkyu('GET', `/conferences/${body.id}`)).body;
      expect(before.secrecy).toContain('社会福祉法106条の6');
      expect(before.acknowledged).toEqual([]);
      for (const field of ['persons', 'reason', 'members', 'items', 'chair']) expect(before[field]).toBeUndefined();
      const agenda = await desks.at.konkyu('GET', `/conferences/${body.id}/agenda`);
      expect(refusal(agenda)).toEqual([409, 'SECRECY_UNACKNOWLEDGED']);
      await must(desks.at.konkyu, body.id, 'acknowledge');
      const after = (await desks.at.konkyu('GET', `/conferences/${body.id}`)).body;
      expect(after).toMatchObject({ acknowledged: [0], persons: [person] });
      // Its law lets its members share once it is open.
      expect(after.reason).toBeUndefined();
      await must(takikan, body.id, 'open');
      expect((await desks.at.konkyu('GET', `/conferences/${body.id}`)).body.reason).toBe(reason);
      const [row] = await desks.under.rows(
        'select wording from conference_member where conference = $1 and staff = $2',
        [body.id, staff['konkyu']],
      );
      expect(row).toEqual({ wording: before.secrecy });
    });

    it('is not called with somebody who does not work there', async () => {
      const { person } = await somebody();
      const { body } = await propose(person);
      const stranger = { ...seat('konkyu'), staff: staff['shogai'] };
      const call = { members: [seat('takikan'), stranger], on: today, chair: staff['takikan'] };
      expect(refusal(await act(takikan, body.id, 'call', call))).toEqual([422, 'MEMBER_UNKNOWN']);
      expect(refusal(await act(takikan, body.id, 'open'))).toEqual([409, 'CONFERENCE_STATE']);
    });

    it('shows its chair and its 事務局 whom they may call, desk by desk, and what id each seat has', async () => {
      const { person } = await somebody();
      const id = await opened(person, ['konkyu']);
      const callable = (who: Api, desk: string) => who('GET', `/conferences/${id}/callable?function=${desk}`);
      const { items } = (await callable(takikan, desks.functions.shogai)).body;
      expect(items.map((s: { staff: string }) => s.staff)).toContain(staff['shogai']);
      expect(items.map((s: { staff: string }) => s.staff)).not.toContain(staff['kaigo']);
      const [{ name } = { name: '' }] = await desks.under.rows<{ name: string }>(
        'select name from staff where id = $1',
        [staff['shogai']],
      );
      expect(items).toContainEqual({ staff: staff['shogai'], name });
      expect((await callable(takikan, '01900000-0000-7000-8000-000000000009')).body).toEqual({ items: [] });
      expect(refusal(await callable(desks.at.konkyu, desks.functions.shogai))).toEqual([403, 'NOT_YOUR_PART']);
      expect((await callable(desks.at.hogo, desks.functions.shogai)).status).toBe(404);
      const { members } = (await desks.at.konkyu('GET', `/conferences/${id}`)).body;
      expect(members.map((m: { functionId: string }) => m.functionId).sort()).toEqual(
        [desks.functions.takikan, desks.functions.konkyu].sort(),
      );
    });

    it('shows on its agenda how each takes part, in person or online, the person and an objective view too', async () => {
      const { person } = await somebody();
      const { body } = await propose(person);
      const members = [
        seat('takikan', { attendance: 'obligatory' }),
        seat('kaigo', { attendance: 'in_principle', mode: 'online' }),
        seat('konkyu', { mode: 'online' }),
        { attendance: 'person', mode: 'in_person' },
        { attendance: 'objective', mode: 'online' },
      ];
      await must(takikan, body.id, 'call', { members, on: today, chair: staff['takikan'] });
      const { parts } = (await takikan('GET', `/conferences/${body.id}/agenda`)).body;
      expect(
        parts[0].attendees
          .map((a: { attendance: string; mode: string; staff?: string }) => [
            a.attendance,
            a.mode,
            a.staff !== undefined,
          ])
          .sort(),
      ).toEqual([
        ['in_principle', 'online', true],
        ['invited', 'online', true],
        ['objective', 'online', false],
        ['obligatory', 'in_person', true],
        ['person', 'in_person', false],
      ]);
    });

    it('is stepped by one of two who saw the same version', async () => {
      const { person } = await somebody();
      const id = await opened(person);
      const { version } = (await kaigo('GET', `/conferences/${id}`)).body;
      const both = await Promise.all([
        act(kaigo, id, 'add-item', item(person), version),
        act(shogai, id, 'add-item', item(person), version),
      ]);
      expect(both.map((b) => b.status).sort()).toEqual([200, 412]);
    });
  });

  describe('that is open', () => {
    it('keeps its items sealed, and names nobody in the audit', async () => {
      const { person } = await somebody();
      const id = await opened(person);
      const { itemId } = await must(kaigo, id, 'add-item', item(person, { text: '秘密の針' }));
      const [row] = await desks.under.rows<{ body: Buffer }>('select body from conference_item where id = $1', [
        itemId,
      ]);
      expect(row?.body.toString('utf8')).not.toContain('秘密の針');
      const lines = await desks.under.rows('select action, details from audit_entry where object = $1 order by id', [
        id,
      ]);
      expect(lines.map((l) => l['action'])).toContain('conference.add-item');
      expect(JSON.stringify(lines)).not.toContain(person);
      expect(JSON.stringify(lines)).not.toContain('秘密の針');
    });

    it('refuses a マイナンバー in an item', async () => {
      const { person } = await somebody();
      const id = await opened(person);
      const answer = await act(kaigo, id, 'add-item', item(person, { text: '番号は 1234 5678 9018' }));
      expect(refusal(answer)).toEqual([422, 'S-MYNUMBER']);
    });

    it('is told of a 在留資格 only by whoever may clear such words at the desk that writes them', async () => {
      const spoken = '在留期間が来月切れる。';
      const { person } = await somebody();
      const supervisor = await desks.under.as({ role: 'supervisor', function: desks.functions.kaigo });
      const proposed = { kind: 'shien_kaigi', to: desks.functions.takikan, persons: [person], reason: spoken };
      const at = ({ body }: { body: any }) => [body.errors?.[0]?.code, body.errors?.[0]?.pointer];
      expect(at(await kaigo('POST', '/conferences', proposed))).toEqual(['RESIDENCE_STATUS_TEXT', '/reason']);
      expect((await supervisor('POST', '/conferences', proposed)).status).toBe(201);
      const id = await opened(person);
      const text = await act(kaigo, id, 'add-item', item(person, { text: spoken }));
      expect(at(text)).toEqual(['RESIDENCE_STATUS_TEXT', '/text']);
      const record = await act(takikan, id, 'record', { heldOn: today, record: spoken, reviewOn: addDays(today, 30) });
      expect(at(record)).toEqual(['RESIDENCE_STATUS_TEXT', '/record']);
      expect(await itemsSeen(shogai, id)).toEqual([]);
      // What is asked for in it waits at its desk like the question of any inquiry.
      const { referralId } = await must(kaigo, id, 'request', {
        to: desks.functions.konkyu,
        person,
        identity: { name: '見本　花子' },
        question: spoken,
      });
      expect(JSON.stringify((await desks.view(desks.at.konkyu, referralId)).body)).not.toContain('在留');
    });

    it('asks another member’s desk for material: an inquiry on the sitting, in the hub only, with 到着 and nothing more', async () => {
      const { person } = await somebody();
      const id = await opened(person);
      const asked = {
        to: desks.functions.konkyu,
        person,
        identity: { name: '見本　花子' },
        question: '相談の記録はありますか。',
      };
      const { referralId } = await must(kaigo, id, 'request', asked);
      const [referral] = await desks.under.rows('select conference, kind, state, subject from referral where id = $1', [
        referralId,
      ]);
      expect(referral).toEqual({ conference: id, kind: 'inquiry', state: 'sent', subject: person });
      const { body } = await kaigo('GET', `/referrals/${referralId}/decision`);
      expect(body.items[0]).toMatchObject({ outcome: 'permit', authority: 'shien_kaigi', feedback: 'none' });
      expect((await desks.act(desks.at.konkyu, referralId, 'receive')).body.code).toBe('CONDITIONS_UNACKNOWLEDGED');
      expect((await desks.act(desks.at.konkyu, referralId, 'receive', kept)).status).toBe(200);
      const seen = (await desks.view(desks.at.konkyu, referralId)).body;
      expect(seen.members[0].items.identity.name).toBe('見本　花子');
      expect(seen.said).toEqual({ question: '相談の記録はありますか。' });
      // 到着 is told, and nothing after it.
      expect((await desks.view(kaigo, referralId)).body.state).toBe('received');
      await desks.act(desks.at.konkyu, referralId, 'accept', { worker: { name: '試験　月' }, personMatched: true });
      expect((await desks.view(desks.at.konkyu, referralId)).body.state).toBe('accepted');
      expect((await desks.view(kaigo, referralId)).body.state).toBe('received');
      const back = `select authority, state from disclosure where referral = $1 and way = 'feedback'`;
      expect(await desks.under.rows(back, [referralId])).toEqual([{ authority: 'shien_kaigi', state: 'written' }]);
    });

    it('is answered by an inquiry that rests on the same sitting', async () => {
      const { person } = await somebody();
      const id = await opened(person);
      const asked = {
        to: desks.functions.konkyu,
        person,
        identity: { name: '見本　花子' },
        question: '記録はありますか。',
      };
      const { referralId } = await must(kaigo, id, 'request', asked);
      await desks.act(desks.at.konkyu, referralId, 'receive', kept);
      const answer = await desks.send(desks.at.konkyu, 'inquiry', 'kaigo', {
        regarding: referralId,
        question: 'あります。',
      });
      expect([answer.body.outcome, answer.body.codes]).toEqual(['accepted', []]);
      const [row] = await desks.under.rows('select conference, subject from referral where id = $1', [answer.body.id]);
      expect(row).toEqual({ conference: id, subject: person });
    });

    it('asks nobody who does not sit there, and once at each version', async () => {
      const { person } = await somebody();
      const id = await opened(person);
      const asked = { person, identity: { name: '見本　花子' }, question: '記録はありますか。' };
      expect(refusal(await act(kaigo, id, 'request', { ...asked, to: desks.functions.hogo }))).toEqual([
        404,
        'NOT_FOUND',
      ]);
      const { version } = (await kaigo('GET', `/conferences/${id}`)).body;
      const once = () => act(kaigo, id, 'request', { ...asked, to: desks.functions.konkyu }, version);
      expect([(await once()).status, (await once()).status]).toEqual([200, 412]);
      const [row] = await desks.under.rows('select count(*)::int as count from referral where conference = $1', [id]);
      expect(row).toEqual({ count: 1 });
    });

    it('lets out nothing more once it was held: what waits is taken back', async () => {
      const { person } = await somebody();
      const id = await opened(person);
      const asked = {
        to: desks.functions.konkyu,
        person,
        identity: { name: '見本　花子' },
        question: '記録はありますか。',
      };
      const { referralId } = await must(kaigo, id, 'request', asked);
      await must(takikan, id, 'record', { heldOn: today, record: '見守る。', reviewOn: addDays(today, 90) });
      const [row] = await desks.under.rows('select state from referral where id = $1', [referralId]);
      expect(row).toEqual({ state: 'revoked' });
      expect(refusal(await act(kaigo, id, 'request', asked))).toEqual([409, 'CONFERENCE_STATE']);
      expect(await itemsSeen(kaigo, id)).toEqual([]);
    });
  });

  it('lets nothing of what rests on it go on to another desk, whatever comes of it', async () => {
    const { person } = await somebody();
    const id = await opened(person);
    const { referralId } = await must(shogai, id, 'request', {
      ...{ to: desks.functions.konkyu, person },
      ...{ identity: { name: '見本　花子' }, question: '記録はありますか。' },
    });
    const { konkyu } = desks.at;
    const done = async (action: string, facts: object = {}) => {
      const { status, body } = await desks.act(konkyu, referralId, action, facts);
      return [action, status, body.code];
    };
    expect((await desks.act(konkyu, referralId, 'receive', kept)).status).toBe(200);
    for (const [action, facts] of [
      ['accept', { worker: { name: '試験　月' }, personMatched: true }],
      ['start', { firstContact: { on: today, how: '電話' } }],
    ] as const)
      expect(await done(action, facts)).toEqual([action, 200, undefined]);
    const more = { outcome: '013', note: 'ともに当たる。', howTheyMeet: 'accompanied' };
    for (const domain of ['takikan', 'hogo'])
      expect(await done('complete', { ...more, ...informed, referredTo: { domain } })).toEqual([
        ...['complete', 422, 'NOT_ON_TO_THERE'],
      ]);
    const others = await desks.under.rows('select 1 from referral where parent = $1', [referralId]);
    expect(others).toEqual([]);
  });

  describe('that was held', () => {
    const texts = async (who: Api, id: string) => {
      const { reason: why, record, items } = (await who('GET', `/conferences/${id}`)).body;
      return [why, record, items.map((i: { text: string }) => i.text)];
    };
    const held = { heldOn: today, record: '見守る。', reviewOn: addDays(today, 90) };

    it('shows each desk what it has written itself, and nothing of others until it is open again', async () => {
      const { person } = await somebody();
      const id = await opened(person);
      const { itemId } = await must(kaigo, id, 'add-item', item(person));
      expect(await texts(shogai, id)).toEqual([reason, undefined, [item(person).text]]);
      const closed = async () => {
        expect(await texts(shogai, id)).toEqual([undefined, undefined, []]);
        expect(await texts(kaigo, id)).toEqual([reason, undefined, [item(person).text]]);
        expect(await texts(takikan, id)).toEqual([reason, held.record, []]);
        expect((await shogai('GET', `/conferences/${id}/agenda`)).body.parts[0].items).toEqual([]);
      };
      await must(takikan, id, 'record', held);
      await closed();
      const other = { item: itemId, to: { domain: 'konkyu' }, items: { concern: { boxes: ['income_work'] } } };
      expect(refusal(await act(shogai, id, 'promote', other))).toEqual([404, 'NOT_FOUND']);
      await must(takikan, id, 'review', { outcome: 'go_on', reviewOn: held.reviewOn, reason: 'また滞った。' });
      await closed();
      await must(takikan, id, 'call', { members: [seat('shogai')], on: today });
      await must(takikan, id, 'open');
      expect(await texts(shogai, id)).toEqual([reason, held.record, [item(person).text]]);
    });

    it('tells members nothing that a desk has said which was not called itself: only the 事務局, to which it was said', async () => {
      const { person } = await somebody();
      const id = await opened(person, ['konkyu']);
      expect((await texts(takikan, id))[0]).toBe(reason);
      expect((await texts(desks.at.konkyu, id))[0]).toBeUndefined();
    });

    it('keeps its minutes from members where nothing was brought, too', async () => {
      const { person } = await somebody();
      const id = await opened(person);
      await must(takikan, id, 'record', held);
      expect(await texts(kaigo, id)).toEqual([reason, undefined, []]);
    });
  });

  it('without persons (協議体) talks about counted needs only: nobody is brought, asked about or named', async () => {
    const { person } = await somebody();
    const id = await opened(undefined, ['kaigo', 'konkyu'], { kind: 'kyogitai' });
    expect(refusal(await act(kaigo, id, 'add-item', item(person)))).toEqual([422, 'NO_PERSONS_HERE']);
    const asked = { to: desks.functions.konkyu, person, identity: { name: '見本　花子' }, question: 'どうですか。' };
    expect(refusal(await act(kaigo, id, 'request', asked))).toEqual([404, 'NOT_FOUND']);
    const record = (text: string) =>
      act(takikan, id, 'record', { heldOn: today, record: text, reviewOn: addDays(today, 90) });
    expect(refusal(await record('見本　花子さんの通院の足がない。'))).toEqual([422, 'NAMES_SOMEBODY']);
    expect((await record('通院の足がない世帯が十二。')).status).toBe(200);
    expect((await takikan('GET', `/conferences/${id}`)).body).toMatchObject({ state: 'held', persons: [], items: [] });
  });

  describe('of somebody who is endangered', () => {
    it('is not there for the worker of whom she fears, from the moment on at which that is recorded', async () => {
      const { person } = await somebody();
      const his = await somebody();
      await desks.consent(kaigo, his.referral, { recipients: [{ function: desks.functions.konkyu }] });
      await waitFor(async () => (await desks.view(kaigo, his.referral)).body.state === 'sent', {
        what: 'his to be sent',
      });
      await desks.act(desks.at.konkyu, his.referral, 'receive');
      const id = await opened(person);
      await must(kaigo, id, 'add-item', item(person));
      await must(kaigo, id, 'add-item', item(person, { whereaboutsChecked: true }));
      expect(await itemsSeen(desks.at.konkyu, id)).toHaveLength(2);
      const recorded = await kaigo('POST', `/persons/${person}/danger`, { from: { person: his.person } });
      expect(recorded.status).toBe(201);
      const { version } = (await kaigo('GET', `/conferences/${id}`)).body;
      const seen = [
        await desks.at.konkyu('GET', `/conferences/${id}`),
        await desks.at.konkyu('GET', `/conferences/${id}/agenda`),
        await act(desks.at.konkyu, id, 'add-item', item(person), version),
      ];
      expect(seen.map((s) => s.status)).toEqual([404, 404, 404]);
      const listed = (await desks.at.konkyu('GET', '/conferences')).body.items as { id: string }[];
      expect(listed.map((c) => c.id)).not.toContain(id);
      // What nobody has read for where she is, stays with who has brought it.
      expect(await itemsSeen(shogai, id)).toHaveLength(1);
      expect(await itemsSeen(kaigo, id)).toHaveLength(2);
    });

    it('waits on no list of whoever works with whom she fears, but on that of the others there', async () => {
      const [{ person }, his] = [await somebody(), await somebody()];
      await desks.consent(kaigo, his.referral, { recipients: [{ function: desks.functions.konkyu }] });
      await waitFor(async () => (await desks.view(kaigo, his.referral)).body.state === 'sent', { what: 'his to go' });
      await desks.act(desks.at.konkyu, his.referral, 'receive');
      const { body } = await propose(person, { kind: 'shien_chosei', to: desks.functions.konkyu });
      await desks.under.rows(
        `insert into membership (id, staff, function, role, valid_from)
         select gen_random_uuid(), id, $1, 'caseworker', '2026-01-01' from staff where login = 'supervisor.konkyu'`,
        [desks.functions.konkyu],
      );
      const colleague = await desks.under.as({ name: 'supervisor.konkyu' });
      const waits = async (who: Api) =>
        (await who('GET', '/todos?kind=conference_proposed')).body.items.some(
          (t: { conferenceId?: string }) => t.conferenceId === body.id,
        );
      expect([await waits(desks.at.konkyu), await waits(colleague)]).toEqual([true, true]);
      await kaigo('POST', `/persons/${person}/danger`, { from: { person: his.person } });
      expect([await waits(desks.at.konkyu), await waits(colleague)]).toEqual([false, true]);
    });
  });

  describe('of somebody who becomes one with another record meanwhile', () => {
    const released = async () => {
      const one = await somebody();
      await desks.consent(kaigo, one.referral, { recipients: [{ function: desks.functions.konkyu }] });
      return one.person;
    };
    const twoOfOne = async () => {
      const [one, two] = [await released(), await released()];
      const agreed = ['name', 'birth_date', 'address', 'telephone'];
      expect((await kaigo('POST', `/persons/${one}/link`, { other: two, agreed })).status).toBe(201);
      const officer = await desks.as('privacy_officer');
      return { one, two, merge: () => officer('POST', `/persons/${one}/merge`, { into: two }) };
    };

    it('is proposed about the one who stays', async () => {
      const { one, two, merge } = await twoOfOne();
      const [, proposed] = await oneAfterTheOther(desks.under, one, merge, () => propose(one));
      expect(proposed.status).toBe(201);
      const found = await desks.under.rows('select persons from conference where id = $1', [proposed.body.id]);
      expect(found).toEqual([{ persons: [two] }]);
    });

    it('opens an incident for what came to others on it, when they were two persons: for who sat there, and the 個人情報保護担当', async () => {
      const { one, two, merge } = await twoOfOne();
      const id = await opened(one);
      await must(kaigo, id, 'add-item', item(one));
      await itemsSeen(shogai, id);
      expect((await merge()).status).toBe(200);
      await must(kaigo, id, 'add-item', item(one, { category: 'health', text: '通院している。' }));
      for (const who of [kaigo, shogai, shogai, desks.at.konkyu]) await itemsSeen(who, id);
      const wrong = { merged: one, referrals: [], identifiers: [], reason: 'wrong_person' };
      const asked = await kaigo('POST', `/persons/${two}/doubt`, wrong);
      const officer = await desks.as('privacy_officer');
      expect((await officer('POST', `/persons/${two}/split`, { doubt: asked.body.id })).status).toBe(200);
      const of = async (who: Api) =>
        (await who('GET', '/incidents')).body.items.filter((i: { kind: string }) => i.kind === 'wrong_merge');
      const found = (await of(officer)) as { recipients: { domain: string }[]; [field: string]: any }[];
      expect(found.map((i) => i.recipients.map((r) => r.domain)).toSorted()).toEqual([['konkyu'], ['shogai']]);
      const incident = found.find((i) => i.recipients[0]?.domain === 'shogai')!;
      expect(incident).toMatchObject({
        ...{ kind: 'wrong_merge', sensitive: true, from: { domain: 'kaigo' } },
        persons: [{ person: one }],
      });
      expect([...incident.persons[0].categories].sort()).toEqual(['concern', 'health', 'narrative']);
      // Which conference it was nobody learns by it.
      expect(JSON.stringify(incident)).not.toContain(id);
      expect(incident.referralId).toBeUndefined();
      expect((await of(shogai)).map((i: { id: string }) => i.id)).toEqual([incident.id]);
      expect(await of(kaigo)).toHaveLength(2);
      const others = [
        await desks.under.as({ role: 'supervisor', function: desks.functions.shogai }),
        await desks.under.as({ client: desks.functions.shogai }),
        desks.at.hogo,
      ];
      for (const who of others) expect(await of(who)).toEqual([]);
      expect(await of(desks.at.konkyu)).toHaveLength(1);
      // Whoever was called and has not acknowledged secrecy has seen nothing there, and sees nothing of this.
      const acknowledged = (at: string | null) =>
        desks.under.rows('update conference_member set acknowledged_at = $3 where conference = $1 and staff = $2', [
          ...[id, staff['konkyu'], at],
        ]);
      await acknowledged(null);
      expect(await of(desks.at.konkyu)).toEqual([]);
      await acknowledged(new Date().toISOString());
      const todos = (await officer('GET', '/todos?kind=incident_contain')).body.items;
      expect(todos.map((t: { incidentId: string }) => t.incidentId)).toContain(incident.id);
      expect((await officer('POST', `/incidents/${incident.id}/contain`, {}, { 'if-match': '1' })).status).toBe(200);
      // Whom she fears has a worker who sat there.
      const his = await somebody();
      await desks.consent(kaigo, his.referral, { recipients: [{ function: desks.functions.konkyu }] });
      await waitFor(async () => (await desks.view(kaigo, his.referral)).body.state === 'sent', {
        what: 'his to be sent',
      });
      await desks.act(desks.at.konkyu, his.referral, 'receive');
      expect((await kaigo('POST', `/persons/${one}/danger`, { from: { person: his.person } })).status).toBe(201);
      expect(await of(desks.at.konkyu)).toEqual([]);
    });

    it('lets out nothing more once it was held', async () => {
      const { one, two, merge } = await twoOfOne();
      const id = await opened(one);
      const asked = {
        ...{ to: desks.functions.shogai, person: one },
        ...{ identity: { name: '見本　花子' }, question: '記録はありますか。' },
      };
      const { referralId } = await must(kaigo, id, 'request', asked);
      const { version } = (await takikan('GET', `/conferences/${id}`)).body;
      const held = { heldOn: today, record: '見守る。', reviewOn: addDays(today, 90) };
      const [merged, recorded] = await oneAfterTheOther(desks.under, one, merge, () =>
        act(takikan, id, 'record', held, version),
      );
      expect([merged.status, recorded.status]).toEqual([200, 200]);
      const [row] = await desks.under.rows('select state, subject from referral where id = $1', [referralId]);
      expect(row).toEqual({ state: 'revoked', subject: two });
    });
  });

  describe('with consent (重層的支援会議)', () => {
    const juso = { kind: 'juso' };

    it('shows whom the consent does not cover, who sees no item until it does', async () => {
      const { person, referral } = await somebody();
      const id = await opened(person, ['kaigo', 'konkyu', 'shogai'], juso);
      await must(kaigo, id, 'add-item', item(person));
      const attendee = async (who: Api, place: string) => {
        const { body } = await who('GET', `/conferences/${id}/agenda`);
        return body.parts[0].attendees.find((a: { staff: string }) => a.staff === staff[place]);
      };
      expect((await attendee(takikan, 'konkyu')).uncovered).toEqual([{ person, categories: ['concern'] }]);
      expect(await itemsSeen(desks.at.konkyu, id)).toEqual([]);
      expect(await itemsSeen(kaigo, id)).toEqual([item(person).text]);
      await desks.consent(kaigo, referral, { recipients: [{ domain: 'konkyu' }] });
      expect((await attendee(takikan, 'konkyu')).uncovered).toEqual([]);
      expect(await itemsSeen(desks.at.konkyu, id)).toEqual([item(person).text]);
      expect(await itemsSeen(shogai, id)).toEqual([]);
      // What is shown there on her consent is hers to know, and no matter of the desks.
      const conferred = async (who: Api, page: string) =>
        (await who('GET', `/persons/${person}/disclosures?page=${page}`)).body.items.filter(
          (l: { way: string }) => l.way === 'conference',
        );
      const officer = await desks.as('privacy_officer');
      expect(await conferred(officer, 'resident')).toMatchObject([{ authority: 'consent', to: { domain: 'konkyu' } }]);
      for (const page of ['desk', 'working']) expect(await conferred(officer, page)).toEqual([]);
      expect(await conferred(desks.at.konkyu, 'desk')).toEqual([]);
      // What is missing for others is for whoever holds it.
      expect((await attendee(shogai, 'konkyu')).uncovered).toBeUndefined();
    });

    it('tells why it is held, and what was decided, only whom the consent covers for such words', async () => {
      const { person, referral } = await somebody();
      const id = await opened(person, ['kaigo', 'konkyu', 'shogai'], juso);
      const why = async (who: Api) => (await who('GET', `/conferences/${id}`)).body.reason;
      await desks.consent(kaigo, referral, { recipients: [{ domain: 'konkyu' }], categories: ['identity', 'concern'] });
      expect([await why(takikan), await why(kaigo)]).toEqual([reason, reason]);
      for (const who of [desks.at.konkyu, shogai]) expect(await why(who)).toBeUndefined();
      const lines = (desk: 'konkyu' | 'takikan') =>
        desks.under.rows(
          'select distinct sender_function, authority, members from disclosure where conference = $1 and recipient_function = $2',
          [id, desks.functions[desk]],
        );
      expect(await lines('konkyu')).toEqual([]);
      const members = [{ ref: 'subject', person, categories: ['narrative'], consents: [] }];
      // What was said to the 事務局 is a paper of its own, whoever consents.
      expect(await lines('takikan')).toEqual([
        { sender_function: desks.functions.takikan, authority: 'own_desk', members },
      ]);
      const scope = { recipients: [{ domain: 'konkyu' as const }], categories: ['identity', 'narrative'] as const };
      await desks.consent(kaigo, referral, { ...scope, categories: [...scope.categories] });
      expect([await why(desks.at.konkyu), await why(shogai)]).toEqual([reason, undefined]);
      expect(await lines('konkyu')).toEqual([
        { sender_function: desks.functions.kaigo, authority: 'consent', members },
      ]);
      await must(takikan, id, 'record', { heldOn: today, record: '見守る。', reviewOn: addDays(today, 30) });
      // What 介護 was told may go on says nothing of what 多機関協働 writes.
      expect((await desks.at.konkyu('GET', `/conferences/${id}`)).body.record).toBeUndefined();
      expect(await why(desks.at.konkyu)).toBe(reason);
    });

    it('does not open without the municipality and 多機関協働', async () => {
      const { person } = await somebody();
      const { body } = await propose(person, juso);
      await must(takikan, body.id, 'call', { members: [seat('kaigo')], on: today, chair: staff['kaigo'] });
      expect(refusal(await act(takikan, body.id, 'open'))).toEqual([422, 'SEAT_MISSING']);
    });

    it('serves several in parts, each with its own roster and items', async () => {
      const { person, referral } = await somebody();
      const { body } = await propose(person, { ...juso, parts: ['shien_chosei'] });
      const second = [seat('kaigo', { part: 1 }), seat('konkyu', { part: 1 })];
      const members = [seat('takikan'), seat('kaigo'), ...second];
      await must(takikan, body.id, 'call', { members, on: today, chair: staff['takikan'] });
      for (const who of [takikan, kaigo, desks.at.konkyu]) await must(who, body.id, 'acknowledge');
      await must(takikan, body.id, 'open');
      await desks.consent(kaigo, referral, { recipients: [{ domain: 'konkyu' }, { domain: 'takikan' }] });
      await must(kaigo, body.id, 'add-item', item(person, { text: '一の部' }));
      await must(kaigo, body.id, 'add-item', item(person, { text: '二の部', part: 1 }));
      expect(await itemsSeen(desks.at.konkyu, body.id)).toEqual(['二の部']);
      expect(await itemsSeen(takikan, body.id)).toEqual(['一の部']);
      expect(await itemsSeen(kaigo, body.id)).toEqual(['一の部', '二の部']);
      const agenda = (await desks.at.konkyu('GET', `/conferences/${body.id}/agenda`)).body;
      expect(agenda.parts.map((p: { part: number }) => p.part)).toEqual([1]);
    });

    it('takes 要対協 back to back only where somebody has checked its law', async () => {
      const { person } = await somebody();
      const together = { ...juso, parts: ['yotaikyo_case'] };
      expect(refusal(await propose(person, together))).toEqual([422, 'CONFERENCES_APART']);
      await desks.under.rows(`update authority_row set checked_on = $1, checked_by = '試験' where code = 'yotaikyo'`, [
        today,
      ]);
      await waitFor(async () => (await propose(person, together)).status === 201, { what: 'the directory to know it' });
      // Each acknowledges what binds the part in which they sit.
      const { id } = (await propose(person, together)).body;
      const members = [seat('takikan'), seat('kaigo', { part: 1 }), seat('shogai'), seat('shogai', { part: 1 })];
      await must(takikan, id, 'call', { members, on: today, chair: staff['takikan'] });
      const bound = async (who: Api) => {
        const { secrecy } = (await who('GET', `/conferences/${id}`)).body as { secrecy: string };
        return [secrecy.includes('児童福祉法25条の2'), secrecy.includes('ご本人が同意した範囲')];
      };
      expect([await bound(takikan), await bound(kaigo), await bound(shogai)]).toEqual([
        [false, true],
        [true, false],
        [true, true],
      ]);
    });
  });

  it('重層的支援会議: once it was held it changes who leads whom it discussed, and nobody sees more of it than the day', async () => {
    const { referral, person } = await somebody();
    await desks.consent(kaigo, referral, { recipients: [{ domain: 'konkyu' }, { domain: 'takikan' }] });
    const request = { keepsDoing: '見守り', nextContactOn: addDays(today, 7), asked: '家計を見直したい。' };
    const { body } = await desks.send(kaigo, 'support_request', 'takikan', {
      ...request,
      howTheyMeet: 'accompanied',
      subject: { ref: 'subject', role: 'subject', identifiers: [], items: { identity: { name: '見本　花子' } } },
    });
    const asked = (await desks.view(kaigo, body.id)).body.person as string;
    await desks.consent(kaigo, body.id, { recipients: [{ domain: 'takikan' }] });
    expect((await desks.act(takikan, body.id, 'receive')).status).toBe(200);
    const unit = (await takikan('GET', `/support-units?referral=${body.id}`)).body.items[0];
    const id = await opened(asked, ['kaigo', 'konkyu'], { kind: 'juso' });
    const others = await opened(person, ['kaigo', 'konkyu'], { kind: 'juso' });
    const told = { personInformed: { by: '試験　太郎', at: new Date(Date.now() - 60_000).toISOString(), how: '来所' } };
    const byConference = (conference: string) =>
      takikan(
        'POST',
        `/support-units/${unit.id}/lead`,
        {
          step: 'by_conference',
          to: desks.functions.takikan,
          worker: '試験　月',
          conference: { id: conference, heldOn: today },
          ...told,
        },
        { 'if-match': String(unit.version) },
      );
    expect(refusal(await byConference(id))).toEqual([422, 'CONFERENCE_UNKNOWN']);
    const record = { heldOn: today, record: '主担当を決めた。', reviewOn: addDays(today, 60) };
    for (const held of [id, others]) await must(takikan, held, 'record', record);
    expect(refusal(await byConference(others))).toEqual([422, 'CONFERENCE_UNKNOWN']);
    // What was decided stands also when the case is no more.
    await must(takikan, id, 'end', { reason: '終えた。' });
    expect((await byConference(id)).body.lead).toMatchObject({
      function: { domain: 'takikan' },
      conference: { kind: 'juso', heldOn: today },
    });
  });

  it('was not held while it was only called, also when it ends', async () => {
    const { person } = await somebody();
    const id = await opened(person, ['kaigo', 'konkyu'], { kind: 'juso' });
    await must(takikan, id, 'end', { reason: '開かなかった。' });
    const [row] = await desks.under.rows('select state, held_on::text, held_days from conference where id = $1', [id]);
    expect(row).toEqual({ state: 'ended', held_on: today, held_days: [] });
  });

  it('is what a record with 同意欄 2 asks its desk for, once', async () => {
    const submission = aSubmission({ asserted: { code: '2', on: today } });
    const [held] = await desks.konkyu.send('referral.submitted.v1', [
      { itemId: 'code-2', submission: { ...submission, to: { domain: 'shogai' } } },
    ]);
    expect(held).toMatchObject({ outcome: 'held', codes: expect.arrayContaining(['ASSERTED_CONFERENCE_NEEDED']) });
    const todos = (await desks.at.konkyu('GET', '/todos?kind=propose_conference')).body.items;
    expect(todos.map((t: { referralId: string }) => t.referralId)).toEqual([held?.referralId]);
    expect(todos[0].tickable).toBe(true);
  });

  it('S6: shows the inquiries on it to no overseer, no program and no ledger but of its two desks', async () => {
    const { person } = await somebody();
    const id = await opened(person);
    const asked = {
      to: desks.functions.konkyu,
      person,
      identity: { name: '見本　花子' },
      question: '記録はありますか。',
    };
    const { referralId } = await must(kaigo, id, 'request', asked);
    expect((await desks.act(desks.at.konkyu, referralId, 'receive', kept)).status).toBe(200);
    const overseers = await Promise.all(['coordinator', 'privacy_officer', 'auditor'].map((role) => desks.as(role)));
    const program = await desks.under.as({ client: desks.functions.kaigo });
    for (const who of [...overseers, program]) {
      expect((await desks.view(who, referralId)).status).toBe(404);
      expect(await desks.queue(who)).not.toContain(referralId);
    }
    for (const who of [kaigo, desks.at.konkyu]) expect(await desks.queue(who)).toContain(referralId);
    const ledger = async (who: Api) =>
      (await who('GET', `/persons/${person}/disclosures`)).body.items.map((l: { referralId: string }) => l.referralId);
    expect(await ledger(kaigo)).toContain(referralId);
    expect(await ledger(overseers[1]!)).not.toContain(referralId);
  });

  it('has a line of the ledger for whoever reads what others brought, of which nobody learns from the ledger', async () => {
    const { person } = await somebody();
    const id = await opened(person);
    await must(kaigo, id, 'add-item', item(person));
    const seen = (desk: 'shogai' | 'takikan') =>
      desks.under.rows(
        `select distinct recipient_function, viewer, way, authority, members from disclosure
         where conference = $1 and recipient_function = $2 order by members`,
        [id, desks.functions[desk]],
      );
    await kaigo('GET', `/conferences/${id}`);
    expect(await seen('shogai')).toEqual([]);
    // Before it is open no law lets it share: the 事務局 has read what was said to it.
    expect(await seen('takikan')).toMatchObject([{ authority: 'own_desk' }]);
    for (let n = 0; n < 2; n += 1) await shogai('GET', `/conferences/${id}`);
    // The item, and why the conference is held.
    expect(await seen('shogai')).toEqual(
      ['concern', 'narrative'].map((category) => ({
        ...{ recipient_function: desks.functions.shogai, viewer: `staff:${staff['shogai']}` },
        ...{ way: 'conference', authority: 'shien_kaigi' },
        members: [{ ref: 'subject', person, categories: [category], consents: [] }],
      })),
    );
    const officer = await desks.as('privacy_officer');
    for (const who of [officer, kaigo, shogai])
      for (const page of ['desk', 'resident'])
        expect((await who('GET', `/persons/${person}/disclosures?page=${page}`)).body.items).toEqual([]);
    expect((await officer('GET', `/persons/${person}/disclosures?page=working`)).body.items).toEqual([]);
  });

  describe('that ends', () => {
    it('is read by nobody any more: texts are gone, ids and the audit stay', async () => {
      const { person } = await somebody();
      const id = await opened(person);
      const { itemId } = await must(kaigo, id, 'add-item', item(person));
      await must(takikan, id, 'record', { heldOn: today, record: '終える。', reviewOn: addDays(today, 30) });
      await must(takikan, id, 'review', { outcome: 'end', reason: '解決した' });
      const [row] = await desks.under.rows(
        'select state, reason, record, erased_at is not null as erased from conference where id = $1',
        [id],
      );
      expect(row).toEqual({ state: 'ended', reason: null, record: null, erased: true });
      const [gone] = await desks.under.rows(
        'select body, person, erased_at is not null as erased from conference_item where id = $1',
        [itemId],
      );
      expect(gone).toEqual({ body: null, person, erased: true });
      expect(await itemsSeen(kaigo, id)).toEqual([]);
      const lines = await desks.under.rows('select 1 from audit_entry where object = $1', [id]);
      expect(lines.length).toBeGreaterThan(5);
    });

    it('loses one item that its contributor takes back', async () => {
      const { person } = await somebody();
      const id = await opened(person);
      const { itemId } = await must(kaigo, id, 'add-item', item(person));
      expect(refusal(await act(shogai, id, 'erase', { item: itemId }))).toEqual([403, 'NOT_YOUR_PART']);
      await must(kaigo, id, 'erase', { item: itemId });
      expect(await itemsSeen(shogai, id)).toEqual([]);
    });
  });

  it('is looked at again on the day of its review: a to-do of the 事務局 until somebody has', async () => {
    const { person } = await somebody();
    const id = await opened(person);
    await must(takikan, id, 'record', { heldOn: today, record: '見守る。', reviewOn: addDays(today, 30) });
    const asked = async () =>
      (await takikan('GET', '/todos?kind=conference_review')).body.items.map(
        (t: { conferenceId: string }) => t.conferenceId,
      );
    expect(await asked()).not.toContain(id);
    clock.forward(31 * 86_400_000);
    const again: Api = await desks.under.as({ role: 'caseworker', function: desks.functions.takikan });
    const waits = async () =>
      (await again('GET', '/todos?kind=conference_review')).body.items.map(
        (t: { conferenceId: string }) => t.conferenceId,
      );
    await waitFor(async () => (await waits()).includes(id), { what: 'the review to be asked for' });
    const watch = { outcome: 'watch', reviewOn: addDays(japaneseDay(clock.now()), 60), reason: '落ち着いている。' };
    await must(again, id, 'review', watch);
    expect(await waits()).not.toContain(id);
    // Once for each day.
    const [row] = await desks.under.rows(
      `select count(*)::int as count from todo where conference = $1 and kind = 'conference_review'`,
      [id],
    );
    expect(row).toEqual({ count: 1 });
  });
});
