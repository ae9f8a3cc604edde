// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { appendFileSync } from 'node:fs';
import { describeWithServices } from '@tsunagi/testing';
import {
  InvariantBroken,
  isOfLife,
  openingsOfLife,
  play,
  sequences,
  Tally,
  type Invariant,
  type Move,
} from '@tsunagi/testing/invariants';
import { ReferralAction, ReferralKind, ReferralState } from '@tsunagi/domain';
import { codeToUuid } from '@tsunagi/text';
import fc from 'fast-check';
import { HubInPlay } from '../test/hub-in-play/hub-in-play';
import { SequenceInHub } from '../test/hub-in-play/sequence-in-hub';
import type { Caller } from '../src/access';
import { Directory } from '../src/organizations';
import { Sheets } from '../src/referrals/sheets.service';
import { Views } from '../src/referrals/views.service';

/** Of the set-up of production, as many as CI has the time for; `npm run test:long -- invariants` plays 400, others at every run. */
const runsInProduction = Number(process.env['INVARIANTS'] ?? 1);
const isLong = process.env['INVARIANTS'] !== undefined;
const runs = 2;
jest.setTimeout(180_000 + Math.max(runs, runsInProduction) * 30_000);

async function playIn(hub: HubInPlay, onlooker: number, moves: readonly Move[], tally?: Tally): Promise<void> {
  const sequence = await SequenceInHub.begin(hub, onlooker);
  await play(sequence, moves, tally).finally(() => sequence.end());
}

/** Plays so many, as many of each beginning: each goes some way, and much of it comes twice. */
async function playSequences(inHub: () => HubInPlay | Promise<HubInPlay>, many: number): Promise<Tally> {
  const tally = new Tally();
  for (const [n, opening] of openingsOfLife.entries())
    await fc.assert(
      fc.asyncProperty(sequences(26, opening), fc.nat(5), async (moves, onlooker) =>
        playIn(await inHub(), onlooker, moves.filter(isOfLife), tally),
      ),
      {
        numRuns: Math.ceil(many / openingsOfLife.length),
        endOnFailure: true,
        ...(!isLong && { seed: 20_261_130 + n }),
      },
    );
  for (const [what, least] of [
    ['made refer', many],
    ['made step', many],
    ['made again', many / 4],
    ['made consent', many / 2],
    ['action receive', many / 8],
    ['left message', many / 16],
    ['made sheet', many / 16],
    ['made merge', many / 16],
    ['made split', many / 16],
  ] as const)
    expect([what, tally.count(what) >= Math.max(1, Math.floor(least))]).toEqual([what, true]);
  return tally;
}

describeWithServices(['postgres', 'rabbit-accounts'], 'any sequence of actions by anybody, as in production', () => {
  let hub: HubInPlay | undefined;
  let played = 0;
  afterAll(() => hub?.close());

  /** A new one for every 20 sequences: what earlier ones have left there is asked again and again at each jump of the clock. */
  async function current(): Promise<HubInPlay> {
    if (hub && played++ % 20 > 0) return hub;
    await hub?.close();
    hub = await HubInPlay.start({ instances: 2 });
    played = 1;
    return hub;
  }

  it(`holds the eight invariants after every step of ${runsInProduction} sequences, with two instances and RabbitMQ`, async () => {
    const tally = await playSequences(current, runsInProduction);
    const notes = process.env['TEST_LONG_NOTES'];
    if (notes !== undefined) appendFileSync(notes, `${tally.toString()}\n`);
  });
});

