// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Role, type BodyKind } from '../codes/vocabulary';

/** One role, at one function or (`function` absent) for the whole municipality. */
export interface RoleHeld {
  readonly role: Role;
  readonly function?: string;
  /** Held outside the municipality's own bodies: the function, or the body that runs it, is a contractor, or the employer is. */
  readonly entrusted?: true;
}

/** Who asks, with what they hold today, and the function they have chosen to act for. */
export interface Viewer {
  readonly kind: 'staff' | 'client';
  readonly holdings: readonly RoleHeld[];
  /** Ids of the functions the viewer belongs to. */
  readonly functions: readonly string[];
  readonly acting?: string | undefined;
  /** From what the viewer is shut out by name; absent = from nothing. */
  readonly excluded?: Excluded | undefined;
}

/** Referrals and persons of which somebody learns nothing at any desk. */
export interface Excluded {
  readonly referrals: ReadonlySet<string>;
  readonly persons: ReadonlySet<string>;
}

interface Rule {
  /** Who does it at the desk of a function, for that function alone. */
  readonly atDesk?: readonly Role[];
  /** Who does it for the whole municipality. */
  readonly municipal?: readonly Role[];
  /** No program does it. */
  readonly byPerson?: true;
  /**
   * DOMAIN §8: it may not be entrusted, so no account of a contractor does it, whatever its roles; or none for the whole
   * municipality, while each desk decides its own.
   */
  readonly neverEntrusted?: true | 'for_the_municipality';
}

const desk = ['caseworker', 'supervisor'] as const;

