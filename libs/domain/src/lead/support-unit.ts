// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { LeadRefusedError } from './lead.errors';
import type { LeadStep } from './lead-step.schema';
import { japaneseDay } from '../calendar/business-calendar';
import { isReasoned } from '../referral/guards';
import { aheadOf } from '../referral/referral.actions';

/** How a function came to lead: it sent first, both agreed, a 重層的支援会議 said so, or it led the unit that was split. */
export type LeadReason = 'first_sender' | 'agreed' | 'conference' | 'split';

/** One line of the ledger of leads. It stands as long as it has no end. */
export interface LeadTenure {
  readonly function: string;
  /** The named person there; a system that sent first may have named nobody. */
  readonly worker?: string | undefined;
  readonly from: Date;
  readonly until?: Date | undefined;
  readonly reason: LeadReason;
  readonly ground?: LeadGround | undefined;
}

/** What a change rests on: the conference (of those from before it was named, the day), and what the person was told. */
export type LeadGround = { readonly conference?: { readonly id?: string; readonly heldOn: string } } & Pick<
  HandOver,
  'personInformed' | 'notInformed'
>;
type HandOver = Extract<LeadStep, { step: 'agree' | 'by_conference' }>;

export interface UnitMember {
  readonly person: string;
  /** The unit to which the person has gone; absent while the person is here. */
  readonly movedTo?: string | undefined;
}

/** 支援単位: the persons one lead looks after together, and everybody who has led. */
export interface SupportUnit {
  readonly id: string;
  readonly members: readonly UnitMember[];
  /** The oldest first. */
  readonly tenures: readonly LeadTenure[];
  /** The function that has been offered the lead. */
  readonly offeredTo?: string | undefined;
}

/** Who changes something. */
export interface LeadActor {
  /** Absent for who acts for no desk. */
  readonly function?: string | undefined;
  /** It holds the 重層的支援会議: 多機関協働, or the municipality's coordinator. */
  readonly convenes: boolean;
  /** The conference that the step names was held on that day, about somebody who is here, and the actor may know of it. */
  readonly wasHeld?: boolean;
  /** The other sides of what its own function has sent or was sent about those who are here. */
  readonly met: ReadonlySet<string>;
}

/** The desks that may lead a unit: nobody may be named who is not there, or to whom the persons are strangers. */
export interface UnitDesks {
  readonly inForce: (desk: string) => boolean;
  /** Those that take part with somebody who is here, and so see the unit. */
  readonly takePart: ReadonlySet<string>;
}

const isHere = (member: UnitMember) => member.movedTo === undefined;
const standing = (unit: SupportUnit) => unit.tenures.find((t) => t.until === undefined);

/** The first sender leads. */
export function foundUnit(
  id: string,
  persons: readonly string[],
  by: Pick<LeadTenure, 'function' | 'worker'>,
  from: Date,
): SupportUnit {
  return { id, members: persons.map((person) => ({ person })), tenures: [{ ...by, from, reason: 'first_sender' }] };
}

/** The persons who are in it now. */
export const personsHere = (unit: SupportUnit): string[] => unit.members.filter(isHere).map((m) => m.person);

const mayLead = (desk: string, { inForce, takePart }: UnitDesks) => inForce(desk) && takePart.has(desk);

/**
 * Who leads. A unit in which somebody is left with whom a desk is at work, and which nobody leads who is, is an alarm:
 * never silence.
 *
 * @param desks.takePart absent for a viewer who may not learn which other desks are at work: that the lead is not any
 * more is for those to know who find another one (invariant 8)
 */
export function leadOf(
  unit: SupportUnit,
  { inForce, takePart }: Pick<UnitDesks, 'inForce'> & Partial<UnitDesks>,
): { readonly lead: LeadTenure } | { readonly alarm: 'lead_missing' } | undefined {
  if (!unit.members.some(isHere) || takePart?.size === 0) return undefined;
  const lead = standing(unit);
  const leads = lead && mayLead(lead.function, { inForce, takePart: takePart ?? new Set([lead.function]) });
  return leads ? { lead } : { alarm: 'lead_missing' };
}

/**
 * The lead is handed over: offered by who has it and taken by the other, or as a 重層的支援会議 said. The person is told.
 * A desk offers it to whom it has met over these persons, whether or not that one is at work with them still: the refusal
 * tells nothing that the desk does not know. All others are refused as one that does not exist.
 * @throws {LeadRefusedError}
 */
export function takeLeadStep(
  unit: SupportUnit,
  step: LeadStep,
  by: LeadActor,
  desks: UnitDesks,
  at: Date,
): SupportUnit {
  const lead = standing(unit);
  // Nobody is left in it.
  if (!lead) throw new LeadRefusedError('LEAD_NOT_YOURS');
  switch (step.step) {
    case 'propose':
      if (lead.function !== by.function) throw new LeadRefusedError('LEAD_NOT_YOURS');
      if (step.to === by.function) throw new LeadRefusedError('LEAD_ALREADY');
      if (!desks.inForce(step.to) || !by.met.has(step.to)) throw new LeadRefusedError('FUNCTION_UNKNOWN');
      return { ...unit, offeredTo: step.to };
    case 'cancel':
      if (unit.offeredTo === undefined) throw new LeadRefusedError('LEAD_NOT_OFFERED');
      if (lead.function !== by.function && unit.offeredTo !== by.function) throw new LeadRefusedError('LEAD_NOT_YOURS');
      return { ...unit, offeredTo: undefined };
    case 'agree':
      if (by.function === undefined || unit.offeredTo !== by.function || !mayLead(by.function, desks))
        throw new LeadRefusedError('LEAD_NOT_OFFERED');
      return handedOver(unit, step, { function: by.function, reason: 'agreed' }, at);
    case 'by_conference':
      if (!by.convenes) throw new LeadRefusedError('CONFERENCE_NOT_YOURS');
      if (step.conference.heldOn > japaneseDay(at)) throw new LeadRefusedError('LEAD_DATE_AHEAD');
      if (by.wasHeld !== true) throw new LeadRefusedError('CONFERENCE_UNKNOWN');
      if (!mayLead(step.to, desks)) throw new LeadRefusedError('FUNCTION_UNKNOWN');
      if (lead.function === step.to) throw new LeadRefusedError('LEAD_ALREADY');
      return handedOver(unit, step, { function: step.to, reason: 'conference' }, at);
    case 'name_worker':
      if (lead.function !== by.function) throw new LeadRefusedError('LEAD_NOT_YOURS');
      return { ...unit, tenures: unit.tenures.map((t) => (t === lead ? { ...t, worker: step.worker } : t)) };
    default:
      return step satisfies never;
  }
}