describeWithServices(['postgres'], 'any sequence of actions by anybody', () => {
  let hub: HubInPlay;
  beforeAll(async () => {
    hub = await HubInPlay.start();
  });
  afterAll(() => hub?.close());

  const [kosodate, takikan] = ['kosodate', 'takikan'] as const;
  /** Of the person whom the onlooker knows; nobody else is in it. */
  const refer = (from: string, to: string): Move => ({
    do: 'refer',
    from: 0,
    to: hub.pairs('referral', onlooker).findIndex(([f, t]) => f.domain === from && t.domain === to),
    kind: 'referral',
    person: 0,
    urgency: 'normal',
    bySystem: false,
    asserted: false,
    withHousehold: false,
    carried: false,
  });
  const carry = (): Move => ({ ...refer(kosodate, 'hogo'), carried: true }) as Move;
  const type = (who: 'recipient' | 'sender' | 'stranger', guessed = false): Move => ({
    do: 'sheet',
    which: 0,
    who,
    guessed,
  });
  /** Of somebody else, whom the onlooker does not know. */
  const referOther = (to: string): Move => ({ ...refer(kosodate, to), person: 1 }) as Move;
  /** The second one becomes one with the first, as whoever may judge them says. */
  const merge: Move = { do: 'merge', one: 0, other: 0, who: 0 };
  const split: Move = { do: 'split', which: 0, who: 0, wrongPerson: false, also: false };
  const refuse: Move = { do: 'refuse', referral: 0, desk: 0 };
  const onlooker = 2;
  const consent: Move = { do: 'consent', referral: 0, categories: ['identity'], feedback: 'state', days: 400 };
  const receive: Move = { do: 'try', referral: 0, who: 1, action: 'receive', bare: false };
  const arrived = () => [refer(kosodate, 'hogo'), consent, receive];
  const take: Move = { do: 'take', which: 0, fails: false };
  const later: Move = { do: 'pass', minutes: 40 * 24 * 60 };

  const by = { sender: 0, recipient: 1, supervisor: 2, supervisorWithAnotherReason: 6, coordinator: 7 } as const;
  const step = (who: keyof typeof by, action: ReferralAction): Move => ({
    do: 'try',
    referral: 0,
    who: by[who],
    action,
    bare: false,
  });
  const answers = (code: string): Move => ({ do: 'answer', which: 0, code, reason: '901', stranger: false });

  it(`holds the eight invariants after every step of ${runs} sequences`, async () => {
    await playSequences(() => hub, runs);
  });

  it('holds them on ways that lead through every state, by every step and with every kind', async () => {
    const tally = new Tally();
    const taken = [...arrived(), step('recipient', 'accept')];
    const ways: Move[][] = [
      [
        ...[...arrived(), step('recipient', 'ask'), step('sender', 'answer'), step('recipient', 'accept')],
        ...[step('recipient', 'start'), step('recipient', 'hold'), step('recipient', 'resume')],
        ...[step('recipient', 'complete'), step('sender', 'send-back'), step('recipient', 'complete')],
        ...[step('sender', 'follow-up'), step('sender', 'follow-up'), step('sender', 'close')],
        step('sender', 'reopen'),
      ],
      [...arrived(), step('supervisor', 'propose-return'), step('sender', 'agree-return'), step('sender', 'redirect')],
      [...arrived(), step('supervisorWithAnotherReason', 'propose-return'), step('sender', 'decline')],
      [...arrived(), step('coordinator', 'coordinate'), step('coordinator', 'close')],
      [...taken, step('sender', 'supplement'), step('sender', 'inform'), step('sender', 'mark-error')],
      [...taken, { do: 'withdraw', which: 0 }, step('recipient', 'misdirected')],
      [...arrived(), { do: 'withdraw', which: 0 }],
      [refer(kosodate, 'hogo'), step('sender', 'edit'), step('sender', 'withdraw')],
      [{ ...refer(kosodate, 'hogo'), urgency: 'same_day' } as Move, consent, step('recipient', 'confirm-phone'), later],
      [refer(kosodate, 'konkyu'), consent, take, answers('20'), answers('30'), answers('35'), later, answers('40')],
      [refer(kosodate, 'konkyu'), consent, { ...take, fails: true }, { do: 'resend', which: 0 }, take],
    ];
    const both = [...arrived(), referOther('hogo'), consent, receive];
    ways.push(
      [carry(), type('stranger'), type('recipient', true), type('sender'), type('recipient'), ...taken.slice(3)],
      [carry(), later, type('recipient')],
      [...both, merge, { do: 'withdraw', which: 0 }, split, refuse],
      [...both, merge, consent, refuse, { ...split, wrongPerson: true, also: true }],
      [...arrived(), refer(kosodate, takikan), split, { do: 'withdraw', which: 0 }],
    );
    for (const way of ways) await playIn(hub, onlooker, way, tally);
    for (const kind of ReferralKind.options)
      await playIn(hub, 0, [{ ...refer(kosodate, 'hogo'), kind, to: 0 } as Move, consent], tally);
    expect(tally.all('state')).toEqual([...ReferralState.options].sort());
    expect(tally.all('kind')).toEqual([...ReferralKind.options].sort());
    for (const what of [
      'made sheet',
      'made merge',
      'made split',
      'left sheet',
      'action persons_merged',
      'action person_split',
    ])
      expect([what, tally.count(what) > 0]).toEqual([what, true]);
    const unseen = ReferralAction.options.filter((action) => !tally.all('action').includes(action));
    expect(unseen).toEqual([]);
  });

  describe('a broken rule is noticed', () => {
    async function noticed(moves: readonly Move[]): Promise<readonly Invariant[]> {
      try {
        await playIn(hub, onlooker, moves);
        return [];
      } catch (error) {
        if (error instanceof InvariantBroken) return error.broken.map((b) => b.invariant);
        throw error;
      }
    }

    /** A trigger that does what no rule of the hub does. */
    it.each<[string, Invariant, on: string, does: string, () => Move[]]>([
      [
        'a lead that goes to whoever refers last',
        1,
        'after insert on referral',
        `update lead set function = new.from_function where until_at is null and unit in (select unit from unit_member where person = new.subject)`,
        () => [
          ...arrived(),
          { do: 'lead', referral: 0, step: 'propose', who: 0, to: 0, informed: true },
          refer(takikan, 'hogo'),
        ],
      ],
      [
        'a withdrawal that nobody hears',
        2,
        'before update on consent',
        'new.status := old.status',
        () => [...arrived(), { do: 'withdraw', which: 0 }],
      ],
      [
        'a consent that grows by itself',
        2,
        'before insert on consent',
        `new.scope := jsonb_set(new.scope, '{categories}', '["identity", "narrative"]')`,
        arrived,
      ],
      [
        'a step that nobody took',
        3,
        'before insert on referral_event',
        `new.actor := ''`,
        () => [refer(kosodate, 'hogo')],
      ],
      [
        'a step at another time',
        3,
        'before insert on referral_event',
        `new.at := new.at - interval '1 day'`,
        () => [refer(kosodate, 'hogo')],
      ],
      [
        'a submission that nobody remembers',
        4,
        'before insert on submission',
        'return null',
        () => [refer(kosodate, 'hogo'), { do: 'again', which: 0 }],
      ],
      [
        'a moment that reminds twice',
        4,
        'after insert on audit_entry',
        `if new.action = 'referral.reminded' and pg_trigger_depth() = 1 then
           insert into audit_entry (at, actor, function, action, object_kind, object, details)
             values (new.at, new.actor, new.function, new.action, new.object_kind, new.object, new.details); end if`,
        () => [carry(), later],
      ],
      [
        'a proposed return on nobody’s list',
        5,
        'before insert on todo',
        `if new.kind = 'agree_return' then return null; end if`,
        () => [...arrived(), { do: 'try', referral: 0, who: 2, action: 'propose-return', bare: false }],
      ],
      [
        'a silence that closes',
        5,
        'before insert on referral_event',
        `if new.action = 'coordinate' then new.to_state := 'closed'; end if`,
        () => [...arrived(), later, later],
      ],
      [
        'a hint to whoever has the same person in hand',
        8,
        'after insert on referral',
        `insert into todo (id, function, role, kind, referral, created_at)
           select gen_random_uuid(), r.from_function, 'caseworker', 'twin_open', r.id, now() from referral r
           where r.subject = new.subject and r.from_function <> new.from_function on conflict do nothing`,
        () => [refer(kosodate, 'hogo')],
      ],
      [
        'what a person still carries, and its desk finds it',
        2,
        'before insert on referral',
        'new.ever_received := true',
        () => [carry()],
      ],
      [
        'a sheet after which nobody asks',
        5,
        'before insert on todo',
        `if new.kind = 'carried_not_arrived' then return null; end if`,
        () => [carry(), later],
      ],
      [
        'an id that goes when others say that two are one',
        8,
        'before insert on person_known_as',
        'return null',
        () => [...arrived(), referOther('hogo'), consent, receive, { ...merge, one: 1 }],
      ],
      [
        'a refusal that stays behind when two become one',
        2,
        'before update on refusal',
        'new.person := old.person',
        () => [...arrived(), referOther('hogo'), consent, refuse, merge],
      ],
      [
        'a consent of the other one that is kept when one is two again',
        2,
        'before update on consent',
        `if exists (select 1 from person_link where kept = old.person and merged = new.person and moved is not null) then new.person := old.person; end if`,
        () => [
          ...[refer(kosodate, takikan), consent, refer(kosodate, 'hogo')],
          ...[referOther('hogo'), consent, receive, merge, split],
        ],
      ],
    ])('%s (invariant %i)', async (_, invariant, on, does, moves) => {
      expect(await noticed(moves())).toEqual([]);
      const table = on.split(' ').at(-1)!;
      await hub.under.rows(`
        create function planted() returns trigger language plpgsql as $$ begin ${does}; return new; end $$;
        create trigger planted ${on} for each row execute function planted()`);
      try {
        expect(await noticed(moves())).toContain(invariant);
      } finally {
        await hub.under.rows(`drop trigger planted on ${table}; drop function planted()`);
      }
    });

    it('a system that gives back what its supervisor has not seen (invariant 6)', async () => {
      const moves: Move[] = [
        refer(kosodate, 'konkyu'),
        consent,
        { do: 'take', which: 0, fails: false },
        { do: 'answer', which: 0, code: '50', reason: '901', stranger: false },
      ];
      expect(await noticed(moves)).toEqual([]);
      const allowed = async (allow: boolean) => {
        await hub.under.rows('update desk_function set returns_without_supervisor = $1', [allow]);
        await hub.under.hub.app.get(Directory).refresh();
      };
      await allowed(true);
      try {
        expect(await noticed(moves)).toContain(6);
      } finally {
        await allowed(false);
      }
    });

    it('a sheet that opens for whoever types its code (invariant 2)', async () => {
      const moves = [carry(), type('stranger')];
      expect(await noticed(moves)).toEqual([]);
      const sheets = hub.under.hub.app.get(Sheets);
      const open = sheets.open.bind(sheets);
      const generous = jest.spyOn(sheets, 'open').mockImplementation(async (caller: Caller, code: string) => {
        const [row] = await hub.under.rows<{ to: string }>(
          'select r.to_function as to from delivery d join referral r on r.id = d.referral where r.id = $1 and d.channel is not null',
          [codeToUuid(code)],
        );
        if (!row) return open(caller, code);
        const holdings = [{ role: 'caseworker', function: row.to }];
        const there = { functions: [row.to], acting: row.to, holdings };
        return open(Object.assign(Object.create(caller) as Caller, there), code);
      });
      try {
        expect(await noticed(moves)).toContain(2);
      } finally {
        generous.mockRestore();
      }
    });

    it.each(['detail', 'timeline'] as const)('%s that is shown as the sender has it (invariant 7)', async (view) => {
      expect(await noticed(arrived())).toEqual([]);
      const views = hub.under.hub.app.get(Views);
      const detail = views.detail.bind(views);
      const ownView = views[view].bind(views) as (caller: Caller, id: string) => Promise<any>;
      const generous = jest.spyOn(views, view).mockImplementation(async (caller: Caller, id: string) => {
        const [row] = await hub.under.rows<{ from: string }>(
          'select from_function as from from referral where id = $1',
          [id],
        );
        const from = row!.from;
        const sender = {
          ...caller,
          functions: [from],
          acting: from,
          holdings: [{ role: 'caseworker', function: from }],
        } as unknown as Caller;
        const [seen, { members }] = [await ownView(caller, id), await detail(sender, id)];
        return Array.isArray(seen)
          ? seen.map((e: object) => ({ ...e, note: members }))
          : { ...seen, ...(seen.members && { members }) };
      });
      try {
        expect(await noticed(arrived())).toContain(7);
      } finally {
        generous.mockRestore();
      }
    });
  });
});
