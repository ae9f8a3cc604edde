// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { conferenceCodes, lastMomentOfRow, type AuthorityRow } from './authority-row';
import { nothingBeside, type Beside, type Missing } from './basis';
import type { HoldReason } from './decision';
import type { DecisionInput, MemberInIt, Question } from './question';
import { isFor } from './rows';
import { leavingUnasked } from './what-leaves';
import type { Sitting } from '../conference/sitting';
import { kindRules } from '../referral/kinds';

/** Does it name a sitting, and is it of a kind that may rest on one? Then that is its basis, and no common purpose (DOMAIN §7). */
export const restsOnSitting = ({ kind, conference }: Pick<DecisionInput, 'kind' | 'conference'>): boolean =>
  conference !== undefined && kindRules[kind].atSittings === true;

/** One conference may serve several in parts, each with its own roster: it is the part in which both sit. */
function named({ conference, sittings, sender, recipient }: DecisionInput): Sitting | undefined {
  const parts = sittings?.filter((s) => s.id === conference) ?? [];
  const sits = (part: Sitting, id: string) => part.members.some((m) => m.function === id);
  return (
    parts.find((s) => sits(s, sender.function) && sits(s, recipient.function)) ??
    parts.find((s) => sits(s, sender.function)) ??
    parts[0]
  );
}

/** Were both functions called to the sitting that it names? */
export function sitTogether(input: DecisionInput): boolean {
  const members = restsOnSitting(input) ? (named(input)?.members ?? []) : [];
  return [input.sender, input.recipient].every((side) => members.some((m) => m.function === side.function));
}

/** What the law of an open sitting lets its members share of those who are discussed there (DOMAIN §7). */
export function sittingBeside(q: Question): Beside {
  if (!restsOnSitting(q)) return nothingBeside;
  const sitting = named(q);
  const members = [q.subject, ...q.others];
  const because = whyNotShared(sitting, q);
  if (!sitting || because) return { additions: [], missing: missingFor(members, because ?? 'CONFERENCE_NOT_OPEN') };
  const isDiscussed = ({ person }: MemberInIt) => person !== undefined && sitting.persons.includes(person);
  const rows = rowsOf(sitting, q);
  const additions = members.filter(isDiscussed).flatMap((member) =>
    rows.map(({ row, until }) => ({
      ref: member.ref,
      categories: leavingUnasked(member, new Set(row.categories)),
      row,
      until,
    })),
  );
  return { additions, missing: isDiscussed(q.subject) ? [] : missingFor([q.subject], 'CONFERENCE_NOT_OPEN') };
}

const missingFor = (members: readonly MemberInIt[], because: HoldReason): Missing[] =>
  members.map(({ ref }) => ({ ref, categories: [], because }));

/** Whoever was not called learns nothing of a sitting, nor whether there is one. */
function whyNotShared(sitting: Sitting | undefined, { now, sender, recipient }: Question): HoldReason | undefined {
  const of = (id: string) => sitting?.members.filter((m) => m.function === id) ?? [];
  if (!sitting || of(sender.function).length === 0) return 'CONFERENCE_NOT_OPEN';
  if (sitting.state !== 'open' || now.getTime() >= (sitting.until ?? Infinity)) return 'CONFERENCE_NOT_OPEN';
  const both = [sender, recipient].every((side) => of(side.function).some((m) => m.acknowledged));
  return both ? undefined : 'SECRECY_UNACKNOWLEDGED';
}

/** One with consent only has no law of its own, and shares nothing more. */
function rowsOf(sitting: Sitting, q: Question): { row: AuthorityRow; until: number }[] {
  return q.authorities
    .filter((row) => row.code === sitting.authority && conferenceCodes.has(row.code) && isFor(row, q))
    .flatMap((row) => {
      const end = lastMomentOfRow(row, q.now);
      return end === undefined ? [] : [{ row, until: Math.min(end, (sitting.until ?? Infinity) - 1) }];
    });
}