function handedOver(
  unit: SupportUnit,
  step: HandOver,
  to: Pick<LeadTenure, 'function' | 'reason'>,
  at: Date,
): SupportUnit {
  const { worker, personInformed, notInformed } = step;
  if (!personInformed && !isReasoned(notInformed)) throw new LeadRefusedError('PERSON_NOT_INFORMED');
  if (aheadOf(step, at) !== undefined) throw new LeadRefusedError('LEAD_DATE_AHEAD');
  const ground = {
    ...(step.step === 'by_conference' && { conference: step.conference }),
    ...(personInformed && { personInformed }),
    ...(notInformed && { notInformed }),
  };
  return { ...unit, offeredTo: undefined, tenures: [...ended(unit, at), { ...to, worker, from: at, ground }] };
}

const ended = (unit: SupportUnit, at: Date): LeadTenure[] =>
  unit.tenures.map((t) => (t.until === undefined ? { ...t, until: at } : t));

/**
 * Some go to a unit of their own; who led them together leads both. Nothing changes about the lead of those who stay.
 *
 * @param seen the members that the caller's function knows; of others it must not learn whether there are any
 * @throws {LeadRefusedError}
 */
export function splitUnit(
  unit: SupportUnit,
  persons: ReadonlySet<string>,
  seen: ReadonlySet<string>,
  to: string,
  by: Pick<LeadActor, 'function'>,
  at: Date,
): readonly [rest: SupportUnit, apart: SupportUnit] {
  const lead = standing(unit);
  if (!lead || lead.function !== by.function) throw new LeadRefusedError('LEAD_NOT_YOURS');
  const goes = (m: UnitMember) => isHere(m) && persons.has(m.person);
  const allSeen = persons.size > 0 && [...persons].every((p) => seen.has(p));
  const someStay = unit.members.some((m) => isHere(m) && !goes(m)) && [...seen].some((p) => !persons.has(p));
  if (!allSeen || !someStay || unit.members.filter(goes).length < persons.size)
    throw new LeadRefusedError('UNIT_NOT_DIVISIBLE');
  return setApart(unit, persons, to, lead, at);
}

/**
 * `danger_from`: who is endangered goes to a unit of their own, whoever leads the other one, and nobody but the function that
 * knows of the danger learns of it.
 */
export function setApart(
  unit: SupportUnit,
  persons: ReadonlySet<string>,
  to: string,
  { function: desk, worker }: Pick<LeadTenure, 'function' | 'worker'>,
  at: Date,
): readonly [rest: SupportUnit, apart: SupportUnit] {
  const goes = (m: UnitMember) => isHere(m) && persons.has(m.person);
  return [
    { ...unit, members: unit.members.map((m) => (goes(m) ? { ...m, movedTo: to } : m)) },
    {
      id: to,
      members: unit.members.filter(goes),
      tenures: [{ function: desk, worker, from: at, reason: 'split' }],
    },
  ];
}

/**
 * All of one unit go to another that the same function leads; where two lead, one hands over first. What nobody is left
 * in has no lead any more.
 * @throws {LeadRefusedError}
 */
export function joinUnits(
  unit: SupportUnit,
  into: SupportUnit,
  by: Pick<LeadActor, 'function'>,
  at: Date,
): readonly [left: SupportUnit, joined: SupportUnit] {
  const leads = [unit, into].map((u) => standing(u)?.function);
  if (by.function === undefined || !leads.includes(by.function)) throw new LeadRefusedError('LEAD_NOT_YOURS');
  if (leads[0] !== leads[1] || unit.id === into.id) throw new LeadRefusedError('LEADS_DIFFER');
  const coming = unit.members.filter(isHere);
  const others = into.members.filter((m) => !coming.some((c) => c.person === m.person));
  return [
    {
      ...unit,
      tenures: ended(unit, at),
      offeredTo: undefined,
      members: unit.members.map((m) => (isHere(m) ? { ...m, movedTo: into.id } : m)),
    },
    { ...into, members: [...others, ...coming] },
  ];
}

/**
 * The members as one function may see them: those it took part with. Who has gone to a unit that it does not know still
 * stands here for it: a household that changes without it has not changed.
 */
export function membersSeen(
  unit: SupportUnit,
  tookPartWith: ReadonlySet<string>,
  knowsUnit: (unit: string) => boolean,
): UnitMember[] {
  return unit.members.filter((m) => tookPartWith.has(m.person) && (m.movedTo === undefined || !knowsUnit(m.movedTo)));
}
