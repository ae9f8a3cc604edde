// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { pick, type Done, type Move, type Word } from '@tsunagi/testing/invariants';
import { decideOn } from './deciding';
import { desks, formCategories, party, purpose, workersOf } from './desks';
import { core, type Acting, type HubState, type InHand } from './hub-state';
import { recall, send } from './leaving';
import { moveOn } from './living';
import * as domain from '../../src';
import type { Consent, DataCategory, Party } from '../../src';
import { refusedByPast } from '../../src/referral/guards';

export function consent(hub: HubState, move: Extract<Move, { do: 'consent' }>): Done {
  const referral = hub.chosen(move.referral);
  const person = referral?.members[0]?.person;
  if (!referral || person === undefined || referral.kind === 'advice') return { line: 'nobody to ask', took: false };
  const today = domain.japaneseDay(hub.now);
  const until = domain.addDays(today, move.days);
  const { from: sender, to: recipient, members } = referral;
  const guardian = move.byGuardian === true ? members[1]?.person : undefined;
  const words = members.map((m, n) =>
    say(hub, {
      person: m.person,
      givenTo: sender,
      recipients: [move.toDomain === true ? { domain: party(recipient).domain } : { function: recipient }],
      from: domain.addDays(today, move.startsIn ?? 0),
      until,
      purposes: [move.otherPurpose === true ? 'abuse_response' : purpose],
      excludes: move.excludes === 'desk' ? [recipient] : [],
      excludesStaff: move.excludes === 'worker' ? [workersOf(recipient)[0]] : [],
      ...(n === 0 && guardian !== undefined && { guardian }),
      categories: move.categories,
      feedback: move.feedback,
    }),
  );
  return { line: `a consent to ${move.categories.join(', ')}, ${move.feedback} back`, took: true, words };
}

export function assertConsent(hub: HubState, { id, members }: InHand, from: Party, to: Party): Word[] {
  const until = domain.addDays(domain.japaneseDay(hub.now), 90);
  const [subject] = members;
  const before = hub.consents.some(
    (c) =>
      c.person === subject?.person &&
      c.manner === 'asserted_by_system' &&
      c.givenTo === from.function &&
      'domain' in c.scope.recipients[0]! &&
      c.scope.recipients[0].domain === to.domain,
  );
  if (!subject || before) return [];
  const feedback = 'state' as const;
  return [
    say(hub, {
      person: subject.person,
      givenTo: from.function,
      recipients: [{ domain: to.domain }],
      until,
      feedback,
      categories: formCategories,
      behind: id,
    }),
  ];
}

function say(
  hub: HubState,
  c: {
    readonly person: string;
    readonly givenTo: string;
    readonly recipients: Consent['scope']['recipients'];
    readonly until: string;
    readonly categories: readonly DataCategory[];
    readonly feedback: domain.Feedback;
    readonly from?: string;
    readonly purposes?: readonly domain.Purpose[];
    readonly excludes?: readonly string[];
    readonly excludesStaff?: readonly string[];
    /** Who spoke for the person. */
    readonly guardian?: string;
    /** A system asserts it, by the record behind this referral. */
    readonly behind?: string;
  },
): Word {
  const id = hub.newId();
  const { person, givenTo, recipients, until, feedback, behind, guardian } = c;
  const { from = domain.japaneseDay(hub.now), excludes = [], excludesStaff = [], purposes = [purpose] } = c;
  const asserted = behind !== undefined;
  if (asserted) hub.behind.set(id, behind);
  const categories = [...c.categories];
  around(hub, [person], () => {
    hub.consents.push({
      id,
      person,
      givenTo,
      giver: guardian === undefined ? 'self' : 'legal_guardian',
      ...(guardian !== undefined && { giverPerson: guardian }),
      manner: asserted ? 'asserted_by_system' : 'written',
      scope: { categories, recipients, purposes: [...purposes], from, until, feedback },
      exclusions: [...excludes],
      excludedStaff: [...excludesStaff],
      status: 'active',
      grantedAt: hub.now.toISOString(),
    });
  });
  const toward = recipients[0] as Extract<Word, { word: 'consent' }>['toward'];
  return {
    word: 'consent',
    id,
    person,
    at: hub.now,
    givenTo,
    toward,
    categories,
    purposes,
    from,
    until,
    feedback,
    excludes,
    excludesStaff,
    guardian,
    asserted,
    behind,
  };
}

export function withdraw(hub: HubState, which: number): Done {
  const given = hub.consents.filter((c) => c.status === 'active' && c.manner !== 'asserted_by_system');
  const consent = pick(given.reverse(), which);
  if (!consent) return { line: 'nothing to withdraw', took: false };
  around(hub, [consent.person], () => {
    const withdrawn = { ...consent, status: 'withdrawn' as const, withdrawnAt: hub.now.toISOString() };
    hub.consents = hub.consents.map((c) => (c === consent ? withdrawn : c));
  });
  return {
    line: 'a consent is withdrawn',
    took: true,
    words: [{ word: 'withdrawal', consent: consent.id, at: hub.now }],
  };
}

export function refuse(hub: HubState, move: Extract<Move, { do: 'refuse' }>): Done {
  const referral = hub.chosen(move.referral);
  const person = referral?.members[0]?.person;
  if (!referral || person === undefined) return { line: 'nobody refuses', took: false };
  const { categories } = move;
  const at = pick(
    desks.filter((d) => d.function !== hub.onlooker),
    move.desk,
  )!.function;
  const id = hub.newId();
  around(hub, [person], () => {
    hub.refusals.push({
      id,
      person,
      recordedBy: at,
      at: hub.now.toISOString(),
      recipients: [{ function: referral.to }],
      ...(categories && { categories: [...categories] }),
    });
  });
  const word: Word = { word: 'refusal', id, person, recordedBy: at, at: hub.now, toward: referral.to, categories };
  return { line: `a refusal of ${categories?.join(', ') ?? 'everything'}`, took: true, words: [word] };
}

/** What waited leaves; what has left and is permitted no more is revoked, or stays without a further word. */
export function around(hub: HubState, persons: readonly string[], write: () => void, by?: Acting): void {
  const concerned = [...hub.referrals.values()].filter((r) => r.members.some((m) => persons.includes(m.person)));
  const before = new Map(concerned.map((r) => [r.id, decideOn(hub, r)]));
  write();
  for (const { id } of concerned) {
    const referral = hub.get(id);
    const decision = decideOn(hub, referral);
    if (referral.state === 'awaiting_authority' && decision.outcome === 'permit')
      send(hub, referral, decision, by ?? { actor: 'staff', function: referral.from });
    if (referral.sentAt === undefined || decision.outcome === 'permit' || before.get(id)?.outcome !== 'permit')
      continue;
    revoke(hub, referral);
    recall(hub, id);
  }
}

/** Not yet taken: revoked. Taken: it stays. */
function revoke(hub: HubState, referral: InHand): void {
  if (domain.arrowsFor(referral.state, 'revoke').some((arrow) => refusedByPast(referral, arrow) === undefined))
    moveOn(hub, referral.id, hub.rule.takeStep(referral, { action: 'revoke', by: 'core', facts: {} }), core, {});
}
