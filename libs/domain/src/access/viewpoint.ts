// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { desksFor, mayForAll, type Viewer } from './policy';
import type { Actor } from '../referral/referral.transitions';

/** In what capacity somebody looks at a referral. One viewer may have several. */
export type Hat = 'sender' | 'recipient' | 'coordinator' | 'municipality' | 'privacy_officer' | 'auditor';

/** What of a referral is seen or not seen together. */
export type FieldGroup =
  /** Ids, functions, kind, urgency, state, age, deadline. */
  | 'line'
  /** Which steps were taken, with their reason codes. */
  | 'timeline'
  /** The recipient's worker and when they meet next. */
  | 'worker'
  /** Names and content, of every member. */
  | 'content'
  /** Ids of the persons. */
  | 'persons'
  /** Which decision was made, and its reason codes. */
  | 'decision'
  /** Which members and categories it covered. */
  | 'covered'
  /** Everything it was based on: consents, refusals, versions. */
  | 'inputs'
  /** What was written with a step. */
  | 'notes'
  | 'ledger';

/**
 * `whole`; `told` = as far as the feedback scope lets it back; `permitted` = as far as a decision permits it now; `own` =
 * what one's own function said, or took part in; `released` = whole, but only once it has left its sender.
 */
export type Extent = 'whole' | 'told' | 'permitted' | 'own' | 'released';

/** Who sees what of a referral. What is not named is not seen. */
export const sees: Readonly<Record<Hat, Readonly<Partial<Record<FieldGroup, Extent>>>>> = {
  sender: {
    line: 'told',
    timeline: 'told',
    content: 'whole',
    persons: 'whole',
    decision: 'whole',
    covered: 'whole',
    inputs: 'own',
    notes: 'told',
    ledger: 'own',
  },
  recipient: {
    line: 'whole',
    timeline: 'released',
    worker: 'whole',
    content: 'permitted',
    decision: 'permitted',
    covered: 'whole',
    notes: 'own',
    ledger: 'own',
  },
  // DOMAIN §2: of every crossing referral; name and content only on a basis of its own.
  coordinator: {
    line: 'whole',
    timeline: 'whole',
    content: 'permitted',
    decision: 'whole',
    covered: 'released',
    inputs: 'released',
  },
  // R2: what the coordinators' own desk wants to give back.
  municipality: { line: 'whole', timeline: 'whole', decision: 'whole' },
  privacy_officer: {
    line: 'whole',
    timeline: 'whole',
    decision: 'whole',
    covered: 'whole',
    inputs: 'whole',
    ledger: 'whole',
  },
  auditor: {
    line: 'whole',
    timeline: 'whole',
    decision: 'whole',
    covered: 'whole',
    inputs: 'whole',
    ledger: 'whole',
  },
};

/** What of a referral decides who may look at it. */
export interface Matter {
  readonly from: string;
  readonly to: string | undefined;
  /** It has left its sender. Before, nobody outside the sending function opens it. */
  readonly released: boolean;
  /** Only its two functions know that it exists, and no program. */
  readonly hidden: boolean;
  /** The person still carries it: the recipient's desk knows of it when it is there. */
  readonly underWay?: boolean;
  /** Its recipient is the coordinators' own desk, so the municipality confirms what that gives back. */
  readonly toCoordinators?: boolean;
}

/** Whoever has no hat learns not even that it exists. */
export function hatsOf(viewer: Viewer, matter: Matter): Hat[] {
  if (matter.hidden && viewer.kind !== 'staff') return [];
  const desks = desksFor(viewer, 'referrals.work');
  const hats: Hat[] = [];
  if (desks.includes(matter.from)) hats.push('sender');
  if (matter.released && matter.underWay !== true && matter.to !== undefined && desks.includes(matter.to))
    hats.push('recipient');
  if (!matter.hidden && mayForAll(viewer, 'referrals.oversee'))
    for (const hat of ['coordinator', 'privacy_officer', 'auditor'] as const)
      if (viewer.holdings.some((h) => h.function === undefined && h.role === hat)) hats.push(hat);
  if (!matter.hidden && matter.released && matter.toCoordinators === true && mayForAll(viewer, 'returns.confirm'))
    hats.push('municipality');
  return hats;
}

/** The steps of the life that somebody with these hats may take. */
export function actorsOf(viewer: Viewer, matter: Matter, hats: readonly Hat[]): Actor[] {
  const actors: Actor[] = [];
  if (hats.includes('sender')) actors.push('sender');
  if (hats.includes('recipient')) actors.push('recipient');
  if (hats.includes('recipient') && matter.to !== undefined && desksFor(viewer, 'returns.propose').includes(matter.to))
    actors.push('recipient_supervisor');
  // R2: a coordinator confirms no return by the coordinator's own desk.
  const isOwnDesk = matter.to !== undefined && viewer.functions.includes(matter.to);
  if (hats.includes('coordinator')) actors.push(isOwnDesk ? 'coordinator_of_recipient' : 'coordinator');
  if (hats.includes('municipality')) actors.push('municipality');
  return actors;
}

/** How far somebody with these hats sees a group: the extents of all of them. */
export function extentsOf(hats: readonly Hat[], group: FieldGroup): ReadonlySet<Extent> {
  return new Set(hats.flatMap((hat) => sees[hat][group] ?? []));
}

/** Sees all of a group: without limit, or because it has been released. */
export function seesWhole(hats: readonly Hat[], group: FieldGroup, released: boolean): boolean {
  const extents = extentsOf(hats, group);
  return extents.has('whole') || (released && extents.has('released'));
}
