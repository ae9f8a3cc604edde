// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomInt } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { addDays, japaneseDay } from '@tsunagi/domain';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import fc from 'fast-check';
import { everybodyOf, refer, type Referred, type Somebody } from '../test/a-town-of-desks';
import { hubUnderTest, type HubUnderTest } from '../test/hub-under-test';
import { operations, pathTo } from '../test/operations';

/** As many as CI has the time for; `npm run test:long -- strangers` plays 200. */
/** `npm run test:long -- strangers` plays 200, others at every run. */
const runs = Number(process.env['STRANGERS'] ?? 3);
const isLong = process.env['STRANGERS'] !== undefined;
jest.setTimeout(60_000 + runs * 30_000);

const someNumber = () => String(randomInt(1e10)).padStart(10, '0');
const dayFromNow = (days: number) => addDays(japaneseDay(new Date()), days);
const absent = '01900000-0000-7000-8000-000000000000';

/** Each question, and what was answered. */
type Told = Record<string, unknown>;

/** What the doctor says of the disk: all that runs on this machine fills and frees it. */
const withoutFreeSpace = (body: unknown): unknown =>
  JSON.parse(JSON.stringify(body ?? null).replace(/の空きは [\d.]+ GiB/g, 'の空き'));

interface PossibleActions {
  readonly version: number;
  readonly actions?: readonly { readonly action: string; readonly possible: boolean }[];
}

/** What may happen to a referral; what is refused at its moment is a history as well. */
const moves = {
  receive: {},
  ask: { questions: '試験の質問' },
  answer: { answer: '試験の答え' },
  accept: { worker: { name: '試験　担当' }, personMatched: true },
  start: { firstContact: { on: '2026-11-01', how: '電話' } },
  hold: { reason: '試験', wakeOn: dayFromNow(30) },
  resume: {},
  'propose-return': {
    reasons: ['202'],
    attempts: [-3, -2, -1].map((days) => ({
      on: dayFromNow(days),
      how: days < -1 ? '電話' : '訪問',
      visit: days === -1,
    })),
    whoTellsPerson: '試験　担当',
  },
  'agree-return': {
    talk: { on: '2026-11-01', names: ['試験　一', '試験　二'] },
    keepsDoing: { sender: '見守り', recipient: '記録' },
    notInformed: { reason: '試験', by: '2099-01-01' },
  },
  complete: { outcome: '011', note: '試験の報告', notInformed: { reason: '試験', by: '2099-01-01' } },
  'send-back': { note: '試験' },
  withdraw: { reason: '試験' },
} as const;
type Move = keyof typeof moves;

interface History {
  readonly stranger: number;
  /** Distances to the two other desks. */
  readonly from: number;
  readonly to: number;
  readonly consented: boolean;
  readonly samePerson: boolean;
  /** Which of what is possible is done next. */
  readonly moves: readonly number[];
  readonly consentWithdrawn: boolean;
}
const histories: fc.Arbitrary<History> = fc
  .record({
    stranger: fc.nat(5),
    from: fc.integer({ min: 1, max: 5 }),
    to: fc.integer({ min: 1, max: 5 }),
    // What waits for a consent goes no further than to be withdrawn.
    consented: fc.nat(3).map((n) => n < 3),
    samePerson: fc.boolean(),
    moves: fc.array(fc.nat(30), { minLength: 3, maxLength: 6, size: 'max' }),
    consentWithdrawn: fc.boolean(),
  })
  .filter(({ from, to }) => from !== to);

