// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import * as domain from '../../src';
import type { Actor, Matter, ReferralInLife, ReferralState, Role as DomainRole, Step, Viewer } from '../../src';
import { factsOf } from '../full-facts';
import { askedActions, type Cell, type Outcome, type Role } from './expand';

/** What the cells are put to; a spec may hand over a spoiled one. */
export type Law = Pick<typeof domain, 'takeStep' | 'possibleActions'>;

const [sender, recipient, lead, other] = ['sender', 'recipient', 'lead', 'other'];
const atDesk = (kind: Viewer['kind'], role: DomainRole, desk: string): Viewer => ({
  kind,
  functions: [desk],
  holdings: [{ role, function: desk }],
});
const municipal = (role: DomainRole, functions: readonly string[] = []): Viewer => ({
  kind: 'staff',
  functions,
  holdings: [{ role }],
});

/** As whom the policy knows somebody who wears this hat. */
const viewers: Readonly<Record<Exclude<Role, 'core'>, Viewer>> = {
  sender_caseworker: atDesk('staff', 'caseworker', sender),
  sender_supervisor: atDesk('staff', 'supervisor', sender),
  sender_machine: atDesk('client', 'caseworker', sender),
  recipient_caseworker: atDesk('staff', 'caseworker', recipient),
  recipient_supervisor: atDesk('staff', 'supervisor', recipient),
  recipient_machine: atDesk('client', 'caseworker', recipient),
  lead: atDesk('staff', 'caseworker', lead),
  coordinator: municipal('coordinator'),
  coordinator_of_recipient_desk: municipal('coordinator', [recipient]),
  municipality: municipal('approver'),
  it_admin: municipal('it_admin'),
  auditor: municipal('auditor'),
  privacy_officer: municipal('privacy_officer'),
  stranger: atDesk('staff', 'caseworker', other),
};
const isMachine = (role: Role) => role.endsWith('_machine');

/** In what capacity somebody of this role may act; `undefined` = for them it is not there. */
function actorsOf(
  role: Role,
  { kind, state }: Pick<Cell, 'kind' | 'state'>,
  { neverSent, toCoordinators }: Past,
): readonly Actor[] | undefined {
  // The hub is no viewer.
  if (role === 'core') return [role];
  const matter: Matter = {
    kind,
    state,
    from: sender,
    to: recipient,
    lead,
    released: neverSent !== true && state !== 'draft' && state !== 'awaiting_authority',
    toCoordinators: toCoordinators ?? role === 'municipality',
  };
  const hats = domain.hatsOf(viewers[role], matter);
  return hats.length === 0 ? undefined : domain.actorsOf(viewers[role], matter, hats);
}

interface Past {
  /** It never left its sender. */
  readonly neverSent?: true;
  /** Its recipient is 多機関協働. */
  readonly toCoordinators?: true;
  /** Somebody is named who leads. */
  readonly leadNamed?: false;
  readonly referral?: Partial<ReferralInLife>;
  /** What the step says instead of its full facts. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** The histories of history.csv as the domain remembers them. */
const pasts: Readonly<Record<string, Past>> = {
  second_return: { referral: { returnsInJourney: 1 } },
  two_hops: { referral: { hops: 2 } },
  sent_back_before: { referral: { sentBack: true } },
  accepted_before: { referral: { everAccepted: true } },
  never_questioned: { referral: { hasQuestioned: false }, facts: { reasons: ['301'] } },
  no_return_reason: { facts: { reasons: ['103', '104'] } },
  proposed_for_201: { referral: { proposedReasons: ['201'] } },
  proposed_for_105: { referral: { proposedReasons: ['105'] } },
  proposed_for_901: { referral: { proposedReasons: ['901'] } },
  not_phoned: { referral: { urgency: 'same_day' }, facts: { phoned: undefined } },
  withdrawal_asked: { referral: { withdrawalAsked: true } },
  never_sent: { neverSent: true },
  no_lead_named: { leadNamed: false },
  to_the_coordinators: { toCoordinators: true },
  never_received: { referral: { everReceived: false } },
  unacknowledged: { facts: { conditionsAcknowledged: undefined } },
  misdirected: { referral: { misdirected: true } },
};

/** No state of the table, so that a step back cannot be taken for a step to it. */
const stateBefore = 'the state before' as ReferralState;
const untroubled = {
  stateBefore,
  everReceived: true,
  hasQuestioned: true,
  returnsInJourney: 0,
  hops: 0,
  proposedReasons: ['105', '201'],
};

/**
 * What the code says of a cell, in the words of the rules. What a desk may take it is also offered, on the screen and by
 * `/actions`, and nothing else; where the two part, no rule has the words for what comes out.
 */
export function judge(cell: Cell, law: Law = domain): string {
  const outcome = taken(cell, {}, law);
  const actors = actorsOf(cell.role, cell, {});
  if (!isAsked(cell) || actors === undefined) return outcome;
  const offered = law
    .possibleActions(inLife(cell), actors, { byMachine: isMachine(cell.role) })
    .some(({ action, possible }) => action === cell.action && possible);
  if (offered === outcome.startsWith('allowed:')) return outcome;
  return offered ? `${outcome}, but offered` : `${outcome}, but not offered`;
}

/** The same with another past. */
export function judgeWith(history: string, cell: Cell, law: Law = domain): string {
  const past = pasts[history];
  if (!past) throw new Error(`'${history}' is no history that the domain remembers`);
  return taken(cell, past, law);
}

/** The refusal that comes nearest to the step, as somebody with several hats hears it. */
function nearest(one: Outcome, other: Outcome): Outcome {
  const [a, b] = [one, other].map((outcome) => outcome.replace('refused:', ''));
  return domain.nearer(a, b) === a ? one : other;
}

/** The hub's own steps are offered to nobody; it takes them. */
const isAsked = ({ action, role }: Cell) => role !== 'core' && (askedActions as readonly string[]).includes(action);

/** A referral of this kind in this state, to which nothing else has happened. */
const inLife = ({ kind, state }: Cell): ReferralInLife & { kind: Cell['kind'] } => ({ ...untroubled, kind, state });

function taken(cell: Cell, past: Past, law: Law): Outcome {
  const { action, role } = cell;
  const referral = { ...inLife(cell), ...past.referral };
  const step = {
    action,
    facts: { ...factsOf(action), ...past.facts },
    byMachine: isMachine(role),
    permitted: true,
    conditional: true,
    meetingKnown: true,
    openTwin: false,
    leadNamed: past.leadNamed ?? true,
  };
  const actors = actorsOf(role, cell, past);
  if (actors === undefined) return 'not_visible';
  // Whoever only looks on still learns whether the step is there at all.
  const hats = actors.length > 0 ? actors : ['nobody'];
  const answers = hats.map((by) => answerOf(law, referral, { ...step, by } as Step));
  return answers.find((answer) => answer.startsWith('allowed:')) ?? answers.reduce(nearest);
}

function answerOf(law: Law, referral: ReferralInLife, step: Step): Outcome {
  try {
    const { to } = law.takeStep(referral, step);
    return `allowed:${to === stateBefore ? 'before' : to}`;
  } catch (error) {
    return `refused:${codeOf(error)}`;
  }
}

/** By its code, as errors are recognised here; anything else is a defect and no refusal. */
function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}
