// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import type { Api } from '../../test/sign-in';
import { twoDesks, withoutConsent, type Sent, type TwoDesks } from '../../test/two-desks';

interface Line {
  readonly way: string;
  readonly what?: string;
  readonly viewer?: string;
  readonly referralId?: string;
  readonly authority: string;
  readonly from?: { readonly domain: string };
  readonly to?: { readonly domain: string };
  readonly members: { readonly ref: string; readonly categories: string[] }[];
}

describeWithServices(['postgres'], 'the ledger', () => {
  let desks: TwoDesks;
  let officer: Api;
  let shogai: Api;
  let count = 8800000;
  beforeAll(async () => {
    desks = await twoDesks();
    officer = await desks.under.as({ role: 'privacy_officer' });
    shogai = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai });
  });
  afterAll(() => desks?.close());

  async function waits(domain: 'konkyu' | 'shogai' = 'konkyu') {
    const submission = withoutConsent({ insured: `000${(count += 1)}`, to: { domain } });
    const { referralId: referral } = await desks.submit(submission);
    return { referral, person: await desks.personOf(referral) };
  }
  /** At 生活困窮, by its system. */
  async function there(scope: object = {}) {
    const one = await waits();
    const consent = await desks.consent(one.person, scope);
    const { deliveryId } = (await desks.konkyu.takeNext('referral.sent.v1', one.referral)).data as Sent;
    const state = async () => (await desks.under.rows('select state from referral where id = $1', [one.referral]))[0];
    await waitFor(async () => (await state())?.['state'] === 'received', { what: 'it' });
    return { ...one, consent, deliveryId };
  }
  /** Between two desks that work on screen: sent, and not opened yet. */
  async function onScreen(scope: object) {
    const { source, ...said } = withoutConsent({ insured: `000${(count += 1)}`, to: { domain: 'shogai' } });
    const web = { ...said, source: { system: 'web', key: source.key, occurredAt: source.occurredAt } };
    const personInformed = { by: '試験　太郎', at: source.occurredAt, how: '来所' };
    const { body } = await desks.sender(
      'POST',
      '/referrals',
      { ...web, howTheyMeet: 'person_visits', personInformed },
      { 'idempotency-key': source.key },
    );
    const referral = body.id as string;
    const person = await desks.personOf(referral);
    const consent = await desks.consent(person, { recipients: [{ domain: 'shogai' }], ...scope });
    return { referral, person, consent };
  }
  const all = async (who: Api, person: string) =>
    (await who('GET', `/persons/${person}/disclosures`)).body.items as Line[];
  /** That somebody has read the ledger itself is in it as well. */
  const of = async (who: Api, person: string) =>
    (await all(who, person)).filter((l) => l.way !== 'read' || l.what !== 'disclosures');
  const looks = async (who: Api, person: string) =>
    (await of(who, person)).filter((l) => ['read', 'print'].includes(l.way));
  const audited = (object: string, action: string) =>
    desks.under.rows<{ actor: string }>('select actor from audit_entry where object = $1 and action = $2', [
      object,
      action,
    ]);

  describe('says how something came to the other', () => {
    it('by its system, and as a state that goes back', async () => {
      const { person, deliveryId } = await there();
      await desks.respond(deliveryId, '20', { worker: '試験　太郎' });
      await waitFor(async () => (await of(officer, person)).some((l) => l.way === 'feedback'), { what: 'the state' });
      const whole = (await of(officer, person)).filter((l) => l.way !== 'read');
      expect([...new Set(whole.map((l) => `${l.way} ${l.viewer}`))]).toEqual([
        'message plugin:konkyu',
        'feedback plugin:kaigo',
      ]);
      // Which eyes there have seen it is told to that desk, and to who answers for the ledger.
      expect((await of(desks.sender, person)).find((l) => l.way === 'message')).not.toHaveProperty('viewer');
      expect((await of(desks.recipient, person))[0]).toMatchObject({ way: 'message', viewer: 'plugin:konkyu' });
    });

    it('on the screen, which names who has opened it, and as words beside it', async () => {
      const { referral, person } = await waits('shogai');
      await desks.consent(person, { recipients: [{ domain: 'shogai' }], categories: ['identity', 'narrative'] });
      expect(await of(officer, person)).toMatchObject([{ way: 'screen', state: 'claimed' }]);
      expect((await of(officer, person))[0]).not.toHaveProperty('viewer');
      await desks.act(shogai, referral, 'receive');
      await desks.act(desks.sender, referral, 'supplement', { note: '火曜の午前は不在とのこと。' });
      const lines = (await of(officer, person)).filter((l) => l.way !== 'feedback');
      expect(lines.map((l) => l.way)).toEqual(['screen', 'words']);
      expect(lines[0]?.viewer).toMatch(/^staff:/);
    });
  });

  it('has a line for what goes back to a desk on screen, as far as it may', async () => {
    const scope = { recipients: [{ domain: 'shogai' as const }] };
    const { referral: id, person, consent: silent } = await onScreen({ feedback: 'none' });
    const back = async () => (await of(officer, person)).filter((l) => l.way === 'feedback');
    await desks.act(shogai, id, 'receive');
    expect(await back()).toEqual([]);
    await desks.consent(person, scope, { supersedes: silent });
    const line = { from: { domain: 'shogai' }, to: { domain: 'kaigo' }, authority: 'consent', state: 'written' };
    expect(await back()).toMatchObject([line]);
    await desks.act(shogai, id, 'accept', { worker: { name: '試験　月' }, personMatched: true });
    expect(await back()).toMatchObject([line, line]);
    expect((await desks.view(desks.sender, id)).state).toBe('accepted');
    const kept = await desks.under.rows(
      `select count(*)::int as n from disclosure l join disclosure_decision d on d.id = l.decision
       where l.referral = $1 and l.way = 'feedback' and d.direction = 'feedback' and d.feedback = 'state'`,
      [id],
    );
    expect(kept).toEqual([{ n: 2 }]);
  });

  it('has a line for a question and a proposal to give it back, which a desk on screen hears in every scope', async () => {
    const { referral, person } = await onScreen({ feedback: 'none' });
    const chief = await desks.under.as({ role: 'supervisor', function: desks.functions.shogai });
    const back = async () => (await of(officer, person)).filter((l) => l.way === 'feedback');
    expect((await desks.act(shogai, referral, 'receive')).status).toBe(200);
    expect(await back()).toEqual([]);
    expect((await desks.act(shogai, referral, 'ask', { questions: 'いつからですか。' })).status).toBe(200);
    const line = { from: { domain: 'shogai' }, to: { domain: 'kaigo' }, authority: 'consent', state: 'written' };
    expect(await back()).toMatchObject([line]);
    expect((await desks.act(desks.sender, referral, 'answer', { answer: '先月から。' })).status).toBe(200);
    expect(await back()).toHaveLength(1);
    const proposal = { reasons: ['901'], whoTellsPerson: '試験　月' };
    expect((await desks.act(chief, referral, 'propose-return', proposal)).status).toBe(200);
    expect(await back()).toMatchObject([line, line]);
    // What permits it is kept as it was: nothing but that the sender must act on it.
    const kept = await desks.under.rows(
      `select d.feedback from disclosure l join disclosure_decision d on d.id = l.decision where l.referral = $1 and l.way = 'feedback'`,
      [referral],
    );
    expect(kept).toEqual([{ feedback: 'none' }, { feedback: 'none' }]);
  });

  describe('has a line for whoever reads', () => {
    it('only what the other desk has written, and did not open it', async () => {
      const { referral, person } = await onScreen({ feedback: 'none' });
      const second = await desks.under.as({ role: 'supervisor', function: desks.functions.shogai });
      const timeline = async (who: Api) => (await who('GET', `/referrals/${referral}/timeline`)).body.items;
      await desks.act(shogai, referral, 'receive');
      for (const who of [shogai, second, desks.sender]) await timeline(who);
      expect(await looks(officer, person)).toEqual([]);
      await desks.act(desks.sender, referral, 'supplement', { note: '火曜の午前は不在とのこと。' });
      for (let n = 0; n < 2; n += 1) for (const who of [shogai, second, desks.sender]) await timeline(who);
      const [read, ...more] = await looks(officer, person);
      expect(more).toEqual([]);
      expect(read).toMatchObject({
        ...{ way: 'read', what: 'referral', referralId: referral, authority: 'consent' },
        ...{ from: { domain: 'kaigo' }, to: { domain: 'shogai' }, viewer: expect.stringMatching(/^staff:/) },
        members: [{ ref: 'subject', categories: ['narrative'] }],
      });
      expect(await looks(desks.sender, person)).toEqual([]);
      // A question goes the other way.
      await desks.act(shogai, referral, 'ask', { questions: 'いつからですか。' });
      for (let n = 0; n < 2; n += 1) await timeline(desks.sender);
      const [asked, ...others] = await looks(desks.sender, person);
      expect(others).toEqual([]);
      expect(asked).toMatchObject({
        from: { domain: 'shogai' },
        to: { domain: 'kaigo' },
        members: [{ categories: ['narrative'] }],
      });
    });

    it('a referral by program: once a day for the same content, and each time in the audit', async () => {
      const { referral, person } = await there();
      const program = await desks.under.as({ client: desks.functions.konkyu });
      for (let n = 0; n < 3; n += 1) expect((await desks.view(program, referral)).members).toHaveLength(1);
      const [read, ...more] = await looks(officer, person);
      expect(more).toEqual([]);
      expect(read).toMatchObject({
        ...{ way: 'read', what: 'referral', referralId: referral, authority: 'consent' },
        ...{ from: { domain: 'kaigo' }, to: { domain: 'konkyu' } },
        viewer: expect.stringMatching(/^client:/),
        members: [{ ref: 'subject', categories: ['identity', 'concern'] }],
      });
      expect(await audited(referral, 'referral.read')).toHaveLength(3);
      // Other content is another disclosure.
      const { subject } = withoutConsent({ insured: `000${count}` });
      const corrected = { subject: { ...subject, items: { ...subject.items, concern: { boxes: ['housing'] } } } };
      expect((await desks.act(desks.sender, referral, 'supplement', corrected)).status).toBe(200);
      await desks.konkyu.takeNext('referral.supplemented.v1', referral);
      await desks.view(program, referral);
      expect(await looks(officer, person)).toHaveLength(2);
    });

    it('of which the other desk learns nothing, and its own does', async () => {
      const { referral, person } = await there();
      await desks.view(await desks.under.as({ client: desks.functions.konkyu }), referral);
      expect(await looks(desks.sender, person)).toEqual([]);
      expect(await looks(desks.recipient, person)).toMatchObject([{ what: 'referral' }]);
    });

    it('what it has written itself, no line', async () => {
      const { referral, person } = await there();
      for (const who of [desks.sender, await desks.under.as({ client: desks.functions.kaigo })])
        expect((await desks.view(who, referral)).members).toHaveLength(1);
      expect(await looks(officer, person)).toEqual([]);
    });

    it('a referral on screen: whoever did not open it has a line of that, once a day', async () => {
      const { referral, person } = await waits('shogai');
      await desks.consent(person, { recipients: [{ domain: 'shogai' }] });
      await desks.act(shogai, referral, 'receive');
      await desks.view(shogai, referral);
      const named = async () => (await of(officer, person)).filter((l) => l.way !== 'feedback');
      const [opened, ...more] = await named();
      expect([opened?.way, more]).toEqual(['screen', []]);
      const second = await desks.under.as({ role: 'supervisor', function: desks.functions.shogai });
      for (let n = 0; n < 2; n += 1) expect((await desks.view(second, referral)).members).toHaveLength(1);
      const [read, ...again] = await looks(officer, person);
      expect(again).toEqual([]);
      expect(read).toMatchObject({
        ...{ way: 'read', what: 'referral', referralId: referral, to: { domain: 'shogai' }, authority: 'consent' },
        members: [{ ref: 'subject', categories: ['identity', 'concern'] }],
      });
      expect(read?.viewer).toMatch(/^staff:/);
      expect(read?.viewer).not.toBe(opened?.viewer);
      expect(await looks(desks.sender, person)).toEqual([]);
      expect(await audited(referral, 'referral.read')).toHaveLength(2);
    });

    it('on screen what came to its system', async () => {
      const { referral, person } = await there();
      await desks.view(desks.recipient, referral);
      expect(await looks(officer, person)).toMatchObject([
        { what: 'referral', viewer: expect.stringMatching(/^staff:/) },
      ]);
    });

    it('what its desk knows of a person, and what was said to it', async () => {
      const { person } = await there();
      await desks.sender('GET', `/persons/${person}/facts`);
      expect(await looks(officer, person)).toEqual([]);
      const fact = { kind: 'abode', lives: 'nowhere' };
      expect((await desks.sender('POST', `/persons/${person}/facts`, { fact })).status).toBe(201);
      for (let n = 0; n < 2; n += 1) {
        await desks.sender('GET', `/persons/${person}/facts`);
        await desks.sender('GET', `/persons/${person}/consents`);
        // Nothing was said here, nor recorded: nothing is read.
        await shogai('GET', `/persons/${person}/consents`);
        await shogai('GET', `/persons/${person}/facts`);
      }
      const seen = await looks(desks.sender, person);
      expect(seen).toMatchObject([
        { what: 'facts', authority: 'own_desk', members: [{ categories: ['contact'] }], to: { domain: 'kaigo' } },
        { what: 'consents', authority: 'own_desk', members: [{ categories: [] }], to: { domain: 'kaigo' } },
      ]);
      expect(seen).toHaveLength(2);
      // Four here, and the officer once.
      expect(await audited(person, 'person.read')).toHaveLength(5);
      expect(await looks(desks.recipient, person)).toEqual([]);
    });

    it('what else its desk keeps of a person: who must not find her, and what she has applied for', async () => {
      const { person } = await there();
      const paths = ['protection', 'applications'].map((path) => `/persons/${person}/${path}`);
      for (const path of paths) expect((await desks.sender('GET', path)).status).toBe(200);
      expect(await looks(officer, person)).toEqual([]);
      const sealed = { ground: 'own', from: '2026-01-01' };
      expect((await desks.sender('POST', `/persons/${person}/seal`, sealed)).status).toBe(201);
      const applied = { service: '家計改善支援' };
      expect((await desks.sender('POST', `/persons/${person}/applications`, applied)).status).toBe(201);
      for (const path of paths) await desks.sender('GET', path);
      // Two here, and the officer once.
      expect(await audited(person, 'person.read')).toHaveLength(3);
      // Whose eyes it may come to, a page on paper among them, must not read of a protection.
      expect(await looks(desks.sender, person)).toMatchObject([{ what: 'facts', to: { domain: 'kaigo' } }]);
      const approver = await desks.under.as({ role: 'approver' });
      expect((await approver('GET', `/persons/${person}/protection`)).body.seals).toHaveLength(1);
      expect((await looks(officer, person)).map((l) => [l.what, l.to?.domain])).toEqual([
        ['facts', 'kaigo'],
        ['facts', undefined],
      ]);
    });

    it('what its desk keeps of whom it has referred nowhere yet, for that desk alone', async () => {
      const { person, referral } = await waits();
      expect((await desks.sender('POST', '/refusals', { person })).status).toBe(201);
      await desks.sender('GET', `/persons/${person}/consents`);
      const resident = async (who: Api) =>
        (await who('GET', `/persons/${person}/disclosures?page=resident`)).body.items.map((l: Line) => l.what);
      expect(await looks(desks.sender, person)).toMatchObject([{ what: 'consents' }]);
      expect(await resident(desks.sender)).toEqual(['consents']);
      // Nobody outside the desk counts by person what is not released.
      expect(await of(officer, person)).toEqual([]);
      expect(await resident(officer)).not.toContain('consents');
      await desks.consent(person);
      await desks.konkyu.takeNext('referral.sent.v1', referral);
      expect(await looks(officer, person)).toMatchObject([{ what: 'consents', to: { domain: 'kaigo' } }]);
    });

    it('the whole of it, and no desk that reads its own lines', async () => {
      const { person } = await there();
      for (const desk of [desks.sender, desks.recipient]) await all(desk, person);
      const auditor = await desks.under.as({ role: 'auditor' });
      for (let n = 0; n < 2; n += 1) await all(auditor, person);
      const [line, ...more] = (await all(auditor, person)).filter((l) => l.what === 'disclosures');
      expect([line?.way, line?.viewer?.startsWith('staff:'), line?.to, more]).toEqual(['read', true, undefined, []]);
      expect(await audited(person, 'person.read')).toHaveLength(3);
    });

    it('the proof of a withdrawal, and who prints it', async () => {
      const { person, consent } = await there();
      await desks.withdraw(consent);
      expect(await looks(officer, person)).toEqual([]);
      await desks.sender('GET', `/consents/${consent}/withdrawal`);
      await desks.sender('GET', `/consents/${consent}/withdrawal`, undefined, { accept: 'text/html' });
      expect((await looks(officer, person)).map((l) => [l.way, l.what])).toEqual([
        ['read', 'withdrawal'],
        ['print', 'withdrawal'],
      ]);
      // A look is nothing that has gone to another desk.
      const { gone } = (await desks.sender('GET', `/consents/${consent}/withdrawal`)).body;
      expect(gone.map((l: Line) => l.way)).toEqual(['message']);
    });
  });

  describe('for the person', () => {
    const page = async (who: Api, person: string, query: string, accept = 'application/json') =>
      who('GET', `/persons/${person}/disclosures?${query}`, undefined, { accept });
    const reviews = async () =>
      (await officer('GET', '/todos?kind=review_disclosures')).body.items as { id: string; person: string }[];
    const notDisclosed = 'あるかないかも含めて';

    it('is the whole one without who looked, and says that it has not everything', async () => {
      const { person } = await there();
      await desks.sender('GET', `/persons/${person}/consents`);
      const { status, body } = await page(officer, person, 'page=resident');
      expect(status).toBe(200);
      expect(body.items.map((l: Line) => l.way)).toEqual(expect.arrayContaining(['message', 'read']));
      expect(body.items.filter((l: Line) => l.viewer !== undefined)).toEqual([]);
      expect(body.notices).toEqual([expect.stringContaining(notDisclosed)]);
      expect(body).not.toHaveProperty('cautions');
    });

    it('is printed in plain words, and that it was printed is in it from then on', async () => {
      const { person } = await there();
      const { body, headers } = await page(officer, person, 'page=resident', 'text/html');
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
      for (const said of ['あなたの情報の提供の記録', '業務システムへ', '氏名・生年月日・性別、相談事由', notDisclosed])
        expect(body).toContain(said);
      expect(body).not.toContain('<script');
      const printed = (await looks(officer, person)).filter((l) => l.what === 'disclosures');
      expect(printed).toMatchObject([
        { way: 'print', authority: 'to_person', viewer: expect.stringMatching(/^staff:/) },
      ]);
      expect(printed[0]).not.toHaveProperty('to');
      expect(await audited(person, 'person.printed')).toHaveLength(1);
    });

    it('is at a desk what that desk took part in, and says so', async () => {
      const { person } = await there();
      await desks.recipient('GET', `/persons/${person}/facts`);
      const { body } = await page(desks.sender, person, 'page=resident');
      expect(body.items.map((l: Line) => l.way)).toContain('message');
      expect(body.notices).toEqual(['この窓口の知っている提供だけを載せています。', expect.anything()]);
      expect((await page(shogai, person, 'page=resident')).body.items).toEqual([]);
    });

    it('is given to nobody else by a desk: it goes to review, once', async () => {
      const { person } = await there();
      for (const askedBy of ['guardian', 'agent', 'household']) {
        const { status, body } = await page(desks.sender, person, `page=resident&askedBy=${askedBy}`);
        expect([status, body.code]).toEqual([409, 'REVIEW_NEEDED']);
      }
      // To whom the person is a stranger it is answered the same, and asks nobody.
      expect((await page(shogai, person, 'page=resident&askedBy=guardian')).body.code).toBe('REVIEW_NEEDED');
      const waiting = (await reviews()).filter((t) => t.person === person);
      expect(waiting).toHaveLength(1);
      const seen = await page(officer, person, 'page=resident&askedBy=guardian');
      expect([seen.status, seen.body.cautions]).toEqual([200, []]);
      expect((await officer('POST', `/todos/${waiting[0]?.id}/done`, {})).status).toBe(204);
      expect((await reviews()).filter((t) => t.person === person)).toEqual([]);
    });

    describe('when somebody has asked for it', () => {
      const asked = (who: Api, person: string, over: object = {}) =>
        who('POST', '/disclosure-requests', {
          ...{ person, askedBy: 'guardian', askedOn: '2026-04-01', identity: 'papers_of_agent', ...over },
        });
      const listed = async (person: string, query = '') =>
        (await officer('GET', `/disclosure-requests${query}`)).body.items.filter(
          (r: { person: string }) => r.person === person,
        );
      const answer = (id: string, version: number, body: object) =>
        officer('POST', `/disclosure-requests/${id}/answer`, body, { 'if-match': `"${version}"` });

      it('goes to the 個人情報保護担当, and whoever wrote it down hears no more of it', async () => {
        const { person } = await there();
        const { status, body } = await asked(desks.sender, person);
        expect([status, Object.keys(body)]).toEqual([201, ['id']]);
        expect((await reviews()).filter((t) => t.person === person)).toHaveLength(1);
        expect(await listed(person, '?answered=false')).toEqual([
          {
            ...{
              id: body.id,
              version: 1,
              person,
              askedBy: 'guardian',
              askedOn: '2026-04-01',
              identity: 'papers_of_agent',
            },
            ...{ function: expect.objectContaining({ domain: 'kaigo' }), recordedAt: expect.any(String) },
          },
        ]);
        for (const who of [desks.sender, await desks.under.as({ role: 'auditor' })]) {
          expect((await who('GET', '/disclosure-requests')).status).toBe(403);
          const tried = await who('POST', `/disclosure-requests/${body.id}/answer`, {
            outcome: 'given',
            on: '2026-04-02',
          });
          expect(tried.status).toBe(403);
        }
      });

      it('is not written down where the person is a stranger, as of nobody', async () => {
        const { person } = await there();
        const nobody = '01900000-0000-7000-8000-00000000dead';
        const [stranger, none] = [await asked(shogai, person), await asked(shogai, nobody)];
        expect([stranger.status, stranger.body.code]).toEqual([404, 'NOT_FOUND']);
        expect(none.body.detail).toBe(stranger.body.detail);
        expect((await asked(officer, nobody)).status).toBe(404);
        expect(await listed(person)).toEqual([]);
        // A paper that came to the municipality its 個人情報保護担当 writes down, of whomever.
        expect((await asked(officer, person, { askedBy: 'agent' })).status).toBe(201);
        expect(await listed(person)).toMatchObject([{ askedBy: 'agent' }]);
        expect((await reviews()).filter((t) => t.person === person)).toEqual([]);
      });

      it('is answered once, with the reason for what is not shown', async () => {
        const { person } = await there();
        const [first, second] = [await asked(desks.sender, person), await asked(desks.sender, person)];
        const id = first.body.id as string;
        const partly = { outcome: 'partly', on: '2026-04-20', reason: 'about_others' };
        for (const wrong of [
          { outcome: 'refused', on: '2026-04-20' },
          { ...partly, outcome: 'given' },
          { ...partly, on: '2099-01-01' },
        ])
          expect((await answer(id, 1, wrong)).status).toBe(422);
        expect((await answer(id, 2, partly)).status).toBe(412);
        expect((await answer(id, 1, partly)).status).toBe(204);
        expect(await listed(person, '?answered=true')).toMatchObject([{ id, version: 2, answer: partly }]);
        expect((await answer(id, 2, partly)).body.code).toBe('REQUEST_ANSWERED');
        // The other one waits still; then nothing does.
        expect((await reviews()).filter((t) => t.person === person)).toHaveLength(1);
        expect((await answer(second.body.id, 1, { outcome: 'given', on: '2026-04-21' })).status).toBe(204);
        expect((await reviews()).filter((t) => t.person === person)).toEqual([]);
        expect(await audited(person, 'disclosures.answered')).toHaveLength(2);
      });
    });

    it('hides from others where somebody is who must not be found, and is printed for no one who may be the danger', async () => {
      const { person } = await there();
      const it_ = await desks.under.as({ role: 'it_admin' });
      const { body: desk } = await it_('GET', `/desk-functions/${desks.functions.kaigo}`);
      const saved = await it_(
        'PATCH',
        `/desk-functions/${desks.functions.kaigo}`,
        { givesTownAway: true },
        {
          'if-match': `"${desk.version}"`,
        },
      );
      expect(saved.status).toBe(200);
      const named = async (askedBy: string) =>
        (await page(officer, person, `page=resident&askedBy=${askedBy}`)).body.items[0].from.name as string;
      expect(await named('guardian')).toBe(desk.name);
      expect(
        (await desks.sender('POST', `/persons/${person}/seal`, { ground: 'own', from: '2026-01-01' })).status,
      ).toBe(201);
      expect([await named('self'), await named('guardian')]).toEqual([desk.name, '（非公開の窓口）']);
      // A desk reads no more on it than on its own screen.
      const [first] = (await page(desks.recipient, person, 'page=resident')).body.items;
      expect(first.from.name).toBe('（非公開の窓口）');
      const asked = 'page=resident&askedBy=household';
      expect((await page(officer, person, asked)).body.cautions).toEqual(['protected']);
      expect((await page(officer, person, asked, 'text/html')).status).toBe(200);
      const danger = await desks.sender('POST', `/persons/${person}/danger`, { from: 'household' });
      expect(danger.status).toBe(201);
      expect((await page(officer, person, asked)).body.cautions).toEqual(['protected', 'in_danger']);
      expect((await page(officer, person, asked, 'text/html')).body.code).toBe('DANGER_RECORDED');
      expect((await page(officer, person, 'page=resident', 'text/html')).status).toBe(200);
    });

    it('has a working page for the decision, which says so and is for the 個人情報保護担当 alone', async () => {
      const { person } = await there();
      const { body } = await page(officer, person, 'page=working');
      expect(body.items.map((l: Line) => l.viewer)).toContain('plugin:konkyu');
      expect(body.notices).toEqual([
        expect.stringContaining('開示決定のための作業資料です。'),
        expect.stringContaining('通報・通告'),
      ]);
      const printed = await page(officer, person, 'page=working', 'text/html');
      expect(printed.body).toContain('開示決定のための作業資料です。');
      expect(printed.body).toContain('plugin:konkyu');
      const auditor = await desks.under.as({ role: 'auditor' });
      for (const who of [auditor, desks.sender, await desks.under.as({ client: desks.functions.kaigo })])
        expect((await page(who, person, 'page=working')).body.code).toBe('ROLE_MISSING');
    });
  });
});
