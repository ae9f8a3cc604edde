// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  addDays,
  consentOnlyFrom,
  decide,
  decideForCoordinators,
  decideFeedback,
  japaneseDay,
  kindRules,
  type DataCategory,
  type DeliveryChannel,
  type DisclosureDecision,
  type FeedbackDecision,
  type HowTheyMeet,
  type MemberInQuestion,
  type MemberPermit,
  type Party,
  type Permit,
  type Purpose,
  type ReferralKind,
  type Statute,
} from '@tsunagi/domain';
import { saidOf, type Wishes } from '../consents';
import type { Directory } from '../organizations';
import { newId, type Row, type Tx } from '../platform';

/** A member of a referral as the database remembers it beside the sealed content. */
export interface MemberOnFile {
  readonly ref: string;
  readonly person: string;
  readonly present: readonly DataCategory[];
  /** Day on which the narrative was written, or on which its sender has confirmed it as it is. */
  readonly narrativeOn?: string;
  /** It was too old already when it was written here, so it has not left with that version. */
  readonly narrativeBehind?: true;
  /** Tax data among it: they leave on a consent and on nothing else. */
  readonly consentOnly?: readonly DataCategory[];
  /** Nobody of the sending function has looked yet whether a text gives a protected person's whereabouts away. */
  readonly textUnchecked?: true;
  /** A text of these speaks of a 在留資格, and no supervisor of the sending function has cleared it. */
  readonly uncleared?: readonly DataCategory[];
  /** Of the subject: what is said of the hand-over speaks of one. */
  readonly saidUncleared?: true;
  /** The sender says that these 連絡上の注意 are safe to follow. */
  readonly safeWishes?: true;
  /** Of the subject: what is on the sheet that the person carries, and has not changed since. */
  readonly onSheet?: readonly DataCategory[];
}

/** What deciding needs of a referral: parties, purpose, members. Never its content. */
export interface DisclosableReferral {
  readonly id: string;
  readonly kind: ReferralKind;
  readonly purpose: Purpose;
  readonly fromFunction: string;
  readonly toFunction: string;
  readonly howTheyMeet: HowTheyMeet | undefined;
  /** The way that its sender has chosen; absent = the recipient's own. */
  readonly channel: DeliveryChannel | undefined;
  /** The law that a 通報・通告 names. */
  readonly statute: Statute | undefined;
  /** The sitting that an inquiry rests on. */
  readonly conference?: string | undefined;
  readonly sentAt: Date | undefined;
  /** It has come to its recipient at some time. */
  readonly everReceived?: boolean | undefined;
  /** Counts up with every correction of its content. */
  readonly contentVersion?: number;
  /** The subject first. */
  readonly members: readonly [MemberOnFile, ...MemberOnFile[]];
}

/** 連絡文 written longer ago than this stays behind until the sender confirms it. */
const narrativeDays = 14;

/**
 * Decides on a referral with what the persons have said and the directory as of now. As long as it never left, what they have said
 * to others counts for nothing but to keep in what would leave otherwise: who cannot release it anyway, hears why by what was said
 * to itself, also where two functions know a person by one number (ADR 13).
 */
export function decideOn(
  referral: DisclosableReferral,
  all: Wishes,
  directory: Directory,
  now: Date,
): DisclosureDecision {
  const wishes = saidOf(all, personsIn(referral));
  const decision = decideOnAll(referral, wishes, directory, now);
  if (referral.sentAt !== undefined || decision.outcome !== 'hold') return decision;
  const own = saidTo(referral.fromFunction, wishes);
  if (own === undefined) return decision;
  const alone = decideOnAll(referral, own, directory, now);
  return isPermit(alone) ? decision : alone;
}

/** Without what persons have said elsewhere; `undefined` where nothing was. */
function saidTo(desk: string, wishes: Wishes): Wishes | undefined {
  const consents = wishes.consents.filter((c) => c.givenTo === desk);
  const refusals = wishes.refusals.filter((r) => r.recordedBy === desk);
  const isAll = consents.length === wishes.consents.length && refusals.length === wishes.refusals.length;
  return isAll ? undefined : { ...wishes, consents, refusals };
}

