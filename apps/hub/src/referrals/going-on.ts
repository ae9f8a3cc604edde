// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  isPhoneMissing,
  kindRules,
  multiAgency,
  StepRefusedError,
  takeStep,
  type Addressee,
  type HowTheyMeet,
  type Protection,
} from '@tsunagi/domain';
import type { Acting } from './changes';
import { channelKept } from './channel';
import { protectedContent } from './protected-content';
import { keepingConsentOnly, membersOf } from './record-of-submission';
import {
  isRouted,
  openContent,
  personsOf,
  sealContent,
  subjectOf,
  type ReferralContent,
  type ReferralRecord,
} from './referral.record';
import type { Here } from './stepping';
import { sendByItself, Twins } from './twins';
import { withdrawUnsent } from './withdrawing';
import { wishesOf } from '../consents';
import { decideOn, isPermit } from '../disclosure';
import { diedAmong, protectionOf } from '../people';
import { blindId, newId } from '../platform';

/** What is said of the referral in which another one goes on. */
export interface OnwardFacts {
  readonly howTheyMeet?: HowTheyMeet | undefined;
  readonly phoned?: object | undefined;
  readonly personInformed?: object | undefined;
  readonly notInformed?: object | undefined;
}

/** How the new referral differs from the one that it goes on from. */
interface Onward {
  readonly to: Addressee;
  readonly facts: OnwardFacts;
  readonly by: Acting;
  readonly also: Partial<ReferralRecord>;
  /** A journey of its own begins. */
  readonly isNewMatter?: true;
  /** Absent = the same content, of the same persons. */
  readonly content?: ReferralContent;
}

/** The same sender turns to another desk: the same matter, one hop further. */
export function redirected(here: Here, before: ReferralRecord, to: Addressee, facts: OnwardFacts, by: Acting) {
  const also = { parent: before.id, hops: before.hops + 1 };
  return goOn(here, before, { to, facts, by, also });
}

/** R12: the recipient is the sender now, with what it has seen itself; that is help and no return. */
export function referredOn(
  here: Here,
  before: ReferralRecord,
  to: Addressee,
  facts: OnwardFacts,
  from: { readonly function: string; readonly content: ReferralContent; readonly by: Acting },
) {
  const also = {
    parent: before.id,
    hops: 0,
    fromFunction: from.function,
    sender: from.by.actor,
    sourceSystem: 'hub',
    echo: undefined,
  };
  return goOn(here, before, { to, facts, by: from.by, also, content: from.content });
}

/** What had ended begins anew: another matter, which may come to the same desk. */
export function begunAnew(here: Here, before: ReferralRecord, to: Addressee, facts: OnwardFacts, by: Acting) {
  const also = { reopens: before.id, hops: 0, returnsInJourney: 0 };
  return goOn(here, before, { to, facts, by, also, isNewMatter: true });
}

/**
 * What rests on a conference goes nowhere: promotion alone lets anything out of it (DOMAIN §6 `shien_kaigi` "never onward").
 * @throws {StepRefusedError} NOT_ON_TO_THERE
 */
export function refuseFromConference({ conference }: Pick<ReferralRecord, 'conference'>): void {
  if (conference !== undefined) throw new StepRefusedError('NOT_ON_TO_THERE');
}

async function goOn(here: Here, before: ReferralRecord, onward: Onward): Promise<ReferralRecord> {
  refuseFromConference(before);
  const { changes, facts, by } = { ...here, ...onward };
  const draft = draftOf(here, before, onward, await protectionOf(here.tx, personsOf(before)));
  const { howTheyMeet, phoned, personInformed, notInformed } = facts;
  const said = { howTheyMeet, phoned, personInformed, notInformed };
  changes.make(draft, by, { facts: Object.fromEntries(Object.entries(said).filter(([, v]) => v !== undefined)) });
  // 通報・通告: telephone first, also when it goes on.
  if (kindRules[draft.kind].needs.includes('phoned') && !draft.phoned) return draft;
  return begin(here, draft, before, by);
}

function draftOf(
  { changes, directory, keys }: Here,
  before: ReferralRecord,
  onward: Onward,
  recorded: Protection,
): ReferralRecord {
  const { to, facts, also } = onward;
  const { now } = changes;
  const id = newId(now);
  const from = also.fromFunction ?? before.fromFunction;
  const asked = { to, from, kind: before.kind };
  const desk = directory.resolve(asked);
  // 支援依頼 is addressed to 多機関協働 alone; what goes on elsewhere is a つなぎ.
  const isElsewhere = desk !== undefined && directory.function(desk).functionType !== multiAgency;
  const kind = before.kind === 'support_request' && isElsewhere ? 'referral' : before.kind;
  const written = onward.content ?? openContent(keys.sealing, before);
  const personOf = new Map(before.members.map((m) => [m.ref, m.person]));
  const [subject = '', ...others] = [written.subject, ...written.others].map((m) => personOf.get(m.ref) ?? '');
  const persons = [subject, ...others] as const;
  const { content, sealed } = protectedContent(kind, written, persons, recorded);
  return {
    id,
    kind,
    purpose: before.purpose,
    urgency: before.urgency,
    sender: before.sender,
    sourceKey: before.sourceKey,
    sourceSystem: before.sourceSystem,
    echo: before.echo,
    fromFunction: from,
    toFunction: desk,
    toAddress: to,
    returnsInJourney: before.returnsInJourney,
    hops: before.hops,
    parent: undefined,
    reopens: undefined,
    ...also,
    journey: onward.isNewMatter ? blindId() : before.journey,
    howTheyMeet: facts.howTheyMeet ?? before.howTheyMeet,
    channel: channelKept(desk, kind, undefined, directory),
    statute: before.statute,
    members: keepingConsentOnly(
      before.members,
      directory.party(before.fromFunction),
      membersOf(content, persons, sealed),
    ),
    sealedContent: sealContent(keys.sealing, id, content),
    contentVersion: 1,
    state: 'draft',
    toldState: 'draft',
    toldVersion: 1,
    toldAt: now,
    toldDueOn: undefined,
    version: 1,
    decision: undefined,
    hasQuestioned: false,
    phoned: facts.phoned !== undefined,
    worker: undefined,
    nextContactOn: undefined,
    lastStatus: undefined,
    createdAt: now,
    stateAt: now,
    sentAt: undefined,
    dueOn: undefined,
  };
}

/** Of whom has died nothing leaves. Otherwise a fresh decision: it leaves, waits for an authority or for its twin, or stays with its sender to be completed. What went astray is put right before it goes on. */
async function begin(here: Here, draft: ReferralRecord, before: ReferralRecord, by: Acting): Promise<ReferralRecord> {
  const { tx, changes, directory } = here;
  const died = await diedAmong(tx, [subjectOf(draft)]);
  if (died.size > 0) return withdrawUnsent(changes, draft);
  if (!isRouted(draft) || isPhoneMissing(draft) || before.misdirected === true) return draft;
  const wishes = await wishesOf(tx, personsOf(draft));
  const decision = decideOn(draft, wishes, directory, changes.now);
  const openTwin = await new Twins().isOpen(tx, draft, before.id);
  if (isPermit(decision) && !openTwin) return sendByItself(tx, changes, draft, decision, wishes, directory, by);
  changes.decide(draft, decision, wishes, { goesOutOnIt: false });
  if (decision.outcome === 'deny') return draft;
  const waits = takeStep(draft, { action: 'await_authority', by: 'core', facts: {} });
  return changes.move(draft, waits, by, {}, { waitsFor: openTwin ? 'twin' : 'authority' });
}
