// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralSubmission } from '@tsunagi/contracts';
import {
  japaneseDay,
  kindRules,
  presentCategories,
  saidIn,
  type DataCategory,
  type Member,
  type Party,
} from '@tsunagi/domain';
import { residenceStatusIn } from './residence-status';
import { channelKept } from './channel';
import type { Sending } from './judge-submission';
import { isWritten } from './protected-content';
import { sealContent, type ReferralContent, type ReferralRecord } from './referral.record';
import { consentOnlyAt, type MemberOnFile } from '../disclosure';
import type { Directory } from '../organizations';
import { blindId, newId, residenceStatusAt, type HubKeys } from '../platform';

/** A submission that fits, with the persons of its members, the subject first. */
export interface Taken {
  readonly itemId: string;
  readonly submission: ReferralSubmission;
  readonly from: string;
  readonly persons: readonly [string, ...string[]];
  /** What it answers or grew out of; it goes on in the same journey. */
  readonly regarding?: ReferralRecord | undefined;
  readonly about?: About | undefined;
  /** It named a conference in which nothing of the subject was agreed, which is left out. */
  readonly conferenceUnknown?: true;
}

/** Whom another room of the hub sends it about, where no system has a number; and the sitting that it rests on. */
export interface About {
  readonly person: string;
  readonly conference?: string;
}

/** Where and when a submission is taken in. */
export interface Surroundings {
  readonly sending: Sending;
  readonly directory: Directory;
  readonly keys: HubKeys;
  readonly legal: string;
  readonly now: Date;
  /** Whom nobody has known before. */
  readonly newPersons: ReadonlySet<string>;
}

/** The referral that a submission asks for: a new one, or the next version of the one that its key has. */
export function recordOf(
  { submission, from, persons, regarding, about }: Taken,
  content: ReferralContent,
  before: ReferralRecord | undefined,
  { now, sending, directory, keys, sealed }: Surroundings & { readonly sealed: ReadonlySet<string> },
): ReferralRecord {
  const id = before?.id ?? newId(now);
  const to = submission.to ?? 'unknown';
  const toFunction = directory.resolve({ to, from, kind: submission.kind });
  const recordDefault = sending.channel === 'web' ? undefined : ('through_sender' as const);
  return {
    id,
    // Of its own, so that no recipient reads from it whether somebody had the matter before.
    journey: before?.journey ?? journeyOf(submission.kind, regarding) ?? blindId(),
    kind: submission.kind,
    purpose: submission.purpose,
    urgency: submission.urgency,
    sender: sending.sender,
    sourceKey: submission.source.key,
    sourceSystem: submission.source.system,
    echo: submission.source.echo,
    fromFunction: from,
    toFunction,
    toAddress: to,
    howTheyMeet: submission.howTheyMeet ?? recordDefault,
    channel: channelKept(toFunction, submission.kind, submission.channel, directory),
    statute: submission.statute,
    // What answers an inquiry of a sitting rests on the same one.
    conference:
      about?.conference ??
      (regarding?.kind === submission.kind ? regarding.conference : undefined) ??
      before?.conference,
    members: keepingConsentOnly(before?.members ?? [], directory.party(from), membersOf(content, persons, sealed)),
    sealedContent: sealContent(keys.sealing, id, content),
    contentVersion: before?.contentVersion ?? 1,
    state: before?.state ?? 'draft',
    stateBefore: undefined,
    toldState: before?.state ?? 'draft',
    toldVersion: before?.toldVersion ?? 1,
    toldAt: before?.toldAt ?? now,
    toldDueOn: undefined,
    version: before?.version ?? 1,
    decision: undefined,
    hasQuestioned: false,
    everAccepted: false,
    sentBack: false,
    returnsInJourney: 0,
    hops: 0,
    proposedReasons: undefined,
    parent: undefined,
    reopens: undefined,
    phoned: submission.phoned !== undefined,
    senderInformsBy: submission.notInformed?.by,
    worker: undefined,
    nextContactOn: undefined,
    lastStatus: before?.lastStatus,
    createdAt: before?.createdAt ?? now,
    // It waits since it waits, however often its record comes anew.
    stateAt: before?.stateAt ?? now,
    sentAt: undefined,
    dueOn: undefined,
  };
}

/** What exists for its two desks only goes on in nobody else's journey. */
const journeyOf = (kind: ReferralSubmission['kind'], regarding: ReferralRecord | undefined) =>
  kindRules[kind].seenBy === 'both_functions' ? undefined : regarding?.journey;

/** What a submission says, as it is kept. */
export const contentOfSubmission = (submission: ReferralSubmission): ReferralContent => ({
  subject: submission.subject,
  others: submission.others,
  ...(submission.acting?.name !== undefined && { worker: submission.acting.name }),
  ...(kindRules[submission.kind].needs.length > 0 && { said: saidIn(submission) }),
});