function decideOnAll(
  referral: DisclosableReferral,
  wishes: Wishes,
  directory: Directory,
  now: Date,
): DisclosureDecision {
  const [subject] = referral.members;
  const { kind } = referral;
  const question = asked(referral, wishes, directory, now);
  const decision = decide({
    ...question,
    subject: inQuestion(subject, now, question.sender),
    others: othersIn(referral, now, question.sender),
    // The sheet is provided to the person when it is made; what is written afterwards is on no sheet.
    carried:
      referral.sentAt === undefined &&
      directory.channelTo(referral.toFunction, kind, referral.channel) === 'carried_by_person',
    onSheet: subject.onSheet,
    statute: referral.statute,
  });
  // Whoever has brought the sheet has met them.
  const meets = kindRules[kind].meets && subject.onSheet === undefined;
  return decision.outcome === 'permit' && meets && !meetingKnown(referral.howTheyMeet, decision)
    ? meetingUnknown(referral)
    : decision;
}

/** May the recipient read now what the sender writes to it beside the content? That is on no sheet. */
export function decideOnWords(
  referral: DisclosableReferral,
  wishes: Wishes,
  directory: Directory,
  now: Date,
): DisclosureDecision {
  const [{ onSheet: _, ...subject }, ...others] = referral.members;
  return decideOn({ ...referral, members: [subject, ...others] }, wishes, directory, now);
}

/** Decides whether those who coordinate may see it at their desk; `referral.toFunction` is that desk. */
export function decideForCoordinatorsOn(
  referral: DisclosableReferral,
  municipalStaff: boolean,
  wishes: Wishes,
  directory: Directory,
  now: Date,
): DisclosureDecision {
  const question = asked(referral, saidOf(wishes, personsIn(referral)), directory, now);
  return decideForCoordinators({
    ...question,
    subject: inQuestion(referral.members[0], now, question.sender),
    others: othersIn(referral, now, question.sender),
    municipalStaff,
  });
}

/** What may go back to the sender of a referral that went out on `permit`. */
export function feedbackOn(
  referral: DisclosableReferral,
  permit: Pick<Permit, 'authority'>,
  wishes: Wishes,
  directory: Directory,
  now: Date,
): FeedbackDecision {
  const person = referral.members[0].person;
  return decideFeedback({ ...asked(referral, saidOf(wishes, [person]), directory, now), permit, person });
}

/** What every question about this referral asks: between whom, and all that is recorded about its persons. */
const asked = (referral: DisclosableReferral, wishes: Wishes, directory: Directory, now: Date) => ({
  consents: wishes.consents,
  refusals: wishes.refusals,
  grounds: wishes.grounds,
  seals: wishes.seals,
  dangers: wishes.dangers,
  sittings: wishes.sittings,
  now,
  referral: referral.id,
  kind: referral.kind,
  purpose: referral.purpose,
  conference: referral.conference,
  sender: directory.party(referral.fromFunction),
  recipient: recipientOf(referral, directory),
  authorities: directory.authorities(),
});

/** Whom a desk has taken in, it keeps, though it takes in nobody more. */
function recipientOf({ toFunction, everReceived }: DisclosableReferral, directory: Directory): Party {
  const party = directory.party(toFunction);
  return everReceived === true ? { ...party, takesNobody: false } : party;
}

const othersIn = ({ members: [, ...others] }: DisclosableReferral, now: Date, sender: Party) =>
  others.map((o) => inQuestion(o, now, sender));

const personsIn = ({ members }: DisclosableReferral) => members.map((m) => m.person);

