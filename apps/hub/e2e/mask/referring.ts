// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays, type MemberItems } from '@tsunagi/domain';
import { dated } from './may-leave';
import type { ConsentWord, GroundFor, RandomReferral, RefusalWord, Word } from './random-referrals';
import type { Traces } from './traces';
import type { Way } from './ways';
import { act, handIn, told } from '../journeys/people';
import type { Api } from '../../test/sign-in';
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
  /** A word that was marked as about others in a note beside it. */
  readonly noted?: string;
}

/** Its desk writes it, and records in time what it goes without a consent for. */
export async function drawUp(
  planned: RandomReferral,
  { n, way, traces, number, ...hub }: { n: number; way: Way; traces: Traces; number: string } & Hub,
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
  const written = members.map((items) => dated(items, hub.today));
  const one = { ...planned, members: written, n, way, id: body.id, persons, consents: [] };
  for (const ground of one.grounds) if (ground.isEarly) await record(one, ground, hub);
  return one;
}

/** What everybody in it has said and what is recorded of them is written down, and it is sent. */
export async function send(one: Sent, hub: Hub): Promise<Sent> {
  const { words, way, id, grounds, protects, dangers, isRead, confirms } = one;
  const consents: (string | undefined)[] = [];
  for (const word of words) consents.push(await say(one, word, hub));
  for (const m of protects) await must(way.sender, `${pathTo(one, m)}/seal`, { ground: 'own', from: hub.today });
  for (const { to, from } of dangers) {
    const body = { from: from === 'household' ? from : { person: one.persons[from]!.person } };
    await must(way.sender, `${pathTo(one, to)}/danger`, body);
  }
  for (const ground of grounds) if (!ground.isEarly) await record(one, ground, hub);
  if (isRead) await readTexts(one);
  await act(way.sender, id, 'send', {
    personInformed: told(new Date()),
    ...(confirms && { narrativeConfirmed: true }),
  });
  return { ...one, consents };
}

/** Who decides there on what is recorded, and the day. */
export interface Hub {
  readonly approver: Api;
  readonly today: string;
}

const pathTo = ({ persons }: Sent, m: number) => `/persons/${persons[m]!.person}`;

async function must(who: Api, path: string, body: object, headers?: Record<string, string>): Promise<any> {
  const { status, body: answer } = await who('POST', path, body, headers);
  expect({ path, status, code: status < 300 ? undefined : answer.code }).toMatchObject({ code: undefined });
  return answer;
}

/** Whatever is written of anybody protected waits until its desk has looked through it. */
async function readTexts({ way, id }: Sent): Promise<void> {
  const { body } = await way.sender('GET', `/todos?kind=check_sealed_text&limit=200`);
  if (body.items.some((todo: { referralId?: string }) => todo.referralId === id))
    await act(way.sender, id, 'supplement', { sealedTextChecked: true });
}

/** What happens afterwards, and how it stands then. */
export async function goOn(one: Sent, traces: Traces, hub: Hub): Promise<Sent> {
  const { later, words, way, id, n } = one;
  if (later === 'nothing') return one;
  if (later === 'notes') {
    const [note, noted] = ['◆。〔', '◆'].map((text, part) =>
      traces.fill(text, { referral: n, ref: 'm0', category: 'narrative', field: `note${part}〔〕` }),
    );
    await act(way.sender, id, 'supplement', { note: `${note}${noted}〕` });
    return { ...one, noted: noted! };
  }
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
    if (one.isRead) await readTexts(one);
    const [before, ...others] = one.members;
    // What was said of one version is said of no later one.
    return { ...one, confirms: false, members: [{ ...before, ...dated(items, hub.today) }, ...others] };
  }
  await say(one, later, hub);
  return { ...one, words: [...words, later] };
}

/** Recorded by the desk, and decided on by whom it is for. */
async function record(one: Sent, ground: GroundFor, { approver, today }: Hub): Promise<void> {
  const { code, categories, saidAll, decided, overRefusal } = ground;
  const { way, id, persons } = one;
  const asked = { law: { law: '見本法', article: '1条' }, benefit_of_person: { harmsNobody: true }, emergency: {} };
  const { status, body } = await way.sender('POST', `/referrals/${id}/grounds`, {
    code,
    persons: ground.persons.map((m) => persons[m]!.ref),
    categories,
    reason: 'ご本人の生命を守るため。',
    whyNoConsent: 'not_reached',
    ...(saidAll && asked[code]),
  });
  expect([code, status, body.code]).toEqual(saidAll ? [code, 201, undefined] : [code, 422, 'GROUND_INCOMPLETE']);
  if (!saidAll || decided === 'not yet') return;
  const { body: recorded } = await approver('GET', `/referrals/${id}/grounds`);
  const { decision, version } = recorded.items.find((g: { id: string }) => g.id === body.id);
  const approved = typeof decided === 'object' ? decided : undefined;
  const word = {
    ground: body.id,
    outcome: approved ? 'approved' : 'refused',
    categories: approved?.approved ?? [],
    ...(approved && { until: approved.isOver ? today : addDays(today, 20) }),
    ...(overRefusal && { words: 'ご本人の生命を守るため。' }),
  };
  await must(approver, `/decisions/${decision}/ratify`, word, { 'if-match': `"${version}"` });
}

export function filled(items: MemberItems, whose: { referral: number; ref: string }, traces: Traces): MemberItems {
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
export async function say(one: Sent, word: Word, { today }: Pick<Hub, 'today'>): Promise<string | undefined> {
  const path = word.word === 'refusal' ? '/refusals' : '/consents';
  const said = word.word === 'refusal' ? refusal(word, one.way) : consent(word, one.way, today);
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
  (word: ConsentWord, { named, to, elsewhere }: Way, today: string) =>
  (at: string) => {
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
