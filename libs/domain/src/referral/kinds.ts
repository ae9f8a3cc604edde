// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { BodyKind, Feedback, HowTheyMeet, ReferralKind } from '../codes/vocabulary';
import type { Statute } from '../codes/statute';
import { groundCodes, type AuthorityCode, type AuthorityWay } from '../disclosure/authority-row';
import type { Party } from '../disclosure/party';
import type { DataCategory } from '../member/data-category';
import type { DeliveryChannel } from './delivery-channel';
import type { ReferralAction } from './referral.actions';
import type { ReferralState } from './referral.states';
import type { CoreStep, Transition } from './referral.transitions';

/** 多機関協働事業者. */
export const multiAgency = 'multi_agency_coordination';
/** 福祉事務所未設置町村 相談窓口. */
export const townDesk = 'town_without_welfare_office';
/** 福祉事務所(生活保護). */
export const welfareOffice = 'welfare_office';

/** What can permit this kind at all; the first that does counts. `person_free`: there is nobody in it. */
export type Basis = 'consent' | 'within_purpose' | 'statute' | 'person_free';

/** What the sender must have said before it leaves. */
export type KindFact =
  | 'personInformed'
  | 'howTheyMeet'
  | 'asked'
  | 'keepsDoing'
  | 'nextContactOn'
  | 'agreedIn'
  | 'question'
  | 'phoned'
  | 'statute';

/** One kind of referral: who may send it to whom, on what, with what said, by which ways, and who hears of it. */
export interface KindRule {
  /** Types of function that it comes from; absent = any. */
  readonly from?: readonly string[];
  /** Types of function that it goes to; absent = any. */
  readonly to?: readonly string[];
  /** One of the two is of this type: the asking and the answering desk take turns. */
  readonly between?: string;
  /** Only to a function that is flagged for this kind: the one that a law or the municipality names. */
  readonly flaggedOnly?: true;
  readonly toBodies?: readonly BodyKind[];
  /** It may say which inquiry it answers. */
  readonly reports?: true;
  /** `answers`: the asked desk answers with one of the same kind. `grows`: it may grow out of one of that kind. */
  readonly answers?: true;
  readonly grows?: ReferralKind;
  /** `none`: nobody is in it, not even by name in a text. */
  readonly persons: 'some' | 'none';
  readonly bases: readonly Basis[];
  /** What a desk may record for it without a consent, beside its bases. */
  readonly grounds: readonly AuthorityCode[];
  /** It may rest on a sitting: then both functions are members of it, whatever their types. */
  readonly atSittings?: true;
  /** All that its business needs; more stays behind, whatever is consented to. */
  readonly categories?: readonly DataCategory[];
  readonly needs: readonly KindFact[];
  /** Person and recipient are to meet, so it is known how. */
  readonly meets: boolean;
  /** R11 holds: the person is told, or it is said why not yet. */
  readonly tellsPerson: boolean;
  /** Who may hand it in; a person at a desk always may. */
  readonly handedInBy: 'anybody' | 'desk';
  /** Steps that only a person takes, from these states. */
  readonly byPersonFrom?: Readonly<Partial<Record<ReferralAction, readonly ReferralState[]>>>;
  /** How it may reach its recipient; the last is taken when the wanted one is not among them. */
  readonly channels: readonly DeliveryChannel[];
  /** `arrival`: 到着, when a person there has confirmed it, and nothing after it. */
  readonly back: 'as_permitted' | 'arrival';
  /** At least this goes back, without a consent of its own. */
  readonly leastBack: Feedback;
  /** It leaves only when at least the state may come back: the sender stays the contact desk. */
  readonly needsFeedback?: true;
  /** `both_functions`: nobody else learns that it exists, whoever oversees the rest. */
  readonly seenBy: 'both_functions' | 'overseers_too';
  /** Agreed upon before it is sent, so its 引受 is due at once. */
  readonly dueAtOnce?: true;
  /** One more about the same person goes at once, whatever is under way: each says something of its own. */
  readonly repeats?: true;
  /** The sender's part does not close before a lead is named. */
  readonly endsWithLead?: true;
  /** Its 引受 says a date: never silence. */
  readonly answersWithDate?: true;
  /** Steps that it does not know. */
  readonly without: readonly (ReferralAction | CoreStep)[];
  /** Steps that it knows, but not from these states. */
  readonly withoutFrom?: Readonly<Partial<Record<ReferralAction | CoreStep, readonly ReferralState[]>>>;
  readonly source: string;
}

