// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MessageData } from '@tsunagi/contracts';
import { addDays, japaneseDay } from '@tsunagi/domain';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { Client } from 'pg';
import type { Api } from '../../test/sign-in';
import { aSubmission } from '../../test/submissions';
import { aMember, twoDesks, withoutConsent, type Sent, type TwoDesks } from '../../test/two-desks';

describeWithServices(['postgres'], 'what a person says later', () => {
  let desks: TwoDesks;
  beforeAll(async () => (desks = await twoDesks()));
  afterAll(() => desks?.close());

  const recalled = async () =>
    (await desks.konkyu.takeNext('referral.recalled.v1')).data as MessageData<'referral.recalled.v1'>;
  const arrived = async () => (await desks.konkyu.takeNext('referral.sent.v1')).data as Sent;
  const kindsOf = async (who = desks.sender) =>
    (await who('GET', '/todos')).body.items as { id: string; kind: string; referralId?: string; tickable?: true }[];

  it('lets no message be written that was built on a wider decision, though a newer one is under way', async () => {
    const held = await desks.submit(withoutConsent());
    const person = await desks.personOf(held.referralId);
    await desks.consent(person, { categories: ['identity', 'concern', 'contact'] });
    const wide = (await desks.konkyu.next('referral.sent.v1')).data as Sent;
    expect(wide.referral.subject.items.contact).toBeDefined();
    await desks.sender('POST', '/refusals', { person, categories: ['contact'] });

    expect(await desks.konkyu.mayWrite(wide.deliveryId)).toBe(false);
    const narrow = (await desks.konkyu.next('referral.sent.v1')).data as Sent;
    expect(narrow.deliveryId).toBe(wide.deliveryId);
    expect(narrow.referral.subject.items.contact).toBeUndefined();

    expect(await desks.konkyu.mayWrite(wide.deliveryId, wide.claim)).toBe(false);
    await desks.konkyu.say('delivery.receipt.v1', {
      receipts: [{ deliveryId: wide.deliveryId, claim: wide.claim, outcome: 'recalled' }],
    });
    expect(await desks.konkyu.mayWrite(narrow.deliveryId, narrow.claim)).toBe(true);
    await desks.konkyu.receipt(narrow.deliveryId);
    const ledger = () => desks.sender('GET', `/persons/${person}/disclosures`);
    const lines = await waitFor(
      async () => {
        const { items } = (await ledger()).body;
        return items.some((l: { state: string }) => l.state === 'written') && items;
      },
      { what: 'the line to be closed' },
    );
    const sent = lines.filter((l: any) => l.members.length > 0);
    expect(sent.map((l: any) => [l.state, l.members[0].categories.includes('contact')])).toEqual([
      ['recalled', true],
      ['written', false],
    ]);
  });

  it('takes no マイナンバー along with a consent', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    const person = await desks.personOf(referralId);
    const evidence = { reference: '同意書綴 1234 5678 9018' };
    await expect(desks.consent(person, {}, { evidence })).rejects.toThrow('422 SUBMISSION_REJECTED');
    expect(await desks.under.rows('select 1 from consent where person = $1', [person])).toEqual([]);
  });

  it('takes back what left on the version that a withdrawn consent has replaced', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    const person = await desks.personOf(referralId);
    const first = await desks.consent(person, { categories: ['identity', 'concern', 'contact'] });
    const { deliveryId } = await arrived();
    await desks.respond(deliveryId, '20', { worker: '試験　太郎' });
    const second = await desks.consent(
      person,
      { categories: ['identity', 'concern', 'contact'] },
      { supersedes: first },
    );
    await desks.withdraw(second);
    expect(await recalled()).toMatchObject({ cancels: deliveryId, referralId });
    expect((await kindsOf()).filter((t) => t.referralId === referralId).map((t) => t.kind)).toContain(
      'talk_after_withdrawal',
    );
  });

  it('does not take anything back because a consent toward another desk is withdrawn', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    const person = await desks.personOf(referralId);
    await desks.consent(person);
    await arrived();
    const other = await desks.consent(person, { recipients: [{ function: desks.functions.shogai }] });
    await desks.withdraw(other);
    expect(await desks.under.rows('select 1 from recall where referral = $1', [referralId])).toEqual([]);
    expect((await desks.view(desks.sender, referralId)).state).toBe('received');
  });

  it('takes back what has become too much, and sends again what may still be used', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    const person = await desks.personOf(referralId);
    await desks.consent(person, { categories: ['identity', 'concern', 'contact'] });
    const wide = await arrived();
    await desks.sender('POST', '/refusals', { person, categories: ['contact'] });
    expect(await recalled()).toMatchObject({ cancels: wide.deliveryId });
    const narrow = await arrived();
    expect(narrow.deliveryId).not.toBe(wide.deliveryId);
    expect(Object.keys(narrow.referral.subject.items).sort()).toEqual(['concern', 'identity']);
    expect((await desks.view(desks.recipient, referralId)).members[0].items.contact).toBeUndefined();
  });

  it('takes back what has become too much in the same word that lets the sender know more', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    const person = await desks.personOf(referralId);
    const wide = { categories: ['identity', 'concern', 'contact'], feedback: 'none' } as const;
    const first = await desks.consent(person, { ...wide, categories: [...wide.categories] });
    const { deliveryId } = await arrived();
    await desks.respond(deliveryId, '20', { worker: '試験　太郎' });
    expect((await desks.view(desks.sender, referralId)).state).toBe('sent');

    await desks.consent(person, { categories: ['identity', 'concern'], feedback: 'state' }, { supersedes: first });
    expect((await desks.view(desks.sender, referralId)).state).toBe('accepted');
    expect(await recalled()).toMatchObject({ cancels: deliveryId });
    expect((await arrived()).referral.subject.items.contact).toBeUndefined();
  });

  describe('at a desk that works in the hub', () => {
    let web: Api;
    beforeAll(async () => (web = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai })));

    const wide = { categories: ['identity', 'concern', 'contact'], recipients: [{ domain: 'shogai' }] } as never;
    const taken = async () => {
      const { referralId } = await desks.submit(withoutConsent({ to: { domain: 'shogai' } }));
      const person = await desks.personOf(referralId);
      const consent = await desks.consent(person, wide);
      await desks.act(web, referralId, 'receive');
      await desks.act(web, referralId, 'accept', { worker: { name: '試験　太郎' }, personMatched: true });
      return { referralId, person, consent };
    };
    const seen = async (referral: string) =>
      Object.keys((await desks.view(web, referral)).members?.[0].items ?? {}).sort();
    const toSee = async (referral: string) =>
      (await kindsOf(web)).filter((t) => t.referralId === referral && t.kind === 'see_correction');

    it('what may still be used goes on being seen when part of it is taken back', async () => {
      const { referralId, person } = await taken();
      expect(await seen(referralId)).toEqual(['concern', 'contact', 'identity']);
      await desks.sender('POST', '/refusals', { person, categories: ['contact'] });
      expect(await seen(referralId)).toEqual(['concern', 'identity']);
      expect(await toSee(referralId)).toHaveLength(1);
      const { items } = (await desks.sender('GET', `/persons/${person}/disclosures`)).body;
      const lines = items.filter((l: any) => l.members.length > 0);
      expect(lines.map((l: any) => [l.recall !== undefined, l.members[0].categories.includes('contact')])).toEqual([
        [true, true],
        [false, false],
      ]);
    });

    it('of what was permitted and never came the desk does not learn that it is there', async () => {
      const { referralId } = await desks.submit(withoutConsent({ to: { domain: 'shogai' } }));
      const person = await desks.personOf(referralId);
      await desks.consent(person, wide);
      await desks.sender('POST', '/refusals', { person, categories: ['contact'] });
      await desks.act(web, referralId, 'receive');
      const permits = async (who: Api) =>
        (await who('GET', `/referrals/${referralId}/decision`)).body.items.flatMap(
          (d: { outcome: string; members: { categories: string[] }[] }) =>
            d.outcome === 'permit' ? [d.members.flatMap((m) => m.categories).sort()] : [],
        );
      expect(await permits(web)).toEqual([['concern', 'identity']]);
      expect(await permits(desks.sender)).toContainEqual(['concern', 'contact', 'identity']);
    });

    it('is taken back with its to-do at once, and by who has stopped using it', async () => {
      const { referralId, consent } = await taken();
      const recalls = () =>
        desks.under.rows(
          `select d.state, c.acknowledged_at is not null as heard from delivery d join recall c on c.delivery = d.id where d.referral = $1`,
          [referralId],
        );
      await desks.withdraw(consent);
      expect(await recalls()).toEqual([{ state: 'delivered', heard: false }]);
      const stop = (await kindsOf(web)).find((t) => t.referralId === referralId && t.kind === 'stop_using');
      expect((await web('POST', `/todos/${stop?.id}/done`, {})).status).toBe(204);
      expect(await recalls()).toEqual([{ state: 'read', heard: true }]);
    });

    describe('the badge of its authority', () => {
      const badge = async (who: Api, id: string) => (await who('GET', `/referrals?q=${id}`)).body.items[0]?.basis;
      const untilIn = (days: number) =>
        ({ ...(wide as object), until: addDays(japaneseDay(new Date()), days) }) as never;

      it('says to its sender and those who coordinate that it waits, and to its recipient nothing before it has opened it', async () => {
        const coordinator = await desks.under.as({ role: 'coordinator' });
        const { referralId } = await desks.submit(withoutConsent({ to: { domain: 'shogai' } }));
        const seenBy = () => Promise.all([desks.sender, coordinator, web].map((who) => badge(who, referralId)));
        expect(await seenBy()).toEqual(['waiting', 'waiting', undefined]);
        await desks.consent(await desks.personOf(referralId), untilIn(90));
        expect(await seenBy()).toEqual(['consent_active', 'consent_active', undefined]);
        await desks.act(web, referralId, 'receive');
        expect(await seenBy()).toEqual(['consent_active', 'consent_active', 'consent_active']);
        expect((await desks.view(web, referralId)).basis).toBe('consent_active');
      });

      it('says to its sender at once that the consent was renewed, and to its recipient by the next that comes', async () => {
        const { referralId } = await desks.submit(withoutConsent({ to: { domain: 'shogai' } }));
        const person = await desks.personOf(referralId);
        const first = await desks.consent(person, untilIn(10));
        await desks.act(web, referralId, 'receive');
        expect([await badge(desks.sender, referralId), await badge(web, referralId)]).toEqual([
          'consent_ending',
          'consent_ending',
        ]);
        await desks.consent(person, untilIn(90), { supersedes: first });
        expect(await badge(desks.sender, referralId)).toBe('consent_active');
      });

      it('says that it is lost to whoever hears of it, and that it is there again', async () => {
        const { referralId, person, consent } = await taken();
        await desks.withdraw(consent);
        for (const who of [desks.sender, web]) expect(await badge(who, referralId)).toBe('consent_withdrawn');
        await desks.consent(person, wide);
        for (const who of [desks.sender, web]) expect(await badge(who, referralId)).toBe('consent_active');
      });

      it('says nothing to a recipient to which nothing ever came', async () => {
        const { referralId } = await desks.submit(withoutConsent({ to: { domain: 'shogai' } }));
        const consent = await desks.consent(await desks.personOf(referralId), wide);
        await desks.withdraw(consent);
        expect((await web('GET', `/referrals?q=${referralId}`)).body.items[0]?.state).toBe('revoked');
        expect([await badge(desks.sender, referralId), await badge(web, referralId)]).toEqual([
          'consent_withdrawn',
          undefined,
        ]);
      });
    });

    it('a new consent after a withdrawal lets it be seen again, and what has ended stays closed', async () => {
      const { referralId, person, consent } = await taken();
      await desks.withdraw(consent);
      expect(await seen(referralId)).toEqual([]);
      await desks.consent(person, wide);
      expect(await seen(referralId)).toEqual(['concern', 'contact', 'identity']);

      const other = await taken();
      await desks.withdraw(other.consent);
      await desks.act(desks.sender, other.referralId, 'mark-error', { reason: '試験' });
      await desks.consent(other.person, wide);
      expect(await seen(other.referralId)).toEqual([]);
    });
  });

  it('takes another member out again when that member withdraws, and shows each only the own ledger', async () => {
    const insured = '0000777001';
    const { referralId } = await desks.submit(withoutConsent({ others: [aMember(insured)] }));
    const [mother, son] = [await desks.personOf(referralId), await desks.personOf(referralId, 'member-1')];
    const sons = await desks.consent(son, { categories: ['identity', 'employment'] });
    await desks.consent(mother, { categories: ['identity', 'concern', 'household'] });
    const both = await arrived();
    expect(both.referral.others.map((o) => Object.keys(o.items).sort())).toEqual([['employment', 'identity']]);
    const ledgerOf = async (person: string) =>
      (await desks.sender('GET', `/persons/${person}/disclosures`)).body.items.filter((l: any) => l.members.length > 0);
    expect((await ledgerOf(son))[0].members).toEqual([{ ref: 'member-1', categories: ['identity', 'employment'] }]);
    expect((await ledgerOf(mother))[0].members.map((m: any) => m.ref)).toEqual(['subject']);

    await desks.withdraw(sons);
    expect(await recalled()).toMatchObject({ cancels: both.deliveryId });
    const alone = await arrived();
    expect(alone.referral.others).toEqual([]);
    expect(alone.referral.subject.items.concern).toBeDefined();
  });

  it('sends one of two that wait for the same desk, not both', async () => {
    const insured = '0000777002';
    const first = await desks.submit(withoutConsent({ insured }));
    const second = await desks.submit(withoutConsent({ insured }));
    await desks.consent(await desks.personOf(first.referralId));
    expect((await arrived()).referral.referralId).toBe(first.referralId);
    expect((await desks.view(desks.sender, second.referralId)).state).toBe('awaiting_authority');
    const sent = await desks.act(desks.sender, second.referralId, 'send', {
      personInformed: { by: '甲', at: new Date().toISOString(), how: '電話' },
    });
    expect(sent).toMatchObject({ status: 409, body: { code: 'OPEN_TWIN' } });
  });

  it('is asked anew by a record after the end of an assertion, and not by an older one that comes late', async () => {
    const insured = '0000777003';
    const at = (day: string) => ({ insured, occurredAt: `${day}T00:00:00+09:00` });
    const ended = await desks.submit(withoutConsent(at('2026-11-12')));
    expect(ended.outcome).toBe('held');
    const late = await desks.submit(aSubmission(at('2026-11-11')));
    expect(late).toMatchObject({ outcome: 'held', codes: expect.arrayContaining(['ASSERTION_ENDED']) });
    await desks.act(desks.sender, ended.referralId, 'withdraw', { reason: '試験' });
    await desks.act(desks.sender, late.referralId, 'withdraw', { reason: '試験' });
    expect((await desks.submit(aSubmission(at('2026-11-13')))).outcome).toBe('accepted');
    await arrived();
  });

  it('reaches a referral that has ended: what its recipient holds is taken back, and nothing is sent anew', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    const consent = await desks.consent(await desks.personOf(referralId));
    const { deliveryId } = await arrived();
    for (const [code, more] of [
      ['20', { worker: '試験　太郎' }],
      ['40', { outcome: '011' }],
    ] as const)
      await desks.respond(deliveryId, code, more);
    const personInformed = { by: '甲', at: new Date().toISOString(), how: '電話' };
    await desks.act(desks.sender, referralId, 'follow-up', { series: 'thirty_days' });
    await desks.act(desks.sender, referralId, 'follow-up', { result: 'holds' });
    await desks.act(desks.sender, referralId, 'close', { result: '続いている', personInformed });
    await desks.withdraw(consent);
    expect(await recalled()).toMatchObject({ cancels: deliveryId });
    expect((await desks.view(desks.sender, referralId)).state).toBe('closed');
  });

  it('tells a desk that answers too late that what it answers to was taken back', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    const consent = await desks.consent(await desks.personOf(referralId));
    const { deliveryId } = await arrived();
    await desks.withdraw(consent);
    expect(await recalled()).toMatchObject({ cancels: deliveryId });
    expect(await desks.respond(deliveryId, '20', { worker: '試験　太郎' })).toMatchObject({
      outcome: 'rejected',
      codes: ['DELIVERY_RECALLED'],
    });
    expect((await desks.view(desks.sender, referralId)).state).toBe('revoked');
  });

  it('said twice is said once: nothing sent since is taken back', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    const person = await desks.personOf(referralId);
    const first = await desks.consent(person);
    const { deliveryId } = await arrived();
    await desks.respond(deliveryId, '20', { worker: '試験　太郎' });
    await desks.withdraw(first);
    await recalled();
    await desks.consent(person);
    const anew = await arrived();
    expect(anew.deliveryId).not.toBe(deliveryId);
    await desks.withdraw(first);
    expect(await desks.under.rows('select 1 from recall where referral = $1', [referralId])).toHaveLength(1);
  });

  it('said by two at once is said once, and follows a person who is merged meanwhile', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    const person = await desks.personOf(referralId);
    const [first, second] = [await desks.consent(person), await desks.consent(person)];
    await arrived();
    const client = new Client({ connectionString: desks.under.config.databaseUrl });
    await client.connect();
    await client.query('begin');
    await client.query('select 1 from person where id = $1 for update', [person]);
    const withdraw = (consent: string) => desks.sender('POST', `/consents/${consent}/withdraw`, {});
    const said = [withdraw(first), withdraw(first), withdraw(second)];
    const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%for no key update%'`;
    await waitFor(async () => (await desks.under.rows(waiting)).length >= 3, { what: 'all to wait' });
    // Somebody else takes over what was said; what waits of that one asks for another desk's consent.
    const { referralId: others } = await desks.submit(withoutConsent({ to: { domain: 'shogai' } }));
    const into = await desks.personOf(others);
    await client.query('update consent set person = $2 where person = $1', [person, into]);
    await client.query('commit');
    await client.end();
    expect((await Promise.all(said)).map((a) => a.status)).toEqual([200, 200, 200]);
    const lines = await desks.under.rows(
      `select object, details->>'id' as consent from audit_entry where action = 'consent.withdrawn' and details->>'id' = any($1) order by 2`,
      [[first, second]],
    );
    expect(lines).toEqual([first, second].sort().map((consent) => ({ object: into, consent })));
  });

  describe('is proved', () => {
    const both = { recipients: [{ domain: 'konkyu' }, { domain: 'shogai' }] } as never;
    const proofOf = (who: Api, consent: string, accept = 'application/json') =>
      who('GET', `/consents/${consent}/withdrawal`, undefined, { accept });

    it('with what was stopped, what had gone, on which basis, and what the others answer', async () => {
      const insured = '0000777020';
      const { referralId } = await desks.submit(withoutConsent({ insured }));
      const person = await desks.personOf(referralId);
      const first = await desks.consent(person, both);
      const { deliveryId } = await arrived();
      await desks.respond(deliveryId, '20', { worker: '試験　太郎' });
      const other = await desks.submit(withoutConsent({ insured, to: { domain: 'shogai' } }));
      const second = await desks.consent(person, both, { supersedes: first });

      const said = await desks.sender('POST', `/consents/${second}/withdraw`, {});
      expect(said.status).toBe(200);
      expect(await recalled()).toMatchObject({ cancels: deliveryId });
      expect(said.body).toMatchObject({ consent: second, person, receivedBy: { domain: 'kaigo' } });
      expect(said.body.gone).toEqual([
        expect.objectContaining({
          referralId,
          to: expect.objectContaining({ domain: 'konkyu' }),
          authority: 'consent',
          members: [{ ref: 'subject', categories: expect.arrayContaining(['identity', 'concern']) }],
          recall: { requestedAt: expect.any(String), dueOn: expect.any(String) },
        }),
      ]);
      expect(said.body.stopped.map((l: any) => [l.referralId, l.state])).toEqual([[other.referralId, 'recalled']]);
      expect(said.body.revoked.map((r: any) => [r.referralId, r.to.domain])).toEqual([[other.referralId, 'shogai']]);
      expect(said.body.talks).toEqual([{ referralId, to: expect.objectContaining({ domain: 'konkyu' }) }]);

      const acknowledgement = { deliveryId, at: new Date().toISOString(), worker: '試験　太郎' };
      await desks.konkyu.send('recall.acknowledged.v1', [{ itemId: `ack-${deliveryId}`, acknowledgement }] as never);
      const talk = (await kindsOf()).find((t) => t.referralId === referralId && t.kind === 'talk_after_withdrawal');
      await desks.sender('POST', `/todos/${talk?.id}/done`, {});
      const { body: later } = await proofOf(desks.sender, second);
      expect(later.gone[0].recall.acknowledgedAt).toEqual(expect.any(String));
      expect(later.talks[0].doneAt).toEqual(expect.any(String));
    });

    describe('while the recipient’s system is switched off', () => {
      let it_: Api;
      beforeAll(async () => (it_ = await desks.under.as({ role: 'it_admin' })));
      const switchOff = () => it_('POST', '/plugins/konkyu/disable', {});
      const switchOn = () => it_('POST', '/plugins/konkyu/enable', { force: true, reason: '試験' });
      beforeEach(switchOff);
      afterEach(switchOn);
      const stateOf = (referral: string) =>
        desks.under.rows(
          `select kind, state, go_at from delivery where referral = $1 and plugin = 'konkyu' order by seq`,
          [referral],
        );

      it('with what had waited for it, as stopped before it was handed over', async () => {
        const { referralId } = await desks.submit(withoutConsent());
        const consent = await desks.consent(await desks.personOf(referralId));
        expect(await stateOf(referralId)).toEqual([{ kind: 'referral', state: 'queued', go_at: null }]);
        const { body } = await desks.sender('POST', `/consents/${consent}/withdraw`, {});
        expect(await stateOf(referralId)).toEqual([{ kind: 'referral', state: 'recalled', go_at: null }]);
        expect(body.stopped).toEqual([
          {
            ...{ id: expect.any(String), referralId, way: 'message', authority: 'consent', state: 'recalled' },
            ...{
              from: expect.objectContaining({ domain: 'kaigo' }),
              to: expect.objectContaining({ domain: 'konkyu' }),
            },
            members: [{ ref: 'subject', categories: ['identity', 'concern'] }],
            at: expect.any(String),
          },
        ]);
        expect([body.gone, body.revoked.map((r: any) => r.referralId), body.talks]).toEqual([[], [referralId], []]);
        const page = (await proofOf(desks.sender, consent, 'text/html')).body as string;
        const stopped = page.slice(page.indexOf('渡る前に止めたもの'), page.indexOf('すでに提供していたもの'));
        expect(stopped).toContain('氏名・生年月日・性別、相談事由');
      });

      it('with a correction that had waited, beside what had gone before it', async () => {
        await switchOn();
        const submission = withoutConsent();
        const { referralId } = await desks.submit(submission);
        const consent = await desks.consent(await desks.personOf(referralId));
        await arrived();
        await switchOff();
        const { items } = submission.subject;
        const subject = { ...submission.subject, items: { ...items, concern: { boxes: ['housing'] } } };
        expect((await desks.act(desks.sender, referralId, 'supplement', { subject })).status).toBe(200);
        const { body } = await desks.sender('POST', `/consents/${consent}/withdraw`, {});
        expect(body.gone.map((l: any) => [l.referralId, l.way])).toEqual([[referralId, 'message']]);
        expect(body.stopped.map((l: any) => [l.referralId, l.way])).toEqual([[referralId, 'message']]);
        await switchOn();
        await desks.konkyu.takeNext('referral.recalled.v1', referralId);
      });

      it('without what its sender had taken back before', async () => {
        const { referralId } = await desks.submit(withoutConsent());
        const consent = await desks.consent(await desks.personOf(referralId));
        expect((await desks.act(desks.sender, referralId, 'withdraw', { reason: '試験' })).status).toBe(200);
        const { body } = await desks.sender('POST', `/consents/${consent}/withdraw`, {});
        expect([body.stopped, body.gone, body.revoked]).toEqual([[], [], []]);
      });
    });

    it('on a page that is printed, in words and without a script', async () => {
      const { referralId } = await desks.submit(withoutConsent());
      const consent = await desks.consent(await desks.personOf(referralId));
      await arrived();
      await desks.withdraw(consent);
      await recalled();
      const { status, body, headers } = await proofOf(desks.sender, consent, 'text/html');
      expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(body).toContain('同意の撤回の証明');
      expect(body).toContain('氏名・生年月日・性別、相談事由');
      expect(body).toContain('まだ返事がありません。');
      expect(body).not.toContain('<script');
    });

    it('to the desk that took the word alone, and to nobody before it is said', async () => {
      const { referralId } = await desks.submit(withoutConsent());
      const consent = await desks.consent(await desks.personOf(referralId));
      await arrived();
      expect((await proofOf(desks.sender, consent)).status).toBe(404);
      await desks.withdraw(consent);
      await recalled();
      expect((await proofOf(desks.recipient, consent)).status).toBe(404);
      const officer = await desks.under.as({ role: 'privacy_officer' });
      expect((await proofOf(officer, consent)).body.gone).toHaveLength(1);
    });
  });

  it('does not take the same thing back, or bring it, twice', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    const person = await desks.personOf(referralId);
    const wide = { categories: ['identity', 'concern', 'contact'] } as never;
    await desks.consent(person, wide);
    await arrived();
    const refuse = () => desks.sender('POST', '/refusals', { person, categories: ['contact'] });
    await refuse();
    await recalled();
    await arrived();
    await desks.consent(person, wide);
    await refuse();
    const [count] = await desks.under.rows(
      `select (select count(*)::int from recall where referral = $1) as recalls,
         (select count(*)::int from delivery where referral = $1 and kind = 'referral') as brought`,
      [referralId],
    );
    expect(count).toEqual({ recalls: 1, brought: 2 });
  });

  it('lets nothing be written on a basis that has gone, though another one covers the same', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    const person = await desks.personOf(referralId);
    const first = await desks.consent(person);
    const old = (await desks.konkyu.next('referral.sent.v1')).data as Sent;
    await desks.consent(person, { until: '2027-01-31' });
    await desks.withdraw(first);
    expect(await desks.konkyu.mayWrite(old.deliveryId)).toBe(false);
    const anew = await arrived();
    expect([anew.deliveryId, anew.referral.notAfter?.slice(0, 10)]).toEqual([old.deliveryId, '2027-01-31']);
  });

  it('never lets a refusal from the future beat what is said after it', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    const person = await desks.personOf(referralId);
    await desks.sender('POST', '/refusals', { person, at: '2099-01-01T00:00:00+09:00' });
    await desks.consent(person);
    expect((await arrived()).referral.referralId).toBe(referralId);
  });

  it('of an older record does not end what a newer one asserts', async () => {
    const insured = '0000777009';
    const at = (day: string) => ({ insured, occurredAt: `${day}T00:00:00+09:00` });
    const newer = await desks.submit(aSubmission(at('2026-11-12')));
    await arrived();
    const older = await desks.submit(withoutConsent({ ...at('2026-11-10'), to: { domain: 'shogai' } }));
    expect(older.outcome).toBe('held');
    const { consents } = (await desks.sender('GET', `/persons/${await desks.personOf(newer.referralId)}/consents`))
      .body;
    expect(consents.map((c: { status: string }) => c.status)).toEqual(['active']);
  });

  it('to a function whose contract has ended nothing goes any more, not even what is on its way', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    await desks.consent(await desks.personOf(referralId));
    const { deliveryId } = (await desks.konkyu.next('referral.sent.v1')).data as Sent;
    const endContract = (on: string | null) =>
      desks.under.rows('update desk_function set valid_to = $2 where id = $1', [desks.functions.konkyu, on]);
    await endContract('2026-11-01');
    try {
      await waitFor(async () => !(await desks.konkyu.mayWrite(deliveryId)), {
        what: 'the hub to read its master data',
      });
    } finally {
      await endContract(null);
    }
    const decided = async () =>
      (await desks.sender('POST', '/disclosures/preview', { referralId })).body.decision.outcome;
    await waitFor(async () => (await decided()) === 'permit', { what: 'the hub to read it again' });
    await desks.act(desks.sender, referralId, 'withdraw', { reason: '試験' });
    await recalled();
  });

  it('a referral that waited behind another leaves when that one has ended', async () => {
    const insured = '0000777010';
    const first = await desks.submit(withoutConsent({ insured }));
    const second = await desks.submit(withoutConsent({ insured }));
    await desks.consent(await desks.personOf(first.referralId));
    expect((await arrived()).referral.referralId).toBe(first.referralId);
    const stateOf = async () => (await desks.view(desks.sender, first.referralId)).state as string;
    await waitFor(async () => (await stateOf()) === 'received', { what: 'the first to have arrived' });
    expect((await desks.act(desks.sender, first.referralId, 'withdraw', { reason: '試験' })).status).toBe(200);
    await recalled();
    expect((await arrived()).referral.referralId).toBe(second.referralId);
  });

  it('to-dos beside the referral are ticked off by who did them, and the others are not', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    const person = await desks.personOf(referralId);
    const waiting = (await kindsOf()).find((t) => t.referralId === referralId);
    expect(waiting).toMatchObject({ kind: 'authority_needed' });
    expect((await desks.sender('POST', `/todos/${waiting?.id}/done`, {})).body.code).toBe('TODO_NOT_TICKABLE');
    const consent = await desks.consent(person);
    const { deliveryId } = await arrived();
    await desks.respond(deliveryId, '20', { worker: '試験　太郎' });
    await desks.withdraw(consent);
    const stop = (await kindsOf(desks.recipient)).find((t) => t.referralId === referralId && t.kind === 'stop_using');
    expect((await desks.sender('POST', `/todos/${stop?.id}/done`, {})).status).toBe(404);
    expect((await desks.recipient('POST', `/todos/${stop?.id}/done`, {})).status).toBe(204);
    expect((await kindsOf(desks.recipient)).filter((t) => t.id === stop?.id)).toEqual([]);
    const recall = async () => (await desks.sender('GET', `/persons/${person}/disclosures`)).body.items[0].recall;
    // What the system has, the system stops using.
    expect((await recall()).acknowledgedAt).toBeUndefined();
    const { deliveryId: carried } = await recalled();
    const acknowledgement = { deliveryId, at: new Date().toISOString() };
    const item = { itemId: `stopped/${carried}`, acknowledgement };
    const [answer] = await desks.konkyu.send('recall.acknowledged.v1', [item]);
    expect(answer?.outcome).toBe('accepted');
    expect((await recall()).acknowledgedAt).toEqual(expect.any(String));
  });
});
