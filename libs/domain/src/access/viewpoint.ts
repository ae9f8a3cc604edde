// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { desksFor, mayForAll, type Viewer } from './policy';
import type { ReferralKind } from '../codes/vocabulary';
import type { DeliveryChannel } from '../referral/delivery-channel';
import { hiddenKinds, personlessKinds } from '../referral/kinds';
import type { ReferralState } from '../referral/referral.states';
import type { Actor } from '../referral/referral.transitions';

/** In what capacity somebody looks at a referral. One viewer may have several. */
export type Hat = 'sender' | 'recipient' | 'lead' | 'coordinator' | 'municipality' | 'privacy_officer' | 'auditor';

/** What of a referral is seen or not seen together. */
export type FieldGroup =
  /** Ids, functions, kind, urgency, state, age, deadline. */
  | 'line'
  /** Which steps were taken, with their reason codes. */
  | 'timeline'
  /** Whether it has reached the recipient's system, and what stands in its way. */
  | 'deliveries'
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
    deliveries: 'told',
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
    deliveries: 'released',
    worker: 'whole',
    content: 'permitted',
    decision: 'permitted',
    covered: 'whole',
    notes: 'own',
    ledger: 'own',
  },
  // It took no part in what the two desks did and said: it learns that the matter has come to its follow-up.
  lead: { line: 'whole', timeline: 'own' },
  // DOMAIN §2: of every crossing referral; name and content only on a basis of its own.
  coordinator: {
    line: 'whole',
    timeline: 'whole',
    deliveries: 'whole',
    content: 'permitted',
    decision: 'whole',
    covered: 'released',
    inputs: 'released',
  },
  // R2: what the coordinators' own desk wants to give back.
  municipality: { line: 'whole', timeline: 'whole', deliveries: 'whole', decision: 'whole' },
  privacy_officer: {
    line: 'whole',
    timeline: 'whole',
    deliveries: 'whole',
    decision: 'whole',
    covered: 'whole',
    inputs: 'whole',
    ledger: 'whole',
  },
  auditor: {
    line: 'whole',
    timeline: 'whole',
    deliveries: 'whole',
    decision: 'whole',
    covered: 'whole',
    inputs: 'whole',
    ledger: 'whole',
  },
};

/** What of a referral decides who may look at it. */
export interface Matter {
  /** Absent = nobody is shut out from it by name. */
  readonly id?: string | undefined;
  readonly kind: ReferralKind;
  readonly state: ReferralState;
  readonly from: string;
  readonly to: string | undefined;
  /** The function that leads its support unit, as far as its sender knows of that; absent = the sender itself. */
  readonly lead?: string | undefined;
  /** It has left its sender. Before, nobody outside the sending function opens it. */
  readonly released: boolean;
  readonly channel?: DeliveryChannel | undefined;
  /** It rests on a conference: of its two functions only, and there of people (DOMAIN §7). */
  readonly atSitting?: boolean | undefined;
  /** Its recipient has had it in hand. */
  readonly arrived?: boolean | undefined;
  /** The viewer holds the sheet that the person carries. */
  readonly bySheet?: boolean | undefined;
  /** Its recipient is the coordinators' own desk, so the municipality confirms what that gives back. */
  readonly toCoordinators?: boolean | undefined;
}

/** Which referrals a hat is for. What is not named makes no difference. */
export interface Wearing {
  /** Only what has left its sender. */
  readonly released?: true;
  readonly states?: readonly ReferralState[];
  readonly notKinds?: readonly ReferralKind[];
  /** Of these kinds people hear, and no program. */
  readonly byPeople?: readonly ReferralKind[];
  /** What rests on a conference: nothing of it, or no program hears. */
  readonly atSittings: 'never' | 'by_people';
  /** Not what goes this way, before it has arrived; what ends on the way never does. */
  readonly notYet?: DeliveryChannel;
}

/**
 * The one place that says of which referrals somebody learns at all: read for one referral by `hatsOf`, and by the hub as
 * a condition of its lists and counts.
 */