const everyChannel: readonly DeliveryChannel[] = ['plugin', 'paper', 'carried_by_person', 'web'];
const ordinary = {
  persons: 'some',
  meets: true,
  tellsPerson: true,
  handedInBy: 'anybody',
  channels: everyChannel,
  back: 'as_permitted',
  leastBack: 'none',
  grounds: [],
  seenBy: 'overseers_too',
  without: [],
} as const;

/** DOMAIN §4 as data: intake, decision, delivery, views and documents read it, and nothing else knows a kind by name. */
export const kindRules: Readonly<Record<ReferralKind, KindRule>> = {
  referral: { ...ordinary, bases: ['consent'], grounds: groundCodes, needs: [], source: '[001] 別添2 3(2)ア' },
  support_request: {
    ...ordinary,
    to: [multiAgency],
    grows: 'advice',
    bases: ['consent'],
    grounds: groundCodes,
    needs: ['keepsDoing', 'nextContactOn', 'personInformed', 'asked', 'howTheyMeet'],
    endsWithLead: true,
    // What arrives as a draft is completed at the web desk.
    byPersonFrom: { send: ['draft'] },
    source: '[001] 別添2 3(2)イ(ア)',
  },
  handback: {
    ...ordinary,
    from: [multiAgency],
    bases: ['within_purpose', 'consent'],
    needs: ['agreedIn', 'keepsDoing', 'personInformed'],
    dueAtOnce: true,
    source: '[001] 別添2 3(2)イ(エ)',
  },
  inquiry: {
    ...ordinary,
    between: multiAgency,
    answers: true,
    bases: ['within_purpose', 'consent'],
    grounds: groundCodes,
    atSittings: true,
    needs: ['question'],
    meets: false,
    repeats: true,
    source: '[001] 別添2 3(2)イ(ウ)',
  },
  prefecture: {
    ...ordinary,
    from: [townDesk],
    flaggedOnly: true,
    toBodies: ['public_body'],
    bases: ['consent'],
    categories: [
      'identity',
      'contact',
      'contact_wishes',
      'household_outline',
      'household',
      'concern',
      'wishes',
      'income_debt',
      'public_assistance',
      'employment',
      'housing',
      'narrative',
    ],
    needs: ['keepsDoing', 'nextContactOn'],
    needsFeedback: true,
    source: '[001] 別記1の5 3(1)エ',
  },
  notification: {
    ...ordinary,
    flaggedOnly: true,
    bases: ['statute'],
    reports: true,
    needs: ['phoned', 'statute'],
    meets: false,
    tellsPerson: false,
    handedInBy: 'desk',
    channels: ['hub_only'],
    back: 'arrival',
    repeats: true,
    seenBy: 'both_functions',
    without: [
      ...(['ask', 'answer', 'propose-return', 'agree-return', 'send-back', 'follow-up', 'decline'] as const),
      ...(['redirect', 'coordinate', 'close', 'reopen', 'revoke'] as const),
    ],
    // Was it withdrawn before 引受 only, the refusal would be a status beyond 到着; and nobody else brings desks together.
    withoutFrom: {
      withdraw: ['received', 'questioned', 'accepted', 'in_progress', 'on_hold'],
      resume: ['return_proposed'],
      accept: ['coordinating'],
      receive: ['coordinating', 'accepted', 'in_progress', 'on_hold'],
    },
    source: '[001] 別記1の1 1(3)イ(ウ)',
  },
  protection: {
    ...ordinary,
    flaggedOnly: true,
    toBodies: ['agency'],
    bases: ['within_purpose', 'consent'],
    grounds: groundCodes,
    needs: [],
    meets: false,
    leastBack: 'state',
    answersWithDate: true,
    source: '[001] 別記1の1 1(3)イ(ア)(イ)',
  },
  advice: {
    ...ordinary,
    to: [multiAgency],
    persons: 'none',
    bases: ['person_free'],
    needs: ['question'],
    meets: false,
    tellsPerson: false,
    channels: ['web'],
    leastBack: 'state+note',
    repeats: true,
    without: ['decline', 'inform', 'follow-up', 'await_authority', 'revoke'],
    source: '[001] 別添4 1(1)(3)ア',
  },
};

