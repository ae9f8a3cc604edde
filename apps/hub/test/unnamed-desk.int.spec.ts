// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { japaneseDay } from '@tsunagi/domain';
import { describeWithServices } from '@tsunagi/testing';
import { everyPostOf, refer, type Asker } from './a-town-of-desks';
import { hubUnderTest, type HubUnderTest } from './hub-under-test';
import { operations, type Addressed } from './operations';
import { generalForm } from '../src/demo';

jest.setTimeout(120_000);

const today = japaneseDay(new Date());
/** What every desk reads of every desk, whoever comes there: it speaks of no person. */
const directories = [
  'get /api/v1/desk-functions',
  'get /api/v1/desk-functions/{id}',
  'get /api/v1/routes/resolve',
  'get /api/v1/consent-forms',
  'get /api/v1/consent-forms/{id}/sheet',
];
const reads = Object.entries(operations).filter(
  ([name, { who }]) => name.startsWith('get /api/') && who !== 'anyone' && !directories.includes(name),
);

type Ids = Partial<Record<Addressed, readonly string[]>>;

describeWithServices(['postgres'], 'S14: a desk whose name gives a protected person’s town away', () => {
  const secret = '見本秘町支所';
  let under: HubUnderTest;
  let everybody: Asker[];
  let desks: Record<'sender' | 'recipient' | 'third' | 'secretariat', string>;

  beforeAll(async () => {
    under = await hubUnderTest();
    everybody = await everyPostOf(under);
    const rows = await under.rows<{ id: string; domain: string }>(
      `select id, domain from desk_function where id = any($1)`,
      [everybody.flatMap((s) => s.function ?? [])],
    );
    const of = (domain: string) => rows.find((r) => r.domain === domain)?.id ?? '';
    desks = { sender: of('shogai'), recipient: of('kosodate'), third: of('hogo'), secretariat: of('takikan') };
  });
  afterAll(() => under?.close());

  const at = (desk: string) =>
    everybody.find((s) => s.kind === 'staff' && s.role === 'caseworker' && s.function === desk)!;
  const staffOf = async (desk: string) => {
    const [row] = await under.rows<{ id: string }>('select id from staff where login = $1', [
      at(desk).name.split(' ')[0],
    ]);
    return row!.id;
  };
  const must = async (desk: string, method: string, path: string, body?: object, version?: number) => {
    const answer = await at(desk).call(
      method,
      path,
      body,
      version === undefined ? {} : { 'if-match': String(version) },
    );
    expect([path, answer.status < 300, answer.body?.code]).toEqual([path, true, undefined]);
    return answer.body;
  };
  const step = async (desk: string, path: string, action: string, body: object = {}) => {
    const { version } = await must(desk, 'GET', path);
    return must(desk, 'POST', `${path}/${action}`, body, version);
  };

  /** Everything that two desks and a conference do about one protected person. */
  async function history(): Promise<Ids> {
    const { sender, recipient, third, secretariat } = desks;
    const { call } = at(sender);
    const first = await refer(call, { from: sender, to: recipient, consented: false });
    const { person, referral } = first;
    await must(sender, 'POST', `/persons/${person}/seal`, { ground: 'shien_sochi', from: '2026-01-01' });
    const scope = (to: string) => ({
      categories: ['identity', 'concern', 'narrative'],
      recipients: [{ function: to }],
      purposes: ['consultation'],
      from: '2026-01-01',
      until: '2099-03-31',
      feedback: 'state+note',
    });
    const consented = async (to: string) =>
      (
        await must(sender, 'POST', '/consents', {
          person,
          giver: 'self',
          manner: 'written',
          formVersion: generalForm,
          scope: scope(to),
        })
      ).id as string;
    const consent = await consented(recipient);
    const path = `/referrals/${referral}`;
    await step(recipient, path, 'receive');
    await step(recipient, path, 'accept', { worker: { name: '試験　月' }, personMatched: true });
    await step(sender, path, 'supplement', { note: '続きがある。' });
    await must(recipient, 'POST', `/persons/${person}/facts`, { fact: { kind: 'other_name', name: '試験' } });
    const [unit] = (await must(sender, 'GET', `/support-units?referral=${referral}`)).items;
    await must(recipient, 'GET', `/support-units?referral=${referral}`);
    await step(sender, `/support-units/${unit.id}`, 'lead', { step: 'propose', to: recipient });
    const incident = (await must(sender, 'POST', '/incidents', { referralId: referral, kind: 'lost' })).id;

    const conference = (
      await must(sender, 'POST', '/conferences', {
        kind: 'shien_kaigi',
        to: secretariat,
        persons: [person],
        reason: '支援決定に要る。',
      })
    ).id;
    const seats = await Promise.all(
      [secretariat, sender, recipient, third].map(async (desk) => ({
        function: desk,
        staff: await staffOf(desk),
        attendance: desk === secretariat ? 'obligatory' : 'invited',
        mode: 'in_person',
      })),
    );
    const table = `/conferences/${conference}`;
    await step(secretariat, table, 'call', { members: seats, on: today, chair: seats[0]?.staff });
    for (const desk of [secretariat, sender, recipient, third]) await step(desk, table, 'acknowledge');
    await step(secretariat, table, 'open');
    for (const desk of [sender, recipient])
      await step(desk, table, 'add-item', { person, category: 'concern', text: '試験', whereaboutsChecked: true });

    const second = await refer(call, { from: sender, to: recipient, consented: false });
    await must(sender, 'POST', `/persons/${second.person}/seal`, { ground: 'own', from: '2026-01-01' });
    const withdrawn = (
      await must(sender, 'POST', '/consents', {
        person: second.person,
        giver: 'self',
        manner: 'written',
        formVersion: generalForm,
        scope: scope(recipient),
      })
    ).id;
    await step(recipient, `/referrals/${second.referral}`, 'receive');
    await must(sender, 'POST', `/consents/${withdrawn}/withdraw`, {});
    return {
      referral: [referral, second.referral],
      person: [person, second.person],
      consent: [consent, withdrawn],
      unit: [unit.id],
      incident: [incident],
      conference: [conference],
    };
  }

  /** Its name on whatever screen, of those who may not read it; and that it was asked for at all. */
  async function whereNamed(desk: string, ids: Ids): Promise<{ named: string[]; answered: Set<string> }> {
    const others = [desks.sender, desks.recipient, desks.third].filter((one) => one !== desk);
    const mayNotRead = (who: Asker) =>
      others.includes(who.function ?? '') && ['caseworker', 'supervisor'].includes(who.role);
    const named: string[] = [];
    const answered = new Set<string>();
    for (const who of everybody.filter(mayNotRead))
      for (const [name, operation] of reads) {
        if (typeof operation.who !== 'string' && !operation.who.includes(who.role)) continue;
        const path = name.replace('get /api/v1', '');
        const asks = operation.asks.flatMap((ask) => (ids[ask.addresses] ?? []).map((id) => ({ ask, id })));
        const paths = path.includes('{')
          ? asks.map(({ ask, id }) => `${path.replace(/{\w+}/, id)}${ask.query ? `?${ask.query(id)}` : ''}`)
          : [path, ...asks.map(({ ask, id }) => `${path}?${ask.query?.(id) ?? ''}`)];
        for (const one of name.endsWith('/events') ? [] : paths) {
          const { status, body } = await who.call('GET', one);
          if (status === 200) answered.add(`${who.function === desks.third ? 'third' : 'side'} ${name}`);
          if (JSON.stringify(body ?? null).includes(secret)) named.push(`${who.kind} ${who.role}: ${name}`);
        }
      }
    return { named: [...new Set(named)], answered };
  }

  async function givesTownAway(desk: string, is: boolean): Promise<() => Promise<void>> {
    const admin = everybody.find((s) => s.kind === 'staff' && s.role === 'it_admin' && s.function === undefined)!;
    const before = (await admin.call('GET', `/desk-functions/${desk}`)).body;
    const change = async (changed: object) => {
      const { version } = (await admin.call('GET', `/desk-functions/${desk}`)).body;
      const { status } = await admin.call('PATCH', `/desk-functions/${desk}`, changed, { 'if-match': String(version) });
      expect(status).toBe(200);
    };
    await change({ givesTownAway: is, name: secret });
    return () => change({ givesTownAway: false, name: before.name });
  }

  const walked = [
    'side get /api/v1/referrals',
    'side get /api/v1/referrals/{id}',
    'side get /api/v1/referrals/{id}/timeline',
    'side get /api/v1/persons/{id}/disclosures',
    'side get /api/v1/support-units',
    'side get /api/v1/support-units/{id}',
    'side get /api/v1/incidents',
    'side get /api/v1/incidents/{id}',
    'side get /api/v1/conferences',
    'side get /api/v1/conferences/{id}',
    'side get /api/v1/conferences/{id}/agenda',
    'side get /api/v1/todos',
    'third get /api/v1/conferences/{id}',
  ];

  it.each(['sender', 'recipient'] as const)(
    'is named on no screen of another desk, when it is the %s',
    async (side) => {
      const restore = await givesTownAway(desks[side], true);
      try {
        const { named, answered } = await whereNamed(desks[side], await history());
        expect(named).toEqual([]);
        const other = at(side === 'sender' ? desks.recipient : desks.sender);
        expect((await other.call('GET', '/referrals')).body.items).not.toEqual([]);
        for (const filter of ['from', 'to', 'function', 'lead']) {
          const { body } = await other.call('GET', `/referrals?${filter}=${desks[side]}`);
          expect([filter, body.items, body.counters]).toEqual([filter, [], []]);
        }
        expect([...answered]).toEqual(expect.arrayContaining(walked));
      } finally {
        await restore();
      }
    },
  );

  it('tells by no number on which days it is open', async () => {
    const restore = await givesTownAway(desks.recipient, true);
    const [first] = (await history()).referral ?? [];
    try {
      await under.rows(
        `update referral set state_at = state_at - interval '60 days', told_at = told_at - interval '60 days' where id = $1`,
        [first],
      );
      const waited = async (desk: string) =>
        (await at(desk).call('GET', `/referrals?q=${first}`)).body.items[0].waitedDays as number;
      const both = async () => [await waited(desks.sender), await waited(desks.recipient)];
      const [shown, own] = await both();
      const admin = everybody.find((s) => s.kind === 'staff' && s.role === 'it_admin' && s.function === undefined)!;
      const { version } = (await admin.call('GET', `/desk-functions/${desks.recipient}`)).body;
      const mondays = { calendar: { weekdays: [1] } };
      const changed = await admin.call('PATCH', `/desk-functions/${desks.recipient}`, mondays, {
        'if-match': String(version),
      });
      expect(changed.status).toBe(200);
      const [then, ownThen] = await both();
      expect(ownThen).toBeLessThan(own!);
      expect(then).toBe(shown);
    } finally {
      await restore();
    }
  });

  it('is named as every other one where its name gives nothing away', async () => {
    const restore = await givesTownAway(desks.sender, false);
    try {
      const { named } = await whereNamed(desks.sender, await history());
      expect(named.map((n) => n.split(': ')[1])).toEqual(
        expect.arrayContaining([
          'get /api/v1/referrals/{id}',
          'get /api/v1/persons/{id}/disclosures',
          'get /api/v1/support-units',
          'get /api/v1/incidents',
          'get /api/v1/conferences/{id}',
        ]),
      );
    } finally {
      await restore();
    }
  });
});
