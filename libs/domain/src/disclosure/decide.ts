// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { AuthorityRow } from './authority-row';
import type { DenyReason, DisclosureDecision, HoldReason, MemberPermit } from './decision';
import {
  effectiveConsents,
  feedbackOf,
  mustBeConfirmedBefore,
  objectionsOf,
  type ConsentQuestion,
  type EffectiveConsent,
} from './effective-consents';
import type { Ground } from './ground';
import type { Party } from './party';
import type { Statute } from '../codes/statute';
import type { Purpose, ReferralKind } from '../codes/vocabulary';
import type { Sitting } from '../conference/sitting';
import type { Consent, Refusal } from '../consent/consent.schema';
import type { DataCategory } from '../member/data-category';
import type { PersonSeal } from '../member/seal';
import type { Danger } from '../people/danger';
import { kindRules, whyNotBetween, type Basis } from '../referral/kinds';

/** One member as the decision sees it: who, and which categories carry something. */
export interface MemberInQuestion {
  readonly ref: string;
  /** The hub's person; absent when nobody is known by the member's identifiers, so no consent can be theirs. */
  readonly person?: string | undefined;
  readonly present: readonly DataCategory[];
  /** Tax data (地方税法22条): they leave on a consent and on nothing else. */
  readonly consentOnly?: readonly DataCategory[] | undefined;
  /** Nobody of the sending function has looked yet whether the texts give a protected person's whereabouts away. */
  readonly textUnchecked?: true | undefined;
  /** The sender says that these 連絡上の注意 are safe to follow. */
  readonly safeWishes?: true | undefined;
}

export interface DecisionInput {
  readonly now: Date;
  readonly kind: ReferralKind;
  readonly purpose: Purpose;
  readonly sender: Party;
  readonly recipient: Party;
  readonly subject: MemberInQuestion;
  readonly others: readonly MemberInQuestion[];
  readonly consents: readonly Consent[];
  readonly refusals: readonly Refusal[];
  /** The rows of the law that are in force now. */
  readonly authorities: readonly AuthorityRow[];
  /** The law that a 通報・通告 names. */
  readonly statute?: Statute | undefined;
  /** The referral itself, by which its grounds are found. */
  readonly referral?: string | undefined;
  /** What was recorded for these persons without their consent. */
  readonly grounds?: readonly Ground[] | undefined;
  /** The sitting that an inquiry rests on. */
  readonly conference?: string | undefined;
  /** The sittings in which these persons are discussed. */
  readonly sittings?: readonly Sitting[] | undefined;
  readonly seals?: readonly PersonSeal[] | undefined;
  readonly dangers?: readonly Danger[] | undefined;
  /** A sheet is made for the person to carry, so it is provided to the person and to nobody else. */
  readonly carried?: boolean | undefined;
  /** What is on the sheet that the person has, as far as it says the same now. Absent = there is none. */
  readonly onSheet?: readonly DataCategory[] | undefined;
}

/**
 * Decides whether, on which authority and with which categories per member a referral may leave the sender for the
 * recipient **now**: permit, hold (what would lift it) or deny. Pure; called again at every claim and replay.
 */
export function decide(input: DecisionInput): DisclosureDecision {
  const denied = whyDenied(input);
  if (denied) return { outcome: 'deny', reasons: [denied] };
  const mayBeCarried = kindRules[input.kind].channels.includes('carried_by_person');
  if (input.carried === true && mayBeCarried) return permitToPerson(input.subject, input.subject.present);
  let decided: DisclosureDecision | undefined;
  for (const basis of kindRules[input.kind].bases) decided ??= onBasis[basis](input);
  decided ??= permitByConsent(input);
  return mayBeCarried ? withSheet(input, decided) : decided;
}

/**
 * Whether those who coordinate may see the content of a referral that is neither from nor to their desk **now** (DOMAIN
 * §2): on a consent that covers 多機関協働 and this purpose, or, where the kind may stand on it, as municipal staff whose
 * published purpose it is. The purpose is coordination, whatever the referral is for. `recipient` is their desk.
 */
