// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralKind, Urgency } from '../codes/vocabulary';
import type { ActionFacts, ReferralAction } from './referral.actions';
import type { ReferralState } from './referral.states';
import type { Actor, CoreStep, Transition } from './referral.transitions';

/** What a step needs to know of a referral: its place in life, not its content. */
export interface ReferralInLife {
  /** Absent = an ordinary つなぎ. */
  readonly kind?: ReferralKind | undefined;
  readonly state: ReferralState;
  /** The state as its sender was told it; absent = it was told everything that its kind lets it know. */
  readonly toldState?: ReferralState | undefined;
  /** The state before `on_hold` or `return_proposed`, for going back. */
  readonly stateBefore?: ReferralState | undefined;
  /**
   * It was accepted at some time, whatever came after. A withdrawal of the consent then stops every disclosure and does
   * not revoke it. Needed where `stateBefore` cannot tell, that is after a chain such as accepted, on hold, return
   * proposed.
   */
  readonly everAccepted?: boolean | undefined;
  /**
   * It has come to its recipient's desk or system at some time: opened there, by the code of its sheet, or by a receipt.
   * What the desks speak about and even take at a table before that, the recipient still has to open; see `hasArrived`.
   */
  readonly everReceived?: boolean | undefined;
  /** Its sender was told at some time that it was accepted. */
  readonly toldAccepted?: boolean | undefined;
  /** The sender has sent the result back once already; it may not a second time. */
  readonly sentBack?: boolean | undefined;
  /** The recipient has asked at least once: a return for missing information (301) presupposes it. */
  readonly hasQuestioned: boolean;
  /** Returns in the whole journey so far: a second one goes to coordination. */
  readonly returnsInJourney: number;
  /** How often the matter has been redirected already. */
  readonly hops: number;
  /** The reasons of the return that is proposed now. */
  readonly proposedReasons?: readonly string[] | undefined;
  readonly urgency?: Urgency | undefined;
  /** Before it was sent the sender telephoned; absent = nobody knows. */
  readonly phoned?: boolean | undefined;
  readonly phoneConfirmed?: boolean | undefined;
  /** 同意なし: the day on which the person may be asked again. */
  readonly askAgainOn?: string | undefined;
  /** Its sender would take it back, and the recipient has not answered yet. */
  readonly withdrawalAsked?: boolean | undefined;
  /** 103 定員・体制: it is on hold for want of room. */
  readonly shortOfCapacity?: boolean | undefined;
  /** For capacity it waits until this day at the most, in as many pauses as it likes. */
  readonly waitsUntil?: string | undefined;
  /** Days of the follow-ups that are still to be made. */
  readonly followUps?: readonly string[] | undefined;
  /** R11: the day until which a side still has to tell the person what was done. */
  readonly senderInformsBy?: string | undefined;
  readonly recipientInformsBy?: string | undefined;
  /** The one that it doubles (105). */
  readonly duplicateOf?: string | undefined;
  /** 誤送付: the recipient must not use it. */
  readonly misdirected?: boolean | undefined;
}

/** Its recipient has had it in hand: it has come there, or was taken at the table before anybody had opened it. */
export const hasArrived = ({ everReceived, everAccepted }: Pick<ReferralInLife, 'everReceived' | 'everAccepted'>) =>
  everReceived === true || everAccepted === true;

export interface Step<A extends ReferralAction | CoreStep = ReferralAction | CoreStep> {
  readonly action: A;
  readonly by: Actor;
  readonly facts: A extends ReferralAction ? ActionFacts<A> : Record<string, never>;
  /** The decision at this moment, where the arrow needs one. */
  readonly permitted?: boolean;
  /** What permits it asks something of its recipient. */
  readonly conditional?: boolean;
  /** A decision has said no, and nothing that the person says would change it. */
  readonly denied?: boolean;
  readonly meetingKnown?: boolean;
  /** Another referral of this person between these two desks is under way. */
  readonly openTwin?: boolean;
  /** A function leads the support unit at this moment, with a named person there. */
  readonly leadNamed?: boolean;
  /** The sender has said before that the person was told, or why not yet. */
  readonly informedBefore?: boolean;
  /** It rests on an emergency or a sitting, so the person is told when that is safe. */
  readonly whenSafe?: boolean;
  /** Read from a legacy record: its form stands for what the record has no field for (informing the person). */
  readonly fromRecord?: boolean;
  /** A program asks for it, not a person. */
  readonly byMachine?: boolean;
  /** The Japanese day on which it is taken; without it the days that are named in it are not measured. */
  readonly on?: string;
}

export interface StepTaken {
  readonly by: Actor;
  readonly from: ReferralState;
  readonly to: ReferralState;
  readonly arrow: Transition;
  /** What of the things said with it later guards ask for. */
  readonly remembers: Remembered;
}

export type Remembered = Partial<
  Pick<
    ReferralInLife,
    | 'everReceived'
    | 'proposedReasons'
    | 'duplicateOf'
    | 'phoned'
    | 'phoneConfirmed'
    | 'withdrawalAsked'
    | 'askAgainOn'
    | 'shortOfCapacity'
    | 'waitsUntil'
    | 'followUps'
    | 'senderInformsBy'
    | 'recipientInformsBy'
    | 'misdirected'
  >
>;
