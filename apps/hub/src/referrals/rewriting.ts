// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  isPhoneMissing,
  japaneseDay,
  saidIn,
  StepRefusedError,
  type ActionFacts,
  type DisclosureDecision,
  type Member,
  type MemberIdentifier,
  type WaitsFor,
} from '@tsunagi/domain';
import { isAgreed } from './agreed-in';
import { channelChosen, channelKept } from './channel';
import { mayArrive } from './claim-referral';
import { correctRecipient, withNarrativeConfirmed } from './correction';
import { maxContentBytes } from './judge-submission';
import { protectedContent } from './protected-content';
import { contentOf, keepingConsentOnly, keepingSheet, membersOf } from './record-of-submission';
import {
  isRouted,
  openContent,
  personsOf,
  referralsWhere,
  sealContent,
  subjectOf,
  type ReferralContent,
  type ReferralRecord,
} from './referral.record';
import { SubmissionRejectedError } from './referrals.errors';
import { moved, type Here, type Stepped, type Stepping } from './stepping';
import { sendByItself, Twins } from './twins';
import { isNameMissing } from './unfit';
import { wishesOf } from '../consents';
import { decideOn, isNarrativeOld, isPermit, type MemberOnFile } from '../disclosure';
import { addIdentifiers, findOrMakePersons, protectionOf } from '../people';
import { sayBeside } from './words';
import type { Tx } from '../platform';

/** Members as a desk writes them, whole or in part. */
interface Written {
  readonly subject?: Member | undefined;
  readonly others?: readonly Member[] | undefined;
}

/** The numbers in them: whom they belong to is asked before anything is locked. */
export const identifiersWritten = ({ subject, others = [] }: Written): MemberIdentifier[] =>
  [...(subject ? [subject] : []), ...others].flatMap((m) => m.identifiers);

type Known = ReadonlyMap<string, string>;

/** What has not left is written anew by its sender; what waits may leave now. */
export async function edit(stepping: Stepping<ActionFacts<'edit'>>, known: Known): Promise<Stepped> {
  const { tx, changes, directory, keys, referral, facts, acting } = stepping;
  const { to = referral.toAddress, urgency = referral.urgency, purpose = referral.purpose } = facts;
  const { howTheyMeet = referral.howTheyMeet } = facts;
  const old = openContent(keys.sealing, referral);
  const content = {
    ...old,
    subject: facts.subject ?? old.subject,
    others: facts.others ?? old.others,
    said: { ...old.said, ...saidIn(facts) },
  };
  if (isNameMissing(referral.kind, content.subject))
    throw new SubmissionRejectedError('IDENTITY_MISSING', '/subject/items/identity');
  const rewritten = await withContent(stepping, referral, content, known);
  const toFunction = directory.resolve({ to, from: referral.fromFunction, kind: referral.kind });
  const channel =
    toFunction === referral.toFunction
      ? referral.channel
      : channelKept(toFunction, referral.kind, channelChosen(referral, directory), directory);
  const also = { toAddress: to, toFunction, channel, urgency, purpose, howTheyMeet, ...rewritten };
  const after = moved(stepping, also, ['subject', 'others']);
  if (after.state !== 'awaiting_authority' || !isRouted(after)) return { after };
  // What a draft has said is asked when it is sent; this would leave by itself.
  const saidAnew = facts.agreedIn !== undefined || facts.subject !== undefined;
  if (saidAnew && !(await isAgreed(tx, content.said, after))) throw new StepRefusedError('CONFERENCE_UNKNOWN');
  const wishes = await wishesOf(tx, personsOf(after));
  const decision = decideOn(after, wishes, directory, changes.now);
  const waitsFor = await whatHolds(tx, after, decision);
  if (isPermit(decision) && waitsFor === undefined)
    return { after: sendByItself(tx, changes, after, decision, wishes, directory, acting) };
  changes.wait(after, waitsFor ?? 'authority');
  return { after: changes.latest(after) };
}

/** What is asked for first of what waits at its sender's and was written anew. */
async function whatHolds(
  tx: Tx,
  referral: ReferralRecord,
  decision: DisclosureDecision,
): Promise<WaitsFor | undefined> {
  // An assertion after a withdrawal goes on asking who said it.
  const isAsserted = referral.waitsFor === 'asserted_after_withdrawal';
  if (!isPermit(decision)) return isAsserted ? referral.waitsFor : 'authority';
  if (await new Twins().isOpen(tx, referral)) return 'twin';
  return isPhoneMissing(referral) ? 'phone' : undefined;
}