export const ruleOf = (kind: ReferralKind | undefined): KindRule => kindRules[kind ?? 'referral'];

/** Is it a step that this kind does not know, whatever its state? */
export const isUnknownTo = (kind: ReferralKind | undefined, action: ReferralAction | CoreStep): boolean =>
  ruleOf(kind).without.includes(action);

/** Does this arrow leave this state for this kind? */
export const isArrowOf = (kind: ReferralKind | undefined, state: ReferralState, arrow: Transition): boolean => {
  const { action, insteadOf } = arrow;
  if (insteadOf !== undefined && !isUnknownTo(kind, insteadOf)) return false;
  return ruleOf(kind).withoutFrom?.[action]?.includes(state) !== true;
};

/** Is it a step that no program takes, for this kind in this state? */
export const isByPerson = (kind: ReferralKind | undefined, state: ReferralState, arrow: Transition): boolean =>
  arrow.byPerson === true || ruleOf(kind).byPersonFrom?.[arrow.action as ReferralAction]?.includes(state) === true;

/** Kinds that exist for their two functions only, and there for people: no overseer and no system hears of them. */
export const hiddenKinds = (Object.keys(kindRules) as ReferralKind[]).filter(
  (kind) => kindRules[kind].seenBy === 'both_functions',
);

/** Kinds with nobody in them. */
export const personlessKinds = (Object.keys(kindRules) as ReferralKind[]).filter(
  (kind) => kindRules[kind].persons === 'none',
);

/** Why this kind does not go from here to there, as a code; no consent lifts it. */
export type KindDenial = 'KIND_NOT_FROM_HERE' | 'KIND_NOT_TO_THERE';

type Side = Pick<Party, 'functionType' | 'bodyKind' | 'receives'>;

/** May these two functions send and receive this kind? `atOneTable`: both were called to the sitting that it rests on. */
export function whyNotBetween(
  kind: ReferralKind,
  sender: Side,
  recipient: Side,
  { atOneTable = false }: { readonly atOneTable?: boolean } = {},
): KindDenial | undefined {
  const rule = kindRules[kind];
  if (rule.from && !rule.from.includes(sender.functionType)) return 'KIND_NOT_FROM_HERE';
  if (rule.to && !rule.to.includes(recipient.functionType)) return 'KIND_NOT_TO_THERE';
  if (rule.flaggedOnly && recipient.receives?.includes(kind) !== true) return 'KIND_NOT_TO_THERE';
  if (rule.toBodies && !rule.toBodies.includes(recipient.bodyKind)) return 'KIND_NOT_TO_THERE';
  if (rule.between !== undefined && !atOneTable && ![sender, recipient].some((s) => s.functionType === rule.between))
    return 'KIND_NOT_FROM_HERE';
  return undefined;
}

/**
 * R10: toward a 通報先 and toward 福祉事務所 「delivered」 is not enough. It stays on the sender's list until the other side
 * has confirmed the report, or has taken the person.
 */
export function staysUntil(kind: ReferralKind, recipientType: string): 'received' | 'accepted' | undefined {
  if (kindRules[kind].back === 'arrival') return 'received';
  return recipientType === welfareOffice ? 'accepted' : undefined;
}

/** A referral that another one refers to. */
export interface Regarded {
  readonly kind: ReferralKind;
  readonly fromFunction: string;
  readonly toFunction: string | undefined;
  /** Its recipient has it, and it has not ended. */
  readonly inHand: boolean;
}

