// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type {
  AgeRule,
  AuthorityRow,
  Consent,
  ConsentForm,
  ConsentScope,
  DecisionInput,
  Ground,
  GroundDecision,
  Member,
  Party,
  ReferralInLife,
  ReferralState,
  ReferralKind,
  Refusal,
  Sitting,
} from '../src';
import { BodyKind, Purpose } from '../src/codes/vocabulary';

/** A readable UUIDv7; specs name it and never look inside. */
export const uuid = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** Friday noon in Japan. */
export const now = new Date('2026-11-20T12:00:00+09:00');
export const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();
export const dayIn = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);

export const mother = uuid(101);
export const son = uuid(102);

export function aParty(over: Partial<Party> = {}): Party {
  return {
    function: uuid(1),
    functionType: 'chiiki_houkatsu',
    domain: 'kaigo',
    bodyKind: 'contractor',
    purposes: ['consultation'],
    ...over,
  };
}

/** The three desk functions of the specs: 地域包括支援センター, 自立相談支援機関, 障害者相談支援事業所. */
export const houkatsu = aParty();
export const jiritsu = aParty({
  function: uuid(2),
  functionType: 'jiritsu_soudan',
  domain: 'konkyu',
  organization: uuid(60),
});
export const shogai = aParty({ function: uuid(3), functionType: 'shogai_soudan', domain: 'shogai' });

/** Two desks between which this kind may go; otherwise they are those of the other specs. */
export function partiesOf(kind: ReferralKind): { sender: Party; recipient: Party } {
  const takikan = 'multi_agency_coordination';
  const senders: Partial<Record<ReferralKind, string>> = {
    prefecture: 'town_without_welfare_office',
    handback: takikan,
  };
  const recipients: Partial<Record<ReferralKind, string>> = {
    support_request: takikan,
    inquiry: takikan,
    advice: takikan,
  };
  const bodies: Partial<Record<ReferralKind, Party['bodyKind']>> = { prefecture: 'public_body', protection: 'agency' };
  return {
    sender: aParty({ functionType: senders[kind] ?? houkatsu.functionType }),
    recipient: aParty({
      ...jiritsu,
      functionType: recipients[kind] ?? jiritsu.functionType,
      bodyKind: bodies[kind] ?? jiritsu.bodyKind,
      receives: [kind],
    }),
  };
}

/** 同意 of the mother at 地域包括 toward 生活困窮, written ten days ago. */
export function aConsent({
  scope,
  ...over
}: Partial<Omit<Consent, 'scope'>> & { scope?: Partial<ConsentScope> } = {}): Consent {
  return {
    id: uuid(201),
    person: mother,
    givenTo: houkatsu.function,
    giver: 'self',
    manner: 'written',
    scope: {
      categories: ['identity', 'contact', 'concern'],
      recipients: [{ domain: 'konkyu' }],
      purposes: ['consultation'],
      from: dayIn(-10),
      until: dayIn(80),
      feedback: 'state',
      ...scope,
    },
    exclusions: [],
    status: 'active',
    grantedAt: daysAgo(10),
    ...over,
  };
}

/** The same, but only a legacy system's code says so. */
export function anAssertion(over: Parameters<typeof aConsent>[0] = {}): Consent {
  return aConsent({ id: uuid(202), manner: 'asserted_by_system', formVersion: 'KAIGO-1', ...over });
}

/** 不同意 of the mother, recorded at 地域包括 five days ago: everything toward everybody unless said otherwise. */
export function aRefusal(over: Partial<Refusal> = {}): Refusal {
  return { id: uuid(301), person: mother, recordedBy: houkatsu.function, at: daysAgo(5), ...over };
}

export function aForm(over: Partial<ConsentForm> = {}): ConsentForm {
  return {
    id: uuid(401),
    function: houkatsu.function,
    version: 'KAIGO-1',
    title: '個人情報の取扱いに関する同意書',
    profile: {
      categories: ['identity', 'contact', 'contact_wishes', 'household_outline', 'concern'],
      purposes: ['consultation'],
      days: 90,
      feedback: 'state',
    },
    parts: ['personal_data'],
    keepsPaper: true,
    approvedOn: '2026-04-01',
    ...over,
  };
}

/** Who decides at which age, as the municipality begins with it. */
export const ageRules: readonly AgeRule[] = [
  { from: 0, to: 11, givers: ['legal_guardian'], needs: ['child_view'] },
  { from: 12, to: 15, givers: ['legal_guardian'], needs: ['child_agrees'] },
  { from: 16, to: 17, givers: ['self', 'self_with_support'], needs: ['understood'] },
].map(({ from, to, ...rest }, n) => ({
  id: uuid(601 + n),
  fromAge: from,
  toAge: to,
  validFrom: '2020-04-01',
  active: true,
  ...(rest as Pick<AgeRule, 'givers' | 'needs'>),
}));

