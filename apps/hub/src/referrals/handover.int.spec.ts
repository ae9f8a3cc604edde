// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { ShiftedClock } from '../../test/shifted-clock';
import { signIn, type Api } from '../../test/sign-in';
import { twoDesks, withoutConsent, type TwoDesks } from '../../test/two-desks';

jest.setTimeout(120_000);

interface Line {
  id: string;
  state: string;
}
interface Todo {
  id: string;
  kind: string;
  referralId?: string;
}

const accepting = { worker: { name: '見本 太郎' }, personMatched: true };

/** S19: 自立相談支援機関 passes from one organization to another on 1 April. */
describeWithServices(['postgres'], 'the change of a contractor on 1 April', () => {
  const clock = new ShiftedClock();
  let desks: TwoDesks;
  let admin: Api;
  let next: Api;
  let konkyu: any;
  let organizations: Record<string, { id: string; desks: { id: string; name: string }[] }>;
  /** By what they are in on 31 March. */
  let inProgress: string;
  let waiting: string[];
  let naming: string[];
  let theirOwn: string;
  let underWay: { id: string; delivery: string };

  const before = () => clock.set(new Date('2027-03-31T23:50:00+09:00'));
  const queueOf = async (who: Api): Promise<Line[]> => (await who('GET', '/referrals?limit=200')).body.items;
  const todosOf = async (who: Api, kind: string): Promise<Todo[]> =>
    (await who('GET', '/todos')).body.items.filter((t: Todo) => t.kind === kind);
  const stateOf = async (who: Api) => Object.fromEntries((await queueOf(who)).map((r) => [r.id, r.state]));

  /** A referral with a written consent toward 生活困窮, as far as the plugin's queue. */
  async function sent(more: object = {}): Promise<string> {
    const { referralId } = await desks.submit(withoutConsent());
    await desks.consent(await desks.personOf(referralId), {}, more);
    return referralId;
  }

  beforeAll(async () => {
    before();
    desks = await twoDesks({ clock });
    admin = await desks.under.as({ role: 'it_admin' });
    const { body } = await admin('GET', '/organizations');
    organizations = Object.fromEntries(body.items.map((o: any) => [o.name, o]));
    konkyu = (await admin('GET', `/desk-functions/${desks.functions.konkyu}`)).body;

    waiting = [];
    for (let n = 0; n < 7; n++) waiting.push(await sent());
    naming = [];
    for (let n = 0; n < 2; n++) naming.push(await sent({ namedOrganization: konkyu.organization.id }));
    inProgress = await sent();
    for (const id of [...waiting, ...naming, inProgress]) await desks.konkyu.takeNext('referral.sent.v1', id);
    await waitFor(
      async () => Object.values(await stateOf(desks.recipient)).filter((s) => s === 'received').length === 10,
      {
        what: 'the receipts',
      },
    );
    await desks.act(desks.recipient, inProgress, 'accept', accepting);
    const start = { firstContact: { on: '2027-03-30', how: '訪問' } };
    expect((await desks.act(desks.recipient, inProgress, 'start', start)).body.state).toBe('in_progress');
    const [unit] = (await desks.sender('GET', `/support-units?referral=${inProgress}`)).body.items;
    const step = (who: Api, { id, version }: { id: string; version: number }, body: object) =>
      who('POST', `/support-units/${id}/lead`, body, { 'if-match': String(version) });
    const offered = await step(desks.sender, unit, { step: 'propose', to: desks.functions.konkyu });
    const told = { personInformed: { by: '見本 太郎', at: '2027-03-31T10:00:00+09:00', how: '電話' } };
    const agreed = await step(desks.recipient, offered.body, { step: 'agree', worker: '見本 太郎', ...told });
    expect(agreed.body.lead).toMatchObject({ function: { domain: 'konkyu' }, worker: '見本 太郎' });
    const id = await sent();
    const { data } = await desks.konkyu.next('referral.sent.v1', id);
    underWay = { id, delivery: (data as { deliveryId: string }).deliveryId };
  });
  afterAll(() => desks?.close());

  const npo = () => organizations['特定非営利活動法人みほんサポート']!;
  const passOn = (over: object = {}, headers = { 'if-match': `"${konkyu.version}"` }) =>
    admin(
      'POST',
      `/desk-functions/${konkyu.id}/operators`,
      { organization: npo().id, desk: npo().desks[0]!.id, validFrom: '2027-04-01', ...over },
      headers,
    );

  it('is refused for a day that is past, for a place of somebody else, and by an older version', async () => {
    expect((await passOn({ validFrom: '2027-03-30' })).body.code).toBe('PERIOD_PAST');
    const elsewhere = await passOn({ desk: konkyu.desk.id });
    expect([elsewhere.status, elsewhere.body.errors[0].pointer]).toEqual([422, '/desk']);
    expect((await passOn({ organization: randomUUID() })).body.errors[0].pointer).toBe('/organization');
    expect((await passOn({}, { 'if-match': '"99"' })).status).toBe(412);
    expect((await passOn({}, {} as never)).status).toBe(428);
    const desk = await desks.recipient('POST', `/desk-functions/${konkyu.id}/operators`, {}, { 'if-match': '"1"' });
    expect(desk.body.code).toBe('ROLE_MISSING');
  });

  it('is planned in March, and changes nothing yet', async () => {
    const planned = await passOn();
    expect(planned.status).toBe(200);
    expect(planned.body).toMatchObject({ organization: konkyu.organization, channel: 'plugin:konkyu', inForce: true });
    expect(planned.body.operators.map((o: any) => [o.validFrom, o.validTo])).toEqual([
      ['2020-04-01', '2027-03-31'],
      ['2027-04-01', undefined],
    ]);
    expect(Object.keys(await stateOf(desks.recipient))).toHaveLength(11);
  });

  it('lets staff of those who follow be registered for the time from then on, and others not', async () => {
    const membership = { role: 'caseworker', function: konkyu.id, validFrom: '2027-04-01' };
    const made = await admin('POST', '/staff', {
      login: 'next.caseworker',
      name: '見本 次郎',
      organization: npo().id,
      memberships: [membership],
    });
    expect(made.status).toBe(201);
    const access = { ...desks.under.access, staff: [...desks.under.access.staff] };
    const password = made.body.firstPassword as string;
    access.staff.push({ role: 'caseworker', name: 'next.caseworker', password, functions: [konkyu.id] });
    next = await signIn(desks.under.hub.baseUrl, access, { name: 'next.caseworker' });
    expect((await next('GET', '/session')).body).toMatchObject({ functions: [] });
    expect((await next('GET', `/referrals/${inProgress}`)).status).toBe(404);

    const stranger = { login: 'x', name: 'x', organization: organizations['社会福祉法人みほん福祉会']!.id };
    const refused = await admin('POST', '/staff', { ...stranger, memberships: [membership] });
    expect(refused.body.code).toBe('OTHER_EMPLOYER');
  });

  it('lets those before see nothing more from midnight on, nor their client, nor their plugin', async () => {
    const old = await desks.under.as({ client: 'demo-konkyu' });
    const { source, asserted: _, ...content } = withoutConsent({ to: { domain: 'kaigo' } });
    const own = {
      ...content,
      howTheyMeet: 'through_sender',
      source: { system: 'x', key: 'x', occurredAt: source.occurredAt },
    };
    const send = () => old('POST', '/referrals', own, { 'idempotency-key': 'x' });
    const { body } = await send();
    expect(body).toMatchObject({ outcome: 'held', state: 'awaiting_authority' });
    theirOwn = body.id;
    expect(await queueOf(old)).toHaveLength(12);
    const held = await desks.under.rows<{ id: string }>(
      `select id from delivery where referral = $1 and kind = 'referral'`,
      [waiting[0]],
    );
    clock.set(new Date('2027-04-01T00:00:00+09:00'));

    // The answer that it has had already, and nothing of what became of it since.
    expect((await send()).body).toMatchObject({ outcome: 'held' });
    expect((await send()).body.state).toBeUndefined();
    for (const who of [desks.recipient, old]) {
      expect((await who('GET', '/session')).body.functions).toEqual([]);
      expect(await queueOf(who)).toEqual([]);
      expect((await who('GET', `/referrals/${inProgress}`)).status).toBe(404);
      expect((await who('GET', '/todos')).body.items).toEqual([]);
      const step = await who('POST', `/referrals/${waiting[0]}/accept`, accepting, { 'if-match': '2' });
      expect(step.status).toBe(404);
    }
    expect(await desks.konkyu.mayWrite(underWay.delivery)).toBe(false);
    expect(await desks.respond(held[0]!.id, '20', { worker: 'x' })).toMatchObject({
      outcome: 'rejected',
      codes: ['FUNCTION_NOT_YOURS'],
    });
  });

  it('lets those who follow see nothing before they have acknowledged secrecy', async () => {
    const { body } = await next('GET', '/session');
    expect(body.functions).toEqual([]);
    expect(body.mustAcknowledgeSecrecy).toEqual([{ id: konkyu.id, code: konkyu.code, name: konkyu.name }]);
    expect(await queueOf(next)).toEqual([]);
    expect((await next('GET', `/referrals/${inProgress}`)).status).toBe(404);
    expect((await next('GET', '/todos')).body.items).toEqual([]);

    const path = `/desk-functions/${konkyu.id}/acknowledge-secrecy`;
    expect((await desks.recipient('POST', path, {})).status).toBe(404);
    expect((await next('POST', `/desk-functions/${desks.functions.kaigo}/acknowledge-secrecy`, {})).status).toBe(404);
    expect((await next('POST', path, {})).status).toBe(204);
    expect((await next('POST', path, {})).body.code).toBe('NOTHING_TO_ACKNOWLEDGE');
  });

  it('puts every open referral on their list, in the same state and with nobody named', async () => {
    await waitFor(async () => (await todosOf(next, 'unassigned')).length === 10, { what: 'the to-dos' });
    const expected: Record<string, string> = {
      [inProgress]: 'in_progress',
      [underWay.id]: 'sent',
      [theirOwn]: 'awaiting_authority',
    };
    for (const id of [...waiting, ...naming]) expected[id] = 'received';
    expect(await stateOf(next)).toEqual(expected);
    const untaken = (await todosOf(next, 'take_referral')).map((t) => t.referralId).sort();
    expect(untaken).toEqual([...waiting, ...naming, underWay.id].sort());

    const detail = await desks.view(next, inProgress);
    expect(detail.worker).toBeUndefined();
    expect(detail.members[0].items.identity.name).toBe('見本　花子');
    // The desk leads on; who does so there is for those who follow to say.
    const [led] = (await next('GET', `/support-units?referral=${inProgress}`)).body.items;
    expect([led.lead.function.domain, led.lead.worker]).toEqual(['konkyu', undefined]);
    const { body } = await next('GET', `/referrals/${inProgress}/timeline`);
    expect(body.items.at(-1)).toMatchObject({ action: 'hand-over', by: 'hub', to: 'in_progress' });
    expect(await desks.under.rows(`select 1 from referral where state in ('closed', 'withdrawn', 'revoked')`)).toEqual(
      [],
    );
  });

  it('takes a to-do off the list when somebody is named for it', async () => {
    const todo = (await todosOf(next, 'unassigned')).find((t) => t.referralId === inProgress)!;
    expect((await next('POST', `/todos/${todo.id}/done`, {})).body.code).toBe('WORKER_MISSING');
    expect((await next('POST', `/todos/${todo.id}/done`, { worker: { name: '見本 次郎' } })).status).toBe(204);
    expect((await desks.view(next, inProgress)).worker).toBe('見本 次郎');
    expect(await todosOf(next, 'unassigned')).toHaveLength(9);
  });

  it('goes on with consents for the desk, and asks again for those that name the organization before', async () => {
    const asked = await todosOf(desks.sender, 'ask_consent_again');
    expect(asked.map((t) => t.referralId).sort()).toEqual([...naming].sort());
    expect((await desks.view(next, naming[0]!)).members).toBeUndefined();
    expect((await desks.view(next, waiting[0]!)).members).toHaveLength(1);

    await desks.consent(await desks.personOf(naming[0]!), {}, { namedOrganization: npo().id });
    expect((await desks.view(next, naming[0]!)).members).toHaveLength(1);
  });

  it('brings to their desk what never reached the system before', async () => {
    expect(desks.konkyu.deliveries).toEqual([]);
    const { body } = await desks.act(next, underWay.id, 'receive');
    expect(body.state).toBe('received');
    expect((await desks.view(next, underWay.id)).members[0].items.identity.name).toBe('見本　花子');
  });

  it('brings to the system of those who follow what is with their desk, once they work with one', async () => {
    const { body: view } = await admin('GET', `/desk-functions/${konkyu.id}`);
    const to = { channel: 'plugin:konkyu', system: 'konkyu' };
    const waitsAtTheDesk = await sent();
    expect((await admin('PATCH', `/desk-functions/${konkyu.id}`, to, { 'if-match': `"${view.version}"` })).status).toBe(
      200,
    );
    await desks.konkyu.takeNext('referral.sent.v1', waitsAtTheDesk);
    // Nobody's work is taken away by that, on the same day as the change of hands.
    await waitFor(
      async () => (await desks.under.rows('select 1 from function_operator where handed_over_at is null')).length === 0,
      {
        what: 'the change to be carried out',
      },
    );
    expect((await desks.view(next, inProgress)).worker).toBe('見本 次郎');
  });

  it('is carried out once, and told in the audit and at the desk itself', async () => {
    const lines = await desks.under.rows<{ action: string }>(
      `select action from audit_entry where object = $1 order by id`,
      [konkyu.id],
    );
    expect(lines.map((l) => l.action).sort()).toEqual([
      'desk_function.changed',
      'desk_function.handed_over',
      'desk_function.handed_over',
      'desk_function.passed_on',
      'desk_function.secrecy_acknowledged',
    ]);
    const { body } = await admin('GET', `/desk-functions/${konkyu.id}`);
    expect(body).toMatchObject({ code: konkyu.code, channel: 'plugin:konkyu', organization: { id: npo().id } });
    expect(body.desk.id).toBe(npo().desks[0]!.id);
  });
});
