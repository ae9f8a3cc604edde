// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Addressee } from '@tsunagi/contracts';
import type {
  DeliveryChannel,
  HowTheyMeet,
  Member,
  Purpose,
  ReferralInLife,
  ReferralKind,
  ReferralState,
  SaidOfReferral,
  Statute,
  Urgency,
  WaitsFor,
} from '@tsunagi/domain';
import type { DisclosableReferral, MemberOnFile } from '../disclosure';
import type { Row, Sealing, Tx } from '../platform';

/** A referral as the hub keeps it: its place in life and who may know what; the content stays sealed. */
export interface ReferralRecord extends ReferralInLife {
  readonly id: string;
  readonly journey: string;
  readonly kind: ReferralKind;
  readonly purpose: Purpose;
  /** 'plugin:<id>', 'client:<id>' or 'staff:<id>'. */
  readonly sender: string;
  readonly sourceKey: string;
  readonly sourceSystem: string;
  readonly echo: string | undefined;
  readonly fromFunction: string;
  /** Absent while no route knows the addressee. */
  readonly toFunction: string | undefined;
  /**
   * The function that leads the support unit of its subject, as far as its sender knows of that; absent = its sender. The
   * room of the support units keeps it, and no step of a referral writes it.
   */
  readonly lead?: string | undefined;
  readonly toAddress: Addressee;
  readonly howTheyMeet: HowTheyMeet | undefined;
  readonly channel: DeliveryChannel | undefined;
  /** Its desk did not have it written into its system and works on it in the hub: the channel stays, and so does what is told of it. */
  readonly onScreen?: boolean | undefined;
  readonly statute: Statute | undefined;
  readonly conference?: string | undefined;
  readonly members: readonly [MemberOnFile, ...MemberOnFile[]];
  /** Absent when it was not read: few steps need it. */
  readonly sealedContent: string | undefined;
  /** Counts up with every correction; a message built from an older one is not written any more. */
  readonly contentVersion: number;
  /** The state as its sender may know it. */
  readonly toldState: ReferralState;
  /** Counts what its sender was told of: the version that it knows. */
  readonly toldVersion: number;
  /** Since when it is in the told state, as its sender may know it. */
  readonly toldAt: Date;
  /** The due date of the told state; absent where the sender would not hear that it was kept. */
  readonly toldDueOn: string | undefined;
  readonly version: number;
  /** The one that goes on in this one. */
  readonly parent: string | undefined;
  /** The one that had ended and begins anew in this one. */
  readonly reopens: string | undefined;
  readonly urgency: Urgency;
  readonly decision: string | undefined;
  readonly worker: string | undefined;
  readonly nextContactOn: string | undefined;
  readonly lastStatus: string | undefined;
  readonly createdAt: Date;
  readonly stateAt: Date;
  readonly sentAt: Date | undefined;
  /** Something that its sender has written to the other desk is not there yet: it has not arrived, or may not be read now. */
  readonly noteWaits?: boolean | undefined;
  readonly dueOn: string | undefined;
  /** Working days of the recipient that are left while its clock stands still. */
  readonly dueLeft?: number | undefined;
  readonly wakeOn?: string | undefined;
  readonly waitsFor?: WaitsFor | undefined;
  readonly returnAsked?: boolean;
  readonly authorityUntil?: Date | undefined;
  /** When time alone changes something about it next. Kept by `Changes`. */
  readonly clockAt?: Date | undefined;
}

export interface ReferralContent {
  readonly subject: Member;
  readonly others: readonly Member[];
  /** Who at the sender's desk it comes from: no resident, and goes to the recipient with the rest. */
  readonly worker?: string;
  /** What the recipient must know of the hand-over itself; of a plain つなぎ nothing. */
  readonly said?: SaidOfReferral;
}

export function isRouted(referral: ReferralRecord): referral is ReferralRecord & DisclosableReferral {
  return referral.toFunction !== undefined;
}

/** Something written in it waits for a supervisor of its desk, since it speaks of a 在留資格. */
export const isTextUncleared = ({ members }: Pick<ReferralRecord, 'members'>): boolean =>
  members.some((m) => m.uncleared !== undefined || m.saidUncleared === true);

export const subjectOf = (referral: Pick<ReferralRecord, 'members'>) => referral.members[0].person;
export const personsOf = (referral: Pick<ReferralRecord, 'members'>) => referral.members.map((m) => m.person);
export const pluginOf = (sender: string) => (sender.startsWith('plugin:') ? sender.slice('plugin:'.length) : undefined);

const place = (id: string) => `referral:${id}`;
export const sealContent = (sealing: Sealing, id: string, content: ReferralContent) => sealing.seal(place(id), content);
export function openContent(sealing: Sealing, referral: Pick<ReferralRecord, 'id' | 'sealedContent'>): ReferralContent {
  const { id, sealedContent } = referral;
  if (sealedContent === undefined) throw new Error('the content of this referral was not read');
  return sealing.open<ReferralContent>(place(id), Buffer.from(sealedContent.slice(2), 'hex'));
}

