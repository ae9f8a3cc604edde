// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { AuthorityRow } from './authority-row';
import { nothingBeside, type Addition, type Beside, type Missing } from './basis';
import type { HoldReason } from './decision';
import { objectionsOf } from './effective-consents';
import { groundStanding, type Ground } from './ground';
import type { Question } from './question';
import { isFor } from './rows';
import { leavingUnasked } from './what-leaves';
import type { DataCategory } from '../member/data-category';
import { kindRules } from '../referral/kinds';

/** What was recorded for this referral without a consent lets out now, and what would, were it not for something. */
export function groundsBeside(q: Question): Beside {
  if (!q.grounds || q.grounds.length === 0) return nothingBeside;
  const additions: Addition[] = [];
  const missing: Missing[] = [];
  const members = [q.subject, ...q.others];
  for (const ground of q.grounds) {
    const row = rowOf(ground, q);
    if (!row) continue;
    const listed = (named: readonly DataCategory[]) => new Set(named.filter((c) => row.categories.includes(c)));
    const unrefused = groundStanding(ground, row, false, q.now);
    const parts = unrefused.counts
      ? unrefused.parts.map((p) => ({ listed: listed(p.categories), until: p.until }))
      : [];
    for (const member of members) {
      const { ref, person } = member;
      if (person === undefined || !ground.persons.includes(person)) continue;
      const refusedAt = functionsRefusedAt(person, ground, row, q);
      const stands = refusedAt.length > 0 ? groundStanding(ground, row, true, q.now) : unrefused;
      if (stands.counts)
        for (const part of parts)
          additions.push({
            ref,
            categories: leavingUnasked(member, part.listed),
            row,
            ground: ground.id,
            until: part.until,
          });
      else
        missing.push({
          ref,
          categories: leavingUnasked(member, listed(ground.categories)),
          because: asToldTo(q.sender.function, stands.because, refusedAt),
        });
    }
  }
  return { additions, missing };
}

/** Its row, when it is in force, may carry this kind between these two, and everything that it asks for was said. */
function rowOf(ground: Ground, q: Question): AuthorityRow | undefined {
  if (ground.referral !== q.referral || ground.function !== q.sender.function) return undefined;
  if (ground.recipient !== undefined && ground.recipient !== q.recipient.function) return undefined;
  const row = q.authorities.find((r) => r.id === ground.row && r.code === ground.code);
  const mayCarry = row && kindRules[q.kind].grounds.some((code) => code === row.code) && isFor(row, q);
  return mayCarry && row.needs.every((fact) => ground.said.includes(fact)) ? row : undefined;
}

/** Where the person, or who may speak for the person, refused something of it toward this recipient, whenever. */
function functionsRefusedAt(person: string, ground: Ground, row: AuthorityRow, q: Question): readonly string[] {
  if (row.overRefusal === 'stands') return [];
  const { refusals } = objectionsOf(
    q.consents.filter((c) => c.person === person),
    q.refusals.filter((r) => r.person === person),
    q,
  );
  return refusals
    .filter((r) => !r.categories || r.categories.some((c) => ground.categories.includes(c)))
    .map((r) => r.recordedBy);
}

/** Of a refusal that was recorded elsewhere the sender learns nothing but to ask (invariant 8). */
function asToldTo(sender: string, because: HoldReason, refusedAt: readonly string[]): HoldReason {
  const isOfRefusal = because === 'GROUND_REFUSAL_WORDS' || because === 'CONSENT_REFUSED';
  return isOfRefusal && !refusedAt.includes(sender) ? 'ASK_ADMINISTRATOR' : because;
}