/** Who may do what: the one table that HTTP, lists, counts and to-dos are read from. */
export const duties = {
  /** To send and receive, and to see what one's own function sent or received. */
  'referrals.work': { atDesk: desk },
  /** Where nothing is written unattended: to let what has come for the desk's system be written, or not. */
  'writes.approve': { atDesk: desk, byPerson: true },
  /** To be shown names that a list leaves out: whoever sees content anywhere, and nobody else. */
  'names.reveal': { atDesk: desk, municipal: ['coordinator'], byPerson: true },
  /** To ask for the name of somebody who is protected, and to find persons of one's own function. */
  'persons.find': { atDesk: desk, byPerson: true },
  /** The second of two persons, where somebody is protected. */
  'names.release': { atDesk: ['supervisor'], byPerson: true },
  /** To propose a return in the name of the desk. */
  'returns.propose': { atDesk: ['supervisor'], byPerson: true },
  /** R2: to confirm what the coordinators' own desk gives back. */
  'returns.confirm': { municipal: ['approver'], byPerson: true, neverEntrusted: true },
  /** To see ids, functions, kind, state, age, deadline and reason codes of every crossing referral. */
  'referrals.oversee': { municipal: ['coordinator', 'privacy_officer', 'auditor'] },
  /** To bring desks together, and to confirm for others than one's own desk. */
  'referrals.coordinate': { municipal: ['coordinator'] },
  /** To see units of persons whom one's own function took part with, to hand the lead over, to split and to join. */
  'units.work': { atDesk: desk },
  /** The same, or for the municipality to find a lead where there is none. */
  'units.lead': { atDesk: desk, municipal: ['coordinator'] },
  /** To be shown what one's own desk keeps to itself. */
  'cases.oversee': { atDesk: ['supervisor'] },
  /** Numbers only. */
  'failures.count': { municipal: ['coordinator'] },
  /** DOMAIN §9, numbers only: a chief of what her own function sent and received. */
  'flows.count': { atDesk: ['supervisor'], municipal: ['coordinator', 'approver'], byPerson: true },
  /** How often a マイナンバー was refused. */
  'guards.count': { municipal: ['it_admin', 'privacy_officer'] },
  /** What only takes away, and to read what was said. */
  'wishes.record': { atDesk: desk },
  /** A word of the person that permits, and that a person has seen the paper behind an assertion. */
  'consents.record': { atDesk: desk, byPerson: true },
  /** What is known of a person beside any referral. */
  'persons.record': { atDesk: desk },
  /** To say that two persons are one, or that one is two. Nothing moves by it: it asks the municipality. */
  'persons.judge': { atDesk: desk, byPerson: true },
  /** DOMAIN §6: linking persons across functions is the municipality's. Who has done it answers for the ledger, too, and sees no content. */
  'persons.merge': { municipal: ['privacy_officer'], byPerson: true, neverEntrusted: true },
  'recommendations.record': { atDesk: desk },
  /** Numbers only. */
  'recommendations.count': { municipal: ['coordinator', 'auditor'] },
  /** Lines of the ledger in which one's own function took part. */
  'ledger.read': { atDesk: desk, municipal: ['privacy_officer', 'auditor'] },
  /** The whole ledger of a person, and everything a decision was based on. */
  'ledger.answer': { municipal: ['privacy_officer', 'auditor'], byPerson: true, neverEntrusted: true },
  /** Who did what: lines of ids, and the chain that they stand in. */
  'audit.read': { municipal: ['privacy_officer', 'auditor'], byPerson: true, neverEntrusted: true },
  /** Without bodies: nothing here opens a referral. */
  'plugins.manage': { municipal: ['it_admin'] },
  /** Organizations, desks, who operates them, routes. */
  'directory.manage': { municipal: ['it_admin'], neverEntrusted: true },
  /** Staff, what they hold, and machine clients. */
  'accounts.manage': { municipal: ['it_admin'], neverEntrusted: true },
  'intake.confirm': { municipal: ['it_admin'] },
  'intake.miss': { municipal: ['it_admin', 'coordinator'] },
  'intake.count': { municipal: ['it_admin'] },
  'dues.set': { municipal: ['it_admin', 'coordinator'] },
  'clock.move': { municipal: ['it_admin'] },
  /** 支援決定 */
  'plans.decide': { municipal: ['approver'], byPerson: true, neverEntrusted: true },
  /** 69条2項: what was disclosed without consent is ratified. */
  'disclosures.ratify': { municipal: ['approver'], byPerson: true, neverEntrusted: true },
  /** An authority without consent: what the sender says for it. */
  'grounds.record': { atDesk: desk, byPerson: true },
  /** To decide on one. Which post does, the row of the law says. */
  'grounds.decide': {
    atDesk: ['supervisor'],
    municipal: ['approver'],
    byPerson: true,
    neverEntrusted: 'for_the_municipality',
  },
  /** Which bases of the law count here, and who has checked them. */
  'authorities.read': { municipal: ['coordinator', 'approver', 'privacy_officer', 'auditor', 'it_admin'] },
  'authorities.keep': { municipal: ['privacy_officer'], byPerson: true, neverEntrusted: true },
  /** 同意書の様式: a desk drafts its own, IT anybody's; it counts once it is approved. */
  'forms.draft': { atDesk: desk, municipal: ['it_admin'] },
  'forms.approve': { municipal: ['privacy_officer'], byPerson: true },
  /** That a person must not be found, and who endangers whom: it only takes away. */
  'protection.record': { atDesk: desk, byPerson: true },
  /** What one's own function recorded of it; whoever unseals sees which seals stand. */
  'protection.read': { atDesk: desk, municipal: ['approver', 'privacy_officer'], byPerson: true },
  /** Texts that wait because they may say what must not leave. */
  'texts.clear': { atDesk: ['supervisor'], byPerson: true },
  /** 漏えい等: the two desks see their own. */
  'incidents.handle': { atDesk: desk, municipal: ['privacy_officer'] },
  /** 速報, 確報, to tell the person, and that nothing is left to do. */
  'incidents.report': { municipal: ['privacy_officer'], byPerson: true, neverEntrusted: true },
  'conferences.propose': { atDesk: desk, byPerson: true },
  /** To call its members, to open and to end it: the function that holds it, or those who coordinate. */
  'conferences.hold': { atDesk: desk, municipal: ['coordinator'], byPerson: true },
  /** That somebody has asked for the ledger of a person; who has recorded it learns nothing of the answer. */
  'disclosures.ask': { atDesk: desk, municipal: ['privacy_officer'], byPerson: true },
  /** Requests about a person by somebody else, for 開示決定. */
  'disclosures.review': { municipal: ['privacy_officer'], byPerson: true, neverEntrusted: true },
  'persons.unseal': { municipal: ['approver', 'privacy_officer'], byPerson: true, neverEntrusted: true },
} as const satisfies Record<string, Rule>;