export const wearing: Readonly<Record<Hat, Wearing>> = {
  sender: { byPeople: hiddenKinds, atSittings: 'by_people' },
  recipient: {
    released: true,
    byPeople: hiddenKinds,
    atSittings: 'by_people',
    // Of what the person carries the desk knows when it is there.
    notYet: 'carried_by_person',
  },
  // Invariant 8: a lead that took no part acts on the follow-up alone, and on what reopens after it.
  lead: {
    released: true,
    states: ['follow_up', 'closed'],
    notKinds: [...hiddenKinds, ...personlessKinds],
    atSittings: 'never',
  },
  // DOMAIN §6: before release nobody outside the sending function, but the coordinator sees that something waits.
  coordinator: { notKinds: hiddenKinds, atSittings: 'never' },
  municipality: { released: true, notKinds: hiddenKinds, atSittings: 'never' },
  privacy_officer: { released: true, notKinds: hiddenKinds, atSittings: 'never' },
  auditor: { released: true, notKinds: hiddenKinds, atSittings: 'never' },
};

const overseers = ['coordinator', 'privacy_officer', 'auditor'] as const satisfies readonly Hat[];

/** The hats in which this viewer looks over all referrals. */
export function overseersOf(viewer: Viewer): Hat[] {
  if (!mayForAll(viewer, 'referrals.oversee')) return [];
  return overseers.filter((hat) => viewer.holdings.some((h) => h.function === undefined && h.role === hat));
}

/** Whoever has no hat learns not even that it exists. */
export function hatsOf(viewer: Viewer, matter: Matter): Hat[] {
  const desks = desksFor(viewer, 'referrals.work');
  // Whoever is shut out by name has no part in it at a desk; those who oversee are nobody's worker.
  const isShutOut = matter.id !== undefined && viewer.excluded?.referrals.has(matter.id) === true;
  const isOwn = (desk: string | undefined) => desk !== undefined && !isShutOut && desks.includes(desk);
  const held: Hat[] = [
    ...(isOwn(matter.from) ? (['sender'] as const) : []),
    ...(isOwn(matter.to) ? (['recipient'] as const) : []),
    ...(isOwn(matter.lead) ? (['lead'] as const) : []),
    ...overseersOf(viewer),
    ...(matter.toCoordinators === true && mayForAll(viewer, 'returns.confirm') ? (['municipality'] as const) : []),
  ];
  return held.filter((hat) => isFor(wearing[hat], viewer, matter));
}

function isFor(
  { released, states, notKinds, byPeople, atSittings, notYet }: Wearing,
  viewer: Viewer,
  matter: Matter,
): boolean {
  if (matter.atSitting && (atSittings === 'never' || viewer.kind !== 'staff')) return false;
  if (released && !matter.released) return false;
  if (states && !states.includes(matter.state)) return false;
  if (notKinds?.includes(matter.kind)) return false;
  if (viewer.kind !== 'staff' && byPeople?.includes(matter.kind)) return false;
  return notYet === undefined || matter.channel !== notYet || matter.arrived === true || matter.bySheet === true;
}

/** The steps of the life that somebody with these hats may take. */
export function actorsOf(viewer: Viewer, matter: Matter, hats: readonly Hat[]): Actor[] {
  const actors: Actor[] = [];
  if (hats.includes('sender')) actors.push('sender');
  if (hats.includes('recipient')) actors.push('recipient');
  if (hats.includes('recipient') && matter.to !== undefined && desksFor(viewer, 'returns.propose').includes(matter.to))
    actors.push('recipient_supervisor');
  // R2: a coordinator confirms no return by the coordinator's own desk, whether or not they are entered as working there.
  const isOwnDesk = matter.toCoordinators === true || (matter.to !== undefined && viewer.functions.includes(matter.to));
  if (hats.includes('coordinator')) actors.push(isOwnDesk ? 'coordinator_of_recipient' : 'coordinator');
  if (hats.includes('municipality')) actors.push('municipality');
  if (hats.includes('privacy_officer') || hats.includes('auditor')) actors.push('overseer');
  if (hats.includes('lead')) actors.push('lead');
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
