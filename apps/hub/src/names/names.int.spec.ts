// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import { herMatters, seal } from '../../test/her-matters';
import { ShiftedClock } from '../../test/shifted-clock';
import type { Api } from '../../test/sign-in';
import { twoDesks, type TwoDesks } from '../../test/two-desks';

describeWithServices(['postgres'], 'a name that the lists leave out', () => {
  const clock = new ShiftedClock();
  let desks: TwoDesks;
  let supervisor: Api;
  beforeAll(async () => {
    desks = await twoDesks({ clock, timings: { sweep: 100 } });
    supervisor = await desks.under.as({ role: 'supervisor', function: desks.functions.kaigo });
  });
  afterAll(() => desks?.close());
  const { waits, next, arrived, allowed, about } = herMatters(() => desks);

  const absent = '018f2f60-7c3a-7000-8000-000000000001';
  const reveal = (who: Api, ids: string[], more: object = {}) =>
    who('POST', '/referrals/reveal', { ids, purpose: 'assign', ...more });
  const revealed = async (who: Api, id: string) => (await reveal(who, [id])).body.items[0];
  const there = async (submission?: ReturnType<typeof about>) => {
    const hers = await waits(submission);
    await allowed(hers.person);
    await next('referral.sent.v1', hers.referralId);
    await arrived(hers.referralId);
    return hers;
  };
  const identityOf = async (who: Api, id: string) => (await desks.view(who, id)).members?.[0]?.items.identity;
  const looks = (referral: string) =>
    desks.under.rows<{ what: string; authority: string; function: string; members: object[] }>(
      `select what, authority, recipient_function as function, members from disclosure where referral = $1 and what = 'name' order by id`,
      [referral],
    );
  const audited = (action: string) =>
    desks.under.rows<{ details: { purpose: string; count: number; shown: string[]; asked: string[]; note?: string } }>(
      `select details from audit_entry where action = $1 order by id desc limit 1`,
      [action],
    );

  it('is shown as the referral itself shows it, to each desk as far as it may see', async () => {
    const { referralId } = await there();
    for (const who of [desks.sender, desks.recipient]) {
      const identity = await identityOf(who, referralId);
      expect(identity).toMatchObject({ name: '見本　月子' });
      expect(await revealed(who, referralId)).toEqual({ id: referralId, identity });
    }
  });

  it('is for no list: the queue has none', async () => {
    await there();
    expect(JSON.stringify((await desks.sender('GET', '/referrals')).body)).not.toContain('月子');
  });

  it('is to be taken off the screen five minutes later', async () => {
    const { referralId } = await waits();
    const before = clock.now().getTime();
    const { remaskAt } = (await reveal(desks.sender, [referralId])).body;
    const minutes = (new Date(remaskAt).getTime() - before) / 60_000;
    expect([minutes >= 5, minutes < 6]).toEqual([true, true]);
  });

  it('is told apart by nobody from one that is not there, where it may not be seen', async () => {
    const { referralId } = await waits();
    const none = await revealed(desks.recipient, absent);
    expect(none.because).toBe('NOT_FOUND');
    expect(await revealed(desks.recipient, referralId)).toEqual({ ...none, id: referralId });
  });

  it('is not shown before it was opened, nor without a ground for it, and nothing is entered', async () => {
    const { referralId, person } = await waits();
    await desks.consent(person, { categories: ['identity'] });
    await next('referral.sent.v1', referralId);
    await arrived(referralId);
    const coordinator = await desks.under.as({ role: 'coordinator' });
    expect(await revealed(coordinator, referralId)).toMatchObject({ id: referralId, because: 'NAME_NOT_SHOWN' });
    expect(await looks(referralId)).toEqual([]);
    const consent = (await desks.sender('GET', `/persons/${person}/consents`)).body.consents[0].id;
    expect((await revealed(desks.recipient, referralId)).identity).toBeDefined();
    await desks.withdraw(consent);
    expect((await revealed(desks.recipient, referralId)).because).toBe('NAME_NOT_SHOWN');
  });

  it('is shown to who coordinates where the person consented to that, and stands in the ledger as the name alone', async () => {
    const { referralId, person } = await waits();
    const toBoth = [{ domain: 'konkyu' as const }, { domain: 'takikan' as const }];
    const purposes = ['consultation' as const, 'coordination' as const];
    await desks.consent(person, { categories: ['identity', 'concern'], recipients: toBoth, purposes });
    await next('referral.sent.v1', referralId);
    await arrived(referralId);
    const coordinator = await desks.under.as({ role: 'coordinator' });
    expect((await revealed(coordinator, referralId)).identity).toMatchObject({ name: '見本　月子' });
    const sight = () =>
      desks.under.rows<{ members: object[] }>(
        `select members from disclosure where referral = $1 and way = 'sight' order by at, id`,
        [referralId],
      );
    expect(await sight()).toMatchObject([{ members: [{ ref: 'subject', person, categories: ['identity'] }] }]);
    await desks.view(coordinator, referralId);
    expect((await sight())[1]).toMatchObject({ members: [{ categories: ['identity', 'concern'] }] });
  });

  it.each(['it_admin', 'auditor', 'privacy_officer', 'approver'])('is nothing for %s', async (role) => {
    const answer = await reveal(await desks.under.as({ role }), [absent]);
    expect([answer.status, answer.body.code]).toEqual([403, 'ROLE_MISSING']);
  });

  it('is nothing for a program', async () => {
    const client = await desks.under.as({ client: desks.functions.konkyu });
    expect((await reveal(client, [absent])).status).toBe(403);
  });

  it('is entered as a look, once a day and of the name alone, and each time in the audit with its purpose', async () => {
    const { referralId, person } = await there();
    const members = [{ ref: 'subject', person, categories: ['identity'] }];
    for (const who of [desks.sender, desks.sender, desks.recipient]) await revealed(who, referralId);
    expect(await looks(referralId)).toMatchObject([
      { authority: 'own_desk', function: desks.functions.kaigo, members },
      { authority: 'consent', function: desks.functions.konkyu, members },
    ]);
    await reveal(desks.recipient, [referralId, absent], { purpose: 'handover' });
    const [{ details } = {}] = await audited('names.revealed');
    expect(details).toEqual({
      ...{ purpose: 'handover', what: 'referral', count: 1 },
      ...{ asked: [referralId, absent], shown: [referralId] },
    });
    expect(JSON.stringify(await desks.under.rows('select details from audit_entry'))).not.toContain('月子');
  });

  it('is asked for with a purpose, and what else it is for tells nobody’s name', async () => {
    const { referralId } = await waits();
    const asked = async (more: object) => {
      const { status, body } = await reveal(desks.sender, [referralId], more);
      return [status, body.code, body.errors?.[0]?.code];
    };
    expect(await asked({ purpose: undefined })).toEqual([422, 'INVALID', 'REQUIRED']);
    expect(await asked({ note: '月次の点検' })).toEqual([422, 'INVALID', 'NOT_VALID']);
    expect(await asked({ purpose: 'other', note: '見本 花子 さんの件' })).toEqual([
      ...[422, 'SUBMISSION_REJECTED', 'NOTE_NAMES_SOMEBODY'],
    ]);
    expect(await asked({ purpose: 'other', note: '在留カードの確認' })).toEqual([
      ...[422, 'SUBMISSION_REJECTED', 'RESIDENCE_STATUS_TEXT'],
    ]);
    expect((await asked({ purpose: 'other', note: '月次の点検' }))[0]).toBe(200);
    const [{ details } = {}] = await audited('names.revealed');
    expect([typeof details?.note, details?.note?.includes('点検')]).toEqual(['string', false]);
  });

  it('is of at most fifty at once', async () => {
    expect(
      (
        await reveal(
          desks.sender,
          Array.from({ length: 51 }, () => absent),
        )
      ).status,
    ).toBe(422);
    expect((await reveal(desks.sender, [])).status).toBe(422);
  });

  it('needs no second person where nobody is protected', async () => {
    const { referralId } = await waits();
    const asked = { purpose: 'assign', reason: '担当者を決めるため。' };
    const { status, body } = await desks.sender('POST', `/referrals/${referralId}/reveal-requests`, asked);
    expect([status, body.code]).toEqual([409, 'REVEAL_NOT_NEEDED']);
  });

  describe('whoever is looked for', () => {
    const hers = (name: string, kana: string, birthDate: string) => ({
      items: { identity: { name, kana, birthDate } },
    });
    const search = async (who: Api, q: string, more: object = {}) => {
      const { status, body } = await who('POST', '/persons/search', { q, ...more });
      expect(status).toBe(200);
      return body.items as { id: string; referralId: string; open: number; referrals: number }[];
    };
    const idsBy = async (who: Api, q: string) => (await search(who, q)).map((p) => p.id);

    it('is found at the own desk by whatever is known, and without a name', async () => {
      const { person, referralId } = await waits(
        about(hers('髙﨑　鮎美', 'タカザキ アユミ', '1940-04-01'), { insured: '0000776601' }),
      );
      for (const q of [
        '高崎鮎美',
        'たかさき',
        'ｱﾕﾐ',
        'S15.4.1',
        '昭和15年4月1日',
        '1940-04-01',
        '0000776601',
        referralId,
      ])
        expect([q, await idsBy(desks.sender, q)]).toEqual([q, expect.arrayContaining([person])]);
      const [found] = await search(desks.sender, '髙﨑鮎美');
      expect(found).toMatchObject({ id: person, referralId, referrals: 1, open: 1 });
      expect(JSON.stringify(found)).not.toMatch(/鮎|アユミ|1940/);
      expect(await idsBy(desks.sender, '高崎鮎子')).toEqual([]);
      const { body } = await desks.sender('POST', '/persons/reveal', { ids: [person], purpose: 'contact' });
      expect(body.items).toEqual([{ id: person, identity: await identityOf(desks.sender, referralId) }]);
    });

    it('is found by the tokens alone once they are made, under whatever key is at hand', async () => {
      const { person } = await waits(about(hers('見本　硯子', 'ミホン スズリコ', '1941-05-06')));
      await waitFor(async () => (await desks.under.rows('select 1 from name_due')).length === 0, {
        what: 'the tokens',
      });
      expect(await idsBy(desks.sender, 'スズリ')).toEqual([person]);
      const stored = await desks.under.rows<{ tokens: string[] }>('select tokens from name_index');
      expect(stored.flatMap((r) => r.tokens).filter((t) => !/^[\w-]{12}$/.test(t))).toEqual([]);
    });

    it('is found by the recipient once opened, as long as it may be seen, and by no other desk', async () => {
      const { person, referralId } = await waits(about(hers('見本　蛍子', 'ミホン ケイコ', '1942-06-07')));
      const shogai = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai });
      expect(await idsBy(desks.recipient, '蛍子')).toEqual([]);
      await allowed(person);
      await next('referral.sent.v1', referralId);
      await arrived(referralId);
      const [found] = await search(desks.recipient, '蛍子');
      expect(found?.referralId).toBe(referralId);
      expect(await idsBy(shogai, '蛍子')).toEqual([]);
      const reveal = (who: Api, id: string) => who('POST', '/persons/reveal', { ids: [id], purpose: 'contact' });
      expect((await reveal(desks.recipient, found!.id)).body.items[0].identity).toMatchObject({ name: '見本　蛍子' });
      expect((await reveal(shogai, person)).body.items[0]).toMatchObject({ because: 'NOT_FOUND' });
      const consent = (await desks.sender('GET', `/persons/${person}/consents`)).body.consents[0].id;
      await desks.withdraw(consent);
      expect(await idsBy(desks.recipient, '蛍子')).toEqual([]);
      expect((await reveal(desks.recipient, found!.id)).body.items[0]).toMatchObject({ because: 'NOT_FOUND' });
    });

    it('is not found by his worker whom she fears, and by the others of her desk is, with two persons for the name', async () => {
      const his = await waits(about(hers('見本　荒男', 'ミホン アラオ', '1960-01-01')));
      const her = await waits(about(hers('見本　澄子', 'ミホン スミコ', '1962-02-02')));
      expect((await desks.act(supervisor, his.referralId, 'supplement', { note: '電話した。' })).status).toBe(200);
      expect(await idsBy(supervisor, '澄子')).toEqual([her.person]);
      expect(
        (await desks.sender('POST', `/persons/${her.person}/danger`, { from: { person: his.person } })).status,
      ).toBe(201);
      expect(await idsBy(supervisor, '澄子')).toEqual([]);
      expect(await idsBy(supervisor, her.referralId)).toEqual([]);
      const reveal = { ids: [her.person], purpose: 'contact' };
      expect((await supervisor('POST', '/persons/reveal', reveal)).body.items[0].because).toBe('NOT_FOUND');
      expect(await idsBy(desks.sender, '澄子')).toEqual([her.person]);
      expect((await desks.sender('POST', '/persons/reveal', reveal)).body.items[0].because).toBe('TWO_PERSONS');
    });

    it('is entered in the audit by how many were found, never by what was asked for', async () => {
      await search(desks.sender, '見本荒男');
      const [{ details } = {}] = await desks.under.rows<{ details: object }>(
        `select details from audit_entry where action = 'persons.searched' order by id desc limit 1`,
      );
      expect(details).toEqual({ found: 1, more: false });
      expect(JSON.stringify(await desks.under.rows('select details from audit_entry'))).not.toContain('荒男');
    });

    it('stands in the list by kana in the order of the 五十音, page by page, or newest first', async () => {
      const listed = async (query: string) => {
        const all: string[] = [];
        for (let cursor: string | undefined = ''; cursor !== undefined;) {
          const { status, body } = await desks.sender(
            'GET',
            `/persons?limit=7&${query}${cursor && `&cursor=${cursor}`}`,
          );
          expect(status).toBe(200);
          all.push(...body.items.map((p: { id: string }) => p.id));
          cursor = body.next;
        }
        return all;
      };
      const ordered = await listed('sort=kana');
      const [first, second, third] = await Promise.all(
        ['ミホンアラオ', 'ミホンケイコ', 'ミホンスズリコ'].map((q) => idsBy(desks.sender, q)),
      );
      const places = [first, second, third].map((ids) => ordered.indexOf(ids![0]!));
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(places[0]).toBeGreaterThanOrEqual(0);
      const newest = await listed('sort=newest');
      expect(new Set(newest).size).toBe(newest.length);
      expect([...newest].sort()).toEqual([...ordered].sort());
    });

    it('is for no program and for nobody without a desk', async () => {
      for (const who of [
        { client: desks.functions.konkyu },
        { role: 'auditor' },
        { role: 'coordinator' },
        { role: 'it_admin' },
      ]) {
        const api = await desks.under.as(who);
        expect([
          (await api('GET', '/persons')).status,
          (await api('POST', '/persons/search', { q: '見本' })).status,
        ]).toEqual([403, 403]);
      }
    });
  });

  describe('of somebody who is protected', () => {
    const reason = 'ご家族から電話があり、折り返すため。';
    const ask = (who: Api, id: string) =>
      who('POST', `/referrals/${id}/reveal-requests`, { purpose: 'asked_by_person', reason });
    const decide = (who: Api, id: string, how: 'approve' | 'refuse') => who('POST', `/reveal-requests/${id}/${how}`);
    const todos = async (who: Api) =>
      (await who('GET', '/todos?kind=release_name')).body.items.map((t: { referralId: string }) => t.referralId);
    const sealed = async () => {
      const hers = await there();
      expect((await seal(desks.sender, hers.person)).status).toBe(201);
      await allowed(hers.person);
      return hers;
    };

    it('is shown by the referral itself, and by no list without a second person', async () => {
      const { referralId, person } = await waits();
      await seal(desks.sender, person);
      expect(await identityOf(desks.sender, referralId)).toBeDefined();
      const answer = await revealed(desks.sender, referralId);
      expect(answer).toEqual({ id: referralId, because: 'TWO_PERSONS', sentence: expect.any(String) });
      expect(await looks(referralId)).toEqual([]);
    });

    it('tells of that nobody who may not see the name', async () => {
      const { referralId } = await sealed();
      const shogai = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai });
      expect((await revealed(shogai, referralId)).because).toBe('NOT_FOUND');
      expect((await ask(shogai, referralId)).body.code).toBe('NOT_FOUND');
      const coordinator = await desks.under.as({ role: 'coordinator' });
      expect((await revealed(coordinator, referralId)).because).toBe('NAME_NOT_SHOWN');
    });

    it('is shown in his own referral without a word, where she whom he endangers is named beside him', async () => {
      const member = {
        ref: 'wife',
        role: 'spouse' as const,
        identifiers: [{ system: 'kaigo', value: '00990010-0000999901' }],
      };
      const his = await waits(about({}, { others: [{ ...member, items: { identity: { name: '見本　星' } } }] }));
      const her = await desks.personOf(his.referralId, 'member-1');
      expect((await desks.sender('POST', `/persons/${her}/danger`, { from: { person: his.person } })).status).toBe(201);
      expect((await revealed(supervisor, his.referralId)).identity).toBeDefined();
    });

    it('is shown for a quarter of an hour to whoever has asked, when a supervisor of the desk has agreed', async () => {
      const { referralId, person } = await waits();
      await seal(desks.sender, person);
      const asked = await ask(desks.sender, referralId);
      expect(asked.status).toBe(201);
      expect((await ask(desks.sender, referralId)).body).toEqual(asked.body);
      expect(await todos(supervisor)).toContain(referralId);
      const waiting = (await supervisor('GET', '/reveal-requests')).body.items;
      expect(waiting).toContainEqual(
        expect.objectContaining({ id: asked.body.id, referralId, state: 'waiting', reason, mine: false }),
      );
      expect((await revealed(desks.sender, referralId)).because).toBe('TWO_PERSONS');
      expect(await decide(supervisor, asked.body.id, 'approve')).toMatchObject({
        status: 200,
        body: { state: 'approved' },
      });
      expect((await revealed(desks.sender, referralId)).identity).toMatchObject({ name: '見本　月子' });
      // To whoever has asked, and to nobody else.
      expect((await revealed(supervisor, referralId)).because).toBe('TWO_PERSONS');
      expect(await todos(supervisor)).not.toContain(referralId);
      clock.forward(15 * 60_000);
      expect((await revealed(desks.sender, referralId)).because).toBe('TWO_PERSONS');
      const rows = await desks.under.rows<{ action: string }>(
        `select action from audit_entry where object = $1 and action like 'reveal.%' order by id`,
        [referralId],
      );
      expect(rows.map((r) => r.action)).toEqual(['reveal.asked', 'reveal.approved']);
    });

    it('is released by nobody for himself, nor by a caseworker or another desk', async () => {
      const { referralId } = await sealed();
      const own = await ask(supervisor, referralId);
      expect(await todos(supervisor)).not.toContain(referralId);
      expect((await decide(supervisor, own.body.id, 'approve')).body.code).toBe('NOT_FOUND');
      const others = await desks.under.as({ role: 'supervisor', function: desks.functions.konkyu });
      expect((await decide(others, own.body.id, 'approve')).body.code).toBe('NOT_FOUND');
      expect((await decide(desks.sender, own.body.id, 'approve')).body.code).toBe('ROLE_MISSING');
      expect((await revealed(supervisor, referralId)).because).toBe('TWO_PERSONS');
    });

    it('stays hidden when it is refused, or when nobody answers within a day', async () => {
      const { referralId, person } = await waits();
      await seal(desks.sender, person);
      const { id } = (await ask(desks.sender, referralId)).body;
      expect((await decide(supervisor, id, 'refuse')).body).toEqual({ id, state: 'refused' });
      expect((await decide(supervisor, id, 'approve')).status).toBe(404);
      expect((await revealed(desks.sender, referralId)).because).toBe('TWO_PERSONS');
      const again = (await ask(desks.sender, referralId)).body.id;
      clock.forward(24 * 60 * 60_000);
      const [late, officer] = [
        await desks.under.as({ role: 'caseworker', function: desks.functions.kaigo }),
        await desks.under.as({ role: 'supervisor', function: desks.functions.kaigo }),
      ];
      expect(await todos(officer)).not.toContain(referralId);
      expect((await decide(officer, again, 'approve')).status).toBe(404);
      const anew = await ask(late, referralId);
      expect([anew.status, anew.body.id === again]).toEqual([201, false]);
    });
  });
});
