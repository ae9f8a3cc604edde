// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Addressee } from '@tsunagi/contracts';
import { kindRules, type ActionFacts, type Actor, type Member, type ReferralKind } from '@tsunagi/domain';
import { isMyNumberKey, personalTraceIn, speaksOfResidenceStatus } from '@tsunagi/text';
import { SubmissionRejectedError } from './referrals.errors';
import type { Directory } from '../organizations';

/** Why something is not taken, as a code, and where it stands in the body. */
export interface Unfit {
  readonly code: string;
  readonly pointer: string;
}

/** What may be said of a referral, when it is handed in and with every step after that. */
type Said = Readonly<Partial<Record<(typeof proseFields)[number], unknown>>>;
const proseFields = ['question', 'asked', 'keepsDoing', 'answer', 'note', 'result', 'reason'] as const;

/** A desk named there that takes in nobody: it hears of needs, not of persons. */
export const takesNobody = (to: Addressee | undefined, directory: Directory): boolean =>
  to !== undefined && to !== 'unknown' && 'function' in to && directory.find(to.function)?.receives === false;

/** Whose consent is asked for has a name; whom somebody reports may have none, and in an 助言依頼 there is nobody. */
export function isNameMissing(kind: ReferralKind, { items: { identity } }: Pick<Member, 'items'>): boolean {
  return kindRules[kind].bases.includes('consent') && identity?.name === undefined && identity?.kana === undefined;
}

/** 本人 is 本人, and nobody else is. */
export function misplacedRole(subject: Member | undefined, others: readonly Member[]): Unfit | undefined {
  if (subject !== undefined && subject.role !== 'subject') return { code: 'INVALID', pointer: '/subject/role' };
  const n = others.findIndex((m) => m.role === 'subject');
  return n < 0 ? undefined : { code: 'INVALID', pointer: `/others/${n}/role` };
}

/** As what is not collected is refused, or left out. */
export const uncollectedCodes = ['ORIGIN_OFF', 'RESIDENCE_STATUS_TEXT'] as const;

/**
 * What is not collected (DOMAIN §6 `origin`), and where: 出自, as far as the municipality does not, and a 在留資格 in how somebody is
 * related, where nothing could wait to be cleared.
 */
export function notCollected(
  subject: Member | undefined,
  others: readonly Member[],
  { collectsOrigin }: Pick<Directory, 'collectsOrigin'>,
): Unfit[] {
  const members = [
    ...(subject ? [{ at: '/subject', member: subject }] : []),
    ...others.map((member, n) => ({ at: `/others/${n}`, member })),
  ];
  return members.flatMap(({ at, member }): Unfit[] => [
    ...(member.items.origin && !collectsOrigin ? [{ code: 'ORIGIN_OFF', pointer: `${at}/items/origin` } as const] : []),
    ...(speaksOfResidenceStatus(member.relation ?? '')
      ? [{ code: 'RESIDENCE_STATUS_TEXT', pointer: `${at}/relation` } as const]
      : []),
  ]);
}

/** Somebody has a number there whose name is that of the マイナンバー. */
export const hasMyNumberKey = (members: readonly Member[]): boolean =>
  members.some((m) => m.identifiers.some((i) => isMyNumberKey(i.system)));

/** The text in which a sender names or points at somebody. */
export function namesSomebody(said: Said): Unfit | undefined {
  const field = proseFields.find((f) => personalTraceIn(textOf(said[f])) !== undefined);
  return field && { code: 'NAMES_SOMEBODY', pointer: `/${field}` };
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

/**
 * What holds when a referral is handed in holds for what is said with its steps.
 * @throws {SubmissionRejectedError}
 */
export function refuseUnfit(kind: ReferralKind, by: Actor, facts: object, directory: Directory): void {
  const unfit = whyUnfit(kind, by, facts, directory);
  if (unfit) throw new SubmissionRejectedError(unfit.code, unfit.pointer);
}

function whyUnfit(kind: ReferralKind, by: Actor, facts: object, directory: Directory): Unfit | undefined {
  const {
    subject,
    others = [],
    to,
    referredTo,
    fitting,
  } = facts as ActionFacts<'edit'> & Partial<ActionFacts<'complete'> & Pick<ActionFacts<'propose-return'>, 'fitting'>>;
  if (hasMyNumberKey([...(subject ? [subject] : []), ...others]))
    return { code: 'S-MYNUMBER', pointer: subject ? '/subject/identifiers' : '/others' };
  const misplaced = misplacedRole(subject, others);
  if (misplaced) return misplaced;
  const [uncollected] = notCollected(subject, others, directory);
  if (uncollected) return uncollected;
  if (takesNobody(to, directory)) return { code: 'RECEIVES_NO_PERSONS', pointer: '/to/function' };
  if (takesNobody(referredTo, directory)) return { code: 'RECEIVES_NO_PERSONS', pointer: '/referredTo/function' };
  // 101 names a desk that there is.
  if (typeof fitting === 'object' && 'function' in fitting && !directory.find(fitting.function))
    return { code: 'REFERENCE_UNKNOWN', pointer: '/fitting/function' };
  if (kindRules[kind].persons === 'some') return undefined;
  if (subject) return { code: 'KIND_WITHOUT_PERSON', pointer: '/subject' };
  if (others.length > 0) return { code: 'KIND_WITHOUT_PERSON', pointer: '/others' };
  // Who advises may name a desk and its telephone.
  return by === 'sender' ? namesSomebody(facts) : undefined;
}
