// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralView } from '@tsunagi/contracts';
import type { ReferralKind } from '@tsunagi/contracts/words';
import { localOf, said, valueAt, type Draft } from './draft';

/** What is asked of the hand-over itself. Whether it must be there the hub says. */
type Asked =
  | 'persons'
  | 'meeting'
  | 'told'
  | 'asked'
  | 'keeps'
  | 'question'
  | 'agreedIn'
  | 'statute'
  | 'phoned'
  | 'channel';

const ordinary: readonly Asked[] = ['persons', 'meeting', 'told', 'asked', 'keeps', 'channel'];

/** What the form has room for, kind by kind. */
export const askedOf: Readonly<Record<ReferralKind, readonly Asked[]>> = {
  referral: ordinary,
  support_request: ordinary,
  handback: [...ordinary, 'agreedIn'],
  inquiry: ['persons', 'told', 'question', 'channel'],
  prefecture: ordinary,
  notification: ['persons', 'statute', 'phoned', 'keeps'],
  protection: ['persons', 'told', 'asked', 'keeps', 'channel'],
  advice: ['question'],
};

/** The fields of the body behind each. */
const fields: Readonly<Record<Exclude<Asked, 'persons' | 'told'>, readonly string[]>> = {
  meeting: ['howTheyMeet'],
  asked: ['asked', 'anxious'],
  keeps: ['keepsDoing', 'nextContactOn'],
  question: ['question'],
  agreedIn: ['agreedIn'],
  statute: ['statute', 'request'],
  phoned: ['phoned'],
  channel: ['channel'],
};

export const emptyPerson = (ref: string, role?: string) => ({ ref, ...(role && { role }), identifiers: [], items: {} });

/** Beside the body: how the addressee and the talk with the person are asked for. */
export const newDraft = (more: Draft = {}): Draft => ({
  kind: 'referral',
  urgency: 'normal',
  purpose: 'consultation',
  subject: emptyPerson('subject', 'subject'),
  others: [],
  ...more,
});

export const kindOf = (draft: Draft) => draft['kind'] as ReferralKind;

/** Is there enough of it that the hub has something to say? */
export const isBegun = (draft: Draft): boolean => addresseeOf(draft) !== undefined;

export function addresseeOf(draft: Draft): unknown {
  if (valueAt(draft, '/form/nobodyKnows') === true) return 'unknown';
  const to = said(draft['to']) as { domain?: string; function?: string; functionType?: string } | undefined;
  if (to?.function !== undefined) return { function: to.function };
  return to?.domain === undefined ? undefined : to;
}

interface Person {
  readonly ref: string;
  readonly role?: string;
  readonly identifiers?: readonly { system?: string; value?: string }[];
  readonly items?: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
}

function personSaid(person: Person, system: string | undefined) {
  const { identifiers = [], items = {}, ...rest } = person;
  const kept = said(items) as Person['items'] | undefined;
  const concern = kept?.['concern'];
  return {
    ...(said(rest) as object),
    identifiers: identifiers.filter((i) => said(i.value)).map((i) => ({ system: i.system ?? system, value: i.value })),
    items: { ...kept, ...(concern && { concern: { boxes: [], ...concern } }) },
  };
}

/** What both the submission and its later edition say. */
function contentOf(draft: Draft, system: string | undefined): Record<string, unknown> {
  const asked = askedOf[kindOf(draft)];
  const shown = asked.flatMap((a) => (a === 'persons' || a === 'told' ? [] : fields[a]));
  // Whoever is telephoned at once is told so of any kind that has people in it.
  if (draft['urgency'] === 'same_day' && !shown.includes('phoned')) shown.push('phoned');
  if (asked.includes('told')) {
    const told = valueAt(draft, '/form/told');
    if (told === 'yes') shown.push('personInformed');
    if (told === 'no') shown.push('notInformed');
  }
  const withPersons = asked.includes('persons');
  const to = addresseeOf(draft);
  return {
    ...(to !== undefined && { to }),
    urgency: draft['urgency'],
    purpose: draft['purpose'],
    ...(said(Object.fromEntries(shown.map((field) => [field, draft[field]]))) as object | undefined),
    subject: withPersons ? personSaid(draft['subject'] as Person, system) : emptyPerson('subject', 'subject'),
    others: withPersons ? (draft['others'] as Person[]).map((other) => personSaid(other, system)) : [],
  };
}

/** POST /referrals, and what is asked before it. */
export const submissionOf = (
  draft: Draft,
  { key, at, from, system, worker }: { key: string; at: string; from: string; system?: string; worker?: string },
) => ({
  source: { system: 'web', key: `web/${key}`, change: 'new', occurredAt: at },
  kind: kindOf(draft),
  fromFunction: from,
  ...(worker !== undefined && { acting: { name: worker } }),
  ...(said({ regarding: draft['regarding'] }) as object | undefined),
  ...contentOf(draft, system),
});

/** POST /referrals/{id}/edit */
export function editOf(draft: Draft, system: string | undefined) {
  const { channel: _, ...content } = contentOf(draft, system);
  return content;
}

const local = (moment: string | undefined) => (moment === undefined ? undefined : localOf(new Date(moment)));

/** A referral that one's own desk has written, to go on writing. */
export function draftOf(view: ReferralView): Draft {
  const { toAddress, said: facts, members = [] } = view;
  const [subject, ...others] = members;
  const phoned = facts?.phoned ?? view.phoned;
  return newDraft({
    ...facts,
    ...(phoned && { phoned: { ...phoned, at: local(phoned.at) } }),
    // The hub shows the kind of a conference in place of its id.
    agreedIn: undefined,
    kind: view.kind,
    urgency: view.urgency,
    purpose: view.purpose,
    howTheyMeet: view.howTheyMeet,
    ...(toAddress !== 'unknown' && { to: toAddress }),
    form: { nobodyKnows: toAddress === 'unknown' ? true : undefined },
    ...(subject && { subject }),
    others,
  });
}