/** The demo's row of 利用目的, for consultation: name and concern, between the municipality and its contractors. */
export function anAuthority(over: Partial<AuthorityRow> = {}): AuthorityRow {
  return {
    id: uuid(501),
    version: 1,
    code: 'within_purpose',
    statute: '個人情報の保護に関する法律61条・69条1項',
    senders: ['agency', 'contractor'],
    recipients: ['agency', 'contractor'],
    kinds: ['handback', 'inquiry', 'protection'],
    purposes: ['consultation'],
    categories: ['identity', 'concern'],
    needs: [],
    approval: 'none',
    approvers: [],
    overRefusal: 'stands',
    feedback: 'state',
    way: 'any',
    conditions: [],
    validFrom: '2020-04-01',
    active: true,
    ...over,
  };
}

/** The row of a law that commands a 通報・通告: everybody's, whatever their work is for. */
export function aStatuteRow(over: Partial<AuthorityRow> = {}): AuthorityRow {
  return anAuthority({
    id: uuid(502),
    code: 'elder_abuse',
    statute: '高齢者虐待防止法7条',
    senders: BodyKind.options,
    recipients: BodyKind.options,
    kinds: ['notification'],
    purposes: Purpose.options,
    categories: ['identity', 'contact'],
    feedback: 'none',
    way: 'hub_only',
    ...over,
  });
}

/** 緊急 (69条2項4号・27条1項2号): anybody to anybody, 72 hours, whatever was refused; approved afterwards. */
export function aGroundRow(over: Partial<AuthorityRow> = {}): AuthorityRow {
  return anAuthority({
    id: uuid(503),
    code: 'emergency',
    statute: '個人情報の保護に関する法律27条1項2号・69条2項4号',
    senders: BodyKind.options,
    recipients: BodyKind.options,
    kinds: ['referral', 'support_request', 'protection', 'inquiry'],
    categories: ['identity', 'contact', 'contact_wishes', 'concern', 'health'],
    needs: ['reason'],
    approval: 'after',
    hours: 72,
    overRefusal: 'stands',
    feedback: 'arrival',
    ...over,
  });
}

/** Recorded an hour ago at 地域包括 for the mother's referral, by somebody who may not approve it. */
export function aGround(over: Partial<Ground> = {}): Ground {
  return {
    id: uuid(601),
    version: 1,
    referral: uuid(701),
    row: uuid(503),
    code: 'emergency',
    function: houkatsu.function,
    by: uuid(801),
    persons: [mother],
    categories: ['identity', 'contact', 'concern'],
    said: ['reason'],
    recordedAt: daysAgo(1 / 24),
    ...over,
  };
}

/** The approver's yes, half an hour ago, to name and contact. */
export function anApproval(over: Partial<GroundDecision> = {}): GroundDecision {
  return {
    at: daysAgo(1 / 48),
    by: uuid(802),
    outcome: 'approved',
    categories: ['identity', 'contact'],
    overRefusal: false,
    ...over,
  };
}

/** 社会福祉法106条の6: among the members of a sitting. */
export function aSittingRow(over: Partial<AuthorityRow> = {}): AuthorityRow {
  return aGroundRow({
    id: uuid(504),
    code: 'shien_kaigi',
    statute: '社会福祉法106条の6',
    kinds: ['inquiry'],
    needs: [],
    approval: 'none',
    hours: undefined,
    way: 'hub_only',
    ...over,
  });
}

/** An open 支援会議 about the mother, with one member of 地域包括 and one of 自立相談. */
export function aSitting(over: Partial<Sitting> = {}): Sitting {
  return {
    id: uuid(901),
    version: 1,
    kind: 'shien_kaigi',
    authority: 'shien_kaigi',
    state: 'open',
    persons: [mother],
    until: now.getTime() + 3_600_000,
    members: [houkatsu, jiritsu].map((p, i) => ({ function: p.function, staff: uuid(810 + i), acknowledged: true })),
    ...over,
  };
}

/** May 地域包括 refer the mother to 自立相談支援機関 now? Nobody has consented to anything yet. */
export function aQuestion(over: Partial<DecisionInput> = {}): DecisionInput {
  return {
    now,
    kind: 'referral',
    purpose: 'consultation',
    sender: houkatsu,
    recipient: jiritsu,
    subject: { ref: 'subject', person: mother, present: ['identity', 'contact', 'concern'] },
    others: [],
    consents: [],
    refusals: [],
    authorities: [],
    ...over,
  };
}

/** 見本 花子, who carries something in several categories. */
export function aMember(over: Partial<Member> = {}): Member {
  return {
    ref: 'subject',
    role: 'subject',
    identifiers: [{ system: 'kaigo', value: '0000000123' }],
    items: {
      identity: { name: '見本 花子', kana: 'ミホン ハナコ', birthDate: '1940-01-05', sex: 'female' },
      contact: { address: '見本県見本市一丁目1番', telephone: '000-000-0001' },
      household_outline: { size: 2 },
      concern: { boxes: ['care', 'income_work'], mostPressing: ['income_work'] },
      care_level: { level: '22' },
      narrative: { fact: '家賃滞納あり。' },
    },
    ...over,
  };
}

export function aReferralInLife(state: ReferralState, over: Partial<ReferralInLife> = {}): ReferralInLife {
  return { state, hasQuestioned: false, returnsInJourney: 0, hops: 0, ...over };
}
