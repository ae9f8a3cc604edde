// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Member } from '@tsunagi/domain';
import type { Seen, Shown } from '@tsunagi/testing/invariants';
import { categoriesOf, gather } from './messages';
import type { Sequence } from './sequence';
import { learnOfEverybody } from './settling';
import type { Who } from '../sign-in';

export async function look(sequence: Sequence): Promise<Seen> {
  const now = sequence.now;
  await learnOfEverybody(sequence);
  const { rows } = sequence.play.under;
  const ids = [sequence.referrals];
  const found = await rows<any>(
    `select id, kind, purpose, from_function as from, to_function as to, state, told_state as "toldState", version, sender || ' ' || source_key as key,
       coalesce(parent, reopens) as parent, members, subject, content_version as content,
       exists (select 1 from delivery d where d.referral = referral.id and d.kind in ('referral', 'supplement') and d.go_at is not null) as reached
     from referral where id = any($1::uuid[]) order by id`,
    ids,
  );
  const events = await rows<any>(
    `select referral, version, action, from_state as from, to_state as to, actor, function, at, reasons, facts is not null as said
     from referral_event where referral = any($1::uuid[]) order by referral, version`,
    ids,
  );
  const todos = await rows<any>(
    'select referral, function, role, kind from todo where referral = any($1::uuid[]) and done_at is null order by id',
    ids,
  );
  const reminders = await rows<{ line: string }>(
    `select a.object || ' ' || t as line from audit_entry a, jsonb_array_elements_text(a.details->'todos') t
     where a.object = any($1::text[]) and a.action = 'referral.reminded'`,
    ids,
  );
  const units = await rows<any>(
    `select u.id, array(select m.person::text from unit_member m where m.unit = u.id and m.moved_to is null order by 1) as persons,
       array(select l.function::text from lead l where l.unit = u.id and l.until_at is null order by 1) as leads
     from support_unit u where exists (select 1 from unit_member m where m.unit = u.id and m.person = any($1::uuid[])) order by u.id`,
    [[...sequence.persons]],
  );
  gather(sequence);
  const looks = await Promise.all(found.map((r) => shownToDesks(sequence, r)));
  return {
    now: sequence.now < now ? now : sequence.now,
    referrals: found.map((r, n) => ({
      ...r,
      to: r.to ?? undefined,
      parent: r.parent ?? undefined,
      finders: [],
      sheet: sequence.sheets.get(r.id),
      found: looks[n]!.found,
    })),
    events: events.map((e) => ({ ...e, from: e.from ?? undefined, function: e.function ?? undefined })),
    todos,
    units: units.map((u) => ({ ...u, alarm: false })),
    reminded: reminders.map((r) => r.line),
    shown: [...looks.flatMap((l) => l.shown), ...spoken(sequence)],
    left: [...sequence.left],
    agendas: [],
    kept: [],
    onlooker: await toldToOnlooker(sequence),
  };
}

/** As its recipient sees it on screen, and as its sender is told that it would be seen. */
async function shownToDesks(
  sequence: Sequence,
  r: { id: string; from: string; to: string | null; kind: string },
): Promise<{ readonly shown: readonly Shown[]; readonly found: boolean }> {
  if (r.to === null) return { shown: [], found: false };
  const desk = r.to;
  const screen = await sequence.call({ role: 'caseworker', function: desk }, 'GET', `/referrals/${r.id}`);
  const would = await sequence.call({ role: 'caseworker', function: r.from }, 'POST', '/disclosures/preview', {
    referralId: r.id,
  });
  const looks: Shown[] = [];
  if (screen.body.members?.length > 0)
    looks.push({ way: 'screen', referral: r.id, desk, members: (screen.body.members as Member[]).map(categoriesOf) });
  const { shown } = would.body;
  const members = shown && r.kind !== 'advice' ? [shown.subject, ...shown.others].map(categoriesOf) : [];
  if (would.status === 200) looks.push({ way: 'preview', referral: r.id, desk, members });
  const asked = ['timeline', 'decision', 'actions'].map((view) => `/referrals/${r.id}/${view}`);
  const answers = [{ role: 'coordinator' }, { role: 'supervisor', function: desk }].flatMap((who) =>
    [...asked, `/referrals?q=${r.id}`].map((path) => sequence.call(who, 'GET', path)),
  );
  for (const answer of await Promise.all(answers)) sequence.heard(answer);
  return { shown: looks, found: screen.status === 200 };
}

/** Where no name belongs, and one came out. */
function spoken(sequence: Sequence): Shown[] {
  const out = sequence.said.filter((text) => text.includes(sequence.mark));
  const [referral = ''] = sequence.referrals;
  const members = [{ ref: 'subject', categories: ['identity' as const], fields: [] }];
  return out.map(() => ({ way: 'list', referral, desk: sequence.onlooker.id, members }));
}

/** The answers to all that it may ask about its own matter. */
async function toldToOnlooker(sequence: Sequence): Promise<Record<string, unknown>> {
  const who = { role: 'caseworker', function: sequence.onlooker.id };
  const supervisor = { role: 'supervisor', function: sequence.onlooker.id };
  const { referral } = sequence.own!;
  const own = await sequence.call(who, 'GET', `/referrals/${referral}`);
  const person = own.body.person as string;
  const views = ['', '/actions', '/timeline', '/decision'].map((view) => `/referrals/${referral}${view}`);
  const known = ['consents', 'facts', 'disclosures'].map((view) => `/persons/${person}/${view}`);
  const paths = ['/referrals?limit=20', ...views, ...known, `/support-units?person=${person}`];
  const answers = await Promise.all(
    paths.map(async (path) => {
      const { status, body } = await sequence.call(who, 'GET', path, undefined, { 'x-request-id': 'the-same' });
      return [path, { status, body }] as const;
    }),
  );
  const lists = await Promise.all([todosOf(sequence, who), todosOf(sequence, supervisor)]);
  const told = { ...Object.fromEntries(answers), 'to-dos': lists };
  const guessed = await Promise.all(
    sequence.referrals
      .slice(0, 1)
      .map(async (id) => (await sequence.call(supervisor, 'GET', `/referrals/${id}`)).status),
  );
  return guessed.some((status) => status !== 404) ? { ...told, guessed } : told;
}

/** All that is on somebody's list; but of other sequences something may be sent again at any moment, in vain. */
async function todosOf(sequence: Sequence, who: Who): Promise<unknown[]> {
  const { referral } = sequence.own!;
  const listed: unknown[] = [];
  const isOurs = ({ referralId: id }: { referralId?: string }) =>
    id === undefined || id === referral || sequence.referrals.includes(id);
  let cursor = '';
  do {
    const { body } = await sequence.call(who, 'GET', `/todos?limit=200${cursor}`);
    listed.push(...body.items.filter(isOurs));
    cursor = body.next === undefined ? '' : `&cursor=${body.next}`;
  } while (cursor !== '');
  return listed;
}
