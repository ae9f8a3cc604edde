// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// A second judgement of DOMAIN §3–§7, written from its sentences by somebody who has not read `decide()`. It is slow and
// plain on purpose, each block under the sentence that it comes from, and shares nothing with the sources but types.
import type {
  AuthorityCode,
  AuthorityRow,
  Consent,
  ConsentRecipient,
  DataCategory,
  DecisionInput,
  Feedback,
  Ground,
  MemberInQuestion,
  Party,
  ReferralKind,
  Refusal,
  Sitting,
} from '../../src';

/** What a decision comes to; of a permit also what leaves, what comes back, and the last moment that it counts. */
export interface Answer {
  readonly outcome: 'permit' | 'hold' | 'deny';
  readonly authority?: AuthorityCode;
  /** `<ref>:<category>`. */
  readonly fields: readonly string[];
  readonly feedback?: Feedback;
  readonly notAfter?: number;
  /** Members that are permitted without what gives their whereabouts away. */
  readonly sealed: readonly string[];
}

const hour = 3_600_000;
const takikan = 'multi_agency_coordination';
const deny: Answer = { outcome: 'deny', fields: [], sealed: [] };
const hold: Answer = { outcome: 'hold', fields: [], sealed: [] };

/** "its days by the clock of Japan (first moment 00:00:00.000, last 23:59:59.999)" */
const firstMoment = (day: string) => Date.parse(`${day}T00:00:00.000+09:00`);
const lastMoment = (day: string) => Date.parse(`${day}T23:59:59.999+09:00`);

/** "so in both cases" an end that is exclusive has its last permitted moment one millisecond before. */
const lastBefore = (end: number) => end - 1;

