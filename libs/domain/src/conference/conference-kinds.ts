// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import type { BodyKind } from '../codes/vocabulary';
import type { AuthorityCode } from '../disclosure/authority-row';
import type { Party } from '../disclosure/party';
import { multiAgency, welfareOffice } from '../referral/kinds';

/** 会議 (DOMAIN §7). `juso` = 重層的支援会議, `yotaikyo_case` = 要対協の個別ケース検討会議; the last two discuss no persons. */
export const ConferenceKind = z.enum([
  'shien_kaigi',
  'shien_kaigi_konkyu',
  'chosei_kaigi',
  'yotaikyo_case',
  'juso',
  'shien_chosei',
  'chiiki_care_kobetsu',
  'shogai_kyogikai',
  'case_kaigi',
  'chiiki_care_suishin',
  'kyogitai',
]);
export type ConferenceKind = z.infer<typeof ConferenceKind>;

/** A seat that is never empty: the municipality's own, and 多機関協働. */
export type ObligatorySeat = 'municipality' | 'multi_agency';

/** When a conference must be held; the plans of §8 ask for it. */
export type Occasion = 'plan' | 'replan' | 'closure' | 'discontinuation';

/** One kind of conference: who holds it, how its members may share, and with which others it may share an afternoon. */
export interface ConferenceRule {
  /** Whose function holds it: of one of these types, or of one of these bodies. */
  readonly heldBy: { readonly types?: readonly string[]; readonly bodies?: readonly BodyKind[] };
  /** `none`: counted needs only, nobody is discussed. */
  readonly persons: 'without_consent' | 'with_consent' | 'none';
  /** The law that lets its members share; absent = with consent only. It counts as long as its row does. */
  readonly authority?: AuthorityCode;
  readonly obligatory: readonly ObligatorySeat[];
  /** Others that may be a part of the same sitting, each with its own roster and items. */
  readonly servesWith: readonly ConferenceKind[];
  /** **(ours)** A part of its own right before or after these, once somebody has checked the row of its law. */
  readonly backToBackWith: readonly ConferenceKind[];
  /** It must be held on these. */
  readonly occasions: readonly Occasion[];
  readonly source: string;
}

const ofItsLaw = {
  persons: 'without_consent',
  obligatory: [],
  servesWith: [],
  backToBackWith: [],
  occasions: [],
} as const;
/** [001] 別添4 1(3)キ(ウ): 既存の会議と時間を切り分ける等した上で. */
const combined: readonly ConferenceKind[] = ['juso', 'shien_chosei', 'chiiki_care_kobetsu', 'shogai_kyogikai'];
const onConsent = (kind: ConferenceKind) =>
  ({
    persons: 'with_consent',
    obligatory: [],
    servesWith: combined.filter((k) => k !== kind && combined.includes(kind)),
    backToBackWith: [],
    occasions: [],
  }) as const;

/** DOMAIN §7 as data: nothing else knows a kind of conference by name. */
export const conferenceRules: Readonly<Record<ConferenceKind, ConferenceRule>> = {
  shien_kaigi: {
    ...ofItsLaw,
    heldBy: { bodies: ['agency'] },
    authority: 'shien_kaigi',
    source: '社会福祉法106条の6',
  },
  shien_kaigi_konkyu: {
    ...ofItsLaw,
    // 福祉事務所設置自治体: the city, and for a town without one the prefecture.
    heldBy: { bodies: ['agency'], types: ['prefectural_self_reliance'] },
    authority: 'shien_kaigi_konkyu',
    source: '生活困窮者自立支援法9条',
  },
  chosei_kaigi: {
    ...ofItsLaw,
    heldBy: { types: [welfareOffice] },
    authority: 'chosei_kaigi',
    source: '生活保護法27条の3',
  },
  yotaikyo_case: {
    ...ofItsLaw,
    // 要保護児童対策調整機関
    heldBy: { types: ['child_family_center', 'child_abuse_desk'] },
    authority: 'yotaikyo',
    backToBackWith: combined,
    source: '児童福祉法25条の2・25条の3・25条の5',
  },
  juso: {
    ...onConsent('juso'),
    heldBy: { types: [multiAgency] },
    obligatory: ['municipality', 'multi_agency'],
    occasions: ['plan', 'replan', 'closure', 'discontinuation'],
    source: '[001] 別添4 1(3)キ',
  },
  shien_chosei: {
    ...onConsent('shien_chosei'),
    heldBy: { types: ['self_reliance_support', 'prefectural_self_reliance'] },
    source: '[001] 別記1の4 6',
  },
  chiiki_care_kobetsu: {
    ...onConsent('chiiki_care_kobetsu'),
    heldBy: { bodies: ['agency'], types: ['community_care_center'] },
    authority: 'chiiki_care_kaigi',
    source: '介護保険法115条の48',
  },
  shogai_kyogikai: {
    ...onConsent('shogai_kyogikai'),
    heldBy: { bodies: ['agency'], types: ['core_disability_center'] },
    authority: 'shogai_kyogikai',
    source: '障害者総合支援法89条の3',
  },
  case_kaigi: { ...onConsent('case_kaigi'), heldBy: {}, source: '[001] 別添4 1(3)キ(オ)' },
  chiiki_care_suishin: {
    ...ofItsLaw,
    persons: 'none',
    heldBy: { bodies: ['agency'] },
    source: '介護保険法115条の48',
  },
  kyogitai: {
    ...ofItsLaw,
    persons: 'none',
    heldBy: { bodies: ['agency'], types: ['life_support_coordinator'] },
    source: '[002]; 介護保険法115条の45 2項5号',
  },
};

/** 重層的支援会議: what it decides changes who leads (DOMAIN §5 1), and to whom 多機関協働 hands back. */
export const conferenceOfLeads = 'juso' satisfies ConferenceKind;

/** May this function hold it? One of which nothing is said is held by anybody. */
export function mayHold(
  kind: ConferenceKind,
  { functionType, bodyKind }: Pick<Party, 'functionType' | 'bodyKind'>,
): boolean {
  const { types, bodies } = conferenceRules[kind].heldBy;
  if (!types && !bodies) return true;
  return types?.includes(functionType) === true || bodies?.includes(bodyKind) === true;
}

/**
 * May these serve in one sitting, part by part? 要対協 comes back to back only, and only where the row of its law was
 * `checked`; no kind comes twice.
 */
export function mayShareAnAfternoon(
  [first, ...more]: readonly [ConferenceKind, ...ConferenceKind[]],
  { checked }: { readonly checked: (law: AuthorityCode) => boolean },
): boolean {
  const parts = [first, ...more];
  if (new Set(parts).size < parts.length) return false;
  return parts.every((one, n) => parts.slice(n + 1).every((other) => goTogether(one, other, checked)));
}

function goTogether(one: ConferenceKind, other: ConferenceKind, checked: (law: AuthorityCode) => boolean): boolean {
  if (conferenceRules[one].servesWith.includes(other)) return true;
  return [
    [one, other],
    [other, one],
  ].some(([a, b]) => {
    const { backToBackWith, authority } = conferenceRules[a as ConferenceKind];
    return backToBackWith.includes(b as ConferenceKind) && authority !== undefined && checked(authority);
  });
}
