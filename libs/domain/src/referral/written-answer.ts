// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hasSheet, type DeliveryChannel } from './delivery-channel';
import type { ReferralInLife } from './in-life';
import type { ReferralAction } from './referral.actions';
import type { RefusedCode } from './refused-code';
import type { Actor } from './referral.transitions';
import { possibleActions } from './take-step';

/**
 * What a recipient can have written on a sheet that comes back. To agree to a withdrawal is none of it: the sender would
 * answer its own question; and what anybody may say at any time each desk says for itself.
 */
export const writtenAnswers = [
  'ask',
  'accept',
  'start',
  'hold',
  'resume',
  'propose-return',
  'complete',
] as const satisfies readonly ReferralAction[];
export type WrittenAnswer = (typeof writtenAnswers)[number];

/** Who signs the paper is that desk's to say: it has come back in its name. */
export const writers: readonly Actor[] = ['recipient', 'recipient_supervisor'];

/** What decides whose it is to enter an answer on paper. */
export interface PaperAnswer {
  /** How the referral went. */
  readonly channel: DeliveryChannel;
  /** One of its sheets is with the recipient. */
  readonly sheetIsOut: boolean;
  /** The recipient's own channel is a plugin, whatever was chosen for this one. */
  readonly answersByPlugin: boolean;
  /** Somebody at the recipient's desk could enter it: staff or a program. */
  readonly worksInHub: boolean;
}

/**
 * May the sender's desk enter what the recipient has written on a sheet?
 *
 * In DOMAIN §5 the recipient takes these steps, and nobody else: a sender that answers for it could take its own referral.
 * But a school, a clinic or 民生委員 that nobody has an account at answers on the sheet or not at all, and an answer that
 * nobody may enter would leave the matter open for ever. So both must be true: the referral has gone by a sheet, and nobody
 * works there in the hub. The channel alone does not say it: a sender chooses paper for one referral to a desk that works on
 * screen, and a desk of paper may well have somebody who types in the codes. A desk whose system answers is asked by its
 * system, and there by nobody else.
 */
export const mayEnterAnswerOnPaper = (of: PaperAnswer): boolean =>
  hasSheet(of.channel) && of.sheetIsOut && !of.answersByPlugin && !of.worksInHub;

/** An answer proves that the sheet has come: on its way it is answered as what is there. */
export const asWithRecipient = <R extends ReferralInLife>(referral: R): R =>
  referral.state === 'sent' ? { ...referral, state: 'received', everReceived: true } : referral;

const isWritten = (action: ReferralAction): action is WrittenAnswer =>
  (writtenAnswers as readonly ReferralAction[]).includes(action);

/** What can be entered now of what the recipient may have written, and why not the rest. */
export const possibleWrittenAnswers = (
  referral: ReferralInLife,
): { action: WrittenAnswer; possible: boolean; because?: RefusedCode }[] =>
  possibleActions(asWithRecipient(referral), writers).flatMap(({ action, ...how }) =>
    isWritten(action) ? [{ action, ...how }] : [],
  );
