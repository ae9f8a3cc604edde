// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { appendFileSync } from 'node:fs';
import { describeWithServices } from '@tsunagi/testing';
import { InvariantBroken, play, sequences, Tally, type Invariant, type Move } from '@tsunagi/testing/invariants';
import { ReferralAction, ReferralKind, ReferralState } from '@tsunagi/domain';
import fc from 'fast-check';
import { HubInPlay } from '../test/hub-in-play/hub-in-play';
import { SequenceInHub } from '../test/hub-in-play/sequence-in-hub';
import type { Caller } from '../src/access';
import { Directory } from '../src/organizations';
import { Views } from '../src/referrals/views.service';

/** `npm run test:long -- invariants` plays more, and others at every run. */
const runs = Number(process.env['INVARIANTS'] ?? 20);
const isLong = process.env['INVARIANTS'] !== undefined;
jest.setTimeout(60_000 + runs * 10_000);

const anything = fc.tuple(sequences(18), fc.nat(5));

describeWithServices(['postgres'], 'any sequence of actions by anybody', () => {
  let hub: HubInPlay;
  beforeAll(async () => {
    hub = await HubInPlay.start();
  });
  afterAll(() => hub?.close());

  async function playIn(onlooker: number, moves: readonly Move[], tally?: Tally): Promise<void> {
    const sequence = await SequenceInHub.begin(hub, onlooker);
    await play(sequence, moves, tally).finally(() => sequence.end());
  }

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
    const tally = new Tally();
    await fc.assert(
      fc.asyncProperty(anything, async ([moves, onlooker]) => {
        await playIn(onlooker, moves, tally);
      }),
      { numRuns: runs, endOnFailure: true, ...(!isLong && { seed: 20_261_128 }) },
    );
    const notes = process.env['TEST_LONG_NOTES'];
    if (notes !== undefined) appendFileSync(notes, `${tally.toString()}\n`);
    // Each sequence goes some way, and much of it comes twice.
    for (const [what, least] of [
      ['made refer', runs],
      ['made step', runs],
      ['made again', runs / 4],
      ['made consent', runs / 2],
      ['action receive', runs / 8],
      ['left message', runs / 16],
    ] as const)
      expect([what, tally.count(what) >= Math.floor(least)]).toEqual([what, true]);
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
    for (const way of ways) await playIn(onlooker, way, tally);
    for (const kind of ReferralKind.options)
      await playIn(0, [{ ...refer(kosodate, 'hogo'), kind, to: 0 } as Move, consent], tally);
    expect(tally.all('state')).toEqual([...ReferralState.options].sort());
    expect(tally.all('kind')).toEqual([...ReferralKind.options].sort());
    const unseen = ReferralAction.options.filter((action) => !tally.all('action').includes(action));
    expect(unseen).toEqual([]);
  });

  describe('a broken rule is noticed', () => {
    async function noticed(moves: readonly Move[]): Promise<readonly Invariant[]> {
      try {
        await playIn(onlooker, moves);
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
        'new.status := old.status; new.withdrawn_at := old.withdrawn_at',
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