export function evaluate(q: DecisionInput): Answer {
  const now = q.now.getTime();
  const members = [q.subject, ...q.others];

  // "Same function, or a closed one: deny."
  if (q.sender.function === q.recipient.function) return deny;
  if (q.sender.closed || q.recipient.closed) return deny;

  // DOMAIN §3: "S and, without persons, R". Only an 助言依頼 has "no person, no household" (§4).
  if (q.recipient.takesNobody === true && q.kind !== 'advice') return deny;

  // "Kinds and what may carry them. … Otherwise deny."
  if (!kindGoesThere(q)) return deny;

  // "Purpose: the recipient must hold it; the sender too, except for `notification`."
  if (!q.recipient.purposes.includes(q.purpose)) return deny;
  if (q.kind !== 'notification' && !q.sender.purposes.includes(q.purpose)) return deny;

  // "`advice`: deny when anybody has an item, else permit with nothing, `person_free`." Its feedback: "advice state+note".
  // DOMAIN §4: "no person, no household", so nobody else is named either.
  if (q.kind === 'advice') {
    if (q.others.length > 0 || members.some((member) => member.present.length > 0)) return deny;
    return { outcome: 'permit', authority: 'person_free', fields: [], feedback: 'state+note', sealed: [] };
  }

  const stays = membersThatStay(q);
  const isInIt = (member: MemberInQuestion) => member === q.subject || q.kind === 'notification' || stays(member);
  const isSealed = (member: MemberInQuestion) => mustNotBeFound(member.person, q);
  // "Seal: contact of that member never leaves, narrative neither while `textUnchecked`; contact_wishes only when they
  // are marked safe in the input and contact or contact_wishes is covered."
  const keptBySeal = (member: MemberInQuestion, item: DataCategory) => {
    if (!isSealed(member)) return false;
    if (item === 'contact') return true;
    if (item === 'narrative') return member.textUnchecked === true;
    if (item === 'contact_wishes') return member.safeWishes !== true;
    return false;
  };
  const permit = (authority: AuthorityCode, fields: readonly string[], feedback: Feedback, ends: readonly number[]) => {
    // In a notification is everybody, else the subject and who has an item in it.
    const hasItem = (member: MemberInQuestion) => fields.some((field) => field.startsWith(`${member.ref}:`));
    const isPermitted = (member: MemberInQuestion) =>
      member === q.subject || (q.kind === 'notification' ? isInIt(member) : hasItem(member));
    const sealed = members.filter((member) => isSealed(member) && isPermitted(member));
    const end = Math.min(...ends);
    const notAfter = end === Infinity ? {} : { notAfter: end };
    return { outcome: 'permit', authority, fields, feedback, ...notAfter, sealed: sealed.map((m) => m.ref) } as const;
  };

  // "household has no fields of its own: it is the leave to see the other members".
  // DOMAIN §6, `origin`: 在留資格・在留カード番号 "are not collected". "在留資格 text held for a supervisor": nothing of an item
  // in whose text one stands leaves, whoever permits it.
  const waitsForSupervisor = (member: MemberInQuestion, item: DataCategory) => (member.uncleared ?? []).includes(item);
  const canLeave = (member: MemberInQuestion, item: DataCategory) =>
    item !== 'household' &&
    member.present.includes(item) &&
    !keptBySeal(member, item) &&
    !waitsForSupervisor(member, item);
  // "`consentOnly` items leave by consent alone."
  const canLeaveWithoutConsent = (member: MemberInQuestion, item: DataCategory) =>
    canLeave(member, item) && !(member.consentOnly ?? []).includes(item);

  // "`carried: true` (all kinds but notification and advice): the subject's own present items, `to_person`, feedback none."
  if (q.carried === true && q.kind !== 'notification') {
    const items = q.subject.present.filter((item) => canLeaveWithoutConsent(q.subject, item));
    return permit(
      'to_person',
      items.map((item) => fieldOf({ member: q.subject, item })),
      'none',
      [],
    );
  }

  // "notification → the row of the named statute, everybody in it".
  if (q.kind === 'notification') {
    const rows = q.authorities.filter((row) => row.code === q.statute && rowFits(row, q));
    // "to a function that `receives` it and whose type the law's row names"; "A row whose list … does not fit permits nothing."
    if (q.statute === undefined || rows.length === 0) return deny;
    const listed = rows.flatMap((row) => row.categories);
    const fields = members
      .filter(isInIt)
      .flatMap((member) =>
        member.present
          .filter((item) => listed.includes(item) && canLeaveWithoutConsent(member, item))
          .map((item) => `${member.ref}:${item}`),
      );
    // "Feedback: notification none".
    return permit(
      q.statute,
      fields,
      'none',
      rows.map((row) => endOfRow(row, now)!),
    );
  }

  // What leaves by the base, and what is added to it.
  const base: Share[] = [];
  const more: Share[] = [];
  const ends: number[] = [];
  const feedbacks: Feedback[] = [];

  // "handback, inquiry, protection → `within_purpose` (both sides as its rows say, rows of this purpose together, subject
  // only, needs identity among them; contact_wishes exactly when contact is listed), else consent."
  // DOMAIN §7: "requests for material go out as `inquiry` with the conference as basis": then no purpose is asked for.
  const restsOnConference = q.kind === 'inquiry' && q.conference !== undefined;
  const rows =
    ['handback', 'inquiry', 'protection'].includes(q.kind) && !restsOnConference
      ? q.authorities.filter((row) => row.code === 'within_purpose' && rowFits(row, q))
      : [];
  const listed = rows.flatMap((row) => row.categories);
  const withinPurpose = q.subject.present.filter(
    (item) => canLeaveWithoutConsent(q.subject, item) && listed.includes(item === 'contact_wishes' ? 'contact' : item),
  );
  const isWithinPurpose = withinPurpose.includes('identity');
  if (isWithinPurpose) {
    base.push(...withinPurpose.map((item) => ({ member: q.subject, item })));
    // "within_purpose at least state": of a row, "the least that goes back to the sender".
    feedbacks.push('state', ...rows.map(feedbackOfRow));
    ends.push(...rows.map((row) => endOfRow(row, now)!));
  } else {
    // "referral, support_request, prefecture → consent." "prefecture: … only identity, contact, …".
    const mayGo = (item: DataCategory) => q.kind !== 'prefecture' || ofPrefecture.includes(item);
    const own = consentsThatCount(q, q.subject);
    // "prefecture: … needs a consent whose feedback is not `none`."
    const isAnswered = q.kind !== 'prefecture' || own.consents.some((consent) => consent.scope.feedback !== 'none');
    const shareByConsent = (member: MemberInQuestion, theirs: OwnConsents) => {
      const items = member.present.filter((item) => mayGo(item) && canLeave(member, item));
      base.push(...items.filter((item) => theirs.covering(item).length > 0).map((item) => ({ member, item })));
      ends.push(...theirs.consents.map(endOfConsent));
    };
    if (isAnswered) shareByConsent(q.subject, own);
    // "Other members: only when a consent of the subject that counts covers `household`, and each with an own consent that
    // covers identity": DOMAIN §6 "members by name", so it has to be there as well,
    // and to be free to leave.
    const mayTakeAlong = isAnswered && own.naming('household').length > 0;
    for (const other of q.others) {
      if (!mayTakeAlong || !stays(other) || !canLeave(other, 'identity')) continue;
      const theirs = consentsThatCount(q, other);
      if (theirs.naming('identity').length > 0) shareByConsent(other, theirs);
    }
    // "consents the widest that counts".
    feedbacks.push(...own.consents.map((consent) => consent.scope.feedback));
  }

  // "Then the sitting, then grounds, each adding `present ∩ its items ∩ its row's items` for its persons".
  const isIn = (shares: readonly Share[], member: MemberInQuestion, item: DataCategory) =>
    shares.some((one) => one.member === member && one.item === item);
  const add = (source: Source, persons: readonly string[], items: ReadonlyMap<DataCategory, number>) => {
    for (const member of members) {
      if (member.person === undefined || !persons.includes(member.person)) continue;
      if (!isInIt(member)) continue;
      const fresh = member.present.filter((item) => items.has(item) && !isIn(base, member, item));
      const free = fresh.filter((item) => canLeaveWithoutConsent(member, item));
      more.push(...free.map((item) => ({ member, item, source, end: items.get(item)! })));
    }
  };

  // "inquiry also the conference codes (through a sitting)".
  const sitting = q.kind === 'inquiry' ? sittingThatCarries(q, now) : undefined;
  if (sitting?.authority !== undefined) {
    const { authority: code, until } = sitting;
    // "items of the row of its authority", "for those members of the referral whose person is discussed there"; "conference …
    // none here (到着 is no feedback)".
    for (const row of q.authorities.filter((one) => one.code === code && rowFits(one, q))) {
      const end = Math.min(until === undefined ? Infinity : lastBefore(until), endOfRow(row, now)!);
      add({ code, feedback: 'none' }, sitting.persons, new Map(row.categories.map((item) => [item, end])));
    }
  }
  for (const ground of q.grounds ?? []) {
    const row = q.authorities.find((one) => one.id === ground.row);
    if (row === undefined || !groundCounts(ground, row, q)) continue;
    // "emergency none here …; other grounds their row's".
    const feedback = row.code === 'emergency' ? 'none' : feedbackOfRow(row);
    const persons = ground.persons.filter((person) => !isRefusedBy(person, ground, row, q));
    const items = [...itemsOfGround(ground, row, now)].map(
      ([item, end]) => [item, Math.min(end, endOfRow(row, now)!)] as const,
    );
    add({ code: row.code, feedback }, persons, new Map(items));
  }

  // "another member so added needs its own identity".
  const all = [...base, ...more];
  const hasIdentity = (member: MemberInQuestion) => isIn(all, member, 'identity');
  const whole = all.filter(({ member }) => hasIdentity(member));
  // "`onSheet`: those items of the subject are added to whatever else is permitted; alone they are a permit `to_person`."
  const sheet = (q.onSheet ?? [])
    .filter((item) => canLeaveWithoutConsent(q.subject, item))
    .map((item) => fieldOf({ member: q.subject, item }));
  // "the whole needs the subject's identity, else hold."
  if (!hasIdentity(q.subject)) return sheet.length > 0 ? permit('to_person', sheet, 'none', []) : hold;

  const fields = [...whole.map(fieldOf), ...sheet];
  const sources = whole.flatMap(({ source }) => (source === undefined ? [] : [source]));
  // "other grounds their row's"; "protection at least state".
  feedbacks.push(...sources.map(({ feedback }) => feedback));
  if (q.kind === 'protection') feedbacks.push('state');
  ends.push(...whole.map(({ end }) => end ?? Infinity));
  // "Authority of a permit: the first, in the order of the enum, of the sitting's and grounds' codes that added an item;
  // else the base's."
  const first = orderOfAuthorities.find((code) => sources.some((source) => source.code === code));
  const authority = first ?? (isWithinPurpose ? 'within_purpose' : 'consent');
  // "of several the widest. Not after: the earliest end of everything relied on."
  return permit(authority, [...new Set(fields)], widest(feedbacks), ends);
}

