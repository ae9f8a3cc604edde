// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { disclosedLine, disclosureLine } from '@tsunagi/contracts';
import {
  desksFor,
  hiddenKinds,
  mayForAll,
  withoutThirdParties,
  type Consent,
  type DisclosureWay,
  type LookedAt,
  type Permit,
  type RecallDisposition,
  type ReferralKind,
} from '@tsunagi/domain';
import type { z } from 'zod';
import type { Caller } from '../access';
import { Directory } from '../organizations';
import { besideReferral, isThere, meantBy, namesBeside, withMerged } from '../people';
import { Database, recallTexts } from '../platform';

type Line = z.infer<typeof disclosureLine>;
type Disclosed = z.infer<typeof disclosedLine>;

/** Whose ledger, for whom: the whole of it, or as these functions have taken part. */
interface Asked {
  readonly persons: readonly string[];
  readonly whole: boolean;
  readonly functions: readonly string[];
  readonly caller: Caller;
  readonly put: Put;
}

/** For whom it is put together: its desks, the person, or who decides on what somebody asks to be shown. */
interface Put {
  readonly page: 'desk' | 'resident' | 'working';
  readonly askedBy: 'self' | 'guardian' | 'agent' | 'household';
}
const forDesks: Put = { page: 'desk', askedBy: 'self' };

/** Of whom, and to which of the caller's functions; `undefined` = for the municipality. */
export interface LedgerOf {
  readonly person: string;
  readonly desk: string | undefined;
  readonly items: Line[];
}

interface LineRow {
  id: string;
  referral: string | null;
  /** The kind of that referral. */
  kind: ReferralKind | null;
  sender_function: string | null;
  recipient_function: string | null;
  way: DisclosureWay;
  what: LookedAt | null;
  viewer: string | null;
  authority: string;
  members: (Permit['members'][number] & { person: string })[];
  state: Line['state'];
  at: Date;
  requested_at: Date | null;
  due_on: string | null;
  acknowledged_at: Date | null;
  done: RecallDisposition['done'] | null;
  law: string | null;
  untold: boolean;
  quiet: boolean;
  later: boolean;
  since: Date;
  /** In the referral. */
  everybody: string[];
}

