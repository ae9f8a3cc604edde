// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { authorities, party, purpose } from './desks';
import type { HubState, InHand } from './hub-state';
import * as domain from '../../src';
import type { DisclosureDecision, Member, Permit } from '../../src';

export function decideOn(hub: HubState, referral: InHand): DisclosureDecision {
  const [subject, ...others] = referral.members.map(({ person, content }) => ({
    ref: content.ref,
    person,
    present: presentIn(content),
  }));
  const { consents, refusals } = hub;
  return hub.rule.decide({
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
  });
}

export function mayTell(hub: HubState, referral: InHand): boolean {
  const [subject] = referral.members;
  if (!subject || !referral.permit) return false;
  const { consents, refusals, now } = hub;
  const parties = { sender: party(referral.from), recipient: party(referral.to) };
  const { kind, permit } = referral;
  const said = { person: subject.person, consents, refusals, authorities };
  const question = { now, purpose, kind, permit, ...said, ...parties } as const;
  return hub.rule.decideFeedback(question).feedback !== 'none';
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
  return permitted.flatMap(({ ref, categories }) => {
    const member = members.find((m) => m.content.ref === ref);
    return member ? [{ ref, categories: domain.presentCategories(redact(member.content, categories)) }] : [];
  });
}

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
  const seen = onScreen(hub, referral) ?? [];
  return referral.members.flatMap(({ person, content }) => {
    const categories = seen.find((s) => s.ref === content.ref)?.categories;
    return categories || content.ref === 'subject'
      ? [{ person, content: domain.redactMember(content, categories ?? []) }]
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
