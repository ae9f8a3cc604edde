// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { nothingBeside, type Beside } from './basis';
import { onConsent } from './by-consent';
import { conclude } from './conclude';
import type { DenyReason, DisclosureDecision, HoldReason, MemberPermit } from './decision';
import { groundsBeside } from './grounds';
import type { DecisionInput, MemberInIt, Question } from './question';
import { onPurpose, permitByStatute } from './rows';
import { restsOnSitting, sitTogether, sittingBeside } from './sittings';
import { leavingUnasked, permitOf, textReasons } from './what-leaves';
import { whoIsIn } from './who-is-in';
import type { DataCategory } from '../member/data-category';
import { kindRules, whyNotBetween } from '../referral/kinds';

/**
 * Decides whether, on which authority and with which categories per member a referral may leave the sender for the
 * recipient **now**: permit, hold (what would lift it) or deny. Pure; called again at every claim and replay.
 */
export function decide(input: DecisionInput): DisclosureDecision {
  const denied = whyDenied(input);
  if (denied) return { outcome: 'deny', reasons: [denied] };
  const { bases, channels } = kindRules[input.kind];
  if (bases.includes('person_free')) return permitPersonFree(input);
  const q = whoIsIn(input);
  if (bases.includes('statute')) return permitByStatute(q);
  const mayBeCarried = channels.includes('carried_by_person');
  if (q.carried === true && mayBeCarried) return permitToPerson(q.subject, q.subject.present);
  const onItsPurpose = bases.includes('within_purpose') && !restsOnSitting(q) ? onPurpose(q) : undefined;
  const decided = conclude(q, onItsPurpose ?? onConsent(q), beside(q));
  return mayBeCarried ? withSheet(q, decided) : decided;
}

/**
 * Whether those who coordinate may see the content of a referral that is neither from nor to their desk **now** (DOMAIN
 * §2): on a consent that covers 多機関協働 and this purpose, or, where the kind may stand on it, as municipal staff whose
 * published purpose it is. The purpose is coordination, whatever the referral is for. `recipient` is their desk. What
 * was recorded for the referral or shared in a sitting was for its two sides only.
 */
export function decideForCoordinators(
  input: Omit<DecisionInput, 'purpose' | 'carried' | 'onSheet' | 'statute' | 'grounds' | 'conference' | 'sittings'> & {
    /** Nobody of a contractor: §6 `within_purpose` is for the municipality's own staff here. */
    readonly municipalStaff: boolean;
  },
): DisclosureDecision {
  const { sender, recipient, kind, municipalStaff } = input;
  const purpose = 'coordination';
  const { bases } = kindRules[kind];
  const deny = (reason: DenyReason): DisclosureDecision => ({ outcome: 'deny', reasons: [reason] });
  if (sender.function === recipient.function) return deny('SAME_FUNCTION');
  if (sender.closed === true || recipient.closed === true) return deny('FUNCTION_CLOSED');
  if (!bases.includes('consent')) return deny('KIND_NOT_TO_THERE');
  if (!recipient.purposes.includes(purpose)) return deny('PURPOSE_NOT_HELD');
  const q = whoIsIn({ ...input, purpose });
  const asStaff = bases.includes('within_purpose') && municipalStaff && recipient.bodyKind === 'agency';
  return conclude(q, (asStaff ? onPurpose(q) : undefined) ?? onConsent(q));
}

function whyDenied(input: DecisionInput): DenyReason | undefined {
  const { kind, purpose, sender, recipient } = input;
  if (sender.function === recipient.function) return 'SAME_FUNCTION';
  if (sender.closed === true || recipient.closed === true) return 'FUNCTION_CLOSED';
  if (recipient.takesNobody === true && kindRules[kind].persons === 'some') return 'RECEIVES_NO_PERSONS';
  const notBetween = whyNotBetween(kind, sender, recipient, { atOneTable: sitTogether(input) });
  if (notBetween) return notBetween;
  // A law commands everybody, whatever the sender's own work is for.
  const commanded = kindRules[kind].bases.includes('statute');
  if (!recipient.purposes.includes(purpose)) return 'PURPOSE_NOT_HELD';
  return commanded || sender.purposes.includes(purpose) ? undefined : 'PURPOSE_NOT_HELD';
}

/** What a sitting and what was recorded for this referral add to its basis. */
function beside(q: Question): Beside {
  const [sitting, grounds] = [sittingBeside(q), groundsBeside(q)];
  if (sitting === nothingBeside) return grounds;
  return {
    additions: [...sitting.additions, ...grounds.additions],
    missing: [...sitting.missing, ...grounds.missing],
  };
}

function permitPersonFree({ kind, subject, others }: DecisionInput): DisclosureDecision {
  if (subject.present.length > 0 || others.length > 0) return { outcome: 'deny', reasons: ['KIND_WITHOUT_PERSON'] };
  const members = [permitOf(subject, [])];
  const feedback = kindRules[kind].leastBack;
  return { outcome: 'permit', authority: 'person_free', members, feedback, reasons: [] };
}

/** One's own items, and of nobody else: what becomes of them is the person's to say. */
function permitToPerson(
  subject: MemberInIt,
  categories: readonly DataCategory[],
  reasons: readonly HoldReason[] = [],
): DisclosureDecision {
  const members = [permitOf(subject, leavingUnasked(subject, new Set(categories)))];
  return {
    outcome: 'permit',
    authority: 'to_person',
    members,
    feedback: 'none',
    reasons: [...new Set([...reasons, ...textReasons([subject])])],
  };
}

/** What the person has brought is added to whatever leaves by itself; alone it is provided by the person. */
function withSheet({ subject, onSheet }: Question, decided: DisclosureDecision): DisclosureDecision {
  const brought = onSheet ? leavingUnasked(subject, new Set(onSheet)) : [];
  if (brought.length === 0) return decided;
  if (decided.outcome !== 'permit')
    return permitToPerson(subject, brought, decided.outcome === 'hold' ? decided.reasons : []);
  const both = (m: MemberPermit): MemberPermit =>
    m.ref === subject.ref
      ? { ...m, categories: subject.present.filter((c) => m.categories.includes(c) || brought.includes(c)) }
      : m;
  return { ...decided, members: decided.members.map(both) };
}