interface Source {
  readonly code: AuthorityCode;
  readonly feedback: Feedback;
}

/** One item of one member on its way; without a source it leaves by the base. */
interface Share {
  readonly member: MemberInQuestion;
  readonly item: DataCategory;
  readonly source?: Source;
  /** The last moment that the source lets it out. */
  readonly end?: number;
}

const fieldOf = ({ member, item }: Pick<Share, 'member' | 'item'>) => `${member.ref}:${item}`;

/** "(到着 is no feedback)" */
const feedbackOfRow = (row: AuthorityRow): Feedback => (row.feedback === 'arrival' ? 'none' : row.feedback);

function widest(feedbacks: readonly Feedback[]): Feedback {
  if (feedbacks.includes('state+note')) return 'state+note';
  return feedbacks.includes('state') ? 'state' : 'none';
}

/** The sitting's and grounds' codes in the order of the enum `AuthorityCode`. */
const orderOfAuthorities: readonly AuthorityCode[] = [
  'law',
  'internal_reasonable',
  'public_body_reasonable',
  'benefit_of_person',
  'private_necessity',
  'shien_kaigi',
  'shien_kaigi_konkyu',
  'chosei_kaigi',
  'yotaikyo',
  'disaster',
  'emergency',
  'chiiki_care_kaigi',
  'shogai_kyogikai',
];