describeWithServices(['postgres'], 'a function that took no part', () => {
  let under: HubUnderTest;
  let everybody: Somebody[];
  let desks: string[];
  let coordinators: string | undefined;
  let happened = 0;

  beforeAll(async () => {
    under = await hubUnderTest();
    everybody = await everybodyOf(under);
    coordinators = (
      await under.rows<{ id: string }>(`select id from desk_function where function_type = 'multi_agency_coordination'`)
    )[0]?.id;
    desks = [...new Set(everybody.flatMap((s) => s.function ?? []))];
    // Desks of one system know a person by the same number; the hub hears of it by and by.
    await under.rows(`update desk_function set system = 'kaigo'`);
    await waitFor(
      async () => {
        const insured = someNumber();
        const [one, two] = [await referAs(desks[0]!, desks[1]!, insured), await referAs(desks[2]!, desks[3]!, insured)];
        return one.person === two.person;
      },
      { what: 'two desks to know one person' },
    );
  });
  afterAll(() => under?.close());

  const at = (desk: string, role: string) =>
    everybody.find((s) => s.kind === 'staff' && s.function === desk && s.role === role)!;
  const clientAt = (desk: string) => everybody.find((s) => s.kind === 'client' && s.function === desk)!;
  const referAs = (from: string, to: string, insured: string) =>
    refer(at(from, 'caseworker').call, { from, to, insured });
  const deskOf = (history: History, distance: number) => desks[(history.stranger + distance) % desks.length]!;

  /** R2: what goes to the coordinators' own desk the approver of the municipality may have to confirm. */
  const outsiders = ([, to]: readonly string[]) => (to === coordinators ? ['it_admin'] : ['it_admin', 'approver']);

  /** Everything that a stranger is told when it asks all it may: about its own, and about what it can only guess. */
  async function learns(
    stranger: string,
    own: Referred,
    guess: { referral: string; person: string },
    others: string[],
  ) {
    const strangers = everybody.filter(
      (s) => s.function === stranger || (s.function === undefined && outsiders(others).includes(s.role)),
    );
    const told: Told = {};
    const ask = async (who: Somebody, as: string, method: string, path: string, body?: unknown) => {
      const headers = { 'idempotency-key': 'the-same', 'x-request-id': 'the-same-request' };
      const answer = await who.call(method, path, body, headers);
      told[`${who.name}: ${as}`] = { status: answer.status, body: withoutFreeSpace(answer.body) };
    };
    const askAll = async (who: Somebody) => {
      for (const [name, { asks, who: whose, moving }] of Object.entries(operations)) {
        const [method = '', path = ''] = name.split(' ');
        if (method !== 'get' || !path.startsWith('/api/') || whose === 'anyone' || moving) continue;
        const shown = path.replace('/api/v1', '');
        const ids = asks[0]?.addresses === 'person' ? [own.person, guess.person] : [own.referral, guess.referral];
        for (const [n, id] of (shown.includes('{') ? ids : ids.slice(0, 1)).entries())
          await ask(who, `${name} ${n === 0 ? 'own' : 'guessed'}`, 'GET', pathTo(shown, id));
      }
      const filters = ['overdue=true', 'waiting=me', 'state=sent', 'state=received', 'kind=referral', 'sort=oldest'];
      for (const filter of [...filters, ...others.flatMap((f) => [`from=${f}`, `to=${f}`, `function=${f}`])])
        await ask(who, filter, 'GET', `/referrals?${filter}`);
      await ask(who, 'q', 'GET', `/referrals?q=${guess.referral}`);
      await ask(who, 'preview', 'POST', '/disclosures/preview', { referralId: own.referral });
    };
    await Promise.all(strangers.map(askAll));
    return told;
  }

  /** What others did, of which the stranger must not notice anything. */
  async function happens(history: History, insured: string): Promise<Referred> {
    const [from, to] = [deskOf(history, history.from), deskOf(history, history.to)];
    const sender = at(from, 'caseworker');
    const referred = await refer(sender.call, {
      from,
      to,
      consented: history.consented,
      ...(history.samePerson && { insured }),
    });
    const people = [sender, at(to, 'caseworker'), at(to, 'supervisor')];
    const path = `/referrals/${referred.referral}`;
    for (const which of history.moves) {
      const views = await Promise.all(
        people.map(async (who) => ({ who, ...((await who.call('GET', `${path}/actions`)).body as PossibleActions) })),
      );
      const possible = views.flatMap(({ who, version, actions }) =>
        (actions ?? [])
          .filter((a) => a.possible && a.action in moves)
          .map(({ action }) => ({ who, version, move: action as Move })),
      );
      // A withdrawal ends the history: only where nothing else is left. What is possible may still be refused for what is
      // said with it; then the next one.
      const going = possible.filter((p) => p.move !== 'withdraw');
      const first = which % Math.max(1, going.length);
      const withdrawals = possible.filter((p) => p.move === 'withdraw');
      for (const { who, version, move } of [...going.slice(first), ...going.slice(0, first), ...withdrawals]) {
        const { status } = await who.call('POST', `${path}/${move}`, moves[move], { 'if-match': `"${version}"` });
        if (status !== 200) continue;
        happened++;
        break;
      }
    }
    if (history.consentWithdrawn && referred.consent !== undefined)
      await sender.call('POST', `/consents/${referred.consent}/withdraw`, {});
    return referred;
  }

  async function strangerSees(history: History): Promise<{ before: Told; after: Told }> {
    const stranger = deskOf(history, 0);
    const insured = someNumber();
    const others = [deskOf(history, history.from), deskOf(history, history.to)];
    const own = await referAs(stranger, others[0]!, insured);
    const askedFor = { referral: absent, person: absent };
    // To look is a line of its own ledger, once a day: it has looked before.
    await learns(stranger, own, askedFor, others);
    const before = await learns(stranger, own, askedFor, others);
    const theirs = await happens(history, insured);
    const after = await learns(
      stranger,
      own,
      { referral: theirs.referral, person: history.samePerson ? absent : theirs.person },
      others,
    );
    return { before, after };
  }

  it(`learns nothing from ${runs} histories between others, about a person it knows or another`, async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const { before, after } = await strangerSees(history);
        expect(after).toEqual(before);
      }),
      { numRuns: runs, endOnFailure: true, ...(!isLong && { seed: 20_261_130 }) },
    );
    expect(happened).toBeGreaterThan(runs);
  });

  it('would be seen to learn something from a rule that leaks', async () => {
    const history: History = {
      stranger: 0,
      from: 1,
      to: 2,
      consented: true,
      samePerson: true,
      moves: [],
      consentWithdrawn: false,
    };
    // Whoever has the same person under way hears that there is another referral: a hint, well meant.
    await under.rows(`
      create function leak() returns trigger language plpgsql as $$ begin
        insert into todo (id, function, role, kind, referral, created_at)
          select gen_random_uuid(), r.from_function, 'caseworker', 'twin_open', r.id, now() from referral r
          where r.subject = new.subject and r.from_function <> new.from_function on conflict do nothing;
        return new; end $$;
      create trigger leak after insert on referral for each row execute function leak()`);
    try {
      const { before, after } = await strangerSees(history);
      const noticed = Object.keys(after).filter((asked) => !isDeepStrictEqual(after[asked], before[asked]));
      expect(noticed.sort()).toEqual([
        `${at(deskOf(history, 0), 'caseworker').name}: get /api/v1/todos own`,
        `${clientAt(deskOf(history, 0)).name}: get /api/v1/todos own`,
      ]);
    } finally {
      await under.rows('drop trigger leak on referral; drop function leak()');
    }
    const { before, after } = await strangerSees(history);
    expect(after).toEqual(before);
  });
});
