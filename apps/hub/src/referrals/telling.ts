// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  inHand,
  isOwnRecordCode,
  openStates,
  StatusCode,
  turnOf,
  type FeedbackDecision,
  type StepTaken,
  type tellingOf,
} from '@tsunagi/domain';
import { wishesOf } from '../consents';
import type { NewDelivery } from '../delivery';
import { feedbackOn, permitById, type DisclosableReferral } from '../disclosure';
import type { Directory } from '../organizations';
import type { Row, Tx } from '../platform';
import { isCarried } from './in-time';
import type { Matters } from './matters';
import { isRouted, pluginOf, subjectOf, type ReferralRecord } from './referral.record';

type Routed = ReferralRecord & DisclosableReferral;

/**
 * What the senders learn of what one transaction changes. Some steps are told at once; of what a recipient does, whether its
 * sender may know is asked once, when everything is written (DOMAIN §6 Feedback).
 */
export class Telling {
  /** Told at once, with a date only where the sender would hear that it was kept. */
  private readonly dated = new Set<string>();
  /** Moved by the recipient. */
  private readonly untold = new Set<string>();
  /** Of which its recipient has said something that a sender on screen hears in every scope. */
  private readonly saidBack = new Set<string>();
  /** Events whose telling depends on it as well, by referral. */
  private readonly events = new Map<string, Row[]>();

  constructor(
    private readonly directory: Directory,
    private readonly now: Date,
    /** What has been read of the matters already, under their locks. */
    private readonly known?: Matters,
  ) {}

  moved(referral: string, telling: ReturnType<typeof tellingOf>): void {
    if (telling === 'as_permitted') this.untold.add(referral);
    else this.untold.delete(referral);
  }

  /** A question or a return: to be told is to be disclosed to, in whatever scope. */
  said(referral: string): void {
    this.saidBack.add(referral);
  }

  /** It is told where the scope of this moment says so. */
  asPermitted(referral: string, event: Row): void {
    this.events.set(referral, [...(this.events.get(referral) ?? []), event]);
  }

  /** What the sender learns at once of a step that moves the referral. */
  atOnce(before: ReferralRecord, { to }: StepTaken, dueOn: string | undefined): Partial<ReferralRecord> {
    // Of what a person carries the sender asks by a date of its own.
    const isAsked = to === 'sent' && isCarried(before, this.directory);
    const isTheirTurn = turnOf(to) === 'recipient' && !isAsked;
    if (isTheirTurn && dueOn !== undefined) this.dated.add(before.id);
    return {
      toldState: to,
      toldAt: this.now,
      toldDueOn: isTheirTurn ? undefined : dueOn,
      toldVersion: before.toldVersion + 1,
      ...(inHand.has(to) && to !== 'on_hold' && { toldAccepted: true }),
    };
  }

  /** The changed referrals of which something had to be asked, as their senders know them from here on. */
  async tell(
    tx: Tx,
    changed: ReadonlyMap<string, ReferralRecord>,
    /** Of what was decided in this transaction it has been asked already. */
    decidedNow: (referral: string) => FeedbackDecision | undefined,
  ): Promise<readonly Told[]> {
    const concerned = [...new Set([...this.events.keys(), ...this.dated, ...this.saidBack])]
      .flatMap((id) => changed.get(id) ?? [])
      .filter(isRouted);
    const backOf = await this.whatGoesBack(tx, concerned, decidedNow);
    const told = concerned.map((referral): Told => {
      const back = backOf(referral);
      const events = this.events.get(referral.id) ?? [];
      const isPermitted =
        back?.feedback === 'none' ? back.arrival === true && events.some(isArrival) : events.length > 0;
      const isTold = isPermitted || this.saidBack.has(referral.id);
      return { referral: this.told(referral, back), ...(isTold && back && { back }) };
    });
    this.events.clear();
    this.untold.clear();
    this.dated.clear();
    this.saidBack.clear();
    return told;
  }