/** "only identity, contact, contact_wishes, household_outline, household, concern, wishes, …" */
const ofPrefecture: readonly DataCategory[] = [
  'identity',
  'contact',
  'contact_wishes',
  'household_outline',
  'household',
  'concern',
  'wishes',
  'income_debt',
  'public_assistance',
  'employment',
  'housing',
  'narrative',
];

function kindGoesThere(q: DecisionInput): boolean {
  const { sender, recipient } = q;
  const receives = (recipient.receives ?? []).includes(q.kind);
  switch (q.kind) {
    // "`referral`: any two desks."
    case 'referral':
      return true;
    // "`support_request`, `advice`: to type `multi_agency_coordination`."
    case 'support_request':
    case 'advice':
      return recipient.functionType === takikan;
    // "`handback`: from it."
    case 'handback':
      return sender.functionType === takikan;
    // "`inquiry`: one of the two is it, or both are members of the named sitting."
    case 'inquiry': {
      const named = namedSitting(q);
      const sits = (party: Party) => (named?.members ?? []).some((member) => member.function === party.function);
      return sender.functionType === takikan || recipient.functionType === takikan || (sits(sender) && sits(recipient));
    }
    // "`prefecture`: from `town_without_welfare_office` to a function that `receives` it and is `public_body`".
    case 'prefecture':
      return sender.functionType === 'town_without_welfare_office' && receives && recipient.bodyKind === 'public_body';
    // "`notification`: to a function that `receives` it and whose type the law's row names." The row is looked at later.
    case 'notification':
      return receives;
    // "`protection`: to a function that `receives` it and is `agency`."
    case 'protection':
      return receives && recipient.bodyKind === 'agency';
  }
}

/** "A row whose list of kinds, purposes or BodyKinds does not fit permits nothing." `recipientTypes`: "Absent = any." */
function rowFits(row: AuthorityRow, q: DecisionInput): boolean {
  return (
    row.kinds.includes(q.kind) &&
    row.purposes.includes(q.purpose) &&
    row.senders.includes(q.sender.bodyKind) &&
    row.recipients.includes(q.recipient.bodyKind) &&
    (row.recipientTypes === undefined || row.recipientTypes.includes(q.recipient.functionType)) &&
    endOfRow(row, q.now.getTime()) !== undefined
  );
}

/**
 * The last moment that the row counts, absent when it counts not now. "`disaster`: now lies in a window (from ≤ now <
 * until)"; of any row that has windows, "it counts within these only". A row is given while it is in force: to the end of
 * the last day that it has.
 */
function endOfRow(row: AuthorityRow, now: number): number | undefined {
  const end = row.validTo === undefined ? Infinity : lastMoment(row.validTo);
  if (row.windows === undefined) return row.code === 'disaster' ? undefined : end;
  const open = row.windows.filter(({ from, until }) => Date.parse(from) <= now && now < Date.parse(until));
  if (open.length === 0) return undefined;
  return Math.min(end, Math.max(...open.map(({ until }) => lastBefore(Date.parse(until)))));
}