/**
 * Why this one does not refer to that one: it answers what was asked of its own desk, toward the desk that asked, or it
 * grows out of its own desk's. Whoever does not ask must answer something.
 */
export function whyNotRegarding(
  {
    kind,
    from,
    to,
  }: { readonly kind: ReferralKind; readonly from: Side & Pick<Party, 'function'>; readonly to: string | undefined },
  regarded: Regarded | undefined,
): 'INQUIRY_MISSING' | 'REGARDING_UNKNOWN' | undefined {
  const { answers, between, grows, reports } = kindRules[kind];
  if (!regarded) return answers && from.functionType !== between ? 'INQUIRY_MISSING' : undefined;
  const answered = reports ? regarded.kind === 'inquiry' : answers && regarded.kind === kind;
  const isAnswer = answered && regarded.toFunction === from.function && regarded.inHand;
  if (isAnswer && regarded.fromFunction === to) return undefined;
  return regarded.kind === grows && regarded.fromFunction === from.function ? undefined : 'REGARDING_UNKNOWN';
}

/** What a sender has said beside the persons' items. */
export interface SaidFacts {
  readonly personInformed?: unknown;
  readonly howTheyMeet?: HowTheyMeet | undefined;
  readonly asked?: string | undefined;
  readonly anxious?: boolean | undefined;
  readonly keepsDoing?: string | undefined;
  readonly nextContactOn?: string | undefined;
  readonly agreedIn?: unknown;
  readonly question?: string | undefined;
  readonly phoned?: unknown;
  readonly statute?: Statute | undefined;
  readonly request?: unknown;
}

/** Why this kind cannot leave yet: somebody must still say it. */
export type KindLack =
  | 'PERSON_NOT_INFORMED'
  | 'MEETING_UNKNOWN'
  | 'ASKED_MISSING'
  | 'KEEPS_DOING_MISSING'
  | 'NEXT_CONTACT_MISSING'
  | 'AGREEMENT_MISSING'
  | 'QUESTION_MISSING'
  | 'PHONE_FIRST'
  | 'STATUTE_MISSING'
  | 'ACCOMPANY_MISSING';

const lackOf: Readonly<Record<KindFact, KindLack>> = {
  personInformed: 'PERSON_NOT_INFORMED',
  howTheyMeet: 'MEETING_UNKNOWN',
  asked: 'ASKED_MISSING',
  keepsDoing: 'KEEPS_DOING_MISSING',
  nextContactOn: 'NEXT_CONTACT_MISSING',
  agreedIn: 'AGREEMENT_MISSING',
  question: 'QUESTION_MISSING',
  phoned: 'PHONE_FIRST',
  statute: 'STATUTE_MISSING',
};

/** Whoever is anxious is not sent alone: the sender comes along, or all three meet. */
const together: readonly (HowTheyMeet | undefined)[] = ['accompanied', 'three_way'];

/** What is still to be said, the weightiest first. */
export function lacksOf(kind: ReferralKind, said: SaidFacts): { fact: keyof SaidFacts; code: KindLack }[] {
  const missing = kindRules[kind].needs
    .filter((fact) => said[fact] === undefined)
    .map((fact) => ({ fact, code: lackOf[fact] }));
  const alone = said.anxious === true && said.howTheyMeet !== undefined && !together.includes(said.howTheyMeet);
  return alone ? [...missing, { fact: 'howTheyMeet', code: 'ACCOMPANY_MISSING' }] : missing;
}

/**
 * The way a referral of this kind takes, when the sender chose one and the recipient has its own; `way` is that of the
 * rows which it rests on.
 */
export function channelFor(kind: ReferralKind, wanted: DeliveryChannel, way: AuthorityWay = 'any'): DeliveryChannel {
  if (way === 'hub_only') return 'hub_only';
  const { channels } = kindRules[kind];
  return channels.includes(wanted) ? wanted : (channels.at(-1) ?? 'web');
}
