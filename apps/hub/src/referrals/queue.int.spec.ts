// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { QueueView, type QueueQuery } from '@tsunagi/contracts';
import { ReferralState, type Viewer } from '@tsunagi/domain';
import { describeWithServices } from '@tsunagi/testing';
import { uuidToBase32 } from '@tsunagi/text';
import { counting, inOrder, isFew, queueCountSql, queuePageSql, type Wanted } from './queue-sql';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';
import type { Api } from '../../test/sign-in';
import { csvText, readCsv } from '../platform';

jest.setTimeout(180_000);

const many = 100_000;
const pageSize = 50;
/** The largest page that may be asked for; nothing larger is ever sorted. */
const largestPage = 200;
const today = '2026-11-28';
/** What `EXPLAIN (FORMAT JSON, ANALYZE)` says of one step. */
interface Step {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Plan Rows': number;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Step[];
}
const kindsOfViewers = [
  'caseworker',
  'coordinator',
  'coordinator with a desk',
  'auditor with a desk',
  'client',
] as const;
const stepsOf = (step: Step): Step[] => [step, ...(step.Plans ?? []).flatMap(stepsOf)];

describeWithServices(['postgres'], `the queue at ${many.toLocaleString('en')} referrals`, () => {
  let under: HubUnderTest;
  let desks: string[];
  let viewers: Record<(typeof kindsOfViewers)[number], Viewer>;

  beforeAll(async () => {
    under = await hubUnderTest();
    // The desks at which somebody works.
    const staffed = under.access.staff.flatMap((s) => s.functions);
    const known = 'select id from desk_function where id = any($1) order by code';
    desks = (await under.rows<{ id: string }>(known, [staffed])).map((f) => f.id);
    await fill();
    const [desk = ''] = desks;
    const caseworker = { role: 'caseworker', function: desk } as const;
    const coordinator = { role: 'coordinator' } as const;
    viewers = {
      caseworker: { kind: 'staff', holdings: [caseworker], functions: [desk] },
      coordinator: { kind: 'staff', holdings: [coordinator], functions: [] },
      'coordinator with a desk': { kind: 'staff', holdings: [coordinator, caseworker], functions: [desk] },
      'auditor with a desk': { kind: 'staff', holdings: [{ role: 'auditor' }, caseworker], functions: [desk] },
      client: { kind: 'client', holdings: [caseworker], functions: [desk] },
    };
  });
  afterAll(() => under?.close());

  /** As a municipality has it after years: most are over, a few kinds and urgencies are rare, one desk is busier than others. */
  async function fill(): Promise<void> {
    await under.rows('insert into person (id) select gen_random_uuid() from generate_series(1, 1000)');
    await under.rows(
      `with people as (select array_agg(id) as ids from person), f as (select $1::uuid[] as ids)
       insert into referral (id, journey, kind, state, told_state, version, sender, source_key, source_system, from_function,
         to_function, lead, hops, worker, channel, ever_received, ever_accepted, to_address, urgency, purpose, how_they_meet, subject, members, content, created_at, state_at, sent_at, due_on, told_due_on)
       select id, id, kind, state, case when told then state else 'sent' end, 1, 'plugin:kaigo', n::text, 'kaigo', ids[1 + n % 6],
         case when n % 5 > 0 or state not in ('draft', 'awaiting_authority') then ids[1 + (n / 7 + 1 + n % 6) % 6] end,
         case when n % 4 = 0 and state not in ('draft', 'awaiting_authority') then nullif(ids[1 + (n / 5) % 6], ids[1 + n % 6]) end,
         case when n % 503 = 0 then 1 else 0 end, case when n % 97 > 0 and state in ('accepted', 'in_progress', 'on_hold') then '見本' end,
         case when n % 3 = 0 then 'carried_by_person' end, n % 4 = 0, n % 4 = 2, '{"domain":"konkyu"}', urgency, 'consultation', 'through_sender', person,
         jsonb_build_array(jsonb_build_object('ref', 'subject', 'person', person, 'present', '[]'::jsonb)), '\\x00', at, at,
         case when state in ('draft', 'awaiting_authority') then null else at end,
         due, case when told then due end
       from (select n, f.ids, people.ids[1 + n % 1000] as person,
         ('01900000-' || lpad(to_hex(n / 65536), 4, '0') || '-7' || lpad(to_hex((n / 16) % 4096), 3, '0') || '-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id,
         case when n % 997 = 0 then 'notification' when n % 211 = 0 then 'inquiry' else 'referral' end as kind,
         case when n % 499 = 0 then 'same_day' when n % 50 = 0 then 'urgent' else 'normal' end as urgency,
         case when n % 10 < 6 then 'closed' else ($2::text[])[1 + n % 19] end as state, n % 3 > 0 as told,
         timestamptz '2024-01-01' + n * interval '10 minutes' as at
         from generate_series(1, ${many}) n, people, f) r
         cross join lateral (select case when state in ('sent', 'received', 'accepted', 'in_progress') then date '2026-11-01' + n % 60 end as due) d`,
      [desks, ReferralState.options],
    );
    await under.rows('analyze referral');
  }

  /**
   * The plan of a statement that is kept for whatever is asked for (`Tx.ask`), by which neither the table or an index is read as a
   * whole nor more is sorted than is shown.
   */
  async function planOf(sql: string, parameters: unknown[], settings = ''): Promise<Step[]> {
    await under.rows(
      `begin; set local enable_seqscan = off; set local jit = off; set local plan_cache_mode = force_generic_plan; ${settings}; prepare kept as ${sql}`,
    );
    const values = parameters.map((p) =>
      typeof p === 'number' ? p : `'${Array.isArray(p) ? `{${p.join()}}` : String(p)}'`,
    );
    const [row] = await under.rows<{ 'QUERY PLAN': { Plan: Step }[] }>(
      `explain (format json, analyze, timing off) execute kept${values.length > 0 ? `(${values.join()})` : ''}`,
    );
    await under.rows('deallocate kept; rollback');
    return stepsOf(row!['QUERY PLAN'][0]!.Plan);
  }
  /** Rows of the table that were looked at. */
  const readBy = (steps: Step[]) =>
    steps
      .filter((s) => s['Relation Name'] === 'referral')
      .reduce((sum, s) => sum + (s['Actual Rows'] + (s['Rows Removed by Filter'] ?? 0)) * s['Actual Loops'], 0);
  /** A bitmap is made of all that fits, however little of it is wanted. */
  const collected = (steps: Step[]) => steps.filter((s) => s['Node Type'].startsWith('Bitmap'));
  const wrong = (steps: Step[]): unknown[] => [
    ...steps.filter((s) => s['Node Type'] === 'Seq Scan' && s['Relation Name'] === 'referral'),
    // An index that is walked from end to end is no better. What is open (four tenths) and what a desk has (a sixth) may be
    // counted through; what is over is looked at a page at a time.
    ...(readBy(steps) > many * 0.6 ? [{ read: readBy(steps) }] : []),
    ...steps.filter((s) => s['Node Type'].includes('Sort') && s['Plan Rows'] > largestPage + 1),
  ];

  /** Each filter, with a value of each sort there is: usual and rare, of a desk of one's own and of another. */
  const filters: Record<keyof Omit<QueueQuery, 'limit'>, () => Wanted[]> = {
    state: () => (['sent', 'closed', 'awaiting_authority', 'revoked'] as const).map((state) => ({ state })),
    from: () => desks.slice(0, 2).map((from) => ({ from })),
    to: () => desks.slice(0, 2).map((to) => ({ to })),
    kind: () => (['referral', 'inquiry', 'notification'] as const).map((kind) => ({ kind })),
    function: () => desks.slice(0, 2).map((desk) => ({ function: desk })),
    lead: () => desks.slice(0, 2).map((lead) => ({ lead })),
    urgency: () => (['normal', 'urgent', 'same_day'] as const).map((urgency) => ({ urgency })),
    overdue: () => [{ overdue: 'true' }, { overdue: 'false' }],
    journey: () => [{ journey: '01900000-0000-7abc-8000-00000000abcd' }],
    view: () =>
      QueueView.options.map((view) => ({
        view,
        ...(view === 'without_lead' && { among: ['01900000-0000-7abc-8000-00000000abcd'] }),
      })),
    waiting: () => [{ waiting: 'me' }],
    q: () => [{ q: '01900000-0000-7abc-8000-00000000abcd' }],
    sort: () => [{ sort: 'due' }, { sort: 'oldest' }],
    cursor: () =>
      (['2026-12-01.01900000-0001-7000-8000-000000010000', '01900000-0001-7000-8000-000000010000'] as const).map(
        (cursor) => ({ cursor }),
      ),
  };
  /** No filter, each alone with each value, and each two of them, the values taking turns: the plan is kept for whatever is asked. */
  const pairs = (): Wanted[] => {
    const values = Object.values(filters).map((list) => list());
    const taken = values.map((list) => list.values());
    const turn = (at: number): Wanted => {
      const next = taken[at]!.next();
      if (!next.done) return next.value;
      taken[at] = values[at]!.values();
      return turn(at);
    };
    const two = values.flatMap((_, one) =>
      values.slice(one + 1).map((__, more) => ({ ...turn(one), ...turn(one + 1 + more) })),
    );
    return [{}, ...values.flat(), ...two];
  };
  /** More than two at once: some of the sets there are, the values taking turns. */
  const larger = (): Wanted[] => {
    const names = Object.keys(filters) as (keyof typeof filters)[];
    const sets = Array.from({ length: 2 ** names.length }, (_, bits) => names.filter((_, at) => (bits >> at) & 1));
    return sets
      .filter((set, n) => set.length > 2 && n % 163 === 0)
      .map((set, n) => Object.assign({}, ...set.map((name) => filters[name]()[n % filters[name]().length])));
  };

  describe.each(kindsOfViewers)('for a %s', (who) => {
    it('answers each filter, each two of them and larger sets from indexes, in either order', async () => {
      for (const query of [...pairs(), ...larger()]) {
        for (const page of queuePageSql(viewers[who], query, today, pageSize + 1)) {
          const steps = await planOf(page.sql, page.parameters, isFew(query) ? '' : inOrder);
          expect({ query, wrong: wrong(steps) }).toEqual({ query, wrong: [] });
        }
      }
    });

    it('counts each filter, each two of them and larger sets from indexes', async () => {
      for (const query of [...pairs(), ...larger()].filter((q) => !q.cursor && !q.sort)) {
        const { sql, parameters } = queueCountSql(viewers[who], query, today, 1001);
        expect({ query, wrong: wrong(await planOf(sql, parameters, counting)) }).toEqual({ query, wrong: [] });
      }
    });

    it('collects nothing before it counts: what there is more of than is told is not looked at', async () => {
      const { sql, parameters } = queueCountSql(viewers[who], {}, today, 101);
      expect(collected(await planOf(sql, parameters, counting))).toEqual([]);
    });
  });

  it('would be noticed if it read the whole table, or sorted it', async () => {
    expect(wrong(await planOf(`select id from referral where purpose = 'consultation'`, []))).not.toEqual([]);
    expect(wrong(await planOf('select id from referral order by state_at', []))).not.toEqual([]);
    const walk = `select id from referral where purpose = 'coordination' order by id limit 50`;
    expect(wrong(await planOf(walk, [], inOrder))).not.toEqual([]);
    const { sql, parameters } = queueCountSql(viewers.coordinator, {}, today, 101);
    expect(collected(await planOf(sql, parameters))).not.toEqual([]);
  });

  describe('over HTTP', () => {
    let coordinator: Api;
    let caseworker: Api;
    beforeAll(async () => {
      coordinator = await under.as({ role: 'coordinator' });
      caseworker = await under.as({ role: 'caseworker', function: desks[0]! });
    });
    const get = async (who: Api, query: string) => {
      const { status, body } = await who('GET', `/referrals?${query}`);
      expect(status).toBe(200);
      return body;
    };

    it.each([
      '',
      'state=received',
      'overdue=true',
      'urgency=same_day',
      'kind=inquiry',
      'waiting=me',
      'lead=own',
      'lead=other',
      'sort=due',
      'sort=due&overdue=false',
      'view=overdue&sort=due',
      'view=awaiting_authority',
      'view=returned',
      'view=ping_pong',
      'view=ping_pong&sort=due',
      'view=unassigned',
      'view=without_lead',
    ])('pages by its cursor through what a scan of the table finds: %s', async (filter) => {
      const ids: string[] = [];
      for (let next = ''; ids.length < 600;) {
        const asked = filter.replace('own', desks[0]!).replace('other', desks[1]!);
        const page = await get(caseworker, `${asked}&limit=200${next && `&cursor=${next}`}`);
        ids.push(...page.items.map((i: { id: string }) => i.id));
        if (!page.next) break;
        next = page.next;
      }
      const received = `to_function = $1 and sent_at is not null and (ever_received or ever_accepted or channel is null)`;
      const led = `lead = $1 and sent_at is not null and state in ('follow_up', 'closed') and kind not in ('notification', 'advice')`;
      const shown = `case when ${received} or (from_function <> $1 and ${led}) then state else told_state end`;
      // A recipient that has not been shown whom it is about does not learn who leads.
      const knowsLead = `(from_function = $1 or not (${received}) or state not in ('sent', 'withdrawn', 'revoked', 'declined', 'entered_in_error'))`;
      const shownDue = shown.replace('state else told_state', 'due_on else told_due_on');
      const todayHere = `(now() at time zone 'Asia/Tokyo')::date`;
      const ended = `('declined', 'redirected', 'closed', 'withdrawn', 'revoked', 'entered_in_error')`;
      // A recipient is not told that another desk had it before, nor is one that leads.
      const pingPong = `(${shown} = 'coordinating' or (from_function = $1 and not (${received}) and hops > 0 and told_state not in ${ended}))`;
      const conditions: Record<string, string> = {
        '': 'true',
        'state=received': `${shown} = 'received'`,
        'overdue=true': `${shownDue} < ${todayHere}`,
        'urgency=same_day': `urgency = 'same_day'`,
        'kind=inquiry': `kind = 'inquiry'`,
        'lead=own': `coalesce(lead, from_function) = $1 and ${knowsLead}`,
        'lead=other': `coalesce(lead, from_function) = '${desks[1]}' and ${knowsLead}`,
        'sort=due': 'true',
        'sort=due&overdue=false': `coalesce(${shownDue} >= ${todayHere}, true)`,
        'view=overdue&sort=due': `${shownDue} < ${todayHere}`,
        'view=awaiting_authority': `${shown} = 'awaiting_authority'`,
        'view=returned': `${shown} in ('return_proposed', 'returned')`,
        'view=ping_pong': pingPong,
        'view=ping_pong&sort=due': pingPong,
        'view=unassigned': `case when ${received} then state in ('received', 'questioned') or (state in ('accepted', 'in_progress', 'on_hold') and worker is null)
            else from_function = $1 and told_state in ('draft', 'awaiting_authority') and to_function is null end`,
        'view=without_lead': 'false',
        'waiting=me': `((${received} and state in ('sent', 'received', 'accepted', 'in_progress'))
            or (from_function = $1 and not (${received}) and told_state in ('draft', 'awaiting_authority', 'questioned', 'return_proposed', 'returned', 'completed')))`,
      };
      const expected = await under.rows<{ id: string }>(
        `select id from referral where (from_function = $1 or (${received}) or (${led})) and ${conditions[filter]}
           order by ${filter.includes('sort=due') ? `${shownDue}, id` : 'id desc'} limit 600`,
        [desks[0]],
      );
      expect(ids.slice(0, 600)).toEqual(expected.map((r) => r.id));
    });

    it('stays right in the order of the dates while rows change', async () => {
      const { items, next } = await get(caseworker, 'sort=due&limit=20');
      const ids = items.map((i: { id: string }) => i.id);
      const [first, second] = (await get(caseworker, `sort=due&limit=2&cursor=${next}`)).items;
      // What was on the page before is answered, and what comes next is put off.
      const last = '2099-01-01';
      await under.rows('update referral set due_on = null, told_due_on = null where id = any($1::uuid[])', [
        ids.slice(0, 10),
      ]);
      await under.rows('update referral set due_on = $2, told_due_on = $2 where id = $1', [first.id, last]);
      const after = (await get(caseworker, `sort=due&limit=1&cursor=${next}`)).items;
      expect(after.map((i: { id: string }) => i.id)).toEqual([second.id]);
    });

    it('counts exactly up to 1,000, and says when there are more', async () => {
      const { counters } = await get(coordinator, 'limit=1');
      const rows = await under.rows<{ state: string; count: number }>(
        `select state, count(*)::int from referral where kind <> 'notification' group by state order by state`,
      );
      const capped = rows.map(({ state, count }) => ({ state, count: Math.min(count, 1000), more: count > 1000 }));
      expect(counters).toEqual(capped);
      expect(counters).toContainEqual({ state: 'closed', count: 1000, more: true });
    });

    it.each(['caseworker', 'coordinator', 'auditor', 'it_admin', 'client'])(
      'lists for a %s exactly what opens for the same',
      async (role) => {
        const atDesk = role === 'caseworker';
        const who = await under.as(
          role === 'client' ? { client: desks[0]! } : { role, ...(atDesk && { function: desks[0]! }) },
        );
        // Every state, kind, channel, lead and release, around and beside the viewer's desk.
        const sample = await under.rows<{ id: string }>(
          `select distinct on (kind, state, from_function = $1, to_function = $1, lead = $1) id from referral
           order by kind, state, from_function = $1, to_function = $1, lead = $1, id desc`,
          [desks[0]],
        );
        expect(sample.length).toBeGreaterThan(100);
        const opened = new Set<boolean>();
        for (const { id } of sample) {
          const { items, counters } = await get(who, `q=${id}`);
          const { status, body } = await who('GET', `/referrals/${id}/actions`);
          opened.add(status === 200);
          expect([id, items.length, counters.length]).toEqual([id, ...(status === 200 ? [1, 1] : [0, 0])]);
          if (status === 200) expect(body.version).toBe(items[0].version);
        }
        expect([...opened].sort()).toEqual(role === 'it_admin' ? [false] : [false, true]);
      },
    );

    describe('under a name', () => {
      type Listed = { id?: string; code?: string; name: string; query: object; count?: number; more?: true };
      const views = async (who: Api, query = ''): Promise<Listed[]> => (await who('GET', `/views${query}`)).body.items;

      it('has the built-in views first, and that nobody leads for those who find a lead', async () => {
        const codes = async (who: Api) => (await views(who)).flatMap(({ code }) => code ?? []);
        expect(await codes(coordinator)).toEqual(QueueView.options);
        expect(await codes(caseworker)).toEqual(QueueView.options.filter((view) => view !== 'without_lead'));
      });

      it('counts what each shows to this caller, as its queue does', async () => {
        for (const who of [coordinator, caseworker])
          for (const { query, count, more } of await views(who, '?counts=true')) {
            const { counters } = await get(who, new URLSearchParams({ ...query, limit: '1' }).toString());
            const all = counters.reduce((sum: number, c: { count: number }) => sum + c.count, 0);
            const isMore = all > 1000 || counters.some((c: { more: boolean }) => c.more);
            expect([query, count, more ?? false]).toEqual([query, Math.min(all, 1000), isMore]);
          }
      });

      it('is shared by whoever works at a function, and is nobody else’s', async () => {
        const query = { state: 'returned', to: desks[1]! };
        const shared = await caseworker('POST', '/views', { name: '朝に見る', query, function: desks[0] });
        const own = await caseworker('POST', '/views', { name: '自分の', query });
        expect([shared.status, own.status]).toEqual([201, 201]);
        const supervisor = await under.as({ role: 'supervisor', function: desks[0]! });
        const elsewhere = await under.as({ role: 'caseworker', function: desks[1]! });
        const saved = async (who: Api) => (await views(who)).flatMap(({ id }) => id ?? []);
        expect([await saved(caseworker), await saved(supervisor), await saved(elsewhere)]).toEqual([
          [shared.body.id, own.body.id],
          [shared.body.id],
          [],
        ]);
        const rename = (who: Api, id: string, version = '1') =>
          who('PATCH', `/views/${id}`, { name: '昼に見る' }, { 'if-match': version });
        for (const [who, id] of [[elsewhere, shared.body.id] as const, [supervisor, own.body.id] as const]) {
          expect((await rename(who, id)).status).toBe(404);
          expect((await who('DELETE', `/views/${id}`)).status).toBe(404);
        }
        expect((await rename(supervisor, shared.body.id)).body).toMatchObject({ name: '昼に見る', version: 2, query });
        expect((await rename(caseworker, shared.body.id)).status).toBe(412);
        for (const { body } of [shared, own])
          expect((await caseworker('DELETE', `/views/${body.id}`)).status).toBe(204);
        expect(await saved(caseworker)).toEqual([]);
      });

      it('is of one’s own function, asks for ids and codes alone, and is a person’s', async () => {
        const post = async (who: Api, body: object) => {
          const answer = await who('POST', '/views', body);
          return [answer.status, answer.body.code];
        };
        const name = '試験';
        expect(await post(caseworker, { name, query: {}, function: desks[1] })).toEqual([403, 'FUNCTION_NOT_YOURS']);
        for (const query of [{ q: '見本' }, { cursor: desks[0] }, { limit: 3 }])
          expect(await post(caseworker, { name, query })).toEqual([422, 'INVALID']);
        const client = await under.as({ client: desks[0]! });
        expect(await post(client, { name, query: {} })).toEqual([403, 'ROLE_MISSING']);
      });
    });

    describe('as a file', () => {
      const exported = async (who: string, query: string) =>
        under
          .http()
          .get(`/api/v1/referrals/export?${query}`)
          .set('cookie', who)
          .buffer(true)
          .parse((response, done) => {
            const parts: Buffer[] = [];
            response.on('data', (part: Buffer) => parts.push(part));
            response.on('end', () => done(null, Buffer.concat(parts)));
          });
      const signInAs = (function_: string) =>
        under.cookie(under.access.staff.find((s) => s.functions.includes(function_) && s.role === 'caseworker')!.name);

      it('has the lines of the queue in its order, and is entered in the audit', async () => {
        const cookie = await signInAs(desks[0]!);
        const { items } = await get(caseworker, 'view=returned&sort=due&urgency=urgent&limit=200');
        const { body, headers } = await exported(cookie, 'view=returned&sort=due&urgency=urgent');
        const [, ...rows] = readCsv(csvText(body));
        expect(rows.map(([code]) => code)).toEqual(items.map((i: { id: string }) => uuidToBase32(i.id)));
        expect([headers['content-type'], headers['tsunagi-more']]).toEqual(['text/csv; charset=utf-8', undefined]);
        const [entry] = await under.rows<{ details: object }>(
          `select details from audit_entry where action = 'referrals.exported' order by at desc limit 1`,
        );
        const filters = { view: 'returned', sort: 'due', urgency: 'urgent' };
        expect(entry?.details).toEqual({ count: rows.length, more: false, encoding: 'utf-8-bom', filters });
      });

      it('ends at 10,000 lines and says so', async () => {
        const { body, headers } = await exported(await signInAs(desks[0]!), 'encoding=cp932');
        const rows = readCsv(csvText(body));
        expect([rows.length, headers['tsunagi-more'], headers['content-type']]).toEqual([
          10_002,
          'true',
          'text/csv; charset=shift_jis',
        ]);
        expect(rows.at(-1)).toEqual([expect.stringContaining('10000 件まで')]);
      });
    });

    it('finds one by its id as it is written on screen and on paper, and nothing by another text', async () => {
      const [one] = (await get(caseworker, 'limit=1')).items;
      for (const q of [one.id, uuidToBase32(one.id), uuidToBase32(one.id).toLowerCase()])
        expect((await get(caseworker, `q=${q}`)).items).toEqual([one]);
      expect(await get(caseworker, 'q=nobody')).toEqual({ items: [], counters: [] });
    });

    it('shows and counts a notification at its two functions only', async () => {
      const [hidden] = await under.rows<{ id: string; from: string }>(
        `select id, from_function as from from referral where kind = 'notification' and from_function <> $1 and to_function <> $1 limit 1`,
        [desks[0]],
      );
      expect(await get(coordinator, `q=${hidden!.id}`)).toEqual({ items: [], counters: [] });
      expect(await get(caseworker, `q=${hidden!.id}`)).toEqual({ items: [], counters: [] });
      const own = await under.as({ role: 'caseworker', function: hidden!.from });
      expect((await get(own, `q=${hidden!.id}`)).items).toHaveLength(1);
    });
  });
});