export type Duty = keyof typeof duties;

const ownBodies: ReadonlySet<BodyKind> = new Set(['agency', 'other_agency']);

/** A body of the municipality itself. */
export const isOwnBody = (bodyKind: BodyKind): boolean => ownBodies.has(bodyKind);

/**
 * May members of such a body hold this role for the whole municipality? Its own bodies may; of others only those who
 * coordinate because they operate 多機関協働, and IT of a vendor, to whom nothing opens a referral.
 */
export function mayHoldForAll(
  role: Role,
  { bodyKind, coordinates }: { readonly bodyKind: BodyKind; readonly coordinates: boolean },
): boolean {
  return isOwnBody(bodyKind) || role === 'it_admin' || (role === 'coordinator' && coordinates);
}

const ruleOf = (duty: Duty): Rule => duties[duty];

export function rolesFor(duty: Duty): Role[] {
  const { atDesk = [], municipal = [] } = ruleOf(duty);
  return [...atDesk, ...municipal];
}

/** At this function; without one, at any the viewer speaks for, or for the municipality. */
export function may(viewer: Viewer, duty: Duty, functionId?: string): boolean {
  if (functionId === undefined) return mayForAll(viewer, duty) || desksFor(viewer, duty).length > 0;
  return mayForAll(viewer, duty) || desksFor(viewer, duty).includes(functionId);
}

/** For the whole municipality. */
export function mayForAll(viewer: Viewer, duty: Duty): boolean {
  const { municipal = [] } = ruleOf(duty);
  if (ruleOf(duty).neverEntrusted === 'for_the_municipality' && isEntrusted(viewer)) return false;
  return isOpenTo(viewer, duty) && viewer.holdings.some((h) => h.function === undefined && municipal.includes(h.role));
}

/**
 * The functions whose desk the viewer speaks for in this: belongs to it, holds a role that does it there, and has not
 * chosen another function to act for.
 */
export function desksFor(viewer: Viewer, duty: Duty): string[] {
  const { atDesk = [] } = ruleOf(duty);
  if (!isOpenTo(viewer, duty)) return [];
  const holdsAt = (desk: string) =>
    viewer.holdings.some((h) => (h.function === undefined || h.function === desk) && atDesk.includes(h.role));
  return viewer.functions.filter((f) => (viewer.acting === undefined || viewer.acting === f) && holdsAt(f));
}

/** What waits for these waits for whoever is it for the whole municipality, whichever desk it is about. */
const municipal: readonly Role[] = ['coordinator', 'approver', 'privacy_officer'];

/** A list of to-dos: of one role at one desk, or of one role for all of them. */
export interface TodoList {
  readonly role: Role;
  readonly function?: string;
}

export function todoListsOf(viewer: Viewer): TodoList[] {
  const desks = viewer.functions.filter((f) => viewer.acting === undefined || viewer.acting === f);
  const atDesks = desks.flatMap((desk) =>
    Role.options
      .filter((role) => !municipal.includes(role))
      .filter((role) => viewer.holdings.some((h) => h.role === role && (h.function ?? desk) === desk))
      .map((role): TodoList => ({ role, function: desk })),
  );
  return [
    ...atDesks,
    ...(mayForAll(viewer, 'referrals.coordinate') ? [{ role: 'coordinator' } as const] : []),
    ...(mayForAll(viewer, 'returns.confirm') ? [{ role: 'approver' } as const] : []),
    ...(mayForAll(viewer, 'persons.merge') ? [{ role: 'privacy_officer' } as const] : []),
  ];
}

function isOpenTo(viewer: Viewer, duty: Duty): boolean {
  const { byPerson, neverEntrusted } = ruleOf(duty);
  if (byPerson && viewer.kind !== 'staff') return false;
  return !(neverEntrusted === true && isEntrusted(viewer));
}

/** Works for a contractor: no staff of the municipality, whatever the roles. */
export const isEntrusted = ({ holdings }: Pick<Viewer, 'holdings'>): boolean => holdings.some((h) => h.entrusted);
