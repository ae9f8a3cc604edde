// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// Random questions for a decision, most of them nearly right: each part fits nine times in ten, and times lie on the
// moment at which a rule turns, one millisecond before it or one after it. The same seed gives the same questions.
import type {
  AuthorityCode,
  AuthorityRow,
  BodyKind,
  Consent,
  ConsentRecipient,
  Danger,
  DataCategory,
  DecisionInput,
  Feedback,
  Ground,
  GroundFact,
  MemberInQuestion,
  Party,
  PersonSeal,
  Purpose,
  ReferralKind,
  Refusal,
  Sitting,
  Statute,
} from '../../src';

/** What may be switched off, so that a part of the rules can be looked at alone. */
export interface TupleOptions {
  readonly grounds?: boolean;
  readonly sittings?: boolean;
  readonly seals?: boolean;
  readonly dangers?: boolean;
  readonly taxData?: boolean;
  readonly entitlement?: boolean;
}

export interface Tuple {
  readonly input: DecisionInput;
  /** The bases that somebody claims in it, whether or not they hold. */
  readonly claimed: ReadonlySet<AuthorityCode>;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const takikan = 'multi_agency_coordination';
const town = 'town_without_welfare_office';

const categories: readonly DataCategory[] = [
  'identity',
  'contact',
  'contact_wishes',
  'household_outline',
  'household',
  'concern',
  'wishes',
  'care_level',
  'disability',
  'health',
  'income_debt',
  'public_assistance',
  'employment',
  'housing',
  'education',
  'child_rearing',
  'service_use',
  'abuse',
  'criminal',
  'narrative',
  'origin',
];
/** Those that the rules speak of by name come up more often. */
const spokenOf: readonly DataCategory[] = [
  'contact',
  'contact_wishes',
  'concern',
  'wishes',
  'income_debt',
  'narrative',
];
const bodyKinds: readonly BodyKind[] = [
  'agency',
  'other_agency',
  'public_body',
  'contractor',
  'official_volunteer',
  'private',
];
const purposes: readonly Purpose[] = [
  'consultation',
  'coordination',
  'rights_protection',
  'abuse_response',
  'emergency',
];
const kinds: readonly ReferralKind[] = [
  'referral',
  'support_request',
  'handback',
  'inquiry',
  'prefecture',
  'notification',
  'protection',
  'advice',
];
const feedbacks: readonly Feedback[] = ['none', 'state', 'state+note'];
const statutes: readonly Statute[] = ['elder_abuse', 'disability_abuse', 'child_abuse', 'child_abuse_request', 'dv'];
const sittingCodes = [
  'shien_kaigi',
  'shien_kaigi_konkyu',
  'chosei_kaigi',
  'yotaikyo',
  'chiiki_care_kaigi',
  'shogai_kyogikai',
] as const satisfies readonly AuthorityCode[];
const groundCodes = [
  'law',
  'internal_reasonable',
  'public_body_reasonable',
  'benefit_of_person',
  'private_necessity',
  'disaster',
  'emergency',
  'konnan_josei',
  'young_carer',
] as const satisfies readonly AuthorityCode[];
const needsOf: Partial<Record<AuthorityCode, readonly GroundFact[]>> = {
  law: ['law', 'article'],
  internal_reasonable: ['reason', 'why_no_consent', 'harms_nobody'],
  public_body_reasonable: ['reason', 'why_no_consent', 'harms_nobody'],
  benefit_of_person: ['reason', 'why_no_consent', 'harms_nobody'],
  private_necessity: ['reason', 'why_no_consent'],
  disaster: ['window'],
  emergency: ['reason'],
};

/** mulberry32: 32 bits of state, the same numbers everywhere. */
class Draw {
  constructor(private state: number) {}

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  /** A whole number from 0 up to, but without, `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  one<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  some<T>(list: readonly T[], share: number): T[] {
    return list.filter(() => this.chance(share));
  }

  /** At the moment, one millisecond before it or one after it. */
  about(moment: number): number {
    return moment + this.below(3) - 1;
  }
}

/** The same moment as a system in Japan or one in UTC would write it. */
function written(draw: Draw, at: number): string {
  return draw.chance(0.5) ? new Date(at).toISOString() : new Date(at + 9 * hour).toISOString().replace('Z', '+09:00');
}

const dayInJapan = (at: number) => new Date(at + 9 * hour).toISOString().slice(0, 10);

/** What the tuple is about before anybody has said anything. */
interface Scene {
  readonly draw: Draw;
  readonly on: Required<TupleOptions>;
  readonly now: number;
  readonly kind: ReferralKind;
  readonly purpose: Purpose;
  readonly sender: Party;
  readonly recipient: Party;
  readonly members: readonly MemberInQuestion[];
  readonly claimed: Set<AuthorityCode>;
}

/** An endless row of tuples. */
export function* tuples(seed: number, options: TupleOptions = {}): Generator<Tuple, never> {
  const on = {
    grounds: true,
    sittings: true,
    seals: true,
    dangers: true,
    taxData: true,
    entitlement: true,
    ...options,
  };
  for (let index = 0; ; index += 1) yield tupleAt(seed, index, on);
}

/** One of them by its number, as a report names it. */
export function tupleAt(seed: number, index: number, options: TupleOptions = {}): Tuple {
  const on = {
    grounds: true,
    sittings: true,
    seals: true,
    dangers: true,
    taxData: true,
    entitlement: true,
    ...options,
  };
  const draw = new Draw(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  draw.next();
  // Midnight in Japan, to the millisecond or one beside it, or any moment of the day.
  const midnight = Date.parse('2026-06-15T00:00:00+09:00') + draw.below(400) * day;
  const now = draw.chance(0.5) ? draw.about(midnight) : midnight + draw.below(day);

  const lot = draw.next();
  if (lot < 0.27) return fill(scene(draw, on, now, 'notification'), { statute: draw.one(statutes) });
  if (lot < 0.585) return fill(scene(draw, on, now, 'inquiry'), { sitting: draw.one(sittingCodes) });
  if (lot < 0.64) return fill(scene(draw, on, now, 'advice'), {});
  const kind = draw.one([
    'referral',
    'referral',
    'referral',
    'support_request',
    'protection',
    'prefecture',
    'handback',
    'inquiry',
  ] as const);
  return fill(scene(draw, on, now, kind), {});
}

function scene(draw: Draw, on: Required<TupleOptions>, now: number, kind: ReferralKind): Scene {
  const purpose = draw.one(purposes);
  const party = (name: string, functionType: string, bodyKind: BodyKind): Party => ({
    function: name,
    functionType: draw.chance(0.97) ? functionType : draw.one(['chiiki_houkatsu', takikan, town]),
    domain: draw.one(['kaigo', 'konkyu', 'takikan']),
    bodyKind: draw.chance(0.97) ? bodyKind : draw.one(bodyKinds),
    purposes: draw.chance(0.97) ? [purpose, ...draw.some(purposes, 0.2)] : draw.some(purposes, 0.3),
    ...(draw.chance(0.96) && {
      receives: draw.chance(0.97) ? [kind, ...draw.some(kinds, 0.2)] : draw.some(kinds, 0.3),
    }),
    ...(draw.chance(0.7) && { organization: draw.one(['o1', 'o2']) }),
    ...(draw.chance(0.05) && { closed: draw.chance(0.3) }),
    ...(draw.chance(0.05) && { takesNobody: draw.chance(0.3) }),
  });
  const atTakikan = draw.chance(0.6);
  const senderType =
    kind === 'handback' || (kind === 'inquiry' && atTakikan && draw.chance(0.5))
      ? takikan
      : kind === 'prefecture'
        ? town
        : 'chiiki_houkatsu';
  const recipientType =
    kind === 'support_request' || kind === 'advice' || (kind === 'inquiry' && atTakikan && senderType !== takikan)
      ? takikan
      : 'jiritsu_soudan';
  const senderBody = draw.chance(0.2) ? 'private' : draw.one(bodyKinds);
  const recipientBody = kind === 'prefecture' ? 'public_body' : kind === 'protection' ? 'agency' : draw.one(bodyKinds);
  const sender = party('f1', senderType, senderBody);
  const recipient = draw.chance(0.98) ? party('f2', recipientType, recipientBody) : sender;

  const others = draw.chance(0.45) ? 0 : 1 + draw.below(3);
  const members = Array.from({ length: 1 + others }, (_, n): MemberInQuestion => {
    const isKnown = draw.chance(n === 0 ? 0.95 : 0.9);
    const isEmpty = draw.chance(kind === 'advice' ? 0.85 : 0.04);
    const share = draw.one([0.1, 0.3, 0.7]);
    const present = isEmpty
      ? []
      : categories.filter((item) => {
          if (item === 'household') return false;
          return draw.chance(item === 'identity' ? 0.95 : spokenOf.includes(item) ? 0.6 : share);
        });
    return {
      ref: `m${n}`,
      ...(isKnown && { person: `p${n}` }),
      present,
      ...(on.taxData && draw.chance(0.2) && { consentOnly: draw.some(['income_debt', 'housing'] as const, 0.8) }),
      ...(on.taxData && draw.chance(0.02) && { consentOnly: draw.some(categories, 0.3) }),
      ...(on.seals && draw.chance(0.4) && { textUnchecked: true as const }),
      ...(on.seals && draw.chance(0.15) && { uncleared: draw.some(present, 0.4) }),
      ...(on.seals && draw.chance(0.4) && { safeWishes: true as const }),
    };
  });
  return { draw, on, now, kind, purpose, sender, recipient, members, claimed: new Set() };
}

interface Claims {
  readonly statute?: Statute;
  readonly sitting?: (typeof sittingCodes)[number];
}

function fill(scene: Scene, { statute, sitting }: Claims): Tuple {
  const { draw, on, now, kind, purpose, sender, recipient, members, claimed } = scene;
  const authorities: AuthorityRow[] = [];
  const consents = someConsents(scene);
  if (['handback', 'inquiry', 'protection'].includes(kind) ? draw.chance(0.55) : draw.chance(0.1)) {
    for (let n = 1 + draw.below(2); n > 0; n -= 1) authorities.push(aRow(scene, 'within_purpose', authorities.length));
    claimed.add('within_purpose');
  }
  if (statute !== undefined) {
    claimed.add(statute);
    for (let n = draw.chance(0.94) ? 1 + draw.below(2) : 0; n > 0; n -= 1) {
      const code = draw.chance(0.93) ? statute : draw.one(statutes);
      authorities.push(aRow(scene, code, authorities.length));
    }
  }
  const sittings: Sitting[] = [];
  if (sitting !== undefined && on.sittings) {
    claimed.add(sitting);
    for (let n = draw.chance(0.96) ? 1 + Number(draw.chance(0.2)) : 0; n > 0; n -= 1) {
      authorities.push(aRow(scene, sitting, authorities.length));
    }
    sittings.push(aSitting(scene, 's1', sitting));
    if (draw.chance(0.15)) sittings.push(aSitting(scene, 's2', draw.one(sittingCodes)));
  }
  const grounds: Ground[] = [];
  const mayHaveGrounds = ['referral', 'support_request', 'protection', 'inquiry'].includes(kind);
  if (on.grounds && (mayHaveGrounds ? draw.chance(0.75) : draw.chance(0.15))) {
    for (let n = 1 + draw.below(3); n > 0; n -= 1) {
      const code: AuthorityCode = draw.chance(0.98) ? draw.one(groundCodes) : draw.one([...sittingCodes, ...statutes]);
      const row = aRow(scene, code, authorities.length);
      if (draw.chance(0.96)) authorities.push(row);
      grounds.push(aGround(scene, row, `g${n}`));
      claimed.add(code);
    }
  }
  const carried = kind === 'notification' || kind === 'advice' ? draw.chance(0.02) : draw.chance(0.06);
  const hasSheet = draw.chance(0.12);
  if (consents.some((consent) => consent.person === 'p0')) claimed.add('consent');
  if (carried || hasSheet) claimed.add('to_person');
  if (kind === 'advice') claimed.add('person_free');
  const seals = on.seals ? someSeals(scene) : undefined;
  const dangers = on.dangers ? someDangers(scene) : undefined;
  const input: DecisionInput = {
    now: new Date(now),
    kind,
    purpose,
    sender,
    recipient,
    subject: members[0]!,
    others: members.slice(1),
    consents,
    refusals: someRefusals(scene, consents, grounds),
    authorities: draw.chance(0.5) ? authorities : [...authorities].reverse(),
    ...(statute !== undefined && draw.chance(0.98) && { statute }),
    ...(draw.chance(0.98) && { referral: 'r1' }),
    ...(grounds.length > 0 && { grounds }),
    ...(sittings.length > 0 && { sittings }),
    ...(sittings.length > 0 && draw.chance(0.96) && { conference: draw.chance(0.97) ? 's1' : 's9' }),
    ...(seals && seals.length > 0 && { seals }),
    ...(dangers && dangers.length > 0 && { dangers }),
    ...(carried && { carried: true }),
    ...(hasSheet && {
      onSheet: draw.chance(0.7) ? ['identity', ...draw.some(spokenOf, 0.5)] : draw.some(categories, 0.2),
    }),
  };
  return { input, claimed };
}

/** A list of items: seldom empty, mostly with what a permit cannot do without. */
function someItems(draw: Draw): DataCategory[] {
  if (draw.chance(0.03)) return [];
  const share = draw.one([0.05, 0.3, 0.8]);
  return categories.filter((item) => draw.chance(item === 'identity' ? 0.88 : item === 'household' ? 0.6 : share));
}

/** It holds what is asked for, nearly always; now and then it is another one, or nothing at all. */
function listWith<T>(draw: Draw, all: readonly T[], wanted: T): T[] {
  if (draw.chance(0.97)) return [...new Set([wanted, ...draw.some(all, 0.3)])];
  return draw.chance(0.3) ? [] : draw.some(all, 0.4);
}

function aRow(scene: Scene, code: AuthorityCode, n: number): AuthorityRow {
  const { draw, now } = scene;
  const isHubOnly = code !== 'within_purpose' && !(groundCodes as readonly AuthorityCode[]).includes(code);
  const arrives = isHubOnly || code === 'emergency';
  const needs = needsOf[code] ?? [];
  const approval = code === 'emergency' ? 'after' : draw.one(['none', 'before', 'before', 'after'] as const);
  const isGround = (groundCodes as readonly AuthorityCode[]).includes(code);
  const hasTypes = (statutes as readonly AuthorityCode[]).includes(code) && draw.chance(0.6);
  return {
    id: `row${n}`,
    version: 1 + draw.below(3),
    code,
    statute: 'law',
    senders: listWith(draw, bodyKinds, scene.sender.bodyKind),
    recipients: listWith(draw, bodyKinds, scene.recipient.bodyKind),
    ...(hasTypes && {
      recipientTypes: listWith(draw, ['gyakutai_kaigo', 'jido_soudan'], scene.recipient.functionType),
    }),
    kinds: listWith(draw, kinds, scene.kind),
    purposes: listWith(draw, purposes, scene.purpose),
    categories: someItems(draw),
    needs,
    approval: isGround ? approval : 'none',
    approvers: [{ role: 'approver' }],
    ...(isGround && (approval === 'after' || draw.chance(0.05)) && { hours: draw.one([24, 72, 72, 72]) }),
    overRefusal: draw.one(['stands', 'with_words', 'never']),
    feedback: arrives && draw.chance(0.9) ? 'arrival' : draw.one([...feedbacks, 'arrival']),
    way: isHubOnly ? 'hub_only' : 'any',
    conditions: [],
    ...((code === 'disaster' ? draw.chance(0.97) : draw.chance(0.03)) && { windows: someWindows(draw, now) }),
    validFrom: '2026-04-01',
    ...(draw.chance(0.08) && { validTo: dayInJapan(now + draw.one([0, 0, 10]) * day) }),
    active: true,
  };
}

function someWindows(draw: Draw, now: number) {
  const edge = (shift: number) => (draw.chance(0.4) ? draw.about(now) : now + shift * (1 + draw.below(30 * day)));
  const windows = [{ from: written(draw, edge(-1)), until: written(draw, edge(1)) }];
  if (draw.chance(0.1))
    windows.push({ from: written(draw, now - day), until: written(draw, now + draw.below(40 * day)) });
  if (draw.chance(0.2)) windows.unshift({ from: written(draw, now - 90 * day), until: written(draw, now - 60 * day) });
  return windows;
}

function aSitting(
  { draw, now, sender, recipient, members }: Scene,
  id: string,
  code: (typeof sittingCodes)[number],
): Sitting {
  const kind = {
    shien_kaigi: 'shien_kaigi',
    shien_kaigi_konkyu: 'shien_kaigi_konkyu',
    chosei_kaigi: 'chosei_kaigi',
    yotaikyo: 'yotaikyo_case',
    chiiki_care_kaigi: 'chiiki_care_kobetsu',
    shogai_kyogikai: 'shogai_kyogikai',
  } as const;
  const seat = (name: string) => ({ function: name, staff: 'w1', acknowledged: draw.chance(0.96) });
  return {
    id,
    version: 1,
    kind: kind[code],
    ...(draw.chance(0.97) && { authority: code }),
    state: draw.chance(0.96) ? 'open' : 'called',
    persons: members.flatMap((m, n) =>
      m.person !== undefined && draw.chance(n === 0 ? 0.97 : 0.75) ? [m.person] : [],
    ),
    ...(draw.chance(0.9) && { until: draw.chance(0.5) ? draw.about(now) + draw.below(2) : now + day }),
    members: [
      ...(draw.chance(0.98) ? [seat(sender.function)] : []),
      ...(draw.chance(0.98) ? [seat(recipient.function)] : []),
      ...(draw.chance(0.2) ? [seat(sender.function), seat('f3')] : []),
    ],
  };
}

function aGround({ draw, now, sender, members }: Scene, row: AuthorityRow, id: string): Ground {
  const items = draw.chance(0.3) ? [...row.categories] : someItems(draw);
  const isDecided = draw.chance({ before: 0.93, after: 0.6, none: 0.05 }[row.approval]);
  const limit = (row.hours ?? 72) * hour;
  // On the edge of its hours, or just recorded, or anywhere in between and beyond.
  const recordedAt = draw.chance(0.5)
    ? draw.about(now - limit)
    : draw.chance(0.05)
      ? draw.about(now)
      : now - draw.below(Math.floor(1.6 * limit));
  const decidedAt = draw.chance(0.4)
    ? Math.max(draw.about(now), recordedAt)
    : recordedAt + draw.below(Math.max(1, now - recordedAt));
  const isApproved = draw.chance(0.93);
  return {
    id,
    version: 1,
    referral: draw.chance(0.98) ? 'r1' : 'r2',
    row: row.id,
    code: row.code,
    function: draw.chance(0.98) ? sender.function : 'f3',
    by: 'w1',
    persons: members.flatMap((m, n) => (m.person !== undefined && draw.chance(n === 0 ? 0.96 : 0.6) ? [m.person] : [])),
    categories: items,
    said: draw.chance(0.95) ? row.needs : draw.some(row.needs, 0.6),
    recordedAt: written(draw, recordedAt),
    ...(isDecided && {
      decided: {
        at: written(draw, decidedAt),
        by: 'w2',
        outcome: isApproved ? 'approved' : 'refused',
        categories: draw.chance(0.6) ? items : draw.some(items, 0.7),
        overRefusal: draw.chance(0.5),
      },
    }),
    ...(isDecided && isApproved && { until: dayInJapan(now + draw.one([-1, 0, 0, 1, 20]) * day) }),
  };
}

function someRecipients({ draw, recipient }: Scene): ConsentRecipient[] {
  const fits: ConsentRecipient[] = [
    { function: recipient.function },
    { functionType: recipient.functionType },
    { domain: recipient.domain },
  ];
  const others: ConsentRecipient[] = [{ function: 'f3' }, { functionType: 'shogai_soudan' }, { domain: 'kosodate' }];
  return [...(draw.chance(0.94) ? [draw.one(fits)] : [draw.one(others)]), ...draw.some(others, 0.2)];
}

function someConsents(scene: Scene): Consent[] {
  const { draw, kind, members } = scene;
  if (draw.chance(kind === 'notification' || kind === 'advice' ? 0.6 : 0.12)) return [];
  const list: Consent[] = [];
  members.forEach((member, n) => {
    for (let left = n === 0 ? 1 + draw.below(3) : draw.below(3); left > 0; left -= 1) {
      list.push(aConsent(scene, member.person ?? `p${n}x`, `c${list.length}`));
    }
  });
  return list;
}

function aConsent(scene: Scene, person: string, id: string): Consent {
  const { draw, on, now, sender, recipient, purpose } = scene;
  const isAsserted = draw.chance(0.3);
  const edgeOfConfirming = isAsserted && draw.chance(0.4);
  // Whole days ago so that several consents and refusals fall on one moment.
  const grantedAt = edgeOfConfirming ? draw.about(now - 30 * day) : draw.about(now - (1 + draw.below(6)) * day);
  const today = dayInJapan(now);
  return {
    id,
    person,
    givenTo: draw.chance(0.96) ? sender.function : 'f3',
    giver: draw.one(['self', 'legal_guardian', 'adult_guardian']),
    ...(draw.chance(0.12) && { giverPerson: draw.one(['p1', 'p2', 'p9', person]) }),
    ...(on.entitlement && draw.chance(0.03) && { entitled: false as const }),
    manner: isAsserted ? 'asserted_by_system' : draw.one(['written', 'oral_recorded', 'electronic']),
    scope: {
      categories: someItems(draw),
      recipients: someRecipients(scene),
      purposes: listWith(draw, purposes, purpose),
      from: draw.chance(0.25) ? dayInJapan(now + draw.one([0, 0, 0, 1]) * day) : '2026-04-01',
      until: draw.chance(0.4)
        ? dayInJapan(now + draw.one([-1, 0, 0, 0]) * day)
        : draw.chance(0.5)
          ? today
          : '2027-12-31',
      feedback: draw.one(feedbacks),
    },
    ...(draw.chance(0.15) && {
      namedOrganization: draw.chance(0.8) && recipient.organization !== undefined ? recipient.organization : 'o3',
    }),
    exclusions: draw.chance(0.05) ? [draw.one(['f2', 'f3'])] : [],
    status: draw.chance(0.9) ? 'active' : draw.one(['withdrawn', 'expired', 'refused']),
    grantedAt: written(draw, grantedAt),
    ...(draw.chance(0.04) && { supersededBy: 'c9' }),
    ...(isAsserted && draw.chance(0.4) && { confirmedAt: written(draw, grantedAt + hour) }),
  };
}

function someRefusals(scene: Scene, consents: readonly Consent[], grounds: readonly Ground[]): Refusal[] {
  const { draw, on, now, members } = scene;
  if (draw.chance(0.7)) return [];
  return Array.from({ length: 1 + draw.below(2) }, (_, n): Refusal => {
    const consent = consents.length > 0 && draw.chance(0.7) ? draw.one(consents) : undefined;
    const person = consent?.person ?? draw.one(members).person ?? 'p9';
    const items = draw.chance(0.5)
      ? draw.some(consent?.scope.categories ?? grounds[0]?.categories ?? categories, 0.3)
      : draw.some(spokenOf, 0.4);
    return {
      id: `x${n}`,
      person,
      recordedBy: draw.one(['f1', 'f3']),
      ...(draw.chance(0.1) && { giverPerson: draw.one(['p1', 'p9']) }),
      ...(draw.chance(0.2) && { giver: draw.one(['self', 'legal_guardian', 'adult_guardian'] as const) }),
      ...(on.entitlement && draw.chance(0.06) && { entitled: false as const }),
      ...(items.length > 0 && draw.chance(0.7) && { categories: items }),
      ...(draw.chance(0.4) && { recipients: someRecipients(scene) }),
      // Before the consent, with it, or after it; never after now.
      at: written(
        draw,
        Math.min(now, consent ? draw.about(Date.parse(consent.grantedAt)) : now - (1 + draw.below(6)) * day),
      ),
    };
  });
}

function someSeals({ draw, members }: Scene): PersonSeal[] {
  return members.flatMap((member, n) =>
    member.person !== undefined && draw.chance(0.16) ? [{ id: `seal${n}`, person: member.person }] : [],
  );
}

function someDangers({ draw, members }: Scene): Danger[] {
  if (draw.chance(0.8)) return [];
  const persons = [...members.flatMap(({ person }) => (person === undefined ? [] : [person])), 'p9'];
  return Array.from({ length: 1 + draw.below(2) }, () => {
    const person = draw.one(persons);
    return { person, from: draw.chance(0.4) ? 'household' : draw.one(['p0', 'p1', 'p2', 'p9']) };
  }).filter(({ person, from }) => person !== from);
}
