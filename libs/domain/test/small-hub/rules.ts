// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import * as domain from '../../src';

/** What the small hub asks others for. A spec puts a broken rule in the place of one. */
export const rules = {
  takeStep: domain.takeStep,
  livedOn: domain.livedOn,
  decide: domain.decide,
  decideFeedback: domain.decideFeedback,
  tellingOf: domain.tellingOf,
  lookAt: domain.lookAt,
  planAnswer: domain.planAnswer,
  redactForSystem: domain.redactMember,
  redactForScreen: domain.redactMember,
  redactForPreview: domain.redactMember,
  hatsOf: domain.hatsOf,
  actorsOf: domain.actorsOf,
  takeLeadStep: domain.takeLeadStep,
  leadOf: domain.leadOf,
  isReturnedTooOften: domain.isReturnedTooOften,
  /** May this step be taken at this version? */
  isCurrent: (asked: number, is: number): boolean => asked === is,
  /** What was answered to this message before. */
  answered: (answers: ReadonlyMap<string, string>, id: string): string | undefined => answers.get(id),
  /** Is this record older than the last one of its key? */
  isOlder: (record: Date, last: Date): boolean => record <= last,
  /** What of the things said is kept as reason codes. */
  reasonsOf: ({ reasons = [], outcome }: { readonly reasons?: string[]; readonly outcome?: string }): string[] =>
    outcome === undefined ? reasons : [outcome],
  /** Has this desk been brought this sheet? */
  mayOpen: (desk: string, recipient: string): boolean => desk === recipient,
  /** What of the words of two who were one goes back with the one who is put apart. */
  goesBack: (words: readonly string[]): readonly string[] => words,
  /** Behind which members stands again who is put apart. */
  standsApart: <M>(members: readonly M[]): readonly M[] => members,
  /** What of the words of one goes along to the other. */
  comesAlong: (words: readonly string[]): readonly string[] => words,
  /** Whose word is it, when these of the referrals behind it go? */
  sideOf: (behind: readonly string[], going: ReadonlySet<string>): 'goes' | 'stays' | 'unclear' => {
    const gone = behind.filter((id) => going.has(id));
    return gone.length === 0 ? 'stays' : gone.length === behind.length ? 'goes' : 'unclear';
  },
  /** Why somebody is shut out by name, and from which referrals. */
  shutOut: (_because: 'danger' | 'consent', referrals: readonly string[]): readonly string[] => referrals,
  /** Does this seal stand? A lapsed one asks. */
  stands: (_seal: { readonly until?: string | undefined }, _today: string): boolean => true,
  /** With whom it stands what was recorded to protect two while they were one. */
  standsWith: (both: readonly string[]): readonly string[] => both,
  /** Two take a protection away. */
  isAnother: (asked: string, confirms: string): boolean => asked !== confirms,
  /** Has somebody of its sender read the texts of just this content? */
  isRead: (referral: { readonly content?: number; readonly read?: number }): boolean =>
    referral.read !== undefined && referral.read === referral.content,
  /** Which of all grounds were recorded for this referral. */
  groundsOf: <G extends { readonly referral: string }>(all: readonly G[], referral: string): readonly G[] =>
    all.filter((g) => g.referral === referral),
  rowForGround: domain.rowForGround,
  missingFacts: domain.missingFacts,
  /** Whoever has drafted it does not approve it. */
  mayApprove: (drafted: string, decides: string): boolean => drafted !== decides,
  /** Before what is on its way comes to a system. */
  decideAtClaim: (decide: () => domain.DisclosureDecision, _sent: domain.Permit | undefined) => decide(),
  /** Does what rests on a conference stay in the hub? */
  staysIn: (referral: { readonly conference?: string }): boolean => referral.conference !== undefined,
  takeConferenceStep: domain.takeConferenceStep,
  itemsFor: domain.itemsFor,
  knowsOf: domain.knowsOf,
  /** What of a conference is erased with its end. */
  erasedAtEnd: (items: readonly string[]): readonly string[] => items,
  /** Does the person's consent cover what is asked for outside of the conference? */
  isCovered: (covered: boolean): boolean => covered,
  /** Which of these to-dos come on a list. */
  listed: (todos: readonly domain.StateTodo[]): readonly domain.StateTodo[] => todos,
};
export type Rules = typeof rules;
