// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** The rows as of this migration, so nothing here follows a type that may change. */
interface LawRow {
  readonly code: string;
  readonly statute: string;
  readonly senders: readonly string[];
  readonly recipients: readonly string[];
  readonly recipient_types?: readonly string[];
  readonly kinds: readonly string[];
  readonly purposes: readonly string[];
  readonly categories: readonly string[];
  readonly needs: readonly string[];
  readonly approval: 'none' | 'before' | 'after';
  readonly approvers: readonly { readonly role: string }[];
  readonly hours?: number;
  readonly over_refusal: 'stands' | 'with_words' | 'never';
  readonly feedback: string;
  readonly way: 'any' | 'hub_only';
  readonly conditions: readonly string[];
  readonly occasional?: number;
  readonly windows?: readonly never[];
  readonly valid_from: string;
  readonly active: boolean;
}

const anybody = ['agency', 'other_agency', 'public_body', 'contractor', 'official_volunteer', 'private'];
const inside = ['agency', 'contractor'];
const everyPurpose = ['consultation', 'coordination', 'rights_protection', 'abuse_response', 'emergency'];

const person = ['identity', 'contact', 'contact_wishes', 'household_outline', 'concern'];
const body = ['care_level', 'disability', 'health'];
const living = ['income_debt', 'public_assistance', 'employment', 'housing', 'education', 'child_rearing'];
/** All but 国籍・在留の背景, which each municipality switches on for itself. */
const allItems = [
  ...['identity', 'contact', 'contact_wishes', 'household_outline', 'household', 'concern', 'wishes'],
  ...body,
  ...living,
  ...['service_use', 'abuse', 'criminal', 'narrative'],
];
const forLife = [...person, ...body, 'housing', 'service_use', 'narrative'];
const ofAReport = [...person, ...body, 'abuse', 'narrative'];

/** 69条, 27条 and 災害 may carry these. */
const handing = ['referral', 'support_request', 'inquiry', 'protection'];
const notMore = 'この提供の目的のほかには使わないでください。';
const notOnward = 'ほかへ渡すときは、先に送り元に確かめてください。';
const ofTheSitting = '会議の構成員のほかには伝えないでください(守秘義務があります)。';

const ordinary = {
  senders: anybody,
  recipients: anybody,
  kinds: handing,
  purposes: everyPurpose,
  categories: allItems,
  needs: [],
  approval: 'none',
  approvers: [],
  over_refusal: 'stands',
  feedback: 'state',
  way: 'any',
  conditions: [],
  valid_from: '2020-04-01',
  active: true,
} as const satisfies Partial<LawRow>;

/** 個人情報保護法 speaks of municipalities since this day. */
const since2023 = '2023-04-01';

const withinPurpose = (purpose: string, categories: readonly string[]): LawRow => ({
  ...ordinary,
  code: 'within_purpose',
  statute: '個人情報保護法61条・69条1項',
  senders: inside,
  recipients: inside,
  kinds: ['handback', 'inquiry', 'protection'],
  purposes: [purpose],
  categories,
});

/** The single, occasional case: a written reason, and two pairs of eyes before it counts. */
const occasional = {
  ...ordinary,
  needs: ['reason', 'why_no_consent', 'harms_nobody'],
  approval: 'before',
  approvers: [{ role: 'approver' }],
  over_refusal: 'with_words',
  conditions: [notMore, notOnward],
  occasional: 3,
  valid_from: since2023,
} as const satisfies Partial<LawRow>;

const conference = (code: string, statute: string, more: Partial<LawRow> = {}): LawRow => ({
  ...ordinary,
  code,
  statute,
  kinds: ['inquiry'],
  feedback: 'arrival',
  way: 'hub_only',
  conditions: [ofTheSitting],
  ...more,
});

const report = (code: string, statute: string, types: readonly string[], needs: readonly string[] = []): LawRow => ({
  ...ordinary,
  code,
  statute,
  recipient_types: types,
  kinds: ['notification'],
  categories: ofAReport,
  needs,
  feedback: 'none',
  way: 'hub_only',
});
const forChildren = ['child_abuse_desk', 'child_guidance_center', 'welfare_office'];

