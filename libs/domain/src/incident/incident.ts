// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { addDays } from '../calendar/business-calendar';
import { isRowInForce } from '../calendar/dated-row';
import { Misdirection } from '../codes/vocabulary';

/** 漏えい等: what has happened. */
export const IncidentKind = z.enum([...Misdirection.options, 'wrong_merge', 'lost', 'crime', 'other']);
export type IncidentKind = z.infer<typeof IncidentKind>;

/** What an incident asks for: 被害の拡大防止, 速報, 確報, 本人への通知. */
export const IncidentStep = z.enum(['contain', 'first_report', 'final_report', 'tell']);
export type IncidentStep = z.infer<typeof IncidentStep>;

/** How one of them was done; `not_required` = looked at, and the law does not ask for it. */
export const IncidentAnswer = z.enum(['done', 'not_required']);
export type IncidentAnswer = z.infer<typeof IncidentAnswer>;

/** What has a last day: 速報, 確報 (another one for what somebody meant to do), and that the person is told. */
export const IncidentRuleName = z.enum(['first_report', 'final_report', 'final_report_of_a_crime', 'tell_person']);
export type IncidentRuleName = z.infer<typeof IncidentRuleName>;

/** A dated row: within how many days of noticing it. */
export interface IncidentRule {
  readonly name: IncidentRuleName;
  readonly days: number;
  /** From so many persons on; absent = always. */
  readonly fromPersons?: number | undefined;
  /** First and last day. */
  readonly validFrom: string;
  readonly validTo?: string;
}

/** Last days, each `YYYY-MM-DD`. */
export interface IncidentDues {
  readonly firstReport?: string;
  readonly finalReport?: string;
  readonly tell?: string;
}

/** What would have no last day by these for an incident of few persons. */
export const withoutDate = (rules: readonly Pick<IncidentRule, 'name' | 'fromPersons'>[]): IncidentRuleName[] =>
  IncidentRuleName.options.filter((name) => !rules.some((r) => r.name === name && (r.fromPersons ?? 1) <= 1));

/** By when what must be done, by the rules of the day on which it was noticed; of several the shortest. */
export function incidentDues(
  { kind, noticedOn, persons }: { readonly kind: IncidentKind; readonly noticedOn: string; readonly persons: number },
  rules: readonly IncidentRule[],
): IncidentDues {
  const due = (name: IncidentRule['name']) => {
    const days = rules
      .filter((r) => r.name === name && persons >= (r.fromPersons ?? 0))
      .filter((r) => isRowInForce(r, noticedOn))
      .map((r) => r.days);
    return days.length > 0 ? addDays(noticedOn, Math.min(...days)) : undefined;
  };
  const [firstReport, finalReport, tell] = [
    due('first_report'),
    due(kind === 'crime' ? 'final_report_of_a_crime' : 'final_report'),
    due('tell_person'),
  ];
  return { ...(firstReport && { firstReport }), ...(finalReport && { finalReport }), ...(tell && { tell }) };
}

/** How far it has come. */
export interface IncidentProgress {
  readonly done: readonly IncidentStep[];
  readonly closed: boolean;
}

/** What still waits for somebody. */
export const openSteps = ({ done, closed }: IncidentProgress): IncidentStep[] =>
  closed ? [] : IncidentStep.options.filter((step) => !done.includes(step));

/** Each is done once, 確報 after 速報; it is closed when nothing is left. */
export function mayDo(step: IncidentStep | 'close', incident: IncidentProgress): boolean {
  const open = openSteps(incident);
  if (step === 'close') return !incident.closed && open.length === 0;
  return open.includes(step) && !(step === 'final_report' && open.includes('first_report'));
}
