// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  conferenceRules,
  type ConferenceKind,
  type Consent,
  type ConsentRecipient,
  type Danger,
  type DataCategory,
  type Ground,
  type PersonSeal,
  type Refusal,
  type Sitting,
} from '@tsunagi/domain';
import { consentColumns, toConsent, type ConsentRow } from './consent.rows';
import type { Tx } from '../platform';

/**
 * What is recorded about persons that decides on their items: what they have said, what was recorded without their consent, who
 * must not find them, and the conferences that discuss them.
 */
export interface Wishes {
  readonly consents: Consent[];
  readonly refusals: Refusal[];
  readonly grounds: readonly Ground[];
  readonly seals: readonly PersonSeal[];
  readonly dangers: readonly Danger[];
  readonly sittings: readonly Sitting[];
}

export const noWishes = (): Wishes => ({
  consents: [],
  refusals: [],
  grounds: [],
  seals: [],
  dangers: [],
  sittings: [],
});

interface RefusalRow {
  id: string;
  person: string;
  recorded_by: string;
  categories: DataCategory[] | null;
  recipients: ConsentRecipient[] | null;
  at: string;
  ask_again_on: string | null;
  giver: Refusal['giver'] | null;
  giver_person: string | null;
  entitled: boolean;
  how: Refusal['how'] | null;
}

interface GroundRow {
  id: string;
  version: number;
  referral: string;
  authority_row: string;
  code: Ground['code'];
  function: string;
  recipient: string | null;
  drafted_by: string;
  persons: string[];
  categories: DataCategory[];
  said: Ground['said'];
  recorded_at: string;
  decided_at: string | null;
  decided_by: string | null;
  outcome: 'approved' | 'refused' | null;
  approved: DataCategory[] | null;
  over_refusal: boolean;
  until: string | null;
}

interface SittingRow {
  id: string;
  version: number;
  kind: ConferenceKind;
  state: Sitting['state'];
  parts: ConferenceKind[];
  persons: string[];
  shares_until: string | null;
  members: (Sitting['members'][number] & { part: number })[];
}

interface SaidRow {
  consents: JsonOf<ConsentRow>[];
  refusals: RefusalRow[];
  watched: boolean;
}

interface WatchedRow {
  grounds: GroundRow[];
  seals: PersonSeal[];
  dangers: { person: string; from_person: string | null }[];
  sittings: SittingRow[];
}

/**
 * Reads what is recorded about these persons; the caller holds their locks. What they have said comes in one statement. For
 * nearly all of them that is all: the rest is asked for only when one of them is marked, so it costs the others nothing.
 *
 * @param of.persons SQL of the hub that finds the persons behind `ids`, when these are of something else
 */
export async function wishesOf(
  tx: Pick<Tx, 'query'>,
  ids: readonly string[],
  of: { readonly persons: string } = { persons: 'select unnest($1::uuid[])' },
): Promise<Wishes> {
  if (ids.length === 0) return noWishes();
  const [row] = await tx.query<SaidRow>(
    `with p as materialized (select array(${of.persons}) as persons)
     select
       (select coalesce(json_agg(c), '[]') from (
          select ${consentColumns} from consent where person = any((select persons from p)::uuid[]) order by granted_at, id) c) as consents,
       (select coalesce(json_agg(r), '[]') from (
          select id, person, recorded_by, categories, recipients, at, ask_again_on, giver, giver_person, entitled, how from refusal where person = any((select persons from p)::uuid[]) order by at, id) r) as refusals,
       exists (select 1 from person where id = any((select persons from p)::uuid[]) and watched) as watched`,
    [ids],
  );
  if (!row) return noWishes();
  return { ...noWishes(), ...toSaid(row), ...(row.watched && (await watchedOf(tx, ids, of.persons))) };
}

