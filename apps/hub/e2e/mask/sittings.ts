// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DataCategory, MemberItems } from '@tsunagi/domain';
import { dated } from './may-leave';
import { say, filled, type Hub, type Sent } from './referring';
import type { ConsentWord, RandomReferral } from './random-referrals';
import type { Traces } from './traces';
import type { Way } from './ways';
import { act, handIn, told, type People } from '../journeys/people';
import type { Api } from '../../test/sign-in';

/**
 * 支援会議 about somebody of whom the sender's desk knows, to which it, the recipient and 多機関協働 are called. Everybody
 * there hears two items; to one of these the person consents, and it becomes an ordinary referral, which is sent.
 */
export async function promotedFrom(
  planned: RandomReferral,
  { n, way, traces, hub, people }: { n: number; way: Way; traces: Traces; hub: Hub; people: People },
): Promise<Sent> {
  const chair = people.seat({ role: 'caseworker', domain: 'takikan' });
  const fill = <T>(template: T, category: string, field: string) =>
    traces.fill(template, { referral: n, ref: 'm0', category, field });
  const [category, group] = oneOf(planned.members[0]!);
  const unknown = filled({ identity: { name: '見本　◆' } }, { referral: n, ref: 'before' }, traces);
  const subject = { ref: 'm0', role: 'subject', identifiers: [], items: unknown };
  const known = await handIn(way.sender, { at: new Date(), to: { function: way.elsewhere.id }, subject });
  const { person } = (await way.sender('GET', `/referrals/${known.body.id}`)).body;

  const id = await opened([chair, way.sender, way.recipient], person, hub.today);
  const told_ = { person, category, text: fill('◆。〔◆〕', category, 'item〔〕') };
  const { itemId } = await step(way.sender, id, 'add-item', told_);
  const informant = { person, category: 'abuse', text: fill('◆。', 'abuse', 'item〔〕'), informant: true };
  await step(way.recipient, id, 'add-item', informant);
  const asked = {
    to: way.to.id,
    person,
    identity: unknown.identity,
    question: fill('◆。', 'narrative', 'question〔〕'),
  };
  await step(way.sender, id, 'request', asked);

  const word: ConsentWord = {
    ...{ word: 'consent', of: 0, hoursAgo: 1, categories: ['identity', 'contact', category], toward: 'function' },
    ...{ purpose: 'consultation', when: 'now', excludesRecipient: false, names: 'nobody', feedback: 'state' },
  };
  const one: Sent = {
    ...{ ...planned, n, way, id: known.body.id, persons: [{ ref: 'subject', person }], numbered: false },
    ...{ protects: [], dangers: [], grounds: [], isRead: true, confirms: false, later: 'nothing', words: [word] },
    ...{ members: [], consents: [] },
  };
  const consent = await say(one, word, hub);
  const whose = { referral: n, ref: 'm0' };
  const items = filled({ [category]: group }, whose, traces);
  await step(way.recipient, id, 'promote', { item: itemId, to: { function: way.to.id }, items });
  const identity = filled({ identity: { name: '見本　◆' } }, whose, traces).identity!;
  const { referralId } = await step(way.sender, id, 'agree-promotion', { item: itemId, agreed: true, identity });
  const ready = { personInformed: told(new Date()), howTheyMeet: 'person_visits' };
  await act(way.sender, referralId, 'send', ready);
  return { ...one, id: referralId, members: [{ identity, ...dated(marked(items), hub.today) }], consents: [consent] };
}

/** It was perhaps written at another desk: what is marked there stays there. */
const marked = (items: MemberItems): MemberItems =>
  JSON.parse(JSON.stringify(items).replace(/〔[^〕]*〕/g, '〔…〕')) as MemberItems;

/** Something of the person beside the name, that holds something. */
function oneOf(items: MemberItems): [Exclude<DataCategory, 'household'>, object] {
  const groups = Object.entries(items) as [Exclude<DataCategory, 'household'>, object][];
  return (
    groups.find(([category, group]) => category !== 'identity' && Object.keys(group).length > 0) ?? [
      'housing',
      { note: '◆。' },
    ]
  );
}

/** Called by 多機関協働, who takes the chair; everybody has acknowledged secrecy. */
async function opened(seated: readonly Api[], person: string, today: string): Promise<string> {
  const sessions = await Promise.all(seated.map(async (who) => (await who('GET', '/session')).body));
  const members = sessions.map(({ id: staff, functions: [desk] }) => ({
    ...{ function: desk.id, staff, attendance: 'invited', mode: 'in_person' },
  }));
  const [chair, proposer] = seated as [Api, Api];
  const reason = '会うことを望まず、近所から心配の声がある。支援決定に要る。';
  const proposal = { kind: 'shien_kaigi', to: members[0]!.function, persons: [person], reason };
  const { status, body } = await proposer('POST', '/conferences', proposal);
  expect({ status, code: body.code }).toEqual({ status: 201 });
  await step(chair, body.id, 'call', { members, on: today, chair: members[0]!.staff });
  for (const who of seated) await step(who, body.id, 'acknowledge');
  await step(chair, body.id, 'open');
  return body.id;
}

async function step(who: Api, id: string, action: string, facts: object = {}) {
  const { version } = (await who('GET', `/conferences/${id}`)).body;
  const { status, body } = await who('POST', `/conferences/${id}/${action}`, facts, { 'if-match': `"${version}"` });
  expect({ action, status, code: body?.code, errors: body?.errors }).toEqual({ action, status: 200 });
  return body;
}
