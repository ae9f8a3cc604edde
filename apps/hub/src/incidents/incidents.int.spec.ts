// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { disclosureLine, Incident } from '@tsunagi/contracts';
import { addDays, japaneseDay } from '@tsunagi/domain';
import { describeWithServices } from '@tsunagi/testing';
import type { z } from 'zod';
import type { Api } from '../../test/sign-in';
import { twoDesks, withoutConsent, type Sent, type TwoDesks } from '../../test/two-desks';

type DisclosureLine = z.infer<typeof disclosureLine>;

describeWithServices(['postgres'], '漏えい等', () => {
  let desks: TwoDesks;
  let officer: Api;
  let stranger: Api;
  beforeAll(async () => {
    desks = await twoDesks();
    officer = await desks.under.as({ role: 'privacy_officer' });
    stranger = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai });
  });
  afterAll(() => desks?.close());

  async function taken(categories = ['identity', 'concern']): Promise<{ referral: string; person: string }> {
    const { referralId: referral } = await desks.submit(withoutConsent());
    const person = await desks.personOf(referral);
    await desks.consent(person, { categories: categories as never });
    const { deliveryId } = (await desks.konkyu.next('referral.sent.v1', referral)).data as Sent;
    expect(await desks.konkyu.mayWrite(deliveryId)).toBe(true);
    await desks.konkyu.receipt(deliveryId);
    await desks.respond(deliveryId, '20', { worker: '試験　太郎' });
    return { referral, person };
  }
  async function astray(categories?: string[]): Promise<Incident & { referralId: string }> {
    const { referral } = await taken(categories);
    const said = await desks.act(desks.recipient, referral, 'misdirected', {
      what: 'wrong_person',
      reason: '別の方。',
    });
    expect(said.status).toBe(200);
    return { ...(await of(officer)).find((i) => i.referralId === referral)!, referralId: referral };
  }
  const of = async (who: Api) => (await who('GET', '/incidents')).body.items as Incident[];
  const take = (who: Api, { id, version }: Incident, step: string, body = {}) =>
    who('POST', `/incidents/${id}/${step}`, body, { 'if-match': String(version) });
  const todosOf = async (who: Api, incident: string) =>
    (await who('GET', '/todos')).body.items
      .filter((t: { incidentId?: string }) => t.incidentId === incident)
      .map((t: { kind: string }) => t.kind);

  it('are opened by what went astray: whose items, who had them, and by when the law wants what', async () => {
    const { id, referralId } = await astray();
    const { body } = await officer('GET', `/incidents/${id}`);
    const today = japaneseDay(new Date(body.noticedAt));
    expect(body).toMatchObject({
      kind: 'wrong_person',
      persons: [{ person: await desks.personOf(referralId), sensitive: false }],
      sensitive: false,
      from: { domain: 'kaigo' },
      recipients: [{ domain: 'konkyu' }],
      dues: { firstReport: addDays(today, 5), finalReport: addDays(today, 30), tell: addDays(today, 30) },
      done: {},
    });
    expect([...body.persons[0].categories].sort()).toEqual(['concern', 'identity']);
  });

  it('say that 要配慮 items were among it', async () => {
    const { sensitive, persons } = await astray(['identity', 'care_level']);
    expect([sensitive, persons.map((p) => p.sensitive)]).toEqual([true, [true]]);
  });

  it('show each recipient what has come to it, and what has come to others to whom it came from', async () => {
    const { referral: referralId, person } = await taken(['identity', 'concern']);
    const coordinating = { recipients: [{ domain: 'takikan' as const }], purposes: ['coordination' as const] };
    await desks.consent(person, { ...coordinating, categories: ['identity'] });
    const coordinator = await desks.under.as({ role: 'coordinator' });
    expect((await desks.view(coordinator, referralId)).members).toHaveLength(1);
    const { items } = (await coordinator('GET', '/desk-functions')).body;
    const takikan = items.find((f: { domain: string }) => f.domain === 'takikan').id;
    const atTheTable = await desks.under.as({ role: 'caseworker', function: takikan });
    const { id } = (await officer('POST', '/incidents', { referralId, kind: 'lost' })).body;
    const shown = async (who: Api) => {
      const { persons, sensitive, recipients } = (await who('GET', `/incidents/${id}`)).body as Incident;
      return [persons.map((p) => [...p.categories].sort()), sensitive, recipients.map((r) => r.domain).sort()];
    };
    const all = [[['concern', 'identity']], false, ['konkyu', 'takikan']];
    expect([await shown(officer), await shown(desks.sender)]).toEqual([all, all]);
    expect(await shown(desks.recipient)).toEqual([[['concern', 'identity']], false, ['konkyu']]);
    expect(await shown(atTheTable)).toEqual([[['identity']], false, ['takikan']]);
    // Of whom nothing came to it: that it was grave elsewhere is not for it.
    await desks.under.rows(
      `update incident set sensitive = true, persons = (select jsonb_agg(p #- array['at', $2::text]) from jsonb_array_elements(persons) p) where id = $1`,
      [id, takikan],
    );
    expect(await shown(atTheTable)).toEqual([[], false, ['takikan']]);
    // Of one that was opened before this was kept: whose items, and whether it is grave, but not which.
    await desks.under.rows(
      `update incident set sensitive = true, persons = (select jsonb_agg(p - 'at') from jsonb_array_elements(persons) p) where id = $1`,
      [id],
    );
    expect(await shown(atTheTable)).toEqual([[[]], true, ['takikan']]);
  });

  it('are seen by the 個人情報保護担当 and the two desks, and by nobody else', async () => {
    const { id } = await astray();
    for (const who of [officer, desks.sender, desks.recipient]) {
      expect((await of(who)).map((i) => i.id)).toContain(id);
      expect((await who('GET', `/incidents/${id}`)).status).toBe(200);
    }
    expect(await of(stranger)).toEqual([]);
    expect((await stranger('GET', `/incidents/${id}`)).status).toBe(404);
    for (const role of ['coordinator', 'auditor', 'it_admin'])
      expect([role, (await (await desks.under.as({ role }))('GET', '/incidents')).status]).toEqual([role, 403]);
  });

  it('are opened by a desk that had it, and by no other', async () => {
    const { referral: referralId, person } = await taken();
    const lost = { referralId, kind: 'lost' };
    expect((await stranger('POST', '/incidents', lost)).status).toBe(404);
    const { status, body } = await desks.recipient('POST', '/incidents', lost);
    expect(status).toBe(201);
    const seen = (await desks.sender('GET', `/incidents/${body.id}`)).body;
    expect([seen.kind, seen.persons[0].person]).toEqual(['lost', person]);
    const unsent = await desks.submit(withoutConsent());
    expect((await officer('POST', '/incidents', { ...lost, referralId: unsent.referralId })).status).toBe(404);
  });

  it('stand in the ledger of whose items they are with whoever reads them, and nobody else learns who does', async () => {
    const { id, referralId } = await astray();
    const person = await desks.personOf(referralId);
    const auditor = await desks.under.as({ role: 'auditor' });
    const looks = async (who: Api) =>
      ((await who('GET', `/persons/${person}/disclosures`)).body.items as DisclosureLine[]).filter(
        (l) => l.what === 'incident',
      );
    const before = (await looks(auditor)).length;
    for (let n = 0; n < 2; n += 1) {
      await desks.recipient('GET', `/incidents/${id}`);
      await desks.sender('GET', '/incidents');
    }
    const said = { way: 'read', referralId, authority: 'own_desk', members: [{ ref: 'subject', categories: [] }] };
    expect((await looks(auditor)).slice(before)).toMatchObject([
      { ...said, to: { domain: 'konkyu' } },
      { ...said, to: { domain: 'kaigo' } },
    ]);
    expect((await looks(desks.sender)).map((l) => l.to?.domain)).toEqual(['kaigo']);
    expect((await looks(desks.recipient)).map((l) => l.to?.domain)).toEqual(['konkyu']);
    const reads = await desks.under.rows(
      `select 1 from audit_entry where action = 'referral.read' and object = $1 and details->>'incident' = $2 and function is not null`,
      [referralId, id],
    );
    expect(reads).toHaveLength(4);
    // What is said of it is a text about them.
    await desks.recipient('POST', `/incidents/${id}/notes`, { text: '面接の方とは別の方。' });
    for (const who of [desks.recipient, desks.sender]) await who('GET', `/incidents/${id}`);
    expect((await looks(auditor)).slice(before + 2)).toMatchObject([
      { to: { domain: 'konkyu' }, members: [{ ref: 'subject', categories: ['narrative'] }] },
    ]);
  });

  it('ask for each step until it is done, 確報 after 速報, and are closed when nothing is left', async () => {
    let now = await astray();
    const did = async (step: string, body = {}) => {
      const answer = await take(officer, now, step, body);
      if (answer.status === 200) now = answer.body as typeof now;
      return answer.body.code ?? answer.status;
    };
    const all = ['incident_contain', 'incident_first_report', 'incident_final_report', 'incident_tell'];
    expect((await todosOf(officer, now.id)).sort()).toEqual([...all].sort());
    expect(await todosOf(desks.sender, now.id)).toEqual([]);

    expect(await did('final-report')).toBe('INCIDENT_STEP');
    expect(await did('close')).toBe('INCIDENT_STEP');
    expect((await take(desks.sender, now, 'report')).status).toBe(403);
    const seenBefore = now;
    expect(await did('contain')).toBe(200);
    expect((await take(officer, seenBefore, 'report')).status).toBe(412);
    expect(await did('contain')).toBe('INCIDENT_STEP');
    expect(await did('report', { answer: 'not_required' })).toBe(200);
    expect(await did('final-report', { answer: 'not_required' })).toBe(200);
    expect(await todosOf(officer, now.id)).toEqual(['incident_tell']);
    expect(await did('tell')).toBe(200);
    expect(await todosOf(officer, now.id)).toEqual([]);
    expect(await did('close')).toBe(200);
    expect(now).toMatchObject({
      containedAt: expect.any(String),
      done: {
        firstReport: { answer: 'not_required' },
        finalReport: { answer: 'not_required' },
        tell: { answer: 'done' },
      },
      closedAt: expect.any(String),
    });
    expect(await did('tell')).toBe('INCIDENT_STEP');
    const lines = await desks.under.rows(
      'select action from audit_entry where object_kind = $1 and object = $2 order by id',
      ['incident', now.id],
    );
    expect(lines.map((l) => l['action'])).toEqual(
      ['opened', 'contain', 'first_report', 'final_report', 'tell', 'close'].map((step) => `incident.${step}`),
    );
  });

  it('have notes, which the desk reads that wrote them, and the 個人情報保護担当, and nobody else', async () => {
    const { referral: referralId } = await taken();
    const lost = { referralId, kind: 'lost', note: '紙に写したものが見当たらない。' };
    const { id } = (await desks.recipient('POST', '/incidents', lost)).body;
    const write = (who: Api, text: string) => who('POST', `/incidents/${id}/notes`, { text });
    const read = async (who: Api) =>
      ((await who('GET', `/incidents/${id}`)).body as Incident).notes.map((n) => [n.function?.domain, n.text]);
    expect((await write(desks.sender, '控えがある。')).status).toBe(201);
    expect((await write(officer, '委員会に電話した。')).status).toBe(201);
    expect((await write(stranger, '知らない。')).status).toBe(404);
    const [theirs, senders, own] = [
      ['konkyu', lost.note],
      ['kaigo', '控えがある。'],
      [undefined, '委員会に電話した。'],
    ];
    expect(await read(desks.recipient)).toEqual([theirs]);
    expect(await read(desks.sender)).toEqual([senders]);
    expect(await read(officer)).toEqual([theirs, senders, own]);
    // What its desk marks as about somebody else stays there.
    expect((await write(desks.sender, '控えは金庫。〔長男が見た。〕')).status).toBe(201);
    expect((await read(desks.sender)).at(-1)?.[1]).toBe('控えは金庫。〔長男が見た。〕');
    expect((await read(officer)).at(-1)?.[1]).toBe('控えは金庫。〔…〕');
    const refused = await write(officer, '番号は 123456789018 です。');
    expect([refused.status, refused.body.code]).toEqual([422, 'SUBMISSION_REJECTED']);
    expect(await read(officer)).toHaveLength(4);
    const kept = await desks.under.rows<{ body: Buffer }>('select body from incident_note where incident = $1', [id]);
    expect(kept.some((n) => n.body.includes('控え'))).toBe(false);
  });

  it('stand before the others once a day of the law has passed', async () => {
    const { id } = await astray();
    const late = async () =>
      (await officer('GET', '/todos')).body.items
        .filter((t: { incidentId?: string; escalated?: true }) => t.incidentId === id && t.escalated)
        .map((t: { kind: string }) => t.kind);
    expect(await late()).toEqual([]);
    const today = japaneseDay(new Date());
    await desks.under.rows('update incident set first_report_due = $2, tell_by = $3 where id = $1', [
      id,
      addDays(today, -1),
      today,
    ]);
    expect(await late()).toEqual(['incident_first_report']);
  });
});
