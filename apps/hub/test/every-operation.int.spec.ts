// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { describeWithServices } from '@tsunagi/testing';
import { codeToUuid, uuidToCode } from '@tsunagi/text';
import { everyPostOf, refer, type Asker } from './a-town-of-desks';
import { bytesClient, type Bytes, type BytesClient } from './bytes-client';
import { hubUnderTest, type HubUnderTest } from './hub-under-test';
import { phoned } from './many-desks';
import { operations, pathTo, type Addressed, type Ask, type Near, type Operation } from './operations';

jest.setTimeout(240_000);

/** `npm run test:long -- every-operation`: no post waits for its turn. */
const asksEverybody = process.env['EVERY_POST'] === 'true';

/** An object, and who may know that it exists. */
interface Thing {
  readonly kind: Addressed;
  readonly id: string;
  readonly what?: 'released' | 'held' | 'carried' | 'notification';
  /** Whose it is: the post that made it. Absent = the municipality's own, known to all who have to do with its kind. */
  readonly of?: { readonly function: string; readonly role: string };
  /** The desks that know it. */
  readonly knownTo: readonly string[];
  /** Desks that it names, though they know nothing of it (yet). */
  readonly names?: readonly string[];
  /** Of the desk, only this role. */
  readonly role?: string;
  /** Roles for the whole municipality that may know it, too. */
  readonly overseenBy: readonly string[];
  /** No program knows it. */
  readonly staffOnly?: true;
  readonly near?: { readonly person: string; readonly referral: string };
}

const atDesk = ['caseworker', 'supervisor'];
const overseers = ['coordinator', 'privacy_officer', 'auditor'];
const absentId = '01900000-0000-7000-8000-000000000000';
const isSheet = (kind: Addressed) => kind === 'sheet' || kind === 'returned_sheet';
const absentOf = (kind: Addressed) =>
  kind === 'plugin' || kind === 'client' ? 'nobody' : isSheet(kind) ? uuidToCode(absentId) : absentId;
const nearTo = (id: string) => id.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
/** Of a code one without a slip in it: that it was mistyped says nothing of anybody. */
const guessed = (id: string, kind: Addressed) =>
  isSheet(kind) ? uuidToCode(nearTo(codeToUuid(id) ?? '')) : nearTo(id);
const addressing = Object.entries(operations).flatMap(([name, operation]) =>
  operation.asks.map((ask, n): [string, string, Operation, Ask] => [
    `${name}: ${ask.addresses}${n > 0 ? ' beside' : ''}`,
    name,
    operation,
    ask,
  ]),
);
/** Who asked for what, when it went wrong. */
const aboutOf = (who: Asker, { what, kind, of }: Thing) =>
  `${who.name} at ${who.function}: ${what ?? ''} ${kind} of ${of?.role} at ${of?.function}`;
const closed = Object.entries(operations).filter(([, { who }]) => who !== 'anyone');