  private told(referral: Routed, back: FeedbackDecision | undefined): ReferralRecord {
    const events = this.events.get(referral.id) ?? [];
    const isMoved = this.untold.has(referral.id);
    if (back === undefined || back.feedback === 'none') {
      const arrival = back?.arrival ? events.find(isArrival) : undefined;
      for (const event of events) event['told'] = event === arrival;
      return arrival || (isMoved && isTakenBack(referral)) ? onlyThere(referral, this.now) : referral;
    }
    const { state, stateAt, dueOn } = referral;
    return {
      ...referral,
      toldVersion: referral.toldVersion + events.length,
      ...(this.dated.has(referral.id) && { toldDueOn: dueOn }),
      ...(isMoved && { toldState: state, toldAt: stateAt, toldDueOn: dueOn }),
      ...(isMoved && referral.everAccepted === true && { toldAccepted: true }),
    };
  }

  /** What of each of these may come back now? */
  private async whatGoesBack(
    tx: Tx,
    concerned: readonly Routed[],
    decidedNow: (referral: string) => FeedbackDecision | undefined,
  ): Promise<(referral: Routed) => FeedbackDecision | undefined> {
    const asked = concerned.filter((r) => decidedNow(r.id) === undefined);
    const { wishes, permits } =
      asked.length === 0
        ? { wishes: undefined, permits: undefined }
        : (this.known ?? {
            wishes: await wishesOf(tx, [...new Set(asked.map(subjectOf))]),
            permits: await permitById(tx, [...new Set(asked.flatMap((r) => r.decision ?? []))]),
          });
    return (referral) => {
      const back = decidedNow(referral.id);
      if (back || !wishes) return back;
      const permit = permits.get(referral.decision ?? '');
      return permit && feedbackOn(referral, permit, wishes, this.directory, this.now);
    };
  }
}

/** A referral as its sender knows it from here on. */
interface Told {
  readonly referral: ReferralRecord;
  /** What let a step of the other desk be told. */
  readonly back?: FeedbackDecision;
}

/** Of which its sender hears now that it has ended. */
export const hearsTheEnd = (before: ReferralRecord, after: ReferralRecord): boolean =>
  openStates.has(before.toldState) && !openStates.has(after.toldState);

/**
 * One status per change of the code; and with `state+note` one more where worker, next date or note are other ones and the
 * code is not (§8.6 of the formats). Whether that may go back is decided when it is claimed.
 */
export function statusBeside(
  before: ReferralRecord,
  after: ReferralRecord,
  /** The event with the note that the recipient's desk wrote beside it. */
  noteVersion: number | undefined,
): Omit<NewDelivery, 'id' | 'at' | 'statusAt'> | undefined {
  const plugin = pluginOf(after.sender);
  const status = StatusCode.safeParse(after.lastStatus).data;
  if (plugin === undefined || status === undefined || isOwnRecordCode(status)) return undefined;
  if (noteVersion === undefined && !namesAnew(before, after)) return undefined;
  const about = { referral: after.id, person: subjectOf(after) };
  return { plugin, kind: 'status', ...about, status, noteVersion, beside: true };
}

/** Another worker is named, or another day. */
const namesAnew = (before: ReferralRecord, after: ReferralRecord): boolean =>
  (['worker', 'nextContactOn'] as const).some((name) => after[name] !== undefined && after[name] !== before[name]);

/** Its recipient had proposed to give it back, and goes on with it. */
const isTakenBack = ({ state, toldState }: ReferralRecord) =>
  toldState === 'return_proposed' && state !== 'return_proposed';

/** It came to the other desk: all that a conference and an emergency let be told (DOMAIN §6 Feedback). */
const isArrival = (event: Row): boolean => event['from_state'] === 'sent' && event['to_state'] === 'received';

/** Of what the sender must not hear, this much is left: nothing waits for it any more, and the other desk has it. */
const onlyThere = (referral: ReferralRecord, toldAt: Date): ReferralRecord => ({
  ...referral,
  toldState: 'received',
  toldAt,
  toldDueOn: undefined,
  toldVersion: referral.toldVersion + 1,
});