export function decideForCoordinators(
  input: Omit<DecisionInput, 'purpose' | 'carried' | 'onSheet'> & {
    /** Nobody of a contractor: §6 `within_purpose` is for the municipality's own staff here. */
    readonly municipalStaff: boolean;
  },
): DisclosureDecision {
  const asked: DecisionInput = { ...input, purpose: 'coordination' };
  const { sender, recipient } = asked;
  const { bases } = kindRules[asked.kind];
  const deny = (reason: DenyReason): DisclosureDecision => ({ outcome: 'deny', reasons: [reason] });
  if (sender.function === recipient.function) return deny('SAME_FUNCTION');
  if (sender.closed === true || recipient.closed === true) return deny('FUNCTION_CLOSED');
  if (!bases.includes('consent')) return deny('KIND_NOT_TO_THERE');
  if (!recipient.purposes.includes(asked.purpose)) return deny('PURPOSE_NOT_HELD');
  const asStaff =
    bases.includes('within_purpose') &&
    input.municipalStaff &&
    recipient.bodyKind === 'agency' &&
    sender.purposes.includes(asked.purpose);
  return (asStaff ? permitWithinPurpose(asked) : undefined) ?? permitByConsent(asked);
}

/** Each basis that a kind may stand on; `undefined` lets the next one answer. */
const onBasis: Readonly<Record<Basis, (input: DecisionInput) => DisclosureDecision | undefined>> = {
  consent: permitByConsent,
  within_purpose: permitWithinPurpose,
  statute: permitByStatute,
  person_free: permitPersonFree,
};

function whyDenied({ kind, purpose, sender, recipient }: DecisionInput): DenyReason | undefined {
  if (sender.function === recipient.function) return 'SAME_FUNCTION';
  if (sender.closed === true || recipient.closed === true) return 'FUNCTION_CLOSED';
  const notBetween = whyNotBetween(kind, sender, recipient);
  if (notBetween) return notBetween;
  // A law commands everybody, whatever the sender's own work is for.
  const commanded = kindRules[kind].bases.includes('statute');
  if (!recipient.purposes.includes(purpose)) return 'PURPOSE_NOT_HELD';
  return commanded || sender.purposes.includes(purpose) ? undefined : 'PURPOSE_NOT_HELD';
}

/** Everybody whom it is about, without a word of theirs: what the law's row lists. */
function permitByStatute({ statute, authorities, subject, others }: DecisionInput): DisclosureDecision {
  const row = statute && authorities.find((r) => r.code === statute);
  if (!row) return { outcome: 'deny', reasons: ['STATUTE_NOT_IN_FORCE'] };
  const members = [subject, ...others].map(({ ref, present }) => ({
    ref,
    categories: present.filter((c) => row.categories.includes(c)),
    consents: [],
  }));
  return { outcome: 'permit', authority: row.code, members, feedback: 'none', reasons: [] };
}

function permitPersonFree({ kind, subject, others }: DecisionInput): DisclosureDecision {
  if (subject.present.length > 0 || others.length > 0) return { outcome: 'deny', reasons: ['KIND_WITHOUT_PERSON'] };
  const members = [{ ref: subject.ref, categories: [], consents: [] }];
  const feedback = kindRules[kind].leastBack;
  return { outcome: 'permit', authority: 'person_free', members, feedback, reasons: [] };
}

/** One's own items, and of nobody else: what becomes of them is the person's to say. */
function permitToPerson(
  { ref }: MemberInQuestion,
  categories: readonly DataCategory[],
  reasons: readonly HoldReason[] = [],
): DisclosureDecision {
  const members = [{ ref, categories: [...categories], consents: [] }];
  return { outcome: 'permit', authority: 'to_person', members, feedback: 'none', reasons: [...reasons] };
}

/** What the person has brought stays there; whatever is not on the sheet needs a basis of its own. */
function withSheet({ subject, onSheet = [] }: DecisionInput, beside: DisclosureDecision): DisclosureDecision {
  const brought = subject.present.filter((c) => onSheet.includes(c));
  if (brought.length === 0) return beside;
  if (beside.outcome !== 'permit')
    return permitToPerson(subject, brought, beside.outcome === 'hold' ? beside.reasons : []);
  const isMore = beside.members.some((m) => m.ref !== subject.ref || m.categories.some((c) => !brought.includes(c)));
  if (!isMore) return permitToPerson(subject, brought, beside.reasons);
  const both = (m: MemberPermit): MemberPermit =>
    m.ref === subject.ref
      ? { ...m, categories: subject.present.filter((c) => m.categories.includes(c) || brought.includes(c)) }
      : m;
  return { ...beside, members: beside.members.map(both) };
}

function permitWithinPurpose(input: DecisionInput): DisclosureDecision | undefined {
  const rows = input.authorities.filter((r) => r.code === 'within_purpose' && isFor(r, input));
  const listed = new Set(rows.flatMap((r) => r.categories));
  if (listed.has('contact')) listed.add('contact_wishes');
  else listed.delete('contact_wishes');
  const categories = input.subject.present.filter((c) => listed.has(c));
  if (!categories.includes('identity')) return undefined;
  const subject = { ref: input.subject.ref, categories, consents: [] };
  return { outcome: 'permit', authority: 'within_purpose', members: [subject], feedback: 'state', reasons: [] };
}