/** Names and texts of one event, sealed for its place in the history. */
const placeOfEvent = (referral: string, version: number) => `event:${referral}:${version}`;
export const sealFacts = (sealing: Sealing, { id, version }: ReferralRecord, facts: object) =>
  sealing.seal(placeOfEvent(id, version), facts);
export const openFacts = <T>(
  sealing: Sealing,
  { referral, version, facts }: { readonly referral: string; readonly version: number; readonly facts: Buffer },
): T => sealing.open<T>(placeOfEvent(referral, version), facts);

export function fromRecord(r: ReferralRecord): Row {
  return {
    id: r.id,
    journey: r.journey,
    kind: r.kind,
    state: r.state,
    state_before: r.stateBefore,
    told_state: r.toldState,
    told_version: r.toldVersion,
    told_at: r.toldAt.toISOString(),
    told_due_on: r.toldDueOn,
    version: r.version,
    sender: r.sender,
    source_key: r.sourceKey,
    source_system: r.sourceSystem,
    echo: r.echo,
    from_function: r.fromFunction,
    to_function: r.toFunction,
    to_address: r.toAddress,
    urgency: r.urgency,
    purpose: r.purpose,
    how_they_meet: r.howTheyMeet,
    channel: r.channel,
    on_screen: r.onScreen,
    statute: r.statute,
    conference: r.conference,
    subject: subjectOf(r),
    members: r.members,
    content: r.sealedContent,
    content_version: r.contentVersion,
    decision: r.decision,
    has_questioned: r.hasQuestioned,
    ever_received: r.everReceived ?? false,
    ever_accepted: r.everAccepted ?? false,
    told_accepted: r.toldAccepted,
    sent_back: r.sentBack ?? false,
    returns_in_journey: r.returnsInJourney,
    hops: r.hops,
    proposed_reasons: r.proposedReasons,
    parent: r.parent,
    reopens: r.reopens,
    duplicate_of: r.duplicateOf,
    phoned: r.phoned ?? false,
    phone_confirmed: r.phoneConfirmed ?? false,
    ask_again_on: r.askAgainOn ?? null,
    withdrawal_asked: r.withdrawalAsked ?? false,
    waits_until: r.waitsUntil,
    follow_ups: r.followUps ?? [],
    sender_informs_by: r.senderInformsBy,
    recipient_informs_by: r.recipientInformsBy,
    misdirected: r.misdirected ?? false,
    worker: r.worker,
    next_contact_on: r.nextContactOn,
    last_status: r.lastStatus,
    created_at: r.createdAt.toISOString(),
    state_at: r.stateAt.toISOString(),
    sent_at: r.sentAt?.toISOString(),
    note_waits: r.noteWaits,
    due_on: r.dueOn,
    due_left: r.dueLeft,
    wake_on: r.wakeOn,
    follow_up_on: r.followUps?.[0],
    waits_for: r.waitsFor,
    return_asked: r.returnAsked ?? false,
    short_of_capacity: r.shortOfCapacity ?? false,
    authority_until: r.authorityUntil?.toISOString(),
    clock_at: r.clockAt?.toISOString(),
  };
}

interface ReferralRow {
  id: string;
  journey: string;
  kind: ReferralKind;
  state: ReferralState;
  state_before: ReferralState | null;
  told_state: ReferralState;
  told_version: number;
  told_at: Date;
  told_due_on: string | null;
  version: number;
  sender: string;
  source_key: string;
  source_system: string;
  echo: string | null;
  from_function: string;
  to_function: string | null;
  lead: string | null;
  to_address: Addressee;
  urgency: Urgency;
  purpose: Purpose;
  how_they_meet: HowTheyMeet | null;
  channel: DeliveryChannel | null;
  on_screen: boolean | null;
  statute: Statute | null;
  conference: string | null;
  members: [MemberOnFile, ...MemberOnFile[]];
  content?: string;
  content_version: number;
  decision: string | null;
  has_questioned: boolean;
  ever_received: boolean;
  ever_accepted: boolean;
  told_accepted: boolean | null;
  sent_back: boolean;
  returns_in_journey: number;
  hops: number;
  proposed_reasons: string[] | null;
  parent: string | null;
  reopens: string | null;
  duplicate_of: string | null;
  phoned: boolean;
  phone_confirmed: boolean;
  ask_again_on: string | null;
  withdrawal_asked: boolean;
  waits_until: string | null;
  follow_ups: string[];
  sender_informs_by: string | null;
  recipient_informs_by: string | null;
  misdirected: boolean;
  worker: string | null;
  next_contact_on: string | null;
  last_status: string | null;
  created_at: Date;
  state_at: Date;
  sent_at: Date | null;
  note_waits: boolean | null;
  due_on: string | null;
  due_left: number | null;
  wake_on: string | null;
  waits_for: WaitsFor | null;
  return_asked: boolean;
  short_of_capacity: boolean;
  authority_until: Date | null;
  clock_at: Date | null;
}