describeWithServices(['postgres'], 'every operation of the interface', () => {
  let under: HubUnderTest;
  let everybody: Asker[];
  let things: Thing[];
  let line: BytesClient;
  let documented: Record<string, Record<string, { 'x-roles'?: string[]; security: unknown[] }>>;

  beforeAll(async () => {
    under = await hubUnderTest();
    line = bytesClient(under.hub.baseUrl);
    everybody = await everyPostOf(under);
    documented = (await under.http().get('/openapi.json')).body.paths;
    things = [...(await inhabit()), ...(await ofTheMunicipality())];
  });
  afterAll(async () => {
    line?.close();
    await under?.close();
  });

  /**
   * Each post that makes something makes one of each kind. A caseworker refers to the next desk, once with a consent,
   * which that desk opens, and once without; a supervisor to the one after it, once opened and once still carried.
   */
  async function inhabit(): Promise<Thing[]> {
    const made: Thing[] = [];
    const desks = [...new Set(everybody.flatMap((s) => s.function ?? []))];
    const [takikan] = await under.rows<{ id: string }>(
      `select id from desk_function where function_type = 'multi_agency_coordination'`,
    );
    const [empty] = await under.rows<{ id: string }>(`select id from desk_function where function_type = 'hospital'`);
    for (const [n, from] of desks.entries())
      for (const [by, role] of atDesk.entries()) {
        const to = desks[(n + 1 + by) % desks.length]!;
        const { call } = postOf(role, from);
        const of = { function: from, role };
        const gone = await refer(call, { from, to });
        const { version } = (await call('GET', `/referrals/${gone.referral}`)).body;
        const received = await postOf('caseworker', to).call(
          'POST',
          `/referrals/${gone.referral}/receive`,
          {},
          { 'if-match': String(version) },
        );
        expect(received.status).toBe(200);
        const unit = (await call('GET', `/support-units?referral=${gone.referral}`)).body.items[0].id;
        const other = { kind: 'other_name', name: '試験' };
        const fact = (await call('POST', `/persons/${gone.person}/facts`, { fact: other })).body.id;
        const application = (await call('POST', `/persons/${gone.person}/applications`, { service: '試験' })).body.id;
        const doubt = { referrals: [gone.referral], identifiers: [], reason: 'other' };
        expect((await call('POST', `/persons/${gone.person}/doubt`, doubt)).status).toBe(201);
        const view = await call('POST', '/views', { name: '試験', query: { to }, function: from });
        expect(view.status).toBe(201);
        const lost = { referralId: gone.referral, kind: 'lost' };
        const incident = (await call('POST', '/incidents', lost)).body.id;
        const both = { of, what: 'released', knownTo: [from, to], near: gone } as const;
        const mine = { of, what: 'released', knownTo: [from], near: gone } as const;
        // R2: what the coordinators' own desk wants to give back, the municipality confirms.
        const confirmers = to === takikan?.id ? ['approver'] : [];
        made.push(
          { ...both, kind: 'referral', id: gone.referral, overseenBy: [...overseers, ...confirmers] },
          { ...both, kind: 'person', id: gone.person, overseenBy: ['privacy_officer', 'auditor'] },
          { ...both, kind: 'unit', id: unit, overseenBy: [] },
          { ...mine, kind: 'consent', id: gone.consent ?? '', overseenBy: overseers },
          { ...mine, kind: 'fact', id: fact, overseenBy: [] },
          { ...mine, kind: 'application', id: application, overseenBy: [] },
          { of, knownTo: [from], kind: 'view', id: view.body.id, staffOnly: true, overseenBy: [] },
          { ...both, kind: 'incident', id: incident, overseenBy: ['privacy_officer'] },
        );
        if (by === 0 && takikan) {
          const reason = '支援決定に要る。';
          const asked = { kind: 'shien_kaigi', to: takikan.id, persons: [gone.person], reason };
          const { status, body } = await call('POST', '/conferences', asked);
          expect(status).toBe(201);
          // Of the 事務局 and, before anybody was called, of nobody else; not of who has proposed it.
          const secretariat = { of: { function: takikan.id, role }, knownTo: [takikan.id], overseenBy: [] };
          made.push({ ...secretariat, kind: 'conference', id: body.id, staffOnly: true, near: gone });
        }
        const waiting = await refer(call, {
          from,
          to,
          consented: false,
          ...(by > 0 && { channel: 'carried_by_person' }),
        });
        const what = by === 0 ? 'held' : 'carried';
        const unknown = { of, what, knownTo: [from], names: [to], near: waiting } as const;
        made.push(
          {
            ...unknown,
            kind: 'referral',
            id: waiting.referral,
            // Before release the coordinator sees that something waits, and nobody else who oversees.
            overseenBy: what === 'held' ? ['coordinator'] : [...overseers, ...confirmers],
          },
          { ...unknown, kind: 'person', id: waiting.person, overseenBy: ['privacy_officer', 'auditor'] },
        );
        const { sheetCode } = (await call('GET', `/referrals/${waiting.referral}`)).body;
        if (sheetCode !== undefined) made.push({ of, kind: 'sheet', id: sheetCode, knownTo: [to], overseenBy: [] });
        const toNobody = await refer(call, { from, to: empty!.id, consented: false, channel: 'carried_by_person' });
        const returned = (await call('GET', `/referrals/${toNobody.referral}`)).body.sheetCode;
        made.push({ of, kind: 'returned_sheet', id: returned, knownTo: [from], staffOnly: true, overseenBy: [] });
        const told = { by: '試験', at: '2026-04-01T09:00:00+09:00', how: '窓口' };
        const noticed = await call('POST', '/recommendations', { told });
        // 利用勧奨 is for the departments of the municipality; a contractor's desk has none.
        if (noticed.status === 201)
          made.push({ of, kind: 'recommendation', id: noticed.body.id, knownTo: [from], overseenBy: [] });
      }
    made.push(...(await aNotification(desks[0]!)));
    for (const n of [0, 1, 2]) made.push(await aRequest(desks[n]!, desks[n + 1]!));
    const todos = await under.rows<{ id: string; function: string; role: string }>(
      `select id, function, role from todo where done_at is null and kind = 'authority_needed'`,
    );
    expect(new Set(todos.map((t) => t.function)).size).toBe(desks.length);
    for (const { id, function: desk, role } of todos)
      made.push({ kind: 'todo', id, of: { function: desk, role }, knownTo: [desk], role, overseenBy: [] });
    return made;
  }

  /** 通報: of its two functions only, and of no program. */
  async function aNotification(from: string): Promise<Thing[]> {
    const { call } = postOf('caseworker', from);
    const [abuse] = await under.rows<{ id: string }>(
      `select id from desk_function where function_type = 'elder_abuse_desk'`,
    );
    const body = {
      source: { system: 'web', key: randomUUID(), occurredAt: new Date().toISOString() },
      kind: 'notification',
      fromFunction: from,
      to: { function: abuse?.id },
      urgency: 'normal',
      purpose: 'abuse_response',
      statute: 'elder_abuse',
      phoned: phoned(),
      subject: { ref: 'subject', role: 'subject', identifiers: [], items: { abuse: { note: 'あざがある。' } } },
      others: [],
    };
    const sent = await call('POST', '/referrals', body, { 'idempotency-key': randomUUID() });
    expect([sent.status, sent.body.state]).toEqual([201, 'sent']);
    const referral = sent.body.id as string;
    const { person } = (await call('GET', `/referrals/${referral}`)).body;
    const of = { function: from, role: 'caseworker' };
    const what = 'notification';
    const hidden = { of, what, knownTo: [from], overseenBy: [], staffOnly: true, near: { person, referral } } as const;
    return [
      { ...hidden, kind: 'referral', id: referral },
      { ...hidden, kind: 'person', id: person, overseenBy: ['privacy_officer', 'auditor'] },
    ];
  }

  /** A caseworker asks to see the name of somebody who is sealed: a supervisor of the desk decides. */
  async function aRequest(from: string, to: string): Promise<Thing> {
    const { call } = postOf('caseworker', from);
    const { referral, person } = await refer(call, { from, to, consented: false });
    expect((await call('POST', `/persons/${person}/seal`, { ground: 'own', from: '2026-01-01' })).status).toBe(201);
    const asked = { purpose: 'assign', reason: '試験' };
    const { status, body } = await call('POST', `/referrals/${referral}/reveal-requests`, asked);
    expect(status).toBe(201);
    const of = { function: from, role: 'caseworker' };
    return {
      kind: 'reveal_request',
      id: body.id,
      of,
      knownTo: [from],
      overseenBy: [],
      staffOnly: true,
    };
  }

  async function ofTheMunicipality(): Promise<Thing[]> {
    const tables: Partial<Record<Addressed, string>> = {
      plugin: 'plugin',
      delivery: 'delivery',
      waiting_row: 'quarantined_row',
      function: 'desk_function',
      organization: 'organization',
      route: 'route',
      authority: 'authority_row',
      age_rule: 'age_rule',
      incident_rule: 'incident_rule',
      decision: 'disclosure_decision',
      request: 'disclosure_request',
      form: 'consent_form',
      staff: 'staff',
      membership: 'membership',
      client: 'client',
      'stand-in': 'deputy',
    };
    await under.rows(
      `insert into deputy (id, staff, acts_for, valid_from, valid_to)
       select gen_random_uuid(), a.id, b.id, '2098-04-01', '2099-03-31' from staff a join staff b on b.organization = a.organization and b.id > a.id limit 1`,
    );
    await under.rows(
      `insert into plugin (id, title, domain, version, sdk_range, config_schema, enabled, config_version)
       values ('kaigo', '介護', 'kaigo', '0.1.0', '^0.1.0', '{}', true, 1)`,
    );
    await under.rows(
      `insert into quarantined_row (id, plugin, item_id, row, code, state, at)
       values (gen_random_uuid(), 'kaigo', 'x/1', 1, 'E-DATE', 'waiting', now())`,
    );
    await under.rows(
      `insert into disclosure_request (id, person, asked_by, asked_on, identity, recorded_by, recorded_at)
       select gen_random_uuid(), id, 'guardian', '2026-04-01', 'papers_of_agent', 'core', now() from person limit 1`,
    );
    const all = Object.entries(tables).map(async ([kind, table]) => {
      const [row] = await under.rows<{ id: string }>(
        `select id from ${table} order by (id::text = $1) desc, id limit 1`,
        [everybody.find((s) => s.function !== undefined)?.function],
      );
      return { kind: kind as Addressed, id: row?.id ?? '', knownTo: [], overseenBy: [] };
    });
    return Promise.all(all);
  }

  const postOf = (role: string, desk: string) =>
    everybody.find((s) => s.kind === 'staff' && s.role === role && s.function === desk)!;

  /** A role opens something either at a desk or for the municipality, never the other way round; to a contractor's account not all. */
  const holds = ({ role, function: desk, entrusted }: Asker) =>
    !entrusted && atDesk.includes(role) === (desk !== undefined);
  const may = (who: Asker, { who: whose, byPerson }: Operation) =>
    (typeof whose === 'string' || (whose.includes(who.role) && holds(who))) && !(byPerson && who.kind === 'client');
  const mayKnow = (who: Asker, thing: Thing): boolean => {
    if (thing.of === undefined) return true;
    if (!holds(who) || (thing.staffOnly && who.kind === 'client')) return false;
    if (who.function === undefined) return thing.overseenBy.includes(who.role);
    return thing.knownTo.includes(who.function) && (thing.role ?? who.role) === who.role;
  };
  const knows = (who: Asker, thing: Thing, { except = [] }: Ask) =>
    mayKnow(who, thing) && !except.some((what) => what === thing.what);

  const turnOf = (operation: Operation) => Object.values(operations).indexOf(operation);

  /** Of those that are alike every other one, at least one; with the next operation it is the others' turn. */
  function inTurn<T>(all: readonly T[], likeness: (one: T) => string, turn: number): T[] {
    if (asksEverybody) return [...all];
    const alike = new Map<string, T[]>();
    for (const one of all) alike.set(likeness(one), [...(alike.get(likeness(one)) ?? []), one]);
    return [...alike.values()].flatMap((list) => (list.length > 1 ? list.filter((_, n) => n % 2 === turn % 2) : list));
  }
  const postsInTurn = (posts: readonly Asker[], operation: Operation) =>
    inTurn(posts, (post) => `${post.kind} ${post.role} ${holds(post)}`, turnOf(operation));

  const of = (kind: Addressed) => things.filter((t) => t.kind === kind);
  const idsNear = (who: Asker, thing?: Thing): Near => {
    const own = of('person').filter((t) => mayKnow(who, t) && t.what === 'released');
    const near = thing?.near && mayKnow(who, thing) ? thing.near : own[0]?.near;
    const other = own.find((t) => t.id !== near?.person && t.id !== thing?.id)?.id;
    return {
      person: near?.person ?? absentId,
      referral: near?.referral ?? absentId,
      other: other ?? absentId,
      organization: of('organization')[0]?.id ?? absentId,
    };
  };

  async function ask(who: Asker, name: string, a: Ask | undefined, id: string, thing?: Thing): Promise<Bytes> {
    const [method = '', path = ''] = name.split(' ');
    const near = idsNear(who, thing);
    const query = a?.query?.(id) ?? operations[name]?.query;
    const answer = await line.ask(
      method.toUpperCase(),
      `${pathTo(path, a?.path?.(near) ?? id)}${query === undefined ? '' : `?${query}`}`,
      { ...who.headers, 'if-match': '"9999"', 'idempotency-key': randomUUID(), 'x-request-id': 'the-same-request' },
      a?.body?.(id, near),
    );
    // The tag of what is said is a sum of it.
    const untagged = (headers: string) => headers.replace(/^etag:.*$/im, '');
    return a?.said ? { ...answer, headers: untagged(answer.headers), body: a.said(answer.body, id) } : answer;
  }

  /**
   * Of what this caller may not know: everything that names the caller's desk, and one of each other post's. Which one
   * takes turns with the operations, for no rule asks it of somebody else's, and so do the posts: an operation tries every
   * fifth of them.
   *
   * Whoever holds a role where it opens nothing has no desk and oversees nothing. To them all things are alike, so an
   * operation tries one of their desk's and one other; these, too, take turns, and each post meets each other one.
   */
  function foreignTo(who: Asker, a: Ask): Thing[] {
    const turn = addressing.findIndex(([, , , one]) => one === a);
    const foreign = of(a.addresses).filter((t) => !knows(who, t, a));
    const isNear = (t: Thing) => [...t.knownTo, ...(t.names ?? [])].includes(who.function ?? '');
    const near = foreign.filter(isNear);
    const others = new Map<string, Thing[]>();
    for (const thing of foreign.filter((t) => !isNear(t))) {
      const post = `${thing.of?.function} ${thing.of?.role}`;
      others.set(post, [...(others.get(post) ?? []), thing]);
    }
    const each = [...others.values()].map((list) => list[turn % list.length]!);
    const oneOf = (list: readonly Thing[]) =>
      list.slice(list.length && (turn + everybody.indexOf(who)) % list.length).slice(0, 1);
    if (!holds(who)) return [...oneOf(near), ...oneOf(each)];
    const turns = each.filter((_, n) => n % 5 === turn % 5);
    return [...near, ...(near.length + turns.length > 0 ? turns : each.slice(0, 1))];
  }

  it('is classified, and nothing is classified that is not there', () => {
    const all = Object.entries(documented).flatMap(([path, methods]) =>
      Object.keys(methods).map((m) => `${m} ${path}`),
    );
    expect(all.sort()).toEqual(Object.keys(operations).sort());
  });

  it('that has an id in its path is asked with ids', () => {
    const unasked = Object.entries(operations).filter(([name, { asks }]) => name.includes('{') && asks.length === 0);
    expect(unasked.map(([name]) => name)).toEqual([]);
  });

  it('says in the document for whom it is', () => {
    for (const [name, { who }] of Object.entries(operations)) {
      const [method = '', path = ''] = name.split(' ');
      const said = documented[path]?.[method];
      expect([name, said?.['x-roles']?.slice().sort()]).toEqual([
        name,
        typeof who === 'string' ? undefined : [...who].sort(),
      ]);
      const isOpen = said?.security.every((s) => !('staff' in (s as object)));
      expect([name, isOpen]).toEqual([name, who === 'anyone']);
    }
  });

  it.each(closed)('%s is closed to whoever has not signed in', async (name) => {
    const [method = '', path = ''] = name.split(' ');
    const answer = await line.ask(method.toUpperCase(), pathTo(path, absentId), {});
    expect([answer.status, JSON.parse(answer.body).code]).toEqual([401, 'NOT_SIGNED_IN']);
  });

  it.each(closed.filter(([, { who }]) => typeof who !== 'string'))(
    '%s answers a role it is not for the same, whatever it addresses',
    async (name, operation) => {
      const outsiders = postsInTurn(
        everybody.filter((s) => !may(s, operation)),
        operation,
      );
      expect(outsiders.length).toBeGreaterThan(0);
      await Promise.all(
        outsiders.map(async (outsider) => {
          const refused = await ask(outsider, name, operation.asks[0], absentId);
          expect([outsider.name, refused.status, JSON.parse(refused.body).code]).toEqual([
            outsider.name,
            403,
            'ROLE_MISSING',
          ]);
          for (const a of operation.asks) {
            // The role is asked before the id is read.
            const own = of(a.addresses).find((t) => knows(outsider, t, a));
            for (const { id } of [...(own ? [own] : []), ...foreignTo(outsider, a).slice(0, 2)])
              expect(await ask(outsider, name, a, id)).toEqual(refused);
          }
        }),
      );
    },
  );

  it.each(addressing)(
    '%s: what is not there, what is guessed and what is not the caller’s get the same bytes',
    async (_, name, operation, a) => {
      let compared = 0;
      const callers = everybody.filter((s) => may(s, operation));
      await Promise.all(
        postsInTurn(callers, operation).map(async (somebody) => {
          const [first] = of(a.addresses);
          const none = await ask(somebody, name, a, absentOf(a.addresses));
          const told = { who: somebody.name, status: none.status };
          expect(told).toEqual({ who: somebody.name, status: a.empty ? 200 : 404 });
          expect(await ask(somebody, name, a, guessed(first!.id, a.addresses))).toEqual(none);
          await Promise.all(
            foreignTo(somebody, a).map(async (thing) => {
              const foreign = await ask(somebody, name, a, thing.id);
              const about = aboutOf(somebody, thing);
              expect({ about, ...foreign }).toEqual({ about, ...none });
              compared++;
            }),
          );
        }),
      );
      expect(compared > 0).toBe(of(a.addresses)[0]?.of !== undefined && a.each !== true);
    },
  );

  /** Each caller asks for what is its own, or what it oversees. */
  async function askOwn(name: string, operation: Operation, a: Ask): Promise<void> {
    const told = new Set<number>();
    let shown = 0;
    await Promise.all(
      everybody
        .filter((s) => may(s, operation))
        .map(async (somebody) => {
          const none = a.empty && (await ask(somebody, name, a, absentOf(a.addresses)));
          const own = of(a.addresses).filter((t) => knows(somebody, t, a));
          // What changes something is not the same to the next one.
          const asked = a.changes ? own : inTurn(own, (t) => `${t.what} ${t.of?.role}`, turnOf(operation));
          for (const thing of asked) {
            const { status, body } = await ask(somebody, name, a, thing.id, thing);
            const about = aboutOf(somebody, thing);
            expect({ about, status, known: a.own.includes(status) }).toEqual({ about, status, known: true });
            told.add(status);
            if (none && none.body !== body) shown++;
          }
        }),
    );
    expect(told).toContain(a.own[0]);
    if (a.empty) expect(shown).toBeGreaterThan(0);
  }

  it.each(addressing.filter(([, , , { changes }]) => !changes))('%s: knows the caller’s own', (_, name, operation, a) =>
    askOwn(name, operation, a),
  );

  it.each(closed.filter(([name]) => name.startsWith('get ')))(
    '%s names nothing in its answer that the caller may not know',
    async (name, operation) => {
      const [a] = operation.asks;
      await Promise.all(
        everybody
          .filter((s) => may(s, operation))
          .map(async (somebody) => {
            const own = a && !a.changes ? of(a.addresses).find((t) => knows(somebody, t, a)) : undefined;
            const { body } = await ask(somebody, name, a, own?.id ?? absentId, own);
            const leaked = things.filter((t) => t.of && !mayKnow(somebody, t) && body.includes(t.id));
            expect({ who: somebody.name, leaked }).toEqual({ who: somebody.name, leaked: [] });
          }),
      );
    },
  );

  it('acts for no function that is not the caller’s, and tells not whether there is one', async () => {
    const [absent, ...desks] = [absentId, ...new Set(things.flatMap((t) => t.of?.function ?? []))];
    for (const somebody of everybody)
      for (const desk of desks.filter((d) => d !== somebody.function)) {
        const as = (id: string) =>
          ask(
            { ...somebody, headers: { ...somebody.headers, 'tsunagi-function': id } },
            'get /api/v1/referrals',
            undefined,
            id,
          );
        const foreign = await as(desk);
        expect(foreign.status).toBe(403);
        expect(foreign).toEqual(await as(absent));
      }
  });

  it('shows IT staff no person, referral or consent anywhere', async () => {
    const admin = everybody.find((s) => s.role === 'it_admin' && holds(s))!;
    for (const [name, operation] of Object.entries(operations)) {
      if (!name.startsWith('get /api/') || !may(admin, operation)) continue;
      const { body } = await ask(admin, name, operation.asks[0], 'kaigo');
      expect([name, things.filter((t) => t.of && body.includes(t.id))]).toEqual([name, []]);
      expect([name, body.includes('見本　花子')]).toEqual([name, false]);
    }
  });

  // Nothing is compared any more.
  it.each(addressing.filter(([, , , { changes }]) => changes))(
    '%s: does to the caller’s own what it is for',
    (_, name, operation, a) => askOwn(name, operation, a),
  );
});
