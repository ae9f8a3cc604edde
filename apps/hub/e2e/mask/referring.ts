// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { addDays, japaneseDay, type MemberItems } from '@tsunagi/domain';
import type { Pool } from 'pg';
import type { ConsentWord, RandomReferral, RefusalWord, Word } from './random-referrals';
import type { Traces } from './traces';
import type { Way } from './ways';
import { act, handIn, told } from '../journeys/people';
import { generalForm } from '../../src/demo';

/** A referral that was handed in, with its values and with what the hub calls everything. */
export interface Sent extends RandomReferral {
  readonly n: number;
  readonly way: Way;
  readonly id: string;
  /** By member, the subject first. */
  readonly persons: readonly { readonly ref: string; readonly person: string }[];
  /** By word; a refusal has none. */
  readonly consents: readonly (string | undefined)[];
}

/** Its desk writes it, writes down what everybody in it has said, and sends it. */
export async function refer(
  planned: RandomReferral,
  { n, way, traces, number, database }: { n: number; way: Way; traces: Traces; number: string; database: Pool },
): Promise<Sent> {
  const members = planned.members.map((items, m) => filled(items, { referral: n, ref: `m${m}` }, traces));
  const numbers = [
    { system: 'kaigo', value: `00990010-${number}` },
    { system: 'konkyu', value: `SD-${number}` },
  ];
  const [subject, ...others] = members.map((items, m) => ({
    ref: `m${m}`,
    role: m === 0 ? 'subject' : 'relative',
    identifiers: m === 0 && planned.numbered ? numbers : [],
    items,
  }));
  // A draft until the person was told of it: when it leaves, everything has been said.
  const untold = { at: new Date(), personInformed: undefined };
  const to = { function: way.to.id };
  const { body, status } = await handIn(way.sender, { ...untold, to, subject: subject!, others });
  expect({ status, code: body.code, errors: body.errors }).toEqual({ status: 201 });
  const { persons } = (await way.sender('GET', `/referrals/${body.id}`)).body;
  const one = { ...planned, members, n, way, id: body.id, persons, consents: [] };
  const consents: (string | undefined)[] = [];
  for (const word of planned.words) consents.push(await say(one, word));
  await record(one, database);
  await act(way.sender, body.id, 'send', { personInformed: told(new Date()) });
  return { ...one, consents };
}

/** What happens afterwards, and how it stands then. */
export async function goOn(one: Sent, traces: Traces): Promise<Sent> {
  const { later, words, way, id, n } = one;
  if (later === 'nothing') return one;
  if (later === 'withdraws') {
    const first = words.findIndex((w) => w.word === 'consent' && w.of === 0);
    if (first === -1) return one;
    const { status } = await way.sender('POST', `/consents/${one.consents[first]}/withdraw`, {});
    expect(status).toBeLessThan(300);
    return { ...one, words: words.filter((_, w) => w !== first) };
  }
  if ('corrects' in later) {
    const items = filled(later.corrects, { referral: n, ref: 'm0' }, traces);
    if (Object.keys(items).length === 0) return one;
    const subject = { ref: 'subject', role: 'subject', identifiers: [], items };
    await act(way.sender, id, 'supplement', { subject });
    // Whatever is written in a new version of anybody protected waits until its desk has looked through it.
    const { body } = await way.sender('GET', '/todos?kind=check_sealed_text');
    if (body.items.some((todo: { referralId?: string }) => todo.referralId === id))
      await act(way.sender, id, 'supplement', { sealedTextChecked: true });
    const [before, ...others] = one.members;
    return { ...one, members: [{ ...before, ...items }, ...others] };
  }
  await say(one, later);
  return { ...one, words: [...words, later] };
}