@Injectable()
export class Ledger {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
  ) {}

  /** As subject or as another member. The whole ledger of a person for those who answer for it; for a desk, the lines in which it took part. */
  async of(caller: Caller, id: string, put: Put = forDesks): Promise<LedgerOf> {
    const whole = mayForAll(caller, 'ledger.answer');
    const desks = desksFor(caller, 'ledger.read');
    const meant = await meantBy(this.database, id, desks);
    // Who answers for the whole of it knows the person by the person's own id.
    const [person, own] = whole ? [id, desks] : [meant.person, meant.functions];
    const of = { person, desk: whole ? undefined : own[0] };
    if (!whole && caller.excluded?.persons.has(person)) return { ...of, items: [] };
    // What is handed out for the whole municipality is put together for no desk.
    const functions = whole && put.page !== 'desk' ? [] : own;
    const persons = await withMerged(this.database, [person]);
    return { ...of, items: await this.lines({ persons, whole, functions, caller, put }) };
  }

  /** What the desk that took these consents, versions of one, has disclosed on them or was about to. */
  async onConsents(caller: Caller, { person, givenTo }: Consent, versions: readonly string[]): Promise<Disclosed[]> {
    const persons = await withMerged(this.database, [person]);
    const whole = mayForAll(caller, 'ledger.answer');
    const lines = await this.lines(
      { persons, whole, functions: [givenTo], caller, put: forDesks },
      ({ state, later, sender_function: sender, members }) =>
        // What was built anew before it went has stopped nothing.
        !(state === 'recalled' && later) &&
        sender === givenTo &&
        members.some((m) => m.consents.some((c) => versions.includes(c))),
    );
    return lines.filter(isBetweenDesks);
  }

  private async lines(
    { persons, whole, functions, caller, put: { page, askedBy } }: Asked,
    isMeant: (line: LineRow) => boolean = () => true,
  ): Promise<Line[]> {
    const rows = await this.database.query<LineRow>(
      // That the desk has opened it shows in a line of another age, in one more line of the same delivery, and in a delivery
      // to the screen beside the one to its system.
      `select d.id, d.referral, f.kind, d.sender_function, d.recipient_function, d.way, d.what, d.viewer, d.authority, d.members, d.state, d.at, r.requested_at, r.due_on::text, r.acknowledged_at, r.done, r.law,
         array(select (m->>'person')::uuid from jsonb_array_elements(coalesce(f.members, d.members)) m) as everybody,
         q.quiet and f.told_state = 'sent' as untold, q.quiet and (f.told_state = 'sent' or f.told_state <> f.state) as quiet,
         min(d.at) over (partition by coalesce(d.delivery, d.id)) as since,
         d.state = 'recalled' and d.at < max(d.at) over (partition by coalesce(d.delivery, d.id)) or exists (
           select 1 from delivery o join delivery s on s.referral = o.referral and s.kind = 'referral' and s.plugin is not null and s.seq < o.seq
           where o.id = d.delivery and o.kind = 'referral' and o.plugin is null and o.channel is null) as later
       from disclosure d left join referral f on f.id = d.referral left join lateral (
           select requested_at, due_on, acknowledged_at, done, law from recall where cancels = d.delivery
           union all select requested_at, due_on, acknowledged_at, done, law from recall where line = d.id limit 1) r on true
         cross join lateral (select d.sender_function = any($3::uuid[]) and d.recipient_function <> all($3::uuid[]) as quiet,
           coalesce(f.kind = any($4::text[]) or f.conference is not null, false) as hidden) q
       where (d.person = any($1::uuid[])
           or (jsonb_array_length(d.members) > 1 and d.members @> any(array(select jsonb_build_array(jsonb_build_object('person', p)) from unnest($1::text[]) p))))
         and (not $6 or (coalesce(f.kind <> all($4::text[]), true) and (coalesce(f.conference, d.conference) is null or d.authority = 'consent')))
         and (not ($2 or $6) or (not $6 and d.recipient_function = any($3::uuid[])) or ${isKnownThere})
         and ($5 or not q.hidden) and (
           ($2 and ($6 or (not q.hidden and d.conference is null)))
           or (d.conference is null and ((d.look is null and d.sender_function = any($3::uuid[]))
             or (d.recipient_function = any($3::uuid[]) and (d.referral is null or d.recipient_function = f.from_function or ${isThere('f')}))))) order by d.at, d.id`,
      // Of a 通報・通告 and of what rests on a conference nobody learns from the ledger but the people of its two functions, and the
      // person of what the conference has on her consent. Who looks at what a desk has is no matter of the other desk.
      [persons, whole, functions, hiddenKinds, caller.kind === 'staff', page === 'resident'],
    );
    const shown = (r: LineRow) => (r.quiet && !whole ? r.since : r.at);
    const isShutOut = (r: LineRow) => r.referral !== null && caller.excluded?.referrals.has(r.referral) === true;
    const listed = rows.filter((r) => isMeant(r) && (whole || !((r.quiet && r.later) || isShutOut(r))));
    listed.sort((a, b) => shown(a).getTime() - shown(b).getTime());
    const isOwn = (r: LineRow) => r.recipient_function !== null && functions.includes(r.recipient_function);
    const nameOf = await namesBeside(
      this.database,
      this.directory,
      listed.map((r) => ({
        desks: [r.sender_function ?? undefined, r.recipient_function ?? undefined],
        persons: r.everybody,
      })),
    );
    const isHandedOut = page === 'resident';
    // On a page that leaves the house nobody reads where somebody is who must not be found. Where she is herself she knows; but a desk
    // that puts the page together learns no more by it than on its own screen.
    const isTheirOwn = (p: string) => whole && askedBy === 'self' && persons.includes(p);
    const named = (r: LineRow, desk: string) => {
      const beside = r.kind === null ? { persons: r.everybody } : besideReferral(r.kind, r.everybody);
      return isHandedOut
        ? nameOf(desk, { ...beside, persons: r.everybody.filter((p) => !isTheirOwn(p)), own: [] })
        : nameOf(desk, { ...beside, own: whole ? 'all' : functions });
    };
    // By the law under which something is kept one finds the town as well: an ordinance has its name.
    const lawOf = (r: LineRow) => {
      const desk = r.recipient_function;
      const isUnnamed = desk !== null && named(r, desk).code !== this.directory.outline(desk).code;
      return isUnnamed ? recallTexts.LAW_UNSAID.says : withoutThirdParties(r.law ?? '');
    };
    return listed.map((r) => ({
      id: r.id,
      ...(r.referral !== null && { referralId: r.referral }),
      ...(r.sender_function !== null && { from: named(r, r.sender_function) }),
      ...(r.recipient_function !== null && { to: named(r, r.recipient_function) }),
      way: r.way,
      ...(r.what !== null && { what: r.what }),
      ...(r.viewer !== null && !isHandedOut && (whole || isOwn(r)) && { viewer: r.viewer }),
      authority: r.authority,
      // A ledger is of one person: what the line says of others is theirs to ask for.
      members: r.members.filter((m) => persons.includes(m.person)).map(({ ref, categories }) => ({ ref, categories })),
      // That it has arrived is feedback as well.
      state: r.untold && !whole && r.state === 'written' ? 'claimed' : r.state,
      at: shown(r).toISOString(),
      ...(r.requested_at && {
        recall: {
          requestedAt: r.requested_at.toISOString(),
          ...(r.due_on !== null && { dueOn: r.due_on }),
          ...(r.acknowledged_at && { acknowledgedAt: r.acknowledged_at.toISOString() }),
          ...(r.done !== null && {
            disposition: r.done === 'kept' ? { done: r.done, law: lawOf(r) } : { done: r.done },
          }),
        },
      }),
    }));
  }
}

/**
 * SQL: what a desk has looked at beside any referral tells that it knows the person, so it must know her by more than a 通報・通告,
 * a conference, or what nobody but that desk counts by person before it is released.
 */
const isKnownThere = `(d.look is null or d.referral is not null or d.conference is not null or d.recipient_function is null or exists (
  select 1 from referral k where (k.subject = any($1::uuid[]) or (jsonb_array_length(k.members) > 1
      and k.members @> any(array(select jsonb_build_array(jsonb_build_object('person', p)) from unnest($1::text[]) p))))
    and d.recipient_function in (k.from_function, k.to_function) and k.kind <> all($4::text[]) and k.conference is null
    and (k.sent_at is not null or (k.from_function = d.recipient_function and k.from_function = any($3::uuid[])))))`;

const isBetweenDesks = (line: Line): line is Disclosed =>
  line.referralId !== undefined && line.from !== undefined && line.to !== undefined;