const columns = `id, journey, kind, state, state_before, told_state, told_version, told_at, told_due_on::text, version, sender, source_key, source_system, echo, from_function, to_function, lead, to_address,
  urgency, purpose, how_they_meet, channel, on_screen, statute, conference, members, content_version, decision, has_questioned, ever_received, ever_accepted, told_accepted, sent_back, returns_in_journey, hops, proposed_reasons,
  parent, reopens, duplicate_of, phoned, phone_confirmed, ask_again_on::text, withdrawal_asked, waits_until::text, follow_ups::text[], sender_informs_by::text, recipient_informs_by::text, misdirected,
  worker, next_contact_on::text, last_status, created_at, state_at, sent_at, note_waits, due_on::text, due_left, wake_on::text, waits_for, return_asked, short_of_capacity,
  authority_until, clock_at`;

function toRecord(row: ReferralRow): ReferralRecord {
  return {
    id: row.id,
    journey: row.journey,
    kind: row.kind,
    state: row.state,
    stateBefore: row.state_before ?? undefined,
    toldState: row.told_state,
    toldVersion: row.told_version,
    toldAt: row.told_at,
    toldDueOn: row.told_due_on ?? undefined,
    version: row.version,
    sender: row.sender,
    sourceKey: row.source_key,
    sourceSystem: row.source_system,
    echo: row.echo ?? undefined,
    fromFunction: row.from_function,
    toFunction: row.to_function ?? undefined,
    lead: row.lead ?? undefined,
    toAddress: row.to_address,
    urgency: row.urgency,
    purpose: row.purpose,
    howTheyMeet: row.how_they_meet ?? undefined,
    channel: row.channel ?? undefined,
    onScreen: row.on_screen ?? undefined,
    statute: row.statute ?? undefined,
    conference: row.conference ?? undefined,
    members: row.members,
    sealedContent: row.content,
    contentVersion: row.content_version,
    decision: row.decision ?? undefined,
    hasQuestioned: row.has_questioned,
    everReceived: row.ever_received,
    everAccepted: row.ever_accepted,
    toldAccepted: row.told_accepted ?? undefined,
    sentBack: row.sent_back,
    returnsInJourney: row.returns_in_journey,
    hops: row.hops,
    proposedReasons: row.proposed_reasons ?? undefined,
    parent: row.parent ?? undefined,
    reopens: row.reopens ?? undefined,
    duplicateOf: row.duplicate_of ?? undefined,
    phoned: row.phoned,
    phoneConfirmed: row.phone_confirmed,
    askAgainOn: row.ask_again_on ?? undefined,
    withdrawalAsked: row.withdrawal_asked,
    waitsUntil: row.waits_until ?? undefined,
    followUps: row.follow_ups,
    senderInformsBy: row.sender_informs_by ?? undefined,
    recipientInformsBy: row.recipient_informs_by ?? undefined,
    misdirected: row.misdirected,
    worker: row.worker ?? undefined,
    nextContactOn: row.next_contact_on ?? undefined,
    lastStatus: row.last_status ?? undefined,
    createdAt: row.created_at,
    stateAt: row.state_at,
    sentAt: row.sent_at ?? undefined,
    noteWaits: row.note_waits ?? undefined,
    dueOn: row.due_on ?? undefined,
    dueLeft: row.due_left ?? undefined,
    wakeOn: row.wake_on ?? undefined,
    waitsFor: row.waits_for ?? undefined,
    returnAsked: row.return_asked,
    shortOfCapacity: row.short_of_capacity,
    authorityUntil: row.authority_until ?? undefined,
    clockAt: row.clock_at ?? undefined,
  };
}

/** Reads referrals where `condition` holds; SQL of this room only, values as parameters. */
export async function referralsWhere(
  tx: Pick<Tx, 'query'>,
  condition: string,
  parameters: unknown[],
  { content = true }: { readonly content?: boolean } = {},
): Promise<ReferralRecord[]> {
  const all = content ? `${columns}, content::text as content` : columns;
  const rows = await tx.query<ReferralRow>(`select ${all} from referral where ${condition}`, parameters);
  return rows.map(toRecord);
}

export async function referralsById(
  tx: Pick<Tx, 'query'>,
  ids: readonly string[],
): Promise<Map<string, ReferralRecord>> {
  if (ids.length === 0) return new Map();
  const found = await referralsWhere(tx, 'id = any($1::uuid[])', [[...new Set(ids)]]);
  return new Map(found.map((r) => [r.id, r]));
}
