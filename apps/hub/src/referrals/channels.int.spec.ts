// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Incident } from '@tsunagi/contracts';
import { addDays, japaneseDay } from '@tsunagi/domain';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { manyDesks, phoned, told, type ManyDesks } from '../../test/many-desks';
import type { Api } from '../../test/sign-in';
import { Directory } from '../organizations';

describeWithServices(['postgres'], 'how a referral reaches its recipient', () => {
  let desks: ManyDesks;
  beforeAll(async () => (desks = await manyDesks({ hogo: { channel: 'paper' } })));
  afterAll(() => desks?.close());

  const consentTo = (referral: string, domain: 'konkyu' | 'hogo' | 'shogai') =>
    desks.consent(desks.at.kosodate, referral, { recipients: [{ domain }] });
  const deliveryOf = async (referral: string) =>
    (
      await desks.under.rows<{ plugin: string | null; channel: string | null; state: string }>(
        `select plugin, channel, state from delivery where referral = $1 and kind = 'referral'`,
        [referral],
      )
    )[0];
  const codeOf = async (referral: string) => (await desks.view(desks.at.kosodate, referral)).body.sheetCode as string;
  const carry = async (to: 'konkyu' | 'shogai' = 'shogai') => {
    const { body } = await desks.send(desks.at.kosodate, 'referral', to, { channel: 'carried_by_person' });
    return { answer: body, id: body.id as string };
  };

  it('the web desk receives, takes, asks and reports over HTTP alone', async () => {
    const { body } = await desks.send(desks.at.kosodate, 'referral', 'shogai');
    await consentTo(body.id, 'shogai');
    expect(await deliveryOf(body.id)).toEqual({ plugin: null, channel: null, state: 'queued' });
    expect((await desks.view(desks.at.shogai, body.id)).body).toMatchObject({ state: 'sent', channel: 'web' });
    const told = { by: '見本　二郎', at: new Date().toISOString(), how: '電話' };
    const steps = [
      [desks.at.shogai, 'receive', {}],
      [desks.at.shogai, 'ask', { questions: 'いつからですか。' }],
      [desks.at.kosodate, 'answer', { answer: '先月からです。' }],
      [desks.at.shogai, 'accept', { worker: { name: '見本　二郎' }, personMatched: true }],
      [desks.at.shogai, 'start', { firstContact: { on: '2026-11-02', how: '電話' } }],
      [desks.at.shogai, 'complete', { outcome: '011', note: '支援を始めました。', personInformed: told }],
    ] as const;
    for (const [who, action, facts] of steps)
      expect([action, (await desks.act(who, body.id, action, facts)).status]).toEqual([action, 200]);
    expect((await desks.view(desks.at.kosodate, body.id)).body.state).toBe('completed');
  });

  describe('what the sender writes to the desk', () => {
    const questioned = async (until = '2099-03-31') => {
      const { body } = await desks.send(desks.at.kosodate, 'referral', 'shogai');
      const consent = await desks.consent(desks.at.kosodate, body.id, { recipients: [{ domain: 'shogai' }], until });
      await desks.act(desks.at.shogai, body.id, 'receive');
      await desks.act(desks.at.shogai, body.id, 'ask', { questions: 'いつからですか。' });
      return { id: body.id as string, consent };
    };
    const answer = (id: string) => desks.act(desks.at.kosodate, id, 'answer', { answer: '借金は三年前から。' });
    const timeline = async (id: string) =>
      JSON.stringify((await desks.at.shogai('GET', `/referrals/${id}/timeline`)).body.items);

    it('is decided when it is written, and stands in the ledger', async () => {
      const { id } = await questioned();
      expect((await answer(id)).status).toBe(200);
      expect(await timeline(id)).toContain('借金');
      const lines = await desks.under.rows<{ members: { categories: string[] }[] }>(
        `select members from disclosure where referral = $1 and way <> 'feedback' order by at, id`,
        [id],
      );
      expect(lines.map((l) => l.members.map((m) => m.categories))).toEqual([
        [['identity', 'concern']],
        [['narrative']],
      ]);
    });

    it('does not leave when nothing permits it any more', async () => {
      const { id, consent } = await questioned();
      await desks.under.rows(`update consent set scope = jsonb_set(scope, '{until}', '"2026-01-02"') where id = $1`, [
        consent,
      ]);
      const { status, body } = await answer(id);
      expect([status, body.code]).toEqual([409, 'AUTHORITY_MISSING']);
      expect(await timeline(id)).not.toContain('借金');
      expect((await desks.view(desks.at.shogai, id)).body.state).toBe('questioned');
    });

    it('is not read any more when the person has withdrawn', async () => {
      const { id, consent } = await questioned();
      await answer(id);
      await desks.at.kosodate('POST', `/consents/${consent}/withdraw`, {});
      expect((await desks.view(desks.at.shogai, id)).body.state).toBe('revoked');
      expect(await timeline(id)).not.toContain('借金');
      expect(JSON.stringify((await desks.at.kosodate('GET', `/referrals/${id}/timeline`)).body)).toContain('借金');
    });
  });

  it('the sender may choose paper though the recipient has a system', async () => {
    const { body } = await desks.send(desks.at.kosodate, 'referral', 'konkyu', { channel: 'paper' });
    expect([body.outcome, (await desks.view(desks.at.kosodate, body.id)).body.sheetCode]).toEqual(['held', undefined]);
    await consentTo(body.id, 'konkyu');
    expect(await deliveryOf(body.id)).toEqual({ plugin: null, channel: 'paper', state: 'sent' });
    const plain = await desks.send(desks.at.kosodate, 'referral', 'konkyu');
    await consentTo(plain.body.id, 'konkyu');
    await desks.konkyu.takeNext('referral.sent.v1', plain.body.id);
    expect(desks.konkyu.deliveries.filter((d) => d.subject === body.id)).toEqual([]);
  });

  describe('on paper', () => {
    const onPaper = async () => {
      const { body } = await desks.send(desks.at.kosodate, 'referral', 'hogo');
      await consentTo(body.id, 'hogo');
      return body.id as string;
    };

    it('is in the ledger from the moment it was handed out, once', async () => {
      const id = await onPaper();
      const lines = () =>
        desks.under.rows(
          `select authority, state, go_at is not null as gone from disclosure where referral = $1 and way <> 'feedback'`,
          [id],
        );
      expect(await lines()).toEqual([{ authority: 'consent', state: 'claimed', gone: true }]);
      await desks.at.hogo('GET', `/sheets/${await codeOf(id)}`);
      expect(await lines()).toEqual([{ authority: 'consent', state: 'written', gone: true }]);
    });

    it('arrives when somebody at the receiving desk enters its code, and opens the answer form again and again', async () => {
      const id = await onPaper();
      const code = await codeOf(id);
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{27}$/);
      // Whoever only asks for the head has not opened it.
      expect((await desks.at.hogo('HEAD', `/sheets/${code}`)).status).toBe(404);
      expect((await desks.view(desks.at.kosodate, id)).body.state).toBe('sent');
      for (const typed of [code, `${code.slice(0, 5)}-${code.slice(5)}`.toLowerCase(), code.slice(0, 26)]) {
        const { status, body } = await desks.at.hogo('GET', `/sheets/${typed}`);
        expect([status, body.referral.id, body.referral.state]).toEqual([200, id, 'received']);
        expect(body.referral.members[0].items.identity.name).toBe('見本　花子');
        const possible = body.actions.filter((a: { possible: boolean }) => a.possible);
        expect(possible.map((a: { action: string }) => a.action)).toContain('accept');
      }
      expect((await desks.view(desks.at.kosodate, id)).body.state).toBe('received');
      expect(await deliveryOf(id)).toMatchObject({ channel: 'paper', state: 'read' });
    });

    it('gives the same answer for a code that nobody has and for one of another desk’s sheet', async () => {
      const code = await codeOf(await onPaper());
      const asked = [
        [desks.at.shogai, code],
        [desks.at.kosodate, code],
        [desks.at.hogo, '0'.repeat(27)],
      ] as const;
      const answers = await Promise.all(asked.map(([who, c]) => who('GET', `/sheets/${c}`)));
      expect(answers.map((a) => [a.status, a.body.code])).toEqual(asked.map(() => [404, 'NOT_FOUND']));
      const coordinator = await desks.as('coordinator');
      expect((await coordinator('GET', `/sheets/${code}`)).status).toBe(403);
    });

    it('opens nothing any more when it was taken back, and the desk is asked to stop using it', async () => {
      const id = await onPaper();
      const code = await codeOf(id);
      await desks.act(desks.at.kosodate, id, 'withdraw', { reason: '本人の希望' });
      expect((await desks.at.hogo('GET', `/sheets/${code}`)).status).toBe(404);
      const { items } = (await desks.at.hogo('GET', '/todos')).body;
      const mine = items.filter((t: { referralId: string }) => t.referralId === id);
      expect(mine.map((t: { kind: string }) => t.kind)).toContain('stop_using');
    });
  });

  describe('carried by the person (本人持参)', () => {
    it('needs no consent toward the desk', async () => {
      const { answer, id } = await carry();
      expect(answer).toMatchObject({ outcome: 'accepted', state: 'sent' });
      expect(await deliveryOf(id)).toEqual({ plugin: null, channel: 'carried_by_person', state: 'sent' });
      const [line] = await desks.under.rows('select authority from disclosure where referral = $1', [id]);
      expect(line).toEqual({ authority: 'to_person' });
    });

    it('is not there for the desk before the person is: neither in its queue nor by its id', async () => {
      const { id } = await carry();
      expect((await desks.view(desks.at.shogai, id)).status).toBe(404);
      expect(await desks.queue(desks.at.shogai)).not.toContain(id);
      expect(await desks.queue(desks.at.shogai, '&state=sent')).not.toContain(id);
      const { items } = (await desks.at.shogai('GET', '/todos')).body;
      expect(items.map((t: { referralId: string }) => t.referralId)).not.toContain(id);
      await desks.at.shogai('GET', `/sheets/${await codeOf(id)}`);
      expect(await desks.queue(desks.at.shogai, '&state=received')).toContain(id);
      expect((await desks.view(desks.at.shogai, id)).body.members[0].items.identity.name).toBe('見本　花子');
    });

    describe('when its sender turns to another desk before it leaves', () => {
      beforeAll(() => shogaiIs('carried_by_person'));
      afterAll(() => shogaiIs('web'));
      const shogaiIs = async (channel: string) => {
        await desks.under.rows('update desk_function set channel = $2 where id = $1', [
          desks.functions.shogai,
          channel,
        ]);
        await desks.under.hub.app.get(Directory).refresh();
      };
      const turnTo = (id: string, place: 'konkyu' | 'shogai') =>
        desks.act(desks.at.kosodate, id, 'edit', { to: { function: desks.functions[place] } });

      it('is not there for a desk to which everything is carried', async () => {
        const { body } = await desks.send(desks.at.kosodate, 'referral', 'konkyu');
        expect((await turnTo(body.id, 'shogai')).body.state).toBe('sent');
        expect((await desks.view(desks.at.shogai, body.id)).status).toBe(404);
      });

      it('needs the consent that everybody else needs, where it is not carried any more', async () => {
        const { body } = await desks.send(desks.at.kosodate, 'referral', 'shogai', { urgency: 'same_day' });
        expect((await turnTo(body.id, 'konkyu')).body.state).toBe('draft');
        const sent = await desks.act(desks.at.kosodate, body.id, 'send', { phoned: phoned(), personInformed: told() });
        expect(sent.body.state).toBe('awaiting_authority');
      });

      it('stays on the way that the sender chose', async () => {
        const over = { urgency: 'same_day', channel: 'paper' };
        const { body } = await desks.send(desks.at.kosodate, 'referral', 'shogai', over);
        await turnTo(body.id, 'konkyu');
        expect((await desks.view(desks.at.kosodate, body.id)).body.channel).toBe('paper');
      });
    });

    describe('brings what is on the sheet, and nothing that is written afterwards', () => {
      const open = async (id: string) => desks.at.shogai('GET', `/sheets/${await codeOf(id)}`);
      const seen = async (id: string) => (await desks.view(desks.at.shogai, id)).body.members?.[0].items ?? {};
      const add = (id: string, items: object) =>
        desks.act(desks.at.kosodate, id, 'supplement', {
          subject: { ref: 'subject', role: 'subject', identifiers: [], items },
        });
      const health = { health: { illness: '通院中。' } };

      it('without a consent, or past a refusal', async () => {
        const { id } = await carry();
        await open(id);
        const { person } = (await desks.view(desks.at.kosodate, id)).body;
        for (const refuse of [false, true]) {
          if (refuse) expect((await desks.at.kosodate('POST', '/refusals', { person })).status).toBe(201);
          expect((await add(id, { health: { illness: `通院中${refuse}。` } })).status).toBe(200);
          expect(Object.keys(await seen(id)).sort()).toEqual(['concern', 'identity']);
        }
        const lines = await desks.under.rows<{ members: { categories: string[] }[] }>(
          'select members from disclosure where referral = $1',
          [id],
        );
        expect(lines.flatMap((l) => l.members.flatMap((m) => m.categories))).not.toContain('health');
        const todos = (await desks.at.kosodate('GET', '/todos')).body.items;
        expect(todos).toContainEqual(expect.objectContaining({ kind: 'authority_needed', referralId: id }));
      });

      it('also when it was written before the sheet has come', async () => {
        const { id } = await carry();
        expect((await add(id, { ...health, concern: { boxes: ['housing'] } })).status).toBe(200);
        expect((await open(id)).status).toBe(200);
        // The sheet says something else of it.
        expect(Object.keys(await seen(id))).toEqual(['identity']);
      });

      it('until a consent permits it, and again without it when that one ends', async () => {
        const { id } = await carry();
        await open(id);
        await add(id, health);
        const consent = await desks.consent(desks.at.kosodate, id, {
          categories: ['identity', 'health'],
          recipients: [{ domain: 'shogai' }],
        });
        expect(Object.keys(await seen(id)).sort()).toEqual(['concern', 'health', 'identity']);
        expect((await desks.at.kosodate('POST', `/consents/${consent}/withdraw`, {})).status).toBe(200);
        expect(Object.keys(await seen(id)).sort()).toEqual(['concern', 'identity']);
        expect((await desks.view(desks.at.shogai, id)).body.state).toBe('received');
      });
    });

    it('lets nothing come back without a consent, and with one what it says', async () => {
      const { id } = await carry();
      await desks.at.shogai('GET', `/sheets/${await codeOf(id)}`);
      expect((await desks.view(desks.at.kosodate, id)).body.state).toBe('sent');
      await consentTo(id, 'shogai');
      expect((await desks.view(desks.at.kosodate, id)).body.state).toBe('received');
    });

    it('and lost on the way is an incident of its persons, of which the desk learns nothing', async () => {
      await desks.under.rows(
        `insert into incident_rule (id, name, days, from_persons, valid_from, active) values (gen_random_uuid(), 'first_report', 2, 1, '2023-04-01', true)`,
      );
      for (const how of ['lost', 'wrong_person']) {
        const { id } = await carry();
        if (how === 'lost')
          expect((await desks.at.kosodate('POST', '/incidents', { referralId: id, kind: how })).status).toBe(201);
        else
          expect(
            (await desks.act(desks.at.kosodate, id, 'misdirected', { what: how, reason: '別の方。' })).status,
          ).toBe(200);
        const of = async (who: Api) =>
          (await who('GET', '/incidents')).body.items.find((i: Incident) => i.referralId === id) as
            | Incident
            | undefined;
        const { person } = (await desks.view(desks.at.kosodate, id)).body;
        const seen = await of(desks.at.kosodate);
        expect(seen).toMatchObject({ kind: how, recipients: [], persons: [{ person }], sensitive: false });
        expect([...(seen?.persons[0]?.categories ?? [])].sort()).toEqual(['concern', 'identity']);
        expect(seen?.dues.firstReport).toBe(addDays(japaneseDay(new Date(seen?.noticedAt ?? 0)), 2));
        expect(await of(desks.at.shogai)).toBeUndefined();
        expect((await desks.at.shogai('GET', `/incidents/${seen?.id}`)).status).toBe(404);
        expect((await desks.at.shogai('POST', '/incidents', { referralId: id, kind: 'lost' })).status).toBe(404);
        const own = (await desks.at.kosodate('GET', `/persons/${person}/disclosures`)).body.items;
        expect(own).toContainEqual(expect.objectContaining({ what: 'incident' }));
      }
    });

    it('is never there for the desk when it ends before the person has come', async () => {
      for (const [action, facts] of [
        ['withdraw', { reason: '本人の希望' }],
        ['mark-error', { reason: '誤り' }],
      ] as const) {
        const { id } = await carry();
        const code = await codeOf(id);
        expect((await desks.act(desks.at.kosodate, id, action, facts)).status).toBe(200);
        expect((await desks.view(desks.at.shogai, id)).status).toBe(404);
        expect(await desks.queue(desks.at.shogai)).not.toContain(id);
        expect((await desks.at.shogai('GET', `/sheets/${code}`)).status).toBe(404);
        const { items } = (await desks.at.shogai('GET', '/todos')).body;
        expect(items.map((t: { referralId: string }) => t.referralId)).not.toContain(id);
      }
    });

    it('comes back to the sender’s to-dos when it has not arrived in time, and leaves them when the sender hears that it is there', async () => {
      const { id } = await carry();
      await desks.consent(desks.at.kosodate, id, { recipients: [{ function: desks.functions.shogai }] });
      const { dueOn } = (await desks.view(desks.at.kosodate, id)).body;
      expect(dueOn > new Date().toISOString().slice(0, 10)).toBe(true);
      const todos = async (): Promise<string[]> =>
        (await desks.at.kosodate('GET', '/todos?kind=carried_not_arrived')).body.items.map(
          (t: { referralId: string }) => t.referralId,
        );
      expect(await todos()).toEqual([]);
      await desks.under.rows(
        `update referral set due_on = '2026-01-05', told_due_on = '2026-01-05', clock_at = now() where id = $1`,
        [id],
      );
      await waitFor(async () => (await todos()).includes(id), { what: 'the sweep to look' });
      await desks.at.shogai('GET', `/sheets/${await codeOf(id)}`);
      expect(await todos()).toEqual([]);
    });
  });
});
