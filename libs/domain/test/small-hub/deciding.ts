// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { authorities, party, purpose } from './desks';
import { taxData, type HubState, type InHand } from './hub-state';
import * as domain from '../../src';
import type { DecisionInput, DisclosureDecision, Member, Permit } from '../../src';

export const decideOn = (hub: HubState, referral: InHand): DisclosureDecision =>
  hub.rule.decide(questionOf(hub, referral));

export function questionOf(hub: HubState, referral: InHand): DecisionInput {
  const [subject, ...others] = referral.members.map(({ person, content }) => ({
    ref: content.ref,
    person,
    present: presentIn(content),
    consentOnly: taxData,
    safeWishes: content.items.contact_wishes?.safe,
    ...(!hub.rule.isRead(referral) && { textUnchecked: true as const }),
  }));
  const { consents, refusals } = hub;
  return {
    now: hub.now,
    kind: referral.kind,
    purpose,
    sender: party(referral.from),
    recipient: party(referral.to),
    subject: subject!,
    others,
    consents,
    refusals,
    authorities,
    carried: referral.carried === true && referral.sentAt === undefined,
    onSheet: referral.sheet,
    statute: 'elder_abuse',
    referral: referral.id,
    conference: referral.conference,
    ...recordedFor(hub, referral),
  };
}

/** What was recorded beside the words of these persons. */
function recordedFor(hub: HubState, referral: InHand) {
  const personOf = (ref: string) => referral.members.find((m) => m.content.ref === ref)?.person ?? [];
  const today = domain.japaneseDay(hub.now);
  return {
    grounds: hub.rule
      .groundsOf(hub.grounds, referral.id)
      .map(({ refs, ...g }) => ({ ...g, persons: refs.flatMap(personOf) })),
    sittings: [...hub.conferences.values()].flatMap(sittingOf),
    seals: hub.seals.filter((s) => hub.rule.stands(s, today)),
    dangers: hub.dangers,
  };
}

/** As long as it may share, the conference is a sitting. */
export function sittingOf({ id, kind, state, persons, reviewOn, members }: domain.Conference): domain.Sitting[] {
  if (state !== 'called' && state !== 'open') return [];
  return [
    {
      ...{ id, kind, state, persons },
      version: 1,
      authority: domain.conferenceRules[kind].authority,
      ...(reviewOn !== undefined && { until: domain.lastMomentOfDay(reviewOn) + 1 }),
      members: members.flatMap((m) => (m.seat ? [{ ...m.seat, acknowledged: m.acknowledged }] : [])),
    },
  ];
}

/** May this state go back to its sender now? */
export function mayTell(hub: HubState, referral: InHand, state: domain.ReferralState): boolean {
  const [subject] = referral.members;
  if (!subject || !referral.permit) return false;
  const { consents, refusals, now } = hub;
  const parties = { sender: party(referral.from), recipient: party(referral.to) };
  const { kind, permit, id, conference } = referral;
  const said = { person: subject.person, consents, refusals, authorities, ...recordedFor(hub, referral) };
  const question = { now, purpose, kind, permit, referral: id, conference, ...said, ...parties } as const;
  const { feedback, arrival } = hub.rule.decideFeedback(question);
  return feedback !== 'none' || (arrival === true && state === 'received');
}

export function goes(hub: HubState, id: string, permit: Permit): void {
  const gone = hub.gone.get(id) ?? new Set();
  for (const { ref, categories } of permit.members) for (const c of categories) gone.add(`${ref}:${c}`);
  hub.gone.set(id, gone);
}

export function redacted(
  hub: HubState,
  { members }: InHand,
  permitted: Permit['members'],
  redact = hub.rule.redactForSystem,
) {
  return permitted.flatMap(({ ref, categories, sealed, textUnchecked }) => {
    const member = members.find((m) => m.content.ref === ref);
    return member ? [shownOf(redact(member.content, categories, undefined, { sealed, textUnchecked }))] : [];
  });
}

const shownOf = (member: Member) => ({
  ref: member.ref,
  categories: domain.presentCategories(member),
  fields: Object.entries(member.items).flatMap(([group, fields]) =>
    Object.keys(fields ?? {}).map((name) => `${group}.${name}`),
  ),
});

export function onScreen(hub: HubState, referral: InHand, decision = decideOn(hub, referral)) {
  const gone = hub.gone.get(referral.id);
  if (!gone || decision.outcome !== 'permit' || outOfReach.has(referral.state) || referral.misdirected === true)
    return undefined;
  const still = decision.members.map((m) => ({
    ...m,
    categories: m.categories.filter((c) => gone.has(`${m.ref}:${c}`)),
  }));
  return redacted(hub, referral, still, hub.rule.redactForScreen);
}

/** What the recipient has of it, and may go on using: that is what it can pass on. */
export function seenBy(hub: HubState, referral: InHand): InHand['members'] {
  const decision = decideOn(hub, referral);
  const seen = onScreen(hub, referral, decision) ?? [];
  return referral.members.flatMap(({ person, content }) => {
    const categories = seen.find((s) => s.ref === content.ref)?.categories;
    const permitted = decision.outcome === 'permit' ? decision.members.find((m) => m.ref === content.ref) : undefined;
    return categories || content.ref === 'subject'
      ? [{ person, content: domain.redactMember(content, categories ?? [], undefined, permitted) }]
      : [];
  });
}

/** Its recipient has it, and may go on using it. */
export const hasIt = (hub: HubState, r: InHand): boolean =>
  hub.gone.has(r.id) && !outOfReach.has(r.state) && r.misdirected !== true;

const outOfReach: ReadonlySet<string> = new Set(['sent', 'withdrawn', 'revoked', 'declined', 'entered_in_error']);

/** Of the same few members it is asked over and over. */
const present = new WeakMap<Member, domain.ItemCategory[]>();
export function presentIn(member: Member): domain.ItemCategory[] {
  const categories = present.get(member) ?? domain.presentCategories(member);
  present.set(member, categories);
  return categories;
}