function namedSitting(q: DecisionInput): Sitting | undefined {
  if (q.conference === undefined) return undefined;
  // DOMAIN §7: "One sitting may serve [several], each part with its own roster": of the parts, the one where both sit.
  const parts = (q.sittings ?? []).filter((sitting) => sitting.id === q.conference);
  const sits = (part: Sitting, side: Party) => part.members.some((member) => member.function === side.function);
  const shared = parts.filter((part) => sits(part, q.sender) && sits(part, q.recipient));
  return [...shared, ...parts.filter((part) => sits(part, q.sender)), ...parts][0];
}

/**
 * "A sitting carries an inquiry that names it while it is `open` and before its `until` (exclusive), when sender's and
 * recipient's function each have a member who acknowledged".
 */
function sittingThatCarries(q: DecisionInput, now: number): Sitting | undefined {
  const sitting = namedSitting(q);
  if (sitting?.state !== 'open') return undefined;
  if (sitting.until !== undefined && now >= sitting.until) return undefined;
  const acknowledged = (party: Party) => sitting.members.some((m) => m.function === party.function && m.acknowledged);
  return acknowledged(q.sender) && acknowledged(q.recipient) ? sitting : undefined;
}

/** "Grounds by kind: referral, support_request, protection: law, … emergency; inquiry also …; others none." */
const kindsWithGrounds: readonly ReferralKind[] = ['referral', 'support_request', 'protection', 'inquiry'];
const codesOfGrounds: readonly AuthorityCode[] = [
  'law',
  'internal_reasonable',
  'public_body_reasonable',
  'benefit_of_person',
  'private_necessity',
  'disaster',
  'emergency',
];

function groundCounts(ground: Ground, row: AuthorityRow, q: DecisionInput): boolean {
  if (!kindsWithGrounds.includes(q.kind) || !codesOfGrounds.includes(ground.code)) return false;
  // "A ground counts only if recorded by the sending function for this referral, its row is in force (given), all `needs`
  // of the row were said, BodyKinds, kind and purpose fit."
  if (ground.recipient !== undefined && ground.recipient !== q.recipient.function) return false;
  if (ground.function !== q.sender.function || q.referral === undefined || ground.referral !== q.referral) return false;
  if (ground.code !== row.code || !rowFits(row, q)) return false;
  return row.needs.every((fact) => ground.said.includes(fact));
}

/**
 * "A refusal of the person (entitled giver) toward this recipient that names one of the items or all: row `stands` ignores
 * it; `with_words` needs the approver's words, else that ground counts for nothing; `never`: nothing." DOMAIN §4, R6:
 * "rights of each member", so what one member refused is nothing to another one's items.
 */
function isRefusedBy(person: string, ground: Ground, row: AuthorityRow, q: DecisionInput): boolean {
  if (row.overRefusal === 'stands') return false;
  const { decided } = ground;
  const words = decided?.outcome === 'approved' && decided.overRefusal && Date.parse(decided.at) <= q.now.getTime();
  if (row.overRefusal === 'with_words' && words) return false;
  return objectionsOf(person, q).some(
    ({ items }) => items === undefined || items.some((item) => ground.categories.includes(item)),
  );
}

/** The items that the ground lets out now, each with the last moment that it does. */
function itemsOfGround(ground: Ground, row: AuthorityRow, now: number): Map<DataCategory, number> {
  const items = new Map<DataCategory, number>();
  const { decided } = ground;
  // "Refused by the approver: nothing."
  if (decided?.outcome === 'refused') return items;
  const recorded = Date.parse(ground.recordedAt);
  if (now < recorded) return items;
  const isApproved = decided !== undefined && Date.parse(decided.at) <= now;
  const approvedUntil = ground.until === undefined ? Infinity : lastMoment(ground.until);
  const openUntil = row.hours === undefined ? Infinity : lastBefore(recorded + row.hours * hour);
  for (const item of ground.categories.filter((one) => row.categories.includes(one))) {
    const ends: number[] = [];
    // "Approval `before`: counts from approval on, with the approved items." "`after`: from recording, all items until
    // recordedAt + row.hours (exclusive), approved items until the end of `until`'s day in Japan; so in both cases".
    if (row.approval !== 'before') ends.push(openUntil);
    if (isApproved && decided.categories.includes(item)) ends.push(approvedUntil);
    const open = ends.filter((end) => now <= end);
    if (open.length > 0) items.set(item, Math.max(...open));
  }
  return items;
}