/** Who must not be found, who endangers whom, and what is to be disclosed without consent, as desks have recorded it. */
async function record({ id, protects, dangers, grounds, persons, way }: Sent, database: Pool): Promise<void> {
  const person = (m: number) => persons[m]!.person;
  for (const ground of grounds) {
    const { code, categories, hoursAgo, saidAll, decided, overRefusal } = ground;
    const approved = typeof decided === 'object' ? decided : undefined;
    const until = approved && addDays(japaneseDay(new Date()), approved.isOver ? -1 : 10);
    await database.query(
      `insert into ground (id, referral, authority_row, code, function, drafted_by, persons, categories, said, words, recorded_at,
           decided_at, decided_by, outcome, approved, over_refusal, until)
         select $1, $2, id, code, $4, 'staff', $5, $6, case when $7 then needs else needs[2:] end, '', now() - $8 * interval '1 hour',
           case when $9::text is not null then now() - $8 * interval '30 minutes' end, case when $9 is not null then 'approver' end, $9,
           $10, $11, $12
         from authority_row where code = $3 and active`,
      [
        ...[randomUUID(), id, code, way.from.id, ground.persons.map(person), categories, saidAll, hoursAgo],
        ...[approved ? 'approved' : decided === 'refused' ? 'refused' : null, approved?.approved, overRefusal, until],
      ],
    );
  }
  for (const m of protects)
    await database.query(
      `insert into person_seal (id, person, ground, valid_from, function, recorded_by, recorded_at)
         values ($1, $2, 'own', '2026-01-01', $3, 'staff', now())`,
      [randomUUID(), person(m), way.from.id],
    );
  for (const { to, from } of dangers)
    await database.query(
      `insert into person_danger (id, person, from_person, from_household, function, recorded_by, recorded_at)
         values ($1, $2, $3, $4, $5, 'staff', now())`,
      [randomUUID(), person(to), from === 'household' ? null : person(from), from === 'household', way.from.id],
    );
}

function filled(items: MemberItems, whose: { referral: number; ref: string }, traces: Traces): MemberItems {
  const groups = Object.entries(items).map(([category, group]) => {
    const fields = Object.entries(group as object).map(([field, value]) => [
      field,
      traces.fill<unknown>(value, { ...whose, category, field }),
    ]);
    return [category, Object.fromEntries(fields)];
  });
  return Object.fromEntries(groups) as MemberItems;
}

/** Written down at the sender's desk. */
async function say(one: Sent, word: Word): Promise<string | undefined> {
  const path = word.word === 'refusal' ? '/refusals' : '/consents';
  const said = word.word === 'refusal' ? refusal(word, one.way) : consent(word, one.way);
  const at = new Date(Date.now() - word.hoursAgo * 3_600_000).toISOString();
  const { person } = one.persons[word.of]!;
  const { status, body } = await one.way.sender('POST', path, { person, ...said(at) });
  expect({ path, status, code: body.code }).toEqual({ path, status: 201 });
  return word.word === 'consent' ? body.id : undefined;
}

const refusal =
  ({ categories, toward }: RefusalWord, { named }: Way) =>
  (at: string) => ({ at, categories, ...(toward && { recipients: [named[toward]] }) });

const consent =
  (word: ConsentWord, { named, to, elsewhere }: Way) =>
  (at: string) => {
    const today = japaneseDay(new Date());
    const days = {
      now: { from: '2020-01-01', until: addDays(today, 30) },
      over: { from: '2020-01-01', until: addDays(today, -2) },
      'not yet': { from: addDays(today, 2), until: addDays(today, 30) },
    };
    const { categories, toward, purpose, when, feedback, excludesRecipient, names } = word;
    return {
      giver: 'self',
      manner: 'written',
      formVersion: generalForm,
      grantedAt: at,
      scope: { categories, recipients: [named[toward]], purposes: [purpose], ...days[when], feedback },
      ...(excludesRecipient && { exclusions: [to.id] }),
      ...(names !== 'nobody' && { namedOrganization: (names === 'theirs' ? to : elsewhere).organization.id }),
    };
  };
