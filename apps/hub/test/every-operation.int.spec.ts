// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { describeWithServices } from '@tsunagi/testing';
import { everybodyOf, refer, type Referred, type Somebody } from './a-town-of-desks';
import { hubUnderTest, type HubUnderTest } from './hub-under-test';
import { operations, type Addressed, type Operation } from './operations';

jest.setTimeout(180_000);

/** An object, and which functions may know that it exists. */
interface Thing {
  readonly kind: Addressed;
  readonly id: string;
  readonly knownTo: readonly string[];
  /** Of the desk, only this role. */
  readonly role?: string;
  /** Roles for the whole municipality that may know it, too. */
  readonly overseenBy: readonly string[];
}
type Answer = { readonly status: number; readonly body: any; readonly headers: Record<string, string | null> };

/** Headers in which two answers could differ so that it tells something. */
const telling = [
  'content-type',
  'content-length',
  'cache-control',
  'etag',
  'location',
  'www-authenticate',
  'retry-after',
];
const overseers = ['coordinator', 'privacy_officer', 'auditor'];
const guessed = (id: string) => id.replace(/.$/, (last) => (last === '0' ? '1' : '0'));

describeWithServices(['postgres'], 'every operation of the interface', () => {
  let under: HubUnderTest;
  let everybody: Somebody[];
  let things: Thing[];
  let documented: Record<string, Record<string, { 'x-roles'?: string[]; security: unknown[] }>>;

  beforeAll(async () => {
    under = await hubUnderTest();
    everybody = await everybodyOf(under);
    documented = (await under.http().get('/openapi.json')).body.paths;
    things = await inhabit();
  });
  afterAll(() => under?.close());

  /** Each desk refers to the next one: once with a consent, which the next one opens, and once without. */
  async function inhabit(): Promise<Thing[]> {
    const caseworkers = everybody.filter((s) => s.kind === 'staff' && s.role === 'caseworker');
    const made: Thing[] = [];
    const [desk] = await under.rows<{ id: string }>(
      `select id from desk_function where function_type = 'multi_agency_coordination'`,
    );
    const coordinators = desk?.id;
    for (const [n, { function: from = '', call }] of caseworkers.entries()) {
      const next = caseworkers[(n + 1) % caseworkers.length]!;
      const to = next.function ?? '';
      const gone = await refer(call, { from, to });
      const { version } = (await next.call('GET', `/referrals/${gone.referral}`)).body;
      await next.call('POST', `/referrals/${gone.referral}/receive`, {}, { 'if-match': String(version) });
      const unit = (await call('GET', `/support-units?referral=${gone.referral}`)).body.items[0].id;
      made.push({ kind: 'unit', id: unit, knownTo: [from, to], overseenBy: [] });
      const held = await refer(call, { from, to, consented: false });
      // R2: what the coordinators' own desk wants to give back, the municipality confirms.
      const confirmers = to === coordinators ? ['approver'] : [];
      made.push(...thingsOf(gone, [from, to], [...overseers, ...confirmers]));
      // Before release the coordinator sees that something waits, and nobody else who oversees.
      made.push(...thingsOf(held, [from], ['coordinator']));
      const carried = await refer(call, { from, to, consented: false, channel: 'carried_by_person' });
      const { sheetCode } = (await call('GET', `/referrals/${carried.referral}`)).body;
      made.push({ kind: 'sheet', id: sheetCode, knownTo: [to], overseenBy: [] });
      const told = { by: '試験', at: '2026-04-01T09:00:00+09:00', how: '窓口' };
      const noticed = await call('POST', '/recommendations', { told });
      // 利用勧奨 is for the departments of the municipality; a contractor's desk has none.
      if (noticed.status === 201)
        made.push({ kind: 'recommendation', id: noticed.body.id, knownTo: [from], overseenBy: [] });
    }
    const todos = await under.rows<{ id: string; function: string }>(
      `select id, function from todo where done_at is null and role = 'caseworker' and kind = 'authority_needed'`,
    );
    expect(todos).toHaveLength(caseworkers.length);
    return [
      ...made,
      ...todos.map((t): Thing => ({
        kind: 'todo',
        id: t.id,
        knownTo: [t.function],
        role: 'caseworker',
        overseenBy: [],
      })),
    ];
  }
  const thingsOf = (
    { referral, person, consent, from }: Referred,
    desks: string[],
    overseenBy: readonly string[],
  ): Thing[] => [
    { kind: 'referral', id: referral, knownTo: desks, overseenBy },
    { kind: 'person', id: person, knownTo: desks, overseenBy: ['privacy_officer', 'auditor'] },
    ...(consent === undefined
      ? []
      : [{ kind: 'consent' as const, id: consent, knownTo: [from], overseenBy: overseers }]),
  ];

  const may = ({ kind, role }: Somebody, { who, byPerson }: Operation) =>
    (typeof who === 'string' || who.includes(role)) && !(byPerson && kind === 'client');
  const mayKnow = (who: Somebody, thing: Thing) =>
    who.function === undefined
      ? thing.overseenBy.includes(who.role)
      : thing.knownTo.includes(who.function) && (thing.role ?? who.role) === who.role;

  async function ask(who: Somebody, name: string, operation: Operation, id: string): Promise<Answer> {
    const [method = '', path = ''] = name.split(' ');
    const { status, body, headers } = await who.call(
      method.toUpperCase(),
      path.replace('/api/v1', '').replace(/{\w+}/, id),
      operation.body?.(id),
      { 'if-match': '"9999"', 'idempotency-key': randomUUID(), 'x-request-id': 'the-same-request' },
    );
    return { status, body, headers: Object.fromEntries(telling.map((h) => [h, headers.get(h)])) };
  }

  it('is classified, and nothing is classified that is not there', () => {
    const all = Object.entries(documented).flatMap(([path, methods]) =>
      Object.keys(methods).map((m) => `${m} ${path}`),
    );
    expect(all.sort()).toEqual(Object.keys(operations).sort());
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

  describe.each(Object.entries(operations).filter(([, { who }]) => who !== 'anyone'))('%s', (name, operation) => {
    const ids = () => things.filter((t) => t.kind === operation.addresses);
    const absent = '01900000-0000-7000-8000-000000000000';

    it('is closed to whoever has not signed in', async () => {
      const [method = '', path = ''] = name.split(' ');
      const answer = await under.http()[method as 'get'](path.replace(/{\w+}/, absent)).send();
      expect([answer.status, answer.body.code]).toEqual([401, 'NOT_SIGNED_IN']);
    });

    if (typeof operation.who !== 'string')
      it('answers a role it is not for the same, whatever it addresses', async () => {
        const outsiders = everybody.filter((s) => !may(s, operation));
        expect(outsiders.length).toBeGreaterThan(0);
        for (const outsider of outsiders) {
          const refused = await ask(outsider, name, operation, absent);
          expect([outsider.name, refused.status, refused.body.code]).toEqual([outsider.name, 403, 'ROLE_MISSING']);
          for (const { id } of ids()) expect(await ask(outsider, name, operation, id)).toEqual(refused);
        }
      });

    if (!['nothing', 'plugin'].includes(operation.addresses)) {
      it('gives the same answer for what is not there, what is guessed, and what is not the caller’s', async () => {
        let compared = 0;
        for (const somebody of everybody.filter((s) => may(s, operation))) {
          const none = await ask(somebody, name, operation, absent);
          expect([name, somebody.name, none.status]).toEqual([name, somebody.name, operation.empty ? 200 : 404]);
          expect(await ask(somebody, name, operation, guessed(ids()[0]!.id))).toEqual(none);
          for (const thing of ids().filter((t) => !mayKnow(somebody, t))) {
            const foreign = await ask(somebody, name, operation, thing.id);
            expect({ who: somebody.name, ...foreign }).toEqual({ who: somebody.name, ...none });
            compared++;
          }
        }
        expect(compared).toBeGreaterThan(0);
      });

      if (operation.known)
        it('knows the caller’s own', async () => {
          const told = new Set<number>();
          for (const somebody of everybody.filter((s) => may(s, operation)))
            for (const thing of ids().filter((t) => mayKnow(somebody, t))) {
              // Who oversees sees; not every step is theirs.
              const { status } = await ask(somebody, name, operation, thing.id);
              expect({ who: somebody.name, known: operation.known?.includes(status), status }).toMatchObject({
                known: true,
              });
              told.add(status);
            }
          expect(told).toContain(operation.known?.[0]);
        });
    }

    if (name.startsWith('get '))
      it('names nothing in its answer that the caller may not know', async () => {
        for (const somebody of everybody.filter((s) => may(s, operation))) {
          const own = ids().find((t) => mayKnow(somebody, t))?.id ?? absent;
          const text = JSON.stringify((await ask(somebody, name, operation, own)).body);
          const leaked = things.filter((t) => !mayKnow(somebody, t) && text.includes(t.id));
          expect({ who: somebody.name, leaked }).toEqual({ who: somebody.name, leaked: [] });
        }
      });
  });

  it('shows IT staff no person, referral or consent anywhere', async () => {
    const admin = everybody.find((s) => s.role === 'it_admin')!;
    for (const [name, operation] of Object.entries(operations)) {
      if (!name.startsWith('get /api/') || !may(admin, operation)) continue;
      const text = JSON.stringify((await ask(admin, name, operation, 'kaigo')).body);
      expect([name, things.filter((t) => text.includes(t.id))]).toEqual([name, []]);
      expect([name, text.includes('見本　花子')]).toEqual([name, false]);
    }
  });
});