/**
 * "Danger: another member who is dangerous to the subject or to a member that stays, or whom the subject endangers, is not
 * in it; a danger `household` of the subject puts out every other member who is not sealed or endangered by the household
 * as well (subjects are never put out)."
 */
function membersThatStay(q: DecisionInput): (member: MemberInQuestion) => boolean {
  const endangers = (one: MemberInQuestion, another: MemberInQuestion) =>
    another.person !== undefined &&
    (q.dangers ?? []).some(
      ({ person, from }) =>
        person === another.person && (from === 'household' ? !fled(one.person, q) : from === one.person),
    );
  const left = q.others.filter((other) => !endangers(other, q.subject) && !endangers(q.subject, other));
  const staying = left.filter((other) => !left.some((another) => another !== other && endangers(other, another)));
  return (member) => staying.includes(member);
}

function isTo(recipient: ConsentRecipient, party: Party): boolean {
  if ('function' in recipient) return recipient.function === party.function;
  if ('functionType' in recipient) return recipient.functionType === party.functionType;
  return recipient.domain === party.domain;
}

const isAssertion = (consent: Consent) => consent.manner === 'asserted_by_system';

/** "within its days by the clock of Japan"; "an unconfirmed assertion until grantedAt + 30 × 24 h (exclusive)". */
function endOfConsent(consent: Consent): number {
  const end = lastMoment(consent.scope.until);
  if (!isAssertion(consent) || consent.confirmedAt !== undefined) return end;
  return Math.min(end, lastBefore(Date.parse(consent.grantedAt) + 30 * 24 * hour));
}

/**
 * "giver entitled (given as a flag of the input) and not dangerous to the person". A danger `household` is everybody of it
 * "who is not sealed or endangered by the household as well": the mother who fled along may speak for her child. "A guardian is never asked when he is the danger": one whom nobody has told apart
 * may be anybody of the household, and whoever else is known to endanger the child.
 */
function isDangerousTo(person: string, { giver, giverPerson }: Speaker, q: DecisionInput): boolean {
  if (giverPerson === person) return false;
  if (giverPerson === undefined)
    return giver === 'legal_guardian' && (q.dangers ?? []).some((danger) => danger.person === person);
  return (q.dangers ?? []).some(
    ({ person: endangered, from }) =>
      endangered === person && (from === giverPerson || (from === 'household' && !fled(giverPerson, q))),
  );
}

type Speaker = Pick<Refusal, 'giver' | 'giverPerson' | 'entitled'>;

/** "Seal (支援措置, 不開示) and `danger_from` (a person or the household): address, telephone … never leave". */
function mustNotBeFound(person: string | undefined, q: DecisionInput): boolean {
  if (person === undefined) return false;
  return [...(q.seals ?? []), ...(q.dangers ?? [])].some((recorded) => recorded.person === person);
}

/** "sealed or endangered by the household as well". */
function fled(person: string | undefined, q: DecisionInput): boolean {
  if (person === undefined) return false;
  return (
    (q.seals ?? []).some((seal) => seal.person === person) ||
    (q.dangers ?? []).some((danger) => danger.person === person && danger.from === 'household')
  );
}

interface Objection {
  readonly at: number;
  /** Absent = all. */
  readonly items: readonly DataCategory[] | undefined;
}

/**
 * "A refusal (or a form handed back refused, for what it asked and this purpose)", toward this recipient, of an entitled
 * giver. Who is dangerous to the person speaks for the person as little here as in a consent.
 */
