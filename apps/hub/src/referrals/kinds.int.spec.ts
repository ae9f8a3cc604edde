// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { japaneseDay, workingDayFrom } from '@tsunagi/domain';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { calledTo, heldConference } from '../../test/held-conference';
import { manyDesks, phoned, told, type ManyDesks } from '../../test/many-desks';
import type { Api } from '../../test/sign-in';
import { aSubmission } from '../../test/submissions';
import { Directory } from '../organizations';
import { municipalCalendar } from '../platform';

const refusal = ({ status, body }: { status: number; body: any }) => [status, body.errors?.[0]?.code ?? body.code];
const supportRequest = {
  asked: '家計のことを一緒に考えてほしい',
  keepsDoing: '週に一度の訪問を続ける',
  nextContactOn: '2099-01-05',
};

describeWithServices(['postgres'], 'each kind of referral', () => {
  let desks: ManyDesks;
  beforeAll(async () => {
    desks = await manyDesks({
      // A desk for 虐待 behind a plugin: a report still stays in the hub.
      konkyu: {
        functionType: 'disability_abuse_desk',
        kinds: ['notification'],
        purposes: ['consultation', 'abuse_response'],
      },
      kaigo: {
        functionType: 'child_guidance_center',
        kinds: ['notification'],
        purposes: ['consultation', 'abuse_response'],
      },
      hogo: { kinds: ['protection'], purposes: ['consultation', 'rights_protection'] },
      kosodate: { functionType: 'town_without_welfare_office', purposes: ['consultation', 'rights_protection'] },
      shogai: { kinds: ['prefecture'], bodyKind: 'public_body' },
    });
  });
  afterAll(() => desks?.close());

  describe('a support request (支援依頼)', () => {
    it('is refused without what the sender keeps doing: 丸投げ', async () => {
      const { keepsDoing, ...dumped } = supportRequest;
      expect(keepsDoing).toBeDefined();
      const answer = await desks.send(desks.at.kosodate, 'support_request', 'unknown', dumped);
      expect(refusal(answer)).toEqual([422, 'KEEPS_DOING_MISSING']);
      expect(answer.body.errors[0].pointer).toBe('/keepsDoing');
    });

    it('is refused when an anxious person would come alone, or nobody explained it', async () => {
      const send = (over: object) =>
        desks.send(desks.at.kosodate, 'support_request', 'unknown', { ...supportRequest, ...over });
      expect(refusal(await send({ anxious: true }))).toEqual([422, 'ACCOMPANY_MISSING']);
      expect(refusal(await send({ personInformed: undefined }))).toEqual([422, 'PERSON_NOT_INFORMED']);
      expect((await send({ anxious: true, howTheyMeet: 'three_way' })).body.outcome).toBe('held');
    });

    it('goes to 多機関協働 only', async () => {
      const answer = await desks.send(desks.at.kosodate, 'support_request', 'shogai', supportRequest);
      expect([answer.body.outcome, answer.body.codes]).toEqual(['denied', ['KIND_NOT_TO_THERE']]);
      // Nor does it wait for a consent when the desk sends it all the same: none would help.
      const { id } = answer.body;
      const sent = await desks.act(desks.at.kosodate, id, 'send', { personInformed: told() });
      expect(refusal(sent)).toEqual([409, 'NOT_TO_THERE']);
      expect((await desks.view(desks.at.kosodate, id)).body.state).toBe('draft');
    });

    it('tells 多機関協働 what the person asked, what the sender keeps doing and when it next contacts', async () => {
      const { body } = await desks.send(desks.at.kosodate, 'support_request', 'unknown', supportRequest);
      expect(body).toMatchObject({ outcome: 'held', codes: ['CONSENT_MISSING'] });
      await desks.consent(desks.at.kosodate, body.id, { recipients: [{ domain: 'takikan' }] });
      expect((await desks.act(desks.at.takikan, body.id, 'receive')).status).toBe(200);
      const seen = (await desks.view(desks.at.takikan, body.id)).body;
      expect(seen.said).toEqual(supportRequest);
      expect(seen.members[0].items.identity.name).toBe('見本　花子');
      expect((await desks.view(await desks.as('coordinator'), body.id)).body.said).toBeUndefined();
    });

    it('does not close before somebody is named who leads', async () => {
      const done = async (who: Api, id: string, action: string, facts: object) => {
        const { status, body } = await desks.act(who, id, action, facts);
        expect([action, status, body.code]).toEqual([action, 200, undefined]);
      };
      const { body } = await desks.send(desks.at.kosodate, 'support_request', 'unknown', supportRequest);
      await desks.consent(desks.at.kosodate, body.id, { recipients: [{ domain: 'takikan' }] });
      const personInformed = told();
      await done(desks.at.takikan, body.id, 'receive', {});
      await done(desks.at.takikan, body.id, 'accept', { worker: { name: '試験　月' }, personMatched: true });
      const today = japaneseDay(new Date());
      await done(desks.at.takikan, body.id, 'start', { firstContact: { on: today, how: '来所' } });
      await done(desks.at.takikan, body.id, 'complete', { outcome: '011', note: 'つながった。', personInformed });
      await done(desks.at.kosodate, body.id, 'follow-up', { series: 'thirty_days' });
      await done(desks.at.kosodate, body.id, 'follow-up', { result: 'holds' });

      const end = { result: '続いている。', personInformed };
      const close = () => desks.act(desks.at.kosodate, body.id, 'close', end);
      // The sender leads, as whoever sent first, and has named nobody.
      expect(refusal(await close())).toEqual([409, 'LEAD_NOT_NAMED']);
      const [unit] = (await desks.at.kosodate('GET', `/support-units?referral=${body.id}`)).body.items;
      expect(refusal(await close())).toEqual([409, 'LEAD_NOT_NAMED']);
      const named = { step: 'name_worker', worker: '見本　星' };
      const match = { 'if-match': String(unit.version) };
      expect((await desks.at.kosodate('POST', `/support-units/${unit.id}/lead`, named, match)).status).toBe(200);
      expect((await close()).body.state).toBe('closed');
    });

    it('closes with the worker from whom it came, as long as nobody asked who leads', async () => {
      const acting = { name: '見本　星' };
      const { body } = await desks.send(desks.at.kosodate, 'support_request', 'unknown', { ...supportRequest, acting });
      await desks.consent(desks.at.kosodate, body.id, { recipients: [{ domain: 'takikan' }] });
      await desks.act(desks.at.takikan, body.id, 'receive');
      const coordinator = await desks.as('coordinator');
      const keepsDoing = { sender: '見守り', recipient: '面談' };
      await desks.act(coordinator, body.id, 'coordinate', { keepsDoing });
      const talk = { on: japaneseDay(new Date()), names: ['見本　星', '試験　月'] };
      const end = { result: '見守りを続ける。', talk, keepsDoing, personInformed: told() };
      expect((await desks.act(coordinator, body.id, 'close', end)).body.state).toBe('closed');
    });

    it('of a desk’s program is complete, or refused', async () => {
      const client = await desks.under.as({ client: desks.functions.kosodate });
      const answer = await desks.send(client, 'support_request', 'unknown');
      expect(refusal(answer)).toEqual([422, 'KEEPS_DOING_MISSING']);
    });

    it('from a legacy file stays a draft, which leaves when the desk has completed it', async () => {
      const submission = aSubmission({ kind: 'support_request', to: 'unknown', asserted: undefined });
      const [draft] = await desks.konkyu.send('referral.submitted.v1', [{ itemId: 'draft-1', submission }]);
      expect(draft).toMatchObject({ outcome: 'draft', codes: expect.arrayContaining(['KEEPS_DOING_MISSING']) });
      const id = draft?.referralId ?? '';
      const complete = { ...supportRequest, howTheyMeet: 'accompanied', personInformed: told() };
      const program = await desks.under.as({ client: desks.functions.konkyu });
      expect(refusal(await desks.act(program, id, 'send', complete))).toEqual([403, 'NOT_YOUR_STEP']);
      const { actions } = (await program('GET', `/referrals/${id}/actions`)).body;
      expect(actions).toContainEqual(expect.objectContaining({ action: 'send', possible: false }));
      for (const [missing, code] of [
        ['keepsDoing', 'KEEPS_DOING_MISSING'],
        ['personInformed', 'PERSON_NOT_INFORMED'],
      ] as const) {
        const dumped = await desks.act(desks.at.konkyu, id, 'send', { ...complete, [missing]: undefined });
        expect(refusal(dumped)).toEqual([422, code]);
      }
      expect((await desks.act(desks.at.konkyu, id, 'send', complete)).body.state).toBe('awaiting_authority');
      await desks.consent(desks.at.konkyu, id, { recipients: [{ domain: 'takikan' }] });
      await desks.act(desks.at.takikan, id, 'receive');
      const { state, said, howTheyMeet } = (await desks.view(desks.at.takikan, id)).body;
      expect([state, said, howTheyMeet]).toEqual(['received', supportRequest, 'accompanied']);
    });
  });

  describe('a handback (つなぎもどし)', () => {
    const on = '2026-11-02';
    const keepsDoing = '月に一度の電話';
    /** A man of whom 多機関協働 was asked for support, and its conference about him. */
    const agreement = async () => {
      const { body } = await desks.send(desks.at.kosodate, 'support_request', 'takikan', {
        ...supportRequest,
        howTheyMeet: 'accompanied',
      });
      const { person } = (await desks.view(desks.at.kosodate, body.id)).body;
      const host = desks.functions.takikan;
      const conference = await heldConference(desks.under, { host, persons: [person], on });
      return { person, agreed: { agreedIn: { on, conference }, keepsDoing } };
    };
    const agreed = { agreedIn: { on, conference: '01900000-0000-7000-8000-0000000000c7' }, keepsDoing };

    it('comes from 多機関協働 only, and was agreed in the conference', async () => {
      const { person } = await agreement();
      const conference = await heldConference(desks.under, { host: desks.functions.kosodate, persons: [person], on });
      const own = { keepsDoing, agreedIn: { on, conference } };
      const elsewhere = await desks.send(desks.at.kosodate, 'handback', 'shogai', own);
      expect([elsewhere.body.outcome, elsewhere.body.codes]).toEqual(['denied', ['KIND_NOT_FROM_HERE']]);
      const alone = await desks.send(desks.at.takikan, 'handback', 'hogo', { keepsDoing: 'なし' });
      expect(refusal(alone)).toEqual([422, 'AGREEMENT_MISSING']);
    });

    it('is of whom its conference discussed, and shows of it no more than that and when', async () => {
      const { person, agreed: said } = await agreement();
      const { body } = await desks.send(desks.at.takikan, 'handback', 'kosodate', said);
      await desks.act(desks.at.kosodate, body.id, 'receive');
      for (const who of [desks.at.takikan, desks.at.kosodate]) {
        const seen = (await desks.view(who, body.id)).body;
        expect(seen.said).toEqual({ keepsDoing, agreedIn: { on, conference: '重層的支援会議' } });
        expect(JSON.stringify(seen)).not.toContain(said.agreedIn.conference);
      }
      const [row] = await desks.under.rows('select subject from referral where id = $1', [body.id]);
      expect(row).toEqual({ subject: person });
    });

    it('does not leave on a conference that is not there, is of others, or was not held on that day', async () => {
      const { agreed: said, person } = await agreement();
      const { agreedIn } = said;
      const elsewhere = await heldConference(desks.under, { host: desks.functions.hogo, persons: [person], on });
      const wrong = [
        agreed.agreedIn,
        { ...agreedIn, on: '2026-11-03' },
        { on, conference: elsewhere },
        { on, conference: '重層' },
      ];
      const told = [];
      for (const said of wrong) {
        const { body } = await desks.send(desks.at.takikan, 'handback', 'kosodate', { keepsDoing, agreedIn: said });
        const { id: _, person: __, ...answer } = body;
        told.push(answer);
        const sent = await desks.act(desks.at.takikan, body.id, 'send', { agreedIn: said });
        expect(refusal(sent)).toEqual([422, 'CONFERENCE_UNKNOWN']);
      }
      expect(told[0]).toMatchObject({ outcome: 'draft', codes: ['CONFERENCE_UNKNOWN'] });
      expect(new Set(told.map((t) => JSON.stringify(t))).size).toBe(1);
    });

    it('rests on one where its desk has acknowledged secrecy, for the part that was a 重層的支援会議', async () => {
      const { person } = await agreement();
      const { hogo, takikan: desk } = desks.functions;
      const codesAt = async (kinds: [string, ...string[]], seat: { part?: number; acknowledged: boolean }) => {
        const conference = await heldConference(desks.under, { host: hogo, persons: [person], on, kinds });
        await calledTo(desks.under, conference, { desk, ...seat });
        const said = { keepsDoing, agreedIn: { on, conference } };
        return (await desks.send(desks.at.takikan, 'handback', 'kosodate', said)).body.codes as string[];
      };
      const both: [string, string] = ['shien_kaigi', 'juso'];
      expect(await codesAt(['juso'], { acknowledged: false })).toEqual(['CONFERENCE_UNKNOWN']);
      expect(await codesAt(both, { part: 0, acknowledged: true })).toEqual(['CONFERENCE_UNKNOWN']);
      expect(await codesAt(both, { part: 1, acknowledged: true })).not.toContain('CONFERENCE_UNKNOWN');
      expect(await codesAt(['juso'], { acknowledged: true })).not.toContain('CONFERENCE_UNKNOWN');
    });

    it('is due at once, or on the next day on which somebody is there', async () => {
      const { agreed: said } = await agreement();
      const { body } = await desks.send(desks.at.takikan, 'handback', 'kosodate', said);
      expect(body.outcome).toBe('accepted');
      const now = new Date();
      const due = workingDayFrom(japaneseDay(now), 0, municipalCalendar(now));
      expect((await desks.view(desks.at.kosodate, body.id)).body.dueOn).toBe(due);
      await desks.act(desks.at.kosodate, body.id, 'receive');
      const arrived = (await desks.view(desks.at.kosodate, body.id)).body;
      expect([arrived.state, arrived.dueOn, arrived.said.keepsDoing]).toEqual(['received', due, keepsDoing]);
    });
  });

  describe('an inquiry (照会)', () => {
    const question = { question: '最近の様子を教えてください。', personInformed: told() };
    const ask = async (to: 'kosodate' | 'hogo' = 'hogo') => {
      const { body } = await desks.send(desks.at.takikan, 'inquiry', to, question);
      expect(body.outcome).toBe('accepted');
      return body.id as string;
    };
    const answerTo = (inquiry: string, over: object = {}) =>
      desks.send(desks.at.hogo, 'inquiry', 'takikan', {
        regarding: inquiry,
        question: '先月から訪問しています。',
        subject: {
          ref: 'subject',
          role: 'subject',
          identifiers: [],
          items: {
            identity: { name: '見本　花子' },
            concern: { boxes: ['care'] },
            public_assistance: { receiving: true },
          },
        },
        ...over,
      });

    it('is asked by 多機関協働 only', async () => {
      expect(refusal(await desks.send(desks.at.hogo, 'inquiry', 'kosodate', question))).toEqual([
        422,
        'INQUIRY_MISSING',
      ]);
    });

    it('is answered by a disclosure of its own, decided in the other direction and entered in the ledger', async () => {
      const inquiry = await ask();
      expect(refusal(await answerTo(inquiry))).toEqual([422, 'REGARDING_UNKNOWN']);
      await desks.act(desks.at.hogo, inquiry, 'receive');
      const { body } = await answerTo(inquiry);
      expect(body).toMatchObject({ outcome: 'accepted' });
      await desks.act(desks.at.takikan, body.id, 'receive');
      const seen = (await desks.view(desks.at.takikan, body.id)).body;
      const asked = (await desks.view(desks.at.hogo, inquiry)).body;
      expect([seen.journeyId, Object.keys(seen.members[0].items)]).toEqual([asked.journeyId, ['identity', 'concern']]);
      const lines = await desks.under.rows(
        `select sender_function as from, recipient_function as to, authority, state from disclosure where referral = any($1::uuid[]) and way <> 'feedback' order by at, id`,
        [[inquiry, body.id]],
      );
      const { hogo, takikan } = desks.functions;
      const within = { authority: 'within_purpose', state: 'written' };
      expect(lines).toEqual([
        { from: takikan, to: hogo, ...within },
        { from: hogo, to: takikan, ...within },
      ]);
      const [{ persons } = {}] = await desks.under.rows<{ persons: number }>(
        'select count(distinct subject)::int as persons from referral where id = any($1::uuid[])',
        [[inquiry, body.id]],
      );
      expect(persons).toBe(1);
    });

    it('is not answered by a desk that was not asked, nor to another desk', async () => {
      const inquiry = await ask('kosodate');
      await desks.act(desks.at.kosodate, inquiry, 'receive');
      expect(refusal(await answerTo(inquiry))).toEqual([422, 'REGARDING_UNKNOWN']);
      const stranger = await answerTo('01900000-0000-7000-8000-000000000999');
      expect(refusal(stranger)).toEqual([422, 'REGARDING_UNKNOWN']);
    });
  });

  describe('what a town provides to its prefecture (都道府県への提供)', () => {
    const stays = { keepsDoing: '窓口として連絡を続ける', nextContactOn: '2099-01-05' };
    const provide = (over: object = {}) =>
      desks.send(desks.at.kosodate, 'prefecture', 'shogai', {
        ...stays,
        subject: {
          ref: 'subject',
          role: 'subject',
          identifiers: [],
          items: {
            identity: { name: '見本　三郎' },
            employment: { note: '求職中。' },
            care_level: { level: '22' },
          },
        },
        ...over,
      });

    it('leaves a town without 福祉事務所 only, toward the function that is flagged for it', async () => {
      const elsewhere = await desks.send(desks.at.hogo, 'prefecture', 'shogai', stays);
      expect(elsewhere.body.codes).toEqual(['KIND_NOT_FROM_HERE']);
      const other = await desks.send(desks.at.kosodate, 'prefecture', 'hogo', stays);
      expect(other.body.codes).toEqual(['KIND_NOT_TO_THERE']);
      expect(refusal(await provide({ keepsDoing: undefined }))).toEqual([422, 'KEEPS_DOING_MISSING']);
    });

    it('waits for a consent that lets the answer come back, and takes only what the business needs', async () => {
      const { body } = await provide();
      const scope = {
        categories: ['identity', 'employment', 'care_level'] as const,
        recipients: [{ function: desks.functions.shogai }],
      };
      await desks.consent(desks.at.kosodate, body.id, {
        ...scope,
        categories: [...scope.categories],
        feedback: 'none',
      });
      expect((await desks.view(desks.at.kosodate, body.id)).body.state).toBe('awaiting_authority');
      const { decision } = (await desks.at.kosodate('POST', '/disclosures/preview', { referralId: body.id })).body;
      expect([decision.outcome, decision.reasons]).toEqual(['hold', ['FEEDBACK_NOT_PERMITTED']]);
      await desks.consent(desks.at.kosodate, body.id, { ...scope, categories: [...scope.categories] });
      await desks.act(desks.at.shogai, body.id, 'receive');
      const { members } = (await desks.view(desks.at.shogai, body.id)).body;
      expect(Object.keys(members[0].items)).toEqual(['identity', 'employment']);
      const worker = { worker: { name: '県　四郎' }, personMatched: true };
      await desks.act(desks.at.shogai, body.id, 'accept', worker);
      expect((await desks.view(desks.at.kosodate, body.id)).body.state).toBe('accepted');
    });
  });

  describe('a notification (通報・通告)', () => {
    const abuse = {
      purpose: 'abuse_response',
      statute: 'disability_abuse',
      howTheyMeet: undefined,
      personInformed: undefined,
      subject: { ref: 'subject', role: 'subject', identifiers: [], items: { abuse: { note: 'あざがある。' } } },
    };
    const report = (over: object = {}) =>
      desks.send(desks.at.shogai, 'notification', 'konkyu', { ...abuse, phoned: phoned(), ...over });

    it('is telephoned first, names its law, and goes to a flagged function only', async () => {
      expect(refusal(await report({ phoned: undefined }))).toEqual([422, 'PHONE_FIRST']);
      expect(refusal(await report({ statute: undefined }))).toEqual([422, 'STATUTE_MISSING']);
      const unflagged = await desks.send(desks.at.shogai, 'notification', 'hogo', { ...abuse, phoned: phoned() });
      expect(unflagged.body.codes).toEqual(['KIND_NOT_TO_THERE']);
    });

    it('13条の4: answers a request, on paper or by an inquiry of the desk that is told', async () => {
      const provide = (over: object = {}) =>
        desks.send(desks.at.shogai, 'notification', 'kaigo', {
          ...abuse,
          phoned: phoned(),
          statute: 'child_abuse_request',
          ...over,
        });
      expect(refusal(await provide())).toEqual([422, 'REQUEST_MISSING']);
      const request = { from: '見本児童相談所', on: japaneseDay(new Date()), number: '試児第1号' };
      const { body } = await provide({ request });
      expect(body).toMatchObject({ outcome: 'accepted', state: 'sent' });
      expect((await desks.view(desks.at.shogai, body.id)).body.said.request).toEqual(request);

      const asked = await desks.send(desks.at.takikan, 'inquiry', 'kosodate', {
        question: '登園の様子はいかがですか。',
        howTheyMeet: undefined,
      });
      const answer = () =>
        desks.send(desks.at.kosodate, 'notification', 'takikan', {
          ...abuse,
          phoned: phoned(),
          statute: 'child_abuse_request',
          regarding: asked.body.id,
        });
      expect(refusal(await answer())).toEqual([422, 'REGARDING_UNKNOWN']);
      await desks.act(desks.at.kosodate, asked.body.id, 'receive');
      const answered = (await desks.view(desks.at.kosodate, (await answer()).body.id)).body;
      expect(answered.said.request.on).toBe(japaneseDay(new Date()));
      const inquiry = (await desks.view(desks.at.kosodate, asked.body.id)).body;
      expect([answered.said.request.from, answered.journeyId === inquiry.journeyId]).toEqual([
        inquiry.from.name,
        false,
      ]);
    });

    it('of a child is no report by 障害者虐待防止法, at intake and when a draft is sent', async () => {
      const born = (birthDate: string) => ({
        subject: {
          ...abuse.subject,
          items: { ...abuse.subject.items, identity: { name: '試験　花子', birthDate } },
        },
      });
      const today = japaneseDay(new Date());
      const child = born(`${Number(today.slice(0, 4)) - 17}-01-01`);
      expect(refusal(await report(child))).toEqual([422, 'SUBJECT_UNDER_18']);
      expect((await report(born('1970-01-01'))).body.outcome).toBe('accepted');
      const draft = await desks.send(desks.at.shogai, 'notification', 'hogo', { ...abuse, phoned: phoned() });
      await desks.act(desks.at.shogai, draft.body.id, 'edit', { ...child, to: { function: desks.functions.konkyu } });
      expect(refusal(await desks.act(desks.at.shogai, draft.body.id, 'send'))).toEqual([422, 'SUBJECT_UNDER_18']);
    });

    it('of somebody without a name is turned to the right desk before it leaves', async () => {
      const { body } = await desks.send(desks.at.shogai, 'notification', 'hogo', { ...abuse, phoned: phoned() });
      const to = { function: desks.functions.konkyu };
      expect((await desks.act(desks.at.shogai, body.id, 'edit', { to })).status).toBe(200);
      expect((await desks.act(desks.at.shogai, body.id, 'send')).body.state).toBe('sent');
    });

    it('is handed in by people: neither a plugin nor a program of a desk', async () => {
      const client = await desks.under.as({ client: desks.functions.shogai });
      const answer = await desks.send(client, 'notification', 'konkyu', { ...abuse, phoned: phoned() });
      expect(refusal(answer)).toEqual([422, 'HUB_ONLY']);
    });

    it('S5: never goes by the plugin, though the recipient’s channel is one', async () => {
      const { body } = await report();
      expect(body).toMatchObject({ outcome: 'accepted', state: 'sent' });
      const plain = await desks.send(desks.at.kosodate, 'referral', 'konkyu');
      await desks.consent(desks.at.kosodate, plain.body.id, { recipients: [{ domain: 'konkyu' }] });
      await desks.konkyu.takeNext('referral.sent.v1', plain.body.id);
      expect(desks.konkyu.deliveries.filter((d) => d.subject === body.id)).toEqual([]);
      const ways = await desks.under.rows('select plugin, channel, state from delivery where referral = $1', [body.id]);
      expect(ways).toEqual([{ plugin: null, channel: 'hub_only', state: 'queued' }]);
    });

    it('S5: exists for its two functions only', async () => {
      const { body } = await report();
      for (const role of ['coordinator', 'privacy_officer', 'auditor']) {
        const who = await desks.as(role);
        for (const path of ['', '/timeline', '/actions', '/decision'])
          expect([role, path, (await who('GET', `/referrals/${body.id}${path}`)).status]).toEqual([role, path, 404]);
        expect(await desks.queue(who)).not.toContain(body.id);
        expect(await desks.queue(who, '&kind=notification')).toEqual([]);
      }
      const { counters } = (await (await desks.as('coordinator'))('GET', '/referrals?kind=notification')).body;
      expect(counters).toEqual([]);
      for (const desk of ['kosodate', 'takikan', 'hogo'] as const)
        expect((await desks.view(desks.at[desk], body.id)).status).toBe(404);
      const system = await desks.under.as({ client: desks.functions.konkyu });
      expect((await desks.view(system, body.id)).status).toBe(404);
      expect(await desks.queue(system, '&kind=notification')).toEqual([]);
      expect(await desks.queue(desks.at.konkyu, '&kind=notification')).toContain(body.id);
    });

    it('S5: is 「通報しました」 when a person there has confirmed it, and no status comes back after that', async () => {
      const { body } = await report();
      expect((await desks.view(desks.at.shogai, body.id)).body.state).toBe('sent');
      await desks.act(desks.at.konkyu, body.id, 'receive');
      expect((await desks.view(desks.at.konkyu, body.id)).body.members[0].items.abuse.note).toBe('あざがある。');
      const reported = (await desks.view(desks.at.shogai, body.id)).body;
      expect(reported.state).toBe('received');
      const worker = { worker: { name: '見本　五郎' }, personMatched: true };
      expect((await desks.act(desks.at.konkyu, body.id, 'accept', worker)).status).toBe(200);
      const later = (await desks.view(desks.at.shogai, body.id)).body;
      expect([later.state, later.dueOn, later.stateAt]).toEqual(['received', undefined, expect.any(String)]);
      const { items } = (await desks.at.shogai('GET', `/referrals/${body.id}/timeline`)).body;
      expect(items.map((e: { to: string }) => e.to)).toEqual(['draft', 'sent', 'received']);
      expect((await desks.view(desks.at.konkyu, body.id)).body.state).toBe('accepted');
      expect(refusal(await desks.act(desks.at.konkyu, body.id, 'ask', { questions: 'いつ？' }))).toEqual([
        409,
        'NOT_OF_THIS_KIND',
      ]);
    });

    it('goes at once though an earlier one about the same person is still under way', async () => {
      const known = { identifiers: [{ system: 'kaigo', value: '00990010-0000777001' }] };
      const again = () =>
        desks.send(desks.at.kaigo, 'notification', 'konkyu', {
          ...abuse,
          phoned: phoned(),
          subject: { ...abuse.subject, ...known },
        });
      const [first, second] = [await again(), await again()];
      expect([first.body.outcome, second.body.outcome]).toEqual(['accepted', 'accepted']);
      const [{ persons } = {}] = await desks.under.rows<{ persons: number }>(
        'select count(distinct subject)::int as persons from referral where id = any($1::uuid[])',
        [[first.body.id, second.body.id]],
      );
      expect(persons).toBe(1);
    });

    it('is on no list of a coordinator or of a system, whether it has arrived or knows no desk', async () => {
      const lost = await report({ to: { domain: 'chiiki' } });
      expect(lost.body.outcome).toBe('unrouted');
      const there = await report();
      const listed = async (who: Awaited<ReturnType<ManyDesks['as']>>) =>
        (await who('GET', '/todos')).body.items.map((t: { referralId?: string }) => t.referralId) as string[];
      expect(await listed(desks.at.shogai)).toContain(lost.body.id);
      expect(await listed(await desks.as('coordinator'))).not.toContain(lost.body.id);
      expect(await listed(desks.at.konkyu)).toContain(there.body.id);
      expect(await listed(desks.at.shogai)).toContain(there.body.id);
      await desks.act(desks.at.konkyu, there.body.id, 'receive');
      expect(await listed(desks.at.shogai)).not.toContain(there.body.id);
      expect(await listed(await desks.under.as({ client: desks.functions.konkyu }))).not.toContain(there.body.id);
    });

    it('knows neither a question nor a return', async () => {
      const { body } = await report();
      await desks.act(desks.at.konkyu, body.id, 'receive');
      const asked = await desks.act(desks.at.konkyu, body.id, 'ask', { questions: 'いつ？' });
      expect(refusal(asked)).toEqual([409, 'NOT_OF_THIS_KIND']);
      const { actions } = (await desks.at.konkyu('GET', `/referrals/${body.id}/actions`)).body;
      const offered = actions.map((a: { action: string }) => a.action);
      expect(offered).toContain('accept');
      expect(offered).not.toContain('ask');
    });

    describe('that its desk cannot deal with alone (013)', () => {
      const inProgress = async () => {
        const { body } = await report();
        await desks.act(desks.at.konkyu, body.id, 'receive');
        await desks.act(desks.at.konkyu, body.id, 'accept', {
          worker: { name: '見本　五郎' },
          personMatched: true,
        });
        const firstContact = { on: japaneseDay(new Date()), how: '訪問' };
        expect((await desks.act(desks.at.konkyu, body.id, 'start', { firstContact })).status).toBe(200);
        return body.id as string;
      };
      const on = async (id: string, to: object) =>
        desks.act(desks.at.konkyu, id, 'complete', { outcome: '013', note: 'ともに当たる。', ...to });

      it.each(['shogai', 'takikan'] as const)('goes on to no desk that had it or takes none: %s', async (place) => {
        const id = await inProgress();
        const answer = await on(id, { referredTo: { function: desks.functions[place] } });
        expect(refusal(answer)).toEqual([422, 'NOT_ON_TO_THERE']);
        expect(answer.body.detail).toContain('通報先');
        expect((await desks.view(desks.at.konkyu, id)).body.state).toBe('in_progress');
      });

      it('goes on to another desk for it as a notification, which is telephoned first', async () => {
        const hogoIs = async (functionType: unknown, kinds: unknown, purposes: unknown) => {
          await desks.under.rows(
            'update desk_function set function_type = $2, kinds = $3, purposes = $4 where id = $1',
            [desks.functions.hogo, functionType, kinds, purposes],
          );
          await desks.under.hub.app.get(Directory).refresh();
        };
        const [before] = await desks.under.rows(
          'select function_type, kinds, purposes from desk_function where id = $1',
          [desks.functions.hogo],
        );
        const next = async (more: object) => {
          const to = { referredTo: { function: desks.functions.hogo }, ...more };
          const { body } = await on(await inProgress(), to);
          return (await desks.view(desks.at.konkyu, body.next)).body;
        };
        await hogoIs('disability_abuse_desk', ['notification'], ['abuse_response']);
        try {
          expect(await next({})).toMatchObject({ kind: 'notification', state: 'draft' });
          expect(await next({ phoned: phoned() })).toMatchObject({ kind: 'notification', state: 'sent' });
        } finally {
          await hogoIs(before?.['function_type'], before?.['kinds'], before?.['purposes']);
        }
      });
    });

    const meantAtRecipient = async (referral: string) =>
      (await desks.under.rows<{ subject: string }>('select subject from referral where id = $1', [referral]))[0]
        ?.subject;

    it('is in nobody’s ledger but that of its two functions', async () => {
      const { body } = await report();
      await desks.act(desks.at.konkyu, body.id, 'receive');
      const { person } = (await desks.view(desks.at.shogai, body.id)).body;
      const of = async (who: Awaited<ReturnType<ManyDesks['as']>>) =>
        (await who('GET', `/persons/${person}/disclosures`)).body.items.length as number;
      // That it was reported, and that it has arrived.
      expect(await of(desks.at.shogai)).toBe(2);
      for (const role of ['privacy_officer', 'auditor'])
        expect([role, await of(await desks.as(role))]).toEqual([role, 0]);
    });

    it('shows nowhere either by what its desks read of the person', async () => {
      const { body } = await report();
      await desks.act(desks.at.konkyu, body.id, 'receive');
      const { person } = (await desks.view(desks.at.shogai, body.id)).body;
      for (const desk of [desks.at.shogai, desks.at.konkyu]) {
        const fact = { kind: 'abode', lives: 'nowhere' };
        const known = desk === desks.at.shogai ? person : await meantAtRecipient(body.id);
        expect((await desk('POST', `/persons/${known}/facts`, { fact })).status).toBe(201);
        expect((await desk('GET', `/persons/${known}/facts`)).body.facts).toHaveLength(1);
      }
      const of = async (who: Api, page: string) =>
        (await who('GET', `/persons/${person}/disclosures?page=${page}`)).body.items.map((l: any) => l.way) as string[];
      expect(await of(desks.at.shogai, 'desk')).toEqual(expect.arrayContaining(['read']));
      const officer = await desks.as('privacy_officer');
      for (const page of ['desk', 'working', 'resident']) expect([page, await of(officer, page)]).toEqual([page, []]);
      // What is handed to the person by that very desk says nothing of it either.
      expect(await of(desks.at.shogai, 'resident')).toEqual([]);
    });

    it('is denied while the municipality’s row for the law is not in force', async () => {
      await desks.under.rows(`update authority_row set active = false where code = 'dv'`);
      await waitFor(async () => (await report({ statute: 'dv' })).body.codes[0] === 'STATUTE_NOT_IN_FORCE', {
        what: 'the row to be off',
      });
      expect((await report()).body.outcome).toBe('accepted');
    });
  });

  describe('a request for protection (権利擁護の要請)', () => {
    const request = { purpose: 'rights_protection' };

    it('goes to the municipal function that is flagged for it', async () => {
      const other = await desks.send(desks.at.kosodate, 'protection', 'takikan', { purpose: 'consultation' });
      expect(other.body.codes).toEqual(['KIND_NOT_TO_THERE']);
    });

    it('is answered with a date, which the sender sees, and never by silence', async () => {
      const { body } = await desks.send(desks.at.kosodate, 'protection', 'hogo', request);
      expect(body.outcome).toBe('accepted');
      await desks.act(desks.at.hogo, body.id, 'receive');
      expect((await desks.view(desks.at.hogo, body.id)).body.dueOn).toBeDefined();
      const worker = { worker: { name: '見本　六郎' }, personMatched: true };
      const silent = await desks.act(desks.at.hogo, body.id, 'accept', worker);
      expect(refusal(silent)).toEqual([422, 'DATE_OF_ANSWER_MISSING']);
      await desks.act(desks.at.hogo, body.id, 'accept', { ...worker, nextContactOn: '2099-02-01' });
      const seen = (await desks.view(desks.at.kosodate, body.id)).body;
      expect([seen.state, seen.nextContactOn]).toEqual(['accepted', '2099-02-01']);
    });
  });

  describe('an advice (助言依頼)', () => {
    const nobody = { ref: 'subject', role: 'subject', identifiers: [], items: {} };
    const ask = (over: object = {}) =>
      desks.send(desks.at.kosodate, 'advice', 'takikan', {
        subject: nobody,
        question: '八十代のお母さんと五十代の息子さんの世帯に、どの制度が使えますか。',
        howTheyMeet: undefined,
        personInformed: undefined,
        ...over,
      });

    it.each([
      ['/subject', { subject: { ...nobody, items: { identity: { name: '見本　花子' } } } }, 'KIND_WITHOUT_PERSON'],
      ['/others', { others: [{ ...nobody, ref: 'son', role: 'child' }] }, 'KIND_WITHOUT_PERSON'],
      ['/question', { question: '見本　花子さんのことです。' }, 'NAMES_SOMEBODY'],
      ['/question', { question: '見本町一丁目１番にお住まいの方です。' }, 'NAMES_SOMEBODY'],
      ['/question', { question: '電話は 099-123-4567 です。' }, 'NAMES_SOMEBODY'],
      ['/question', { question: undefined }, 'QUESTION_MISSING'],
    ])('is refused at %s when somebody is in it', async (pointer, over, code) => {
      const answer = await ask(over);
      expect([...refusal(answer), answer.body.errors[0].pointer]).toEqual([422, code, pointer]);
    });

    it('is asked and answered without anybody in it, and may become a support request in the same journey', async () => {
      const { body } = await ask();
      expect(body).toMatchObject({ outcome: 'accepted', state: 'sent' });
      await desks.act(desks.at.takikan, body.id, 'receive');
      const seen = (await desks.view(desks.at.takikan, body.id)).body;
      expect([seen.members, seen.said.question.length > 0]).toEqual([[], true]);
      expect((await desks.view(desks.at.kosodate, body.id)).body.person).toBeUndefined();
      await desks.act(desks.at.takikan, body.id, 'accept', { worker: { name: '助言　一郎' }, personMatched: true });
      expect((await desks.view(desks.at.kosodate, body.id)).body.state).toBe('accepted');

      await desks.act(desks.at.takikan, body.id, 'start', { firstContact: { on: '2026-11-01', how: '電話' } });
      await desks.act(desks.at.takikan, body.id, 'complete', { outcome: '012', note: '生活困窮の制度が使えます。' });
      const series = { series: 'thirty_days' };
      expect(refusal(await desks.act(desks.at.kosodate, body.id, 'follow-up', series))).toEqual([
        409,
        'NOT_OF_THIS_KIND',
      ]);
      const read = await desks.act(desks.at.kosodate, body.id, 'close', { result: '読みました。' });
      expect([read.status, read.body.state]).toEqual([200, 'closed']);

      const request = { ...supportRequest, regarding: body.id };
      const grown = await desks.send(desks.at.kosodate, 'support_request', 'takikan', request);
      expect(grown.body.outcome).toBe('held');
      const { journeyId } = (await desks.view(desks.at.kosodate, grown.body.id)).body;
      expect(journeyId).toBe(seen.journeyId);
      const others = await desks.send(desks.at.hogo, 'support_request', 'takikan', request);
      expect(refusal(others)).toEqual([422, 'REGARDING_UNKNOWN']);
    });

    const somebody = { ...nobody, items: { identity: { name: '見本　花子' } } };
    it('stays without anybody, whatever its sender says later', async () => {
      const { body } = await desks.send(desks.at.kosodate, 'advice', 'hogo', {
        subject: nobody,
        question: 'どこですか。',
      });
      expect([body.outcome, body.codes]).toEqual(['denied', ['KIND_NOT_TO_THERE']]);
      const edit = async (facts: object) => refusal(await desks.act(desks.at.kosodate, body.id, 'edit', facts));
      expect(await edit({ subject: somebody })).toEqual([422, 'KIND_WITHOUT_PERSON']);
      expect(await edit({ others: [{ ...nobody, ref: 'son', role: 'child' }] })).toEqual([422, 'KIND_WITHOUT_PERSON']);
      expect(await edit({ question: '見本　花子さんのことです。' })).toEqual([422, 'NAMES_SOMEBODY']);
      expect(await edit({ to: { function: desks.functions.takikan } })).toEqual([200, undefined]);
      const send = (facts: object) => desks.act(desks.at.kosodate, body.id, 'send', facts);
      expect(refusal(await send({ question: '電話は 099-123-4567 です。' }))).toEqual([422, 'NAMES_SOMEBODY']);
      expect((await send({})).body.state).toBe('sent');

      const add = async (facts: object) => refusal(await desks.act(desks.at.kosodate, body.id, 'supplement', facts));
      expect(await add({ subject: somebody })).toEqual([422, 'KIND_WITHOUT_PERSON']);
      expect(await add({ note: '見本町一丁目１番にお住まいの方です。' })).toEqual([422, 'NAMES_SOMEBODY']);
      await desks.act(desks.at.takikan, body.id, 'receive');
      await desks.act(desks.at.takikan, body.id, 'ask', { questions: 'どの世帯ですか。' });
      const answer = { answer: '見本　花子さんです。' };
      expect(refusal(await desks.act(desks.at.kosodate, body.id, 'answer', answer))).toEqual([422, 'NAMES_SOMEBODY']);
      // Who advises names a desk and its telephone.
      const advised = { note: '見本町の窓口は 099-123-4567 です。' };
      expect((await desks.act(desks.at.takikan, body.id, 'supplement', advised)).status).toBe(200);
    });
  });

  describe('a draft', () => {
    const sendIt = (id: string, facts: object) => desks.act(desks.at.kosodate, id, 'send', facts);

    it('does not ask again whether the person was told, when its desk has said so with it (R11)', async () => {
      const { body } = await desks.send(desks.at.kosodate, 'referral', 'shogai', { urgency: 'same_day' });
      expect([body.outcome, body.codes]).toEqual(['draft', ['PHONE_FIRST']]);
      expect((await sendIt(body.id, { phoned: phoned() })).body.state).toBe('awaiting_authority');
    });

    it('asks for it as long as nobody has said it', async () => {
      const unsaid = { urgency: 'same_day', personInformed: undefined };
      const { body } = await desks.send(desks.at.kosodate, 'referral', 'shogai', unsaid);
      expect(body.codes).toEqual(expect.arrayContaining(['PHONE_FIRST', 'PERSON_NOT_INFORMED']));
      expect(refusal(await sendIt(body.id, { phoned: phoned() }))).toEqual([422, 'PERSON_NOT_INFORMED']);
      await desks.act(desks.at.kosodate, body.id, 'edit', { notInformed: { reason: '入院中', by: '2099-01-05' } });
      expect((await sendIt(body.id, { phoned: phoned() })).body.state).toBe('awaiting_authority');
    });
  });

  it('toward 福祉事務所 stays on its sender’s list through a pause, until it was told of 引受 (R10)', async () => {
    const { body } = await desks.send(desks.at.kosodate, 'referral', 'hogo');
    await desks.consent(desks.at.kosodate, body.id, { recipients: [{ function: desks.functions.hogo }] });
    const awaited = async () =>
      (await desks.at.kosodate('GET', '/todos?kind=await_reception')).body.items.some(
        (t: { referralId: string }) => t.referralId === body.id,
      );
    const there = async (action: string, facts: object = {}) =>
      expect((await desks.act(desks.at.hogo, body.id, action, facts)).status).toBe(200);
    const pause = { reason: '面接を待つ', wakeOn: japaneseDay(new Date(Date.now() + 5 * 86_400_000)) };
    await there('receive');
    await there('hold', pause);
    expect([(await desks.view(desks.at.kosodate, body.id)).body.state, await awaited()]).toEqual(['on_hold', true]);
    await there('resume');
    await there('accept', { worker: { name: '保護　一郎' }, personMatched: true });
    expect(await awaited()).toBe(false);
    await there('hold', pause);
    expect(await awaited()).toBe(false);
  });
});