/** Does the row speak of these two bodies, this kind and this purpose? */
const isFor = (row: AuthorityRow, { kind, purpose, sender, recipient }: DecisionInput): boolean =>
  row.purposes.includes(purpose) &&
  row.kinds.includes(kind) &&
  row.senders.includes(sender.bodyKind) &&
  row.recipients.includes(recipient.bodyKind);

function permitByConsent(input: DecisionInput): DisclosureDecision {
  const question: ConsentQuestion = input;
  const found = consentsOf(input.subject, input, question);
  const categories = categoriesOf(found.effective, input.subject, input);
  const lift = {
    givenTo: input.sender.function,
    recipient: input.recipient.function,
    categories: [...input.subject.present],
  };
  if (found.effective.length === 0) return { outcome: 'hold', reasons: found.reasons, lift };
  if (!categories.includes('identity')) {
    // A consent that covered identity and lost it to a refusal does not lack it: the refusal is the true reason.
    const given = found.effective.some((e) => e.consent.scope.categories.includes('identity'));
    const left = found.effective.some((e) => e.categories.includes('identity'));
    return { outcome: 'hold', reasons: given && !left ? found.reasons : ['CONSENT_LACKS_IDENTITY'], lift };
  }
  const feedback = feedbackOf(found.effective);
  if (kindRules[input.kind].needsFeedback && feedback === 'none')
    return { outcome: 'hold', reasons: ['FEEDBACK_NOT_PERMITTED'], lift };

  const members: MemberPermit[] = [permitOf(input.subject, categories, found.effective)];
  const reliedOn = found.effective.map((e) => e.consent);
  if (found.effective.some((e) => e.categories.includes('household'))) {
    for (const other of input.others) {
      const theirs = consentsOf(other, input, question).effective;
      const permitted = categoriesOf(theirs, other, input);
      if (!permitted.includes('identity')) continue;
      members.push(permitOf(other, permitted, theirs));
      reliedOn.push(...theirs.map((e) => e.consent));
    }
  }
  return {
    outcome: 'permit',
    authority: 'consent',
    members,
    feedback,
    notAfter: inJapaneseTime(Math.min(...reliedOn.map(lastMomentOf))),
    // Why something stays behind; a consent is not missing where one permits.
    reasons:
      categories.length < input.subject.present.length ? found.reasons.filter((r) => r !== 'CONSENT_MISSING') : [],
  };
}

function consentsOf(
  member: MemberInQuestion,
  input: DecisionInput,
  question: ConsentQuestion,
): { effective: EffectiveConsent[]; reasons: HoldReason[] } {
  if (member.person === undefined) return { effective: [], reasons: ['CONSENT_MISSING'] };
  return effectiveConsents(
    input.consents.filter((c) => c.person === member.person),
    input.refusals.filter((r) => r.person === member.person),
    question,
  );
}

/**
 * 連絡上の注意 leaves with the contact it protects, 本人の希望 goes along: both unless the person refused just them
 * toward this recipient, and a newer consent that names them stands.
 */
function categoriesOf(
  effective: readonly EffectiveConsent[],
  member: MemberInQuestion,
  input: DecisionInput,
): DataCategory[] {
  if (effective.length === 0) return [];
  const covered = new Set(effective.flatMap((e) => e.categories));
  const { refusals } = objectionsOf(
    input.consents.filter((c) => c.person === member.person),
    input.refusals.filter((r) => r.person === member.person),
    input,
  );
  if (!covered.has('contact')) covered.delete('contact_wishes');
  else if (!refusals.some((r) => r.categories?.includes('contact_wishes'))) covered.add('contact_wishes');
  if (!refusals.some((r) => !r.categories || r.categories.includes('wishes'))) covered.add('wishes');
  const needed = kindRules[input.kind].categories;
  return member.present.filter((c) => covered.has(c) && needed?.includes(c) !== false);
}

const permitOf = (
  member: MemberInQuestion,
  categories: DataCategory[],
  effective: readonly EffectiveConsent[],
): MemberPermit => ({
  ref: member.ref,
  categories,
  consents: effective.map((e) => e.consent.id),
});

/** The last moment at which this consent permits anything as it stands today. */
function lastMomentOf(consent: Consent): number {
  const end = Date.parse(`${consent.scope.until}T23:59:59.999+09:00`);
  return Math.min(end, (mustBeConfirmedBefore(consent) ?? Infinity) - 1);
}
const inJapaneseTime = (ms: number) => new Date(ms + 9 * 3_600_000).toISOString().replace('Z', '+09:00');