function objectionsOf(person: string, q: DecisionInput): Objection[] {
  const toward = (recipients: readonly ConsentRecipient[]) => recipients.some((to) => isTo(to, q.recipient));
  const speaks = (one: Speaker) => one.entitled !== false && !isDangerousTo(person, one, q);
  const refusals = q.refusals.filter(
    (one) => one.person === person && speaks(one) && (one.recipients === undefined || toward(one.recipients)),
  );
  // `refused` is a word of the person, recorded by a person: an assertion is none. "Versions supersede one another".
  const forms = q.consents
    .filter((one) => one.person === person && one.status === 'refused' && !isAssertion(one))
    .filter((one) => one.supersededBy === undefined && speaks(one))
    .filter(({ scope }) => toward(scope.recipients) && scope.purposes.includes(q.purpose));
  return [
    ...refusals.map(({ at, categories }) => ({ at: Date.parse(at), items: categories })),
    ...forms.map(({ grantedAt, scope }) => ({ at: Date.parse(grantedAt), items: scope.categories })),
  ];
}

/** What the consents of one member come to, after everything that the member refused. */
interface OwnConsents {
  readonly consents: readonly Consent[];
  /** Those whose scope names the item, and that no refusal beats in it. */
  readonly naming: (item: DataCategory) => readonly Consent[];
  /** Those by which the item may leave. */
  readonly covering: (item: DataCategory) => readonly Consent[];
}

function consentsThatCount(q: DecisionInput, member: MemberInQuestion): OwnConsents {
  const now = q.now.getTime();
  const { person } = member;
  if (person === undefined) return { consents: [], naming: () => [], covering: () => [] };
  const toward = (recipients: readonly ConsentRecipient[]) => recipients.some((to) => isTo(to, q.recipient));
  const theirs = q.consents.filter((consent) => consent.person === person);

  // "it beats assertions whatever the dates, and so does a withdrawal toward this recipient at any function."
  const isWithdrawn = theirs.some((consent) => consent.status === 'withdrawn' && toward(consent.scope.recipients));

  // "A refusal … beats consents of the same or an older moment, item by item; it beats assertions whatever the dates".
  const objections = objectionsOf(person, q);
  const isBeaten = (consent: Consent, item: DataCategory) =>
    objections.some(
      (o) =>
        (o.items === undefined || o.items.includes(item)) &&
        (isAssertion(consent) || Date.parse(consent.grantedAt) <= o.at),
    );

  // "counted only if given to the sending function, active, not superseded, within its days by the clock of Japan, toward
  // this recipient (function, type or domain) and, when it names an organization, that one, for this purpose, recipient
  // not excluded, giver entitled".
  const standing = theirs
    .filter((consent) => consent.givenTo === q.sender.function)
    .filter((consent) => consent.status === 'active' && consent.supersededBy === undefined)
    .filter((consent) => firstMoment(consent.scope.from) <= now && now <= endOfConsent(consent))
    .filter((consent) => toward(consent.scope.recipients))
    .filter((c) => c.namedOrganization === undefined || c.namedOrganization === q.recipient.organization)
    .filter((consent) => consent.scope.purposes.includes(q.purpose))
    .filter((consent) => !consent.exclusions.includes(q.recipient.function))
    .filter((consent) => consent.entitled !== false && !isDangerousTo(person, consent, q));
  // "Any recorded consent that stands silences assertions of that person."
  const isSilenced = standing.some((consent) => !isAssertion(consent));
  const consents = standing
    .filter((consent) => !isAssertion(consent) || (!isSilenced && !isWithdrawn))
    // One that is beaten in all its items gives nothing any more.
    .filter((consent) => consent.scope.categories.some((item) => !isBeaten(consent, item)));
  const naming = (item: DataCategory) =>
    consents.filter((consent) => consent.scope.categories.includes(item) && !isBeaten(consent, item));

  const covering = (item: DataCategory) => {
    // "contact_wishes leave with contact unless refused by name."
    if (item === 'contact_wishes') {
      const isRefused = objections.some((o) => o.items?.includes('contact_wishes') === true);
      if (isRefused && naming('contact_wishes').length === 0) return [];
      // Of a sealed person contact stays: "contact_wishes only when … contact or contact_wishes is covered".
      return mustNotBeFound(person, q) ? [...naming('contact'), ...naming('contact_wishes')] : naming('contact');
    }
    const named = naming(item);
    if (named.length > 0) return named;
    // "wishes leave with any consent unless refused by name or altogether by an objection that is not beaten by a newer
    // consent naming them".
    if (item === 'wishes') {
      return objections.some((o) => o.items === undefined || o.items.includes('wishes')) ? [] : consents;
    }
    return [];
  };
  return { consents, naming, covering };
}