/**
 * Members get the hub's own references: a sender's could carry a number of its system past the redaction. A person who
 * was in the last version keeps the reference, so that what was decided and disclosed goes on meaning the same person.
 */
export function contentOf(
  { subject, others, worker, said = {} }: ReferralContent,
  persons: readonly string[],
  before: ReferralRecord | undefined,
  now: Date,
): ReferralContent {
  const today = japaneseDay(now);
  const known = new Map(before?.members.slice(1).map((m) => [m.person, m.ref]));
  let last = Math.max(0, ...[...known.values()].map((ref) => Number(ref.replace('member-', ''))));
  const used = new Set<string>();
  const refOf = (person: string | undefined) => {
    const ref = person === undefined ? undefined : known.get(person);
    const mine = ref === undefined || used.has(ref) ? `member-${++last}` : ref;
    used.add(mine);
    return mine;
  };
  return {
    subject: { ...dated(subject, today), ref: 'subject' },
    others: others.map((m, n) => ({ ...dated(m, today), ref: refOf(persons[n + 1]) })),
    ...(worker !== undefined && { worker }),
    ...(Object.keys(said).length > 0 && { said }),
  };
}

/** A text of which nobody has said when it was written would never grow old: it is of the day on which it came. */
function dated(member: Member, today: string): Member {
  const { narrative } = member.items;
  const texts = [narrative?.fact, narrative?.words, narrative?.view];
  // Where there is no text, a date would make an item of nothing.
  if (!narrative || narrative.writtenOn !== undefined || texts.every((text) => text === undefined)) return member;
  return { ...member, items: { ...member.items, narrative: { ...narrative, writtenOn: today } } };
}

/**
 * Its members as they are remembered beside the sealed content, the subject first.
 *
 * @param sealed whose whereabouts never leave: what is written of them waits until somebody has looked through it, and so does
 *   of everybody what speaks of a 在留資格
 */
export function membersOf(
  content: ReferralContent,
  [person, ...persons]: readonly [string, ...string[]],
  sealed: ReadonlySet<string>,
): [MemberOnFile, ...MemberOnFile[]] {
  const { subject, others } = content;
  const onFile = (member: Member, person: string): MemberOnFile => {
    const written = member.items.narrative?.writtenOn;
    const uncleared = residenceStatusIn(member);
    return {
      ref: member.ref,
      person,
      present: presentCategories(member),
      ...(written !== undefined && { narrativeOn: written }),
      ...(sealed.has(person) && isWritten(member, content) && { textUnchecked: true }),
      ...(uncleared.length > 0 && { uncleared }),
      ...(member.items.contact_wishes?.safe && { safeWishes: true }),
    };
  };
  // Where nobody is in it, nobody's 在留資格 is spoken of.
  const isOfSomebody = [subject, ...others].some((m) => presentCategories(m).length > 0);
  const saidUncleared = isOfSomebody && residenceStatusAt(content.said) !== undefined;
  const theirs = others.map((m, n) => {
    const other = persons[n];
    if (other === undefined) throw new Error('a member without a person');
    return onFile(m, other);
  });
  return [{ ...onFile(subject, person), ...(saidUncleared && { saidUncleared: true as const }) }, ...theirs];
}

/** What leaves on a consent alone does so wherever it goes on, and however it is written anew. */
export function keepingConsentOnly(
  before: readonly MemberOnFile[],
  sender: Party,
  [subject, ...others]: ReferralRecord['members'],
): ReferralRecord['members'] {
  const keep = (member: MemberOnFile): MemberOnFile => {
    const was = before.find((m) => m.person === member.person);
    const consentOnly = was && consentOnlyAt(was, sender);
    return consentOnly ? { ...member, consentOnly } : member;
  };
  return [keep(subject), ...others.map(keep)];
}

/** The new members of something that the person may carry: on the sheet stands what still says the same as there. */
export function keepingSheet(
  [before]: ReferralRecord['members'],
  [subject, ...others]: ReferralRecord['members'],
  old: () => ReferralContent,
  now: () => ReferralContent,
): ReferralRecord['members'] {
  if (before.onSheet === undefined) return [subject, ...others];
  const [was, is] = [old().subject.items, now().subject.items];
  const onSheet = before.onSheet.filter((c) => itemsOf(c, was) === itemsOf(c, is));
  return [{ ...subject, onSheet }, ...others];
}

const itemsOf = (category: DataCategory, items: Member['items']) =>
  JSON.stringify((items as Readonly<Record<string, unknown>>)[category]);

/** What the sender said beside the members; it stays with its own desk. */
export function saidBeside(submission: ReferralSubmission): Record<string, unknown> {
  const { personInformed, notInformed, keepsDoing, phoned, acting } = submission;
  const said = { personInformed, notInformed, keepsDoing, phoned, worker: acting?.name };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

export const warningsOf = (submission: ReferralSubmission) => [
  ...new Set((submission.source.warnings ?? []).map((w) => w.code)),
];