export const rowsOfTheLaw: readonly LawRow[] = [
  {
    ...ordinary,
    code: 'consent',
    statute: '個人情報保護法69条2項1号・27条1項',
    kinds: ['referral', 'support_request', 'handback', 'inquiry', 'prefecture', 'protection'],
    categories: [...allItems, 'origin'],
    over_refusal: 'never',
    feedback: 'none',
  },
  withinPurpose('consultation', ['identity', 'concern']),
  withinPurpose('coordination', ['identity', 'household_outline', 'concern', 'service_use']),
  withinPurpose('rights_protection', ['identity', 'contact', 'household_outline', 'concern']),
  {
    ...ordinary,
    code: 'law',
    statute: '個人情報保護法69条1項・27条1項1号(法令に基づく場合)',
    needs: ['law', 'article', 'why_no_consent'],
    valid_from: since2023,
  },
  {
    ...occasional,
    code: 'internal_reasonable',
    statute: '個人情報保護法69条2項2号',
    senders: inside,
    recipients: ['agency'],
    conditions: [],
  },
  // Whether an entrusted body is inside the own organ is for 法務.
  {
    ...occasional,
    code: 'internal_reasonable',
    statute: '個人情報保護法69条2項2号(受託者への提供)',
    senders: inside,
    recipients: ['contractor'],
    conditions: [],
    active: false,
  },
  {
    ...occasional,
    code: 'public_body_reasonable',
    statute: '個人情報保護法69条2項3号・70条',
    senders: inside,
    recipients: ['other_agency', 'public_body'],
  },
  {
    ...occasional,
    code: 'benefit_of_person',
    statute: '個人情報保護法69条2項4号・70条',
    senders: [...inside, 'other_agency'],
  },
  {
    ...ordinary,
    code: 'private_necessity',
    statute: '個人情報保護法27条1項2号・3号・4号',
    senders: ['private'],
    needs: ['reason', 'why_no_consent'],
    approval: 'before',
    approvers: [{ role: 'supervisor' }],
    over_refusal: 'with_words',
    valid_from: since2023,
  },
  conference('shien_kaigi', '社会福祉法106条の6', { valid_from: '2021-04-01' }),
  conference('shien_kaigi_konkyu', '生活困窮者自立支援法9条'),
  conference('chosei_kaigi', '生活保護法27条の3', { valid_from: '2025-04-01' }),
  conference('yotaikyo', '児童福祉法25条の2・25条の3・25条の5'),
  report('elder_abuse', '高齢者虐待防止法7条・21条', ['elder_abuse_desk']),
  report('disability_abuse', '障害者虐待防止法7条・16条・22条', ['disability_abuse_desk']),
  report('child_abuse', '児童虐待防止法6条、児童福祉法25条・21条の10の5', forChildren),
  report('child_abuse_request', '児童虐待防止法13条の4', forChildren, ['request']),
  report('dv', '配偶者暴力防止法6条', ['women_consultation', 'police']),
  {
    ...ordinary,
    code: 'disaster',
    statute: '災害対策基本法49条の11',
    senders: inside,
    recipients: ['agency', 'other_agency', 'public_body', 'official_volunteer', 'private'],
    categories: forLife,
    needs: ['window'],
    conditions: [notMore, notOnward],
    windows: [],
  },
  {
    ...ordinary,
    code: 'emergency',
    statute: '個人情報保護法27条1項2号・69条2項4号',
    categories: forLife,
    needs: ['reason'],
    approval: 'after',
    approvers: [{ role: 'approver' }],
    hours: 72,
    feedback: 'arrival',
    valid_from: since2023,
  },
  conference('chiiki_care_kaigi', '介護保険法115条の48', { active: false }),
  conference('shogai_kyogikai', '障害者総合支援法89条の3', { active: false }),
  conference('konnan_josei', '困難女性支援法15条', { valid_from: '2024-04-01', active: false }),
  conference('young_carer', '子ども・若者育成支援推進法(ヤングケアラー)', { valid_from: '2024-06-12', active: false }),
];