/** What of a member leaves on a consent alone: what came from a tax desk, whoever has it now. */
export const consentOnlyAt = (
  { consentOnly = [] }: MemberOnFile,
  sender: Party,
): readonly DataCategory[] | undefined => {
  const all = [...new Set([...consentOnly, ...(consentOnlyFrom(sender) ?? [])])];
  return all.length === 0 ? undefined : all;
};

/** Its narrative waits until its sender has confirmed it. */
export const isNarrativeOld = (member: MemberOnFile, now: Date): boolean => {
  const from = narrativeOldFrom(member);
  return from !== undefined && from <= japaneseDay(now);
};

/** The first day on which it does. */
export const narrativeOldFrom = ({ narrativeOn }: MemberOnFile): string | undefined =>
  narrativeOn === undefined ? undefined : addDays(narrativeOn, narrativeDays + 1);

function inQuestion(member: MemberOnFile, now: Date, sender: Party): MemberInQuestion {
  const stale = isNarrativeOld(member, now);
  return {
    ref: member.ref,
    person: member.person,
    present: stale ? member.present.filter((c) => c !== 'narrative') : member.present,
    consentOnly: consentOnlyAt(member, sender),
    textUnchecked: member.textUnchecked,
    uncleared: member.uncleared,
    safeWishes: member.safeWishes,
  };
}

/** 「連絡可」 is no way to meet when the contact itself must stay behind; who is protected is met safely, whatever was said. */
function meetingKnown(how: HowTheyMeet | undefined, permit: Permit): boolean {
  const [subject] = permit.members;
  if (how === 'contact_permitted') return subject?.sealed === true || subject?.categories.includes('contact') === true;
  return how !== undefined;
}

function meetingUnknown(referral: DisclosableReferral): DisclosureDecision {
  return {
    outcome: 'hold',
    reasons: ['MEETING_UNKNOWN'],
    lift: { givenTo: referral.fromFunction, recipient: referral.toFunction, categories: ['contact'] },
  };
}

export const isPermit = (decision: DisclosureDecision): decision is Permit => decision.outcome === 'permit';

/** The decision as a row, with the versions of everything that it was decided on, so that it can be explained later. */
export function decisionRow(
  decision: DisclosureDecision,
  of: DisclosableReferral,
  wishes: Wishes,
  { directory, legal }: { readonly directory: Directory; readonly legal: string },
  now: Date,
): Row & { id: string } {
  const persons = new Set(personsIn(of));
  const { consents, refusals } = saidOf(wishes, [...persons]);
  const permit = decision.outcome === 'permit' ? decision : undefined;
  return {
    id: newId(now),
    referral: of.id,
    direction: 'referral',
    outcome: decision.outcome,
    authority: permit?.authority ?? null,
    members: permit?.members ?? [],
    feedback: permit?.feedback ?? null,
    reasons: decision.reasons,
    not_after: permit?.notAfter ?? null,
    inputs: {
      from: of.fromFunction,
      to: of.toFunction,
      kind: of.kind,
      purpose: of.purpose,
      legal,
      consents: consents.map((c) => ({
        id: c.id,
        at: c.givenTo,
        status: c.status,
        ...(c.formVersion !== undefined && { form: c.formVersion }),
      })),
      refusals: refusals.map((r) => ({ id: r.id, at: r.recordedBy })),
      ...(of.contentVersion !== undefined && { contentVersion: of.contentVersion }),
      parties: [partyAsked(directory.party(of.fromFunction)), partyAsked(directory.party(of.toFunction))],
      ...besideWords(of, wishes, persons),
      ...restingOn(decision),
      ...(decision.outcome === 'hold' && { lift: decision.lift }),
    },
    decided_at: now.toISOString(),
  };
}

const partyAsked = ({ function: id, bodyKind, purposes, organization }: Party) => ({
  function: id,
  bodyKind,
  purposes,
  ...(organization !== undefined && { organization }),
});

