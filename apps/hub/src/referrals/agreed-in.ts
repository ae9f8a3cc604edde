// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { conferenceKindNames, type ReferralSubmission } from '@tsunagi/contracts';
import { conferenceOfLeads, type SaidOfReferral } from '@tsunagi/domain';
import type { About, Taken } from './record-of-submission';
import { subjectOf, type ReferralRecord } from './referral.record';
import { discussedIn } from '../support-units';
import type { Tx } from '../platform';

type Agreement = Pick<SaidOfReferral, 'agreedIn'>;

const personsAgreedOn = (tx: Tx, { conference, on }: NonNullable<Agreement['agreedIn']>, desk: string) =>
  discussedIn(tx, { id: conference, on, desk });

/** Does it name a 重層的支援会議 that its own desk held or sat in, about this person, where it names any? */
export async function isAgreed(tx: Tx, { agreedIn }: Agreement, referral: ReferralRecord): Promise<boolean> {
  if (!agreedIn) return true;
  return (await personsAgreedOn(tx, agreedIn, referral.fromFunction)).includes(subjectOf(referral));
}

/**
 * A つなぎもどし is of whom the conference discussed: of the one, where no number says of whom else. A desk without a system of its own
 * has no number, and by name nobody is found.
 */
export async function aboutAgreed(
  tx: Tx,
  { submission: { agreedIn, subject }, from }: Pick<Taken, 'submission' | 'from'>,
  system: string | null,
): Promise<About | undefined> {
  if (!agreedIn || subject.identifiers.some((i) => i.system === system)) return undefined;
  const [person, another] = await personsAgreedOn(tx, agreedIn, from);
  return person !== undefined && another === undefined ? { person } : undefined;
}

/** Without the conference that it names, if nothing of its subject was agreed there; its sender is told so. */
export async function onlyAgreed(tx: Tx, taken: Taken): Promise<Taken> {
  const { agreedIn, ...submission }: ReferralSubmission = taken.submission;
  const agreed = !agreedIn || (await personsAgreedOn(tx, agreedIn, taken.from)).includes(taken.persons[0]);
  return agreed ? taken : { ...taken, submission, conferenceUnknown: true };
}

/** As it is shown: that it was agreed in a 重層的支援会議, and when. Which one, only the hub keeps. */
export const saidAsShown = (said: SaidOfReferral): SaidOfReferral =>
  said.agreedIn
    ? { ...said, agreedIn: { ...said.agreedIn, conference: conferenceKindNames[conferenceOfLeads] } }
    : said;