/**
 * Something is added, or put right. Of the sender: a new decision, and what it permits goes to every recipient that has
 * the old value; a note goes to the recipient's screen. `clears`: who supplements may clear texts that wait.
 *
 * Of the recipient: a note to the sender, as far as the feedback scope goes, and no items. What flows back is status, worker,
 * next date and text (DOMAIN §6, feedback): its scope names no categories, so it could permit none. Items that the recipient
 * knows go to the sender as a disclosure of its own, with its own authority: a 照会 and its answer, or a つなぎ.
 */
export async function supplement(
  stepping: Stepping<ActionFacts<'supplement'>>,
  { known, clears }: { readonly known: Known; readonly clears: boolean },
): Promise<Stepped> {
  const { changes, referral, facts, by } = stepping;
  const writes = facts.subject !== undefined || (facts.others ?? []).length > 0;
  const noted = by === 'sender' && facts.note !== undefined;
  const checked = facts.sealedTextChecked === true;
  const cleared = facts.residenceTextCleared === true;
  const confirmed = facts.narrativeConfirmed === true;
  const isRead = checked || cleared || confirmed;
  if (isRead) mustHaveRead(stepping);
  if (cleared && !clears) throw new StepRefusedError('NOT_YOUR_STEP');
  const asRead = (members: ReferralRecord['members']) => {
    const read = withTextRead(members, { checked, cleared });
    return confirmed ? withNarrativeConfirmed(read, japaneseDay(changes.now)) : read;
  };
  if (!writes) {
    // A version of its own: a message that is under way without what leaves from here on is built anew before it is written.
    const { contentVersion } = referral;
    const more = { members: asRead(referral.members), contentVersion: contentVersion + 1 };
    const after = moved(stepping, isRead ? more : {});
    if (isRead) await bring(stepping, referral, after);
    return { after: noted ? await sayBeside(stepping, changes.latest(after)) : changes.latest(after) };
  }
  if (by !== 'sender') throw new SubmissionRejectedError('ITEMS_OF_RECIPIENT', facts.subject ? '/subject' : '/others');
  const old = openContent(stepping.keys.sealing, referral);
  const content = supplemented(old, facts);
  const written = await withContent(stepping, referral, content, known);
  const after = moved(stepping, { ...written, members: asRead(written.members) }, ['subject', 'others']);
  await bring(stepping, referral, after);
  if (noted) await sayBeside(stepping, changes.latest(after));
  for (const other of await heldElsewhere(stepping.tx, referral)) await putRight(stepping, other, old, content);
  return { after: changes.latest(after) };
}

/**
 * Whether a text gives a protected person's whereabouts away, and whether it is still true, is seen by people of the sending
 * function; they have read the version at which they say so.
 */
function mustHaveRead({ by, acting }: Stepping<object>): void {
  if (by !== 'sender' || !acting.actor.startsWith('staff:')) throw new StepRefusedError('NOT_YOUR_STEP');
}

/** What is too old as it is written anew stays behind, also where what stood there before has left. */
function withOldMarked([subject, ...others]: ReferralRecord['members'], now: Date): ReferralRecord['members'] {
  const marked = (member: MemberOnFile): MemberOnFile =>
    isNarrativeOld(member, now) ? { ...member, narrativeBehind: true } : member;
  return [marked(subject), ...others.map(marked)];
}

/** The members, with what is written of them read through, or cleared: nothing of it waits any more. */
function withTextRead(
  [subject, ...others]: ReferralRecord['members'],
  { checked, cleared }: { readonly checked: boolean; readonly cleared: boolean },
): ReferralRecord['members'] {
  const read = ({ textUnchecked, uncleared, saidUncleared, ...member }: MemberOnFile): MemberOnFile => ({
    ...member,
    ...(!checked && textUnchecked && { textUnchecked }),
    ...(!cleared && { ...(uncleared && { uncleared }), ...(saidUncleared && { saidUncleared }) }),
  });
  return [read(subject), ...others.map(read)];
}