/** What else is recorded about them, where there is any of it: nearly nobody has. */
function besideWords(of: DisclosableReferral, { grounds, seals, dangers, sittings }: Wishes, persons: Set<string>) {
  const own = grounds.filter((g) => g.referral === of.id).map(({ id, version }) => ({ id, version }));
  const sealed = seals.filter((s) => persons.has(s.person)).map((s) => s.id);
  const endangered = dangers.filter((d) => persons.has(d.person) || persons.has(d.from)).length;
  const sitting = sittings.filter((s) => s.id === of.conference).map(({ id, version }) => ({ id, version }));
  return {
    ...(own.length > 0 && { grounds: own }),
    ...(sealed.length > 0 && { seals: sealed }),
    ...(endangered > 0 && { dangers: endangered }),
    ...(sitting.length > 0 && { sittings: sitting }),
  };
}

/** The rows of the law that it rests on, and what they ask of the recipient. */
const restingOn = (decision: DisclosureDecision): Pick<Permit, 'rows' | 'conditions'> =>
  decision.outcome !== 'permit'
    ? {}
    : {
        ...(decision.rows && { rows: decision.rows }),
        ...(decision.conditions && { conditions: decision.conditions }),
      };

/** Does `now` still permit every item that went or is to go on `then`? Somebody protected since goes with less. */
export function stillCovers(now: DisclosureDecision, then: Pick<Permit, 'members'>): boolean {
  if (now.outcome !== 'permit') return false;
  return then.members.every((before) => {
    const after = now.members.find((m) => m.ref === before.ref);
    return (
      after !== undefined &&
      before.categories.every((c) => after.categories.includes(c)) &&
      (before.sealed ?? !after.sealed) &&
      (before.textUnchecked ?? !after.textUnchecked)
    );
  });
}

/**
 * May what was claimed be written now? It names its basis, its conditions and how long it counts, so these must still be
 * true as well: otherwise it is built anew.
 */
export function stillStands(now: DisclosureDecision, claimed: Permit): boolean {
  if (!isPermit(now) || !stillCovers(now, claimed) || now.authority !== claimed.authority) return false;
  const today = new Set(now.members.flatMap(reliedOn));
  if (!claimed.members.flatMap(reliedOn).every((id) => today.has(id))) return false;
  if (now.conditions?.every((c) => claimed.conditions?.includes(c)) === false) return false;
  return endOf(now) >= endOf(claimed);
}

const reliedOn = ({ consents, grounds = [] }: MemberPermit) => [...consents, ...grounds];
const endOf = ({ notAfter }: Permit) => (notAfter === undefined ? Infinity : Date.parse(notAfter));

/** Reads the permit a decision row holds. */
export async function permitById(tx: Pick<Tx, 'query'>, ids: readonly string[]): Promise<Map<string, Permit>> {
  return ids.length === 0 ? new Map() : permitsWhere(tx, 'id = any($1::uuid[])', [ids]);
}

/** Reads the permits for which `condition` holds; SQL of the hub only, values as parameters. */
export async function permitsWhere(
  tx: Pick<Tx, 'query'>,
  condition: string,
  parameters: unknown[],
): Promise<Map<string, Permit>> {
  const rows = await tx.query<{
    id: string;
    authority: Permit['authority'];
    members: Permit['members'];
    feedback: Permit['feedback'];
    reasons: Permit['reasons'];
    not_after: Date | null;
    rows: Permit['rows'] | null;
    conditions: Permit['conditions'] | null;
  }>(
    `select id, authority, members, feedback, reasons, not_after, inputs->'rows' as rows, inputs->'conditions' as conditions from disclosure_decision where ${condition} and outcome = 'permit'`,
    parameters,
  );
  return new Map(
    rows.map((r) => [
      r.id,
      {
        outcome: 'permit',
        authority: r.authority,
        members: r.members,
        feedback: r.feedback,
        reasons: r.reasons,
        ...(r.not_after && { notAfter: r.not_after.toISOString() }),
        ...(r.rows && { rows: r.rows }),
        ...(r.conditions && { conditions: r.conditions }),
      },
    ]),
  );
}
