// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { AuthorityCode } from './authority-row';
import { nothingBeside, type Addition, type Basis, type Beside, type Missing } from './basis';
import type { DisclosureDecision, HoldReason, MemberPermit } from './decision';
import type { MemberInIt, Question } from './question';
import { feedbackOfRow, restingOn, until } from './rows';
import { permitOf, stays, textReasons } from './what-leaves';
import { widest } from './feedback';
import { kindRules } from '../referral/kinds';

/**
 * A basis and what sittings and grounds add to it, item by item: it leaves when the subject's name does. Each other
 * member who is added needs the own name as well (R6, member-wise). What adds nothing is not relied on.
 */
export function conclude(
  q: Question,
  basis: Basis,
  { additions, missing }: Beside = nothingBeside,
): DisclosureDecision {
  const subject = withAdditions(q.subject, basis.subject, additions);
  const lift = {
    givenTo: q.sender.function,
    recipient: q.recipient.function,
    categories: [...q.subject.present],
  };
  if (!subject) {
    const unnamed = q.subject.uncleared?.includes('identity') ? textReasons([q.subject]) : [];
    return { outcome: 'hold', reasons: distinct([...basis.lacks, ...missing.map((m) => m.because), ...unnamed]), lift };
  }
  const others = q.others.flatMap((other) => {
    const onBasis = basis.others.find((m) => m.ref === other.ref);
    return withAdditions(other, onBasis, additions) ?? [];
  });
  const each = [subject, ...others];
  const reliedOn = each.flatMap((m) => m.reliedOn);
  const rows = reliedOn.map((a) => a.row);
  const { leastBack, needsFeedback } = kindRules[q.kind];
  const feedback = widest(basis.feedback, leastBack, ...rows.map(feedbackOfRow));
  if (needsFeedback && feedback === 'none') return { outcome: 'hold', reasons: ['FEEDBACK_NOT_PERMITTED'], lift };
  const members = each.map((m) => m.permit);
  const end = reliedOn.reduce((earliest, a) => Math.min(earliest, a.until), basis.until);
  return {
    outcome: 'permit',
    authority: nameOf(rows.map((r) => r.code)) ?? basis.authority,
    members,
    feedback,
    ...until(end),
    ...restingOn([...basis.rows, ...rows]),
    reasons: distinct([
      ...whyBehind(q.subject, subject.permit, basis),
      ...textReasons(goingAlong(q, members)),
      ...unmet(missing, members),
    ]),
  };
}

/** One member with everything that lets something out; nobody goes without the name. */
function withAdditions(
  member: MemberInIt,
  onBasis: MemberPermit | undefined,
  additions: readonly Addition[],
): { permit: MemberPermit; reliedOn: readonly Addition[] } | undefined {
  const already = onBasis?.categories ?? [];
  const reliedOn = additions.filter((a) => a.ref === member.ref && a.categories.some((c) => !already.includes(c)));
  if (reliedOn.length === 0) return onBasis && already.includes('identity') ? { permit: onBasis, reliedOn } : undefined;
  const categories = member.present.filter(
    (c) => already.includes(c) || reliedOn.some((a) => a.categories.includes(c)),
  );
  if (!categories.includes('identity')) return undefined;
  const grounds = distinct(reliedOn.flatMap((a) => a.ground ?? []));
  return { permit: permitOf(member, categories, { consents: onBasis?.consents ?? [], grounds }), reliedOn };
}

/** Of several authorities that added something the first one names the permit: the weaker is the one to be looked at. */
const nameOf = (codes: readonly AuthorityCode[]): AuthorityCode | undefined =>
  codes.length === 0 ? undefined : AuthorityCode.options.find((code) => codes.includes(code));

function whyBehind(subject: MemberInIt, { categories }: MemberPermit, basis: Basis): readonly HoldReason[] {
  if (categories.length === subject.present.length) return [];
  const isBehind = subject.present.some((c) => !categories.includes(c) && !stays(subject, c));
  return isBehind ? basis.behind : [];
}

const goingAlong = ({ subject, others }: Question, members: readonly MemberPermit[]): MemberInIt[] =>
  [subject, ...others].filter((m) => members.some((permit) => permit.ref === m.ref));

/** Why something recorded did not add what it would have. */
const unmet = (missing: readonly Missing[], members: readonly MemberPermit[]): readonly HoldReason[] =>
  missing
    .filter(({ ref, categories }) => {
      const permitted = members.find((m) => m.ref === ref)?.categories ?? [];
      return categories.some((c) => !permitted.includes(c));
    })
    .map((m) => m.because);

const distinct = <T>(each: readonly T[]): T[] => (each.length > 1 ? [...new Set(each)] : [...each]);