/** Where the same sender has brought something of this person to somebody else, who has it still. */
export function heldElsewhere(tx: Tx, referral: ReferralRecord): Promise<ReferralRecord[]> {
  return referralsWhere(tx, 'subject = $1 and from_function = $2 and id <> $3 and sent_at is not null order by id', [
    subjectOf(referral),
    referral.fromFunction,
    referral.id,
  ]).then((found) => found.filter(mayArrive));
}

/** What was said there with the same words is wrong there too. */
async function putRight(
  stepping: Stepping<object>,
  other: ReferralRecord,
  old: ReferralContent,
  now: ReferralContent,
): Promise<void> {
  const { changes, keys, acting } = stepping;
  const theirs = openContent(keys.sealing, other);
  const items = { ...theirs.subject.items };
  for (const [category, value] of Object.entries(now.subject.items)) {
    const name = category as keyof typeof items;
    const wrong = old.subject.items[name];
    if (wrong !== undefined && !isSame(wrong, value) && isSame(items[name], wrong))
      Object.assign(items, { [name]: value });
  }
  if (isSame(items, theirs.subject.items)) return;
  const content = { ...theirs, subject: { ...theirs.subject, items } };
  const rewritten = await withContent(stepping, other, content, new Map());
  const after = changes.record(other, 'correct', acting, {}, rewritten);
  await bring(stepping, other, after);
}

async function bring(
  { tx, changes, directory, keys }: Here,
  before: ReferralRecord,
  after: ReferralRecord,
): Promise<void> {
  if (before.sentAt === undefined || !isRouted(after)) return;
  const wishes = await wishesOf(tx, personsOf(after));
  correctRecipient(before, after, { tx, changes, wishes, here: { directory, keys, now: changes.now } });
}

/** The items that are said replace those of their category; whoever is new comes to the others. */
function supplemented(old: ReferralContent, { subject, others = [] }: Written): ReferralContent {
  const withItems = (member: Member, more: Member | undefined): Member =>
    more ? { ...member, items: { ...member.items, ...more.items } } : member;
  const known = new Set(old.others.map((o) => o.ref));
  return {
    ...old,
    subject: withItems(old.subject, subject),
    others: [
      ...old.others.map((o) =>
        withItems(
          o,
          others.find((m) => m.ref === o.ref),
        ),
      ),
      ...others.filter((m) => !known.has(m.ref)),
    ],
  };
}

/** Sealed anew, with the persons behind its members: the subject stays who it is, a ref that was there the same person. */
async function withContent(
  { tx, changes, directory, keys }: Here,
  before: ReferralRecord,
  written: ReferralContent,
  known: Known,
): Promise<Pick<ReferralRecord, 'members' | 'sealedContent' | 'contentVersion'>> {
  const { subject, others } = written;
  const { system } = directory.function(before.fromFunction);
  const own = (m: Member) => m.identifiers.filter((i) => i.system === system);
  const personOf = new Map(before.members.slice(1).map((m) => [m.ref, m.person]));
  const strangers = others.filter((m) => !personOf.has(m.ref));
  const { persons } = findOrMakePersons(tx, strangers.map(own), known);
  const next = persons[Symbol.iterator]();
  const behind = others.map((m) => personOf.get(m.ref) ?? String(next.next().value));
  const everybody = [subjectOf(before), ...behind];
  const isTwice = (m: Member, n: number) => !personOf.has(m.ref) && everybody.filter((p) => p === behind[n]).length > 1;
  if (others.some(isTwice)) throw new SubmissionRejectedError('MEMBER_TWICE', '/others');
  addIdentifiers(tx, subjectOf(before), own(subject));
  const all = [subjectOf(before), ...behind] as const;
  const said = contentOf(written, all, before, changes.now);
  const { content, sealed } = protectedContent(before.kind, said, all, await protectionOf(tx, all));
  if (Buffer.byteLength(JSON.stringify([content.subject, content.others])) > maxContentBytes)
    throw new SubmissionRejectedError('TOO_LARGE', '/subject');
  return {
    members: keepingSheet(
      before.members,
      withOldMarked(
        keepingConsentOnly(before.members, directory.party(before.fromFunction), membersOf(content, all, sealed)),
        changes.now,
      ),
      () => openContent(keys.sealing, before),
      () => content,
    ),
    sealedContent: sealContent(keys.sealing, before.id, content),
    contentVersion: before.contentVersion + 1,
  };
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