/** What a ground, a seal, a danger or a conference says of them. */
async function watchedOf(
  tx: Pick<Tx, 'query'>,
  ids: readonly string[],
  persons: string,
): Promise<Pick<Wishes, 'grounds' | 'seals' | 'dangers' | 'sittings'>> {
  const [row] = await tx.query<WatchedRow>(
    `with p as materialized (select array(${persons}) as persons)
     select
       (select coalesce(json_agg(g), '[]') from (
          select id, version, referral, authority_row, code, function, recipient, drafted_by, persons, categories, said, recorded_at, decided_at, decided_by,
            outcome, approved, over_refusal, until
          from ground where persons && (select persons from p)::uuid[] order by recorded_at, id) g) as grounds,
       (select coalesce(json_agg(s), '[]') from (
          select id, person from person_seal where person = any((select persons from p)::uuid[])
            and not exists (select 1 from person_unseal u where u.seal = person_seal.id and u.confirmed_at is not null) order by id) s) as seals,
       (select coalesce(json_agg(d), '[]') from (
          select person, from_person from person_danger where person = any((select persons from p)::uuid[]) and ended_at is null order by id) d) as dangers,
       (select coalesce(json_agg(k), '[]') from (
          select id, version, kind, parts, state, persons, shares_until,
            (select coalesce(json_agg(json_build_object('part', part, 'function', function, 'staff', staff, 'acknowledged', acknowledged_at is not null) order by id), '[]')
             from conference_member where conference = conference.id and staff is not null and function is not null) as members
          from conference where persons && (select persons from p)::uuid[] and state in ('called', 'open') order by id) k) as sittings`,
    [ids],
  );
  return row ? toWatched(row) : noWishes();
}

const toSaid = (row: SaidRow): Pick<Wishes, 'consents' | 'refusals'> => ({
  consents: row.consents.map((c) =>
    toConsent({
      ...c,
      granted_at: new Date(c.granted_at),
      withdrawn_at: moment(c.withdrawn_at),
      confirmed_at: moment(c.confirmed_at),
    }),
  ),
  refusals: row.refusals.map((r) => ({
    id: r.id,
    person: r.person,
    recordedBy: r.recorded_by,
    at: iso(r.at),
    ...(r.categories && { categories: r.categories }),
    ...(r.recipients && { recipients: r.recipients }),
    ...(r.ask_again_on !== null && { askAgainOn: r.ask_again_on }),
    ...(r.giver && { giver: r.giver }),
    ...(r.giver_person !== null && { giverPerson: r.giver_person }),
    ...(!r.entitled && { entitled: false as const }),
    ...(r.how && { how: r.how }),
  })),
});

const toWatched = (row: WatchedRow) => ({
  grounds: row.grounds.map(toGround),
  seals: row.seals,
  dangers: row.dangers.map((d) => ({ person: d.person, from: d.from_person ?? 'household' })),
  sittings: row.sittings.flatMap(sittingsOf),
});

/** A conference that serves several in parts is a sitting of its own for each, with its own roster and law. */
function sittingsOf({ kind, parts, members, shares_until, ...of }: SittingRow): Sitting[] {
  return [kind, ...parts].map((each, part) => ({
    ...of,
    kind: each,
    authority: conferenceRules[each].authority,
    members: members.filter((m) => m.part === part).map(({ part: _, ...member }) => member),
    ...(shares_until !== null && { until: Date.parse(shares_until) }),
  }));
}

function toGround(row: GroundRow): Ground {
  const { decided_at, decided_by, outcome } = row;
  return {
    id: row.id,
    version: row.version,
    referral: row.referral,
    row: row.authority_row,
    code: row.code,
    function: row.function,
    ...(row.recipient !== null && { recipient: row.recipient }),
    by: row.drafted_by,
    persons: row.persons,
    categories: row.categories,
    said: row.said,
    recordedAt: iso(row.recorded_at),
    ...(decided_at !== null &&
      decided_by !== null &&
      outcome !== null && {
        decided: {
          at: iso(decided_at),
          by: decided_by,
          outcome,
          categories: row.approved ?? [],
          overRefusal: row.over_refusal,
        },
      }),
    ...(row.until !== null && { until: row.until }),
  };
}

/** In JSON a moment is text. */
type JsonOf<R> = { [K in keyof R]: R[K] extends Date ? string : R[K] extends Date | null ? string | null : R[K] };
const iso = (text: string) => new Date(text).toISOString();
const moment = (text: string | null) => (text === null ? null : new Date(text));
