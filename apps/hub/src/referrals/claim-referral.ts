// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { maxPayloadBytes, type CloudEvent, type DisclosedReferral, type MessageData } from '@tsunagi/contracts';
import {
  acceptWithin,
  addWorkingDays,
  disclosureMask,
  DomainError,
  japaneseDay,
  kindRules,
  openStates,
  safelyMet,
  type DisclosureDecision,
  type Permit,
} from '@tsunagi/domain';
import type { Changes } from './changes';
import type { Matters } from './matters';
import { isProtected } from './protected-content';
import { redacted, saidToOthers, withNumbers } from './redacted';
import type { ReferralContent, ReferralRecord } from './referral.record';
import type { Wishes } from '../consents';
import type { Claim, ClaimedDelivery } from '../delivery';
import { decideOn, isPermit, type DisclosableReferral, type LedgerLine } from '../disclosure';
import type { Directory } from '../organizations';
import { hubEvent } from '../platform';

/** What is needed to claim a delivery, and where what comes of it is gathered. */
export interface Claiming {
  readonly directory: Directory;
  readonly wishes: Wishes;
  readonly numbers: Matters['numbers'];
  readonly contentOf: (referral: ReferralRecord) => ReferralContent;
  readonly changes: Changes;
  readonly ledger: LedgerLine[];
  /** Whoever had to approve a delivery has approved this; absent = nobody has to. */
  readonly isApproved?: (delivery: string, leaving: DisclosedReferral) => boolean;
}

/** A decision of this transaction, and the id under which it is kept. */
export interface Decided {
  readonly decision: DisclosureDecision;
  readonly id: string;
}

/**
 * The content of a referral is claimed: decided at this moment, entered in the ledger, its message built.
 *
 * @param decided what was decided in this transaction, since when nothing has changed on which it was
 */
export function claimReferral(
  delivery: Pick<ClaimedDelivery, 'id' | 'kind' | 'plugin' | 'claim' | 'claimedBefore' | 'person'>,
  referral: ReferralRecord & DisclosableReferral,
  claiming: Claiming,
  decided?: Decided,
): Claim {
  const { directory, changes, ledger } = claiming;
  // Whatever lane it got into: this kind goes by no system.
  if (!kindRules[referral.kind].channels.includes('plugin')) return hubOnly;
  if (!mayArrive(referral)) return { leaves: false, state: 'recalled', code: 'NOT_WANTED_ANY_MORE' };
  const { decision, id: decisionId } = decided ?? decidedNow(referral, claiming);
  if (!isPermit(decision)) {
    changes.wait(referral, 'authority');
    return { leaves: false, state: 'parked', code: 'AUTHORITY_MISSING' };
  }
  if (directory.wayOf(decision.rows) === 'hub_only') return hubOnly;
  const event = built(() => referralEvent(delivery, referral, decision, claiming));
  if (typeof event === 'string') return { leaves: false, state: 'parked', code: event };
  const { referral: leaving } = event.data as MessageData<'referral.sent.v1'>;
  // What has changed since they looked, they have not approved.
  if (claiming.isApproved?.(delivery.id, leaving) === false) return { leaves: false, state: 'queued' };
  ledger.push({
    decision: decisionId,
    delivery: delivery.id,
    referral: referral.id,
    person: delivery.person,
    senderFunction: referral.fromFunction,
    recipientFunction: referral.toFunction,
    permit: decision,
    way: 'message',
    viewer: viewerOf(delivery),
    again: delivery.claimedBefore,
    members: referral.members,
  });
  return { leaves: true, event, decision: decisionId, contentVersion: referral.contentVersion };
}

function decidedNow(referral: ReferralRecord & DisclosableReferral, { directory, wishes, changes }: Claiming): Decided {
  const decision = decideOn(referral, wishes, directory, changes.now);
  const id = changes.decide(referral, decision, wishes, { goesOutOnIt: changesBasis(referral, decision) });
  return { decision, id };
}

/** The system that it goes to. */
export const viewerOf = ({ plugin }: Pick<ClaimedDelivery, 'plugin'>): string | undefined =>
  plugin === null ? undefined : `plugin:${plugin}`;

const hubOnly: Claim = { leaves: false, state: 'parked', code: 'HUB_ONLY' };

/** What has ended, was given back or went astray while its message waited must not arrive any more. */
export function mayArrive(referral: ReferralRecord): boolean {
  return openStates.has(referral.state) && referral.state !== 'returned' && referral.misdirected !== true;
}

export const about = (referral: ReferralRecord) => ({ subject: referral.id, correlationid: referral.journey });

/** Feedback only asks on which kind of authority it went out; for a つなぎ that is always consent. */
function changesBasis(referral: ReferralRecord, decision: DisclosureDecision): boolean {
  return referral.decision === undefined || (isPermit(decision) && decision.authority !== 'consent');
}

/** One message that cannot be built must not stop the lane behind it: the code under which it is parked. */
export function built(build: () => CloudEvent): CloudEvent | string {
  try {
    const event = build();
    return Buffer.byteLength(JSON.stringify(event)) > maxPayloadBytes ? 'MESSAGE_TOO_LARGE' : event;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

function referralEvent(
  delivery: Pick<ClaimedDelivery, 'id' | 'kind' | 'claim'>,
  referral: ReferralRecord & DisclosableReferral,
  permit: Permit,
  claiming: Claiming,
): CloudEvent {
  const { id: deliveryId, claim } = delivery;
  const disclosed = disclosedBy(deliveryId, referral, permit, { ...claiming, now: claiming.changes.now });
  const type = delivery.kind === 'supplement' ? 'referral.supplemented.v1' : 'referral.sent.v1';
  return hubEvent(type, { deliveryId, claim, referral: disclosed }, about(referral));
}

/** What of a referral a permit lets its recipient have, as it is said to its system. */
export function disclosedBy(
  deliveryId: string,
  referral: ReferralRecord & DisclosableReferral,
  permit: Permit,
  {
    directory,
    wishes,
    numbers,
    contentOf,
    now,
  }: Pick<Claiming, 'directory' | 'wishes' | 'numbers' | 'contentOf'> & { readonly now: Date },
): DisclosedReferral {
  const { system } = directory.function(referral.toFunction);
  const content = contentOf(referral);
  const { subject, others } = withNumbers(redacted(content, permit.members, system), referral, numbers, system);
  const today = japaneseDay(now);
  return {
    deliveryId,
    referralId: referral.id,
    journeyId: referral.journey,
    kind: referral.kind,
    purpose: referral.purpose,
    from: directory.outline(referral.fromFunction, { hideTown: isProtected(referral, wishes) }),
    ...(content.worker !== undefined && { fromWorker: content.worker }),
    to: directory.outline(referral.toFunction),
    urgency: referral.urgency,
    howTheyMeet: safelyMet(referral.howTheyMeet ?? 'through_sender', subject),
    acceptBy: addWorkingDays(
      today,
      acceptWithin(referral.urgency, directory.ownTimes(referral.toFunction).dues),
      directory.calendar(referral.toFunction),
    ),
    sentOn: today,
    subject,
    others,
    mask: disclosureMask(subject, others),
    authority: permit.authority,
    conditions: [...(permit.conditions ?? [])],
    ...saidToOthers(content, referral, wishes),
    ...(permit.notAfter && { notAfter: permit.notAfter }),
  };
}
