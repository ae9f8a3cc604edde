// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type BodyKind,
  type ConsentForm,
  type Domain,
  type ReferralKind,
  type Purpose,
  type Role,
} from '@tsunagi/domain';

/** 見本市: a made-up municipality for trying out, training and tests. Nothing in it exists. */
export const demoOrganizations = [
  { key: 'city', name: '見本市', bodyKind: 'agency' },
  { key: 'shakyo', name: '見本市社会福祉協議会', bodyKind: 'contractor' },
  { key: 'fukushikai', name: '社会福祉法人みほん福祉会', bodyKind: 'contractor' },
  { key: 'npo', name: '特定非営利活動法人みほんサポート', bodyKind: 'contractor' },
  { key: 'board', name: '見本市教育委員会', bodyKind: 'other_agency' },
  { key: 'pref', name: '見本県', bodyKind: 'public_body' },
  { key: 'town', name: '見本町', bodyKind: 'public_body' },
  { key: 'police', name: '見本県警察', bodyKind: 'public_body' },
  { key: 'labour', name: '見本労働局', bodyKind: 'public_body' },
  { key: 'minsei', name: '見本市民生委員児童委員協議会', bodyKind: 'official_volunteer' },
  { key: 'hospital', name: '医療法人みほん会', bodyKind: 'private' },
] as const satisfies readonly { key: string; name: string; bodyKind: BodyKind }[];

interface DemoFunction {
  readonly key: string;
  readonly organization: (typeof demoOrganizations)[number]['key'];
  readonly desk: string;
  readonly code: string;
  readonly name: string;
  readonly domain: Domain;
  readonly functionType: string;
  readonly bodyKind: BodyKind;
  readonly purposes: readonly Purpose[];
  readonly channel: string;
  readonly system?: string;
  /** つなぎ about persons; both unless it says otherwise. */
  readonly sends?: boolean;
  readonly receives?: boolean;
  /** Of the kinds that go only to a function that is named for them. */
  readonly kinds?: readonly ReferralKind[];
}

const consultation = ['consultation'] as const;

/** The desks with staff and clients to try out with. Codes that begin with 99 belong to no real place. */
export const staffedFunctions: readonly DemoFunction[] = [
  {
    key: 'kaigo',
    organization: 'shakyo',
    desk: '見本市地域包括支援センター',
    code: '9970100005',
    name: '地域包括支援センター',
    domain: 'kaigo',
    functionType: 'community_care_center',
    bodyKind: 'contractor',
    purposes: consultation,
    channel: 'plugin:kaigo',
    system: 'kaigo',
  },
  {
    key: 'konkyu',
    organization: 'shakyo',
    desk: '見本市くらし相談センター',
    code: '9900000041',
    name: '自立相談支援機関',
    domain: 'konkyu',
    functionType: 'self_reliance_support',
    bodyKind: 'contractor',
    purposes: consultation,
    channel: 'plugin:konkyu',
    system: 'konkyu',
  },
  {
    key: 'shogai',
    organization: 'fukushikai',
    desk: 'みほん障害者相談支援センター',
    code: '9930000012',
    name: '障害者相談支援事業所',
    domain: 'shogai',
    functionType: 'disability_consultation',
    bodyKind: 'contractor',
    purposes: consultation,
    channel: 'plugin:shogai',
    system: 'shogai',
  },
  {
    key: 'kosodate',
    organization: 'city',
    desk: '見本市子育て支援課',
    code: '9940000023',
    name: '利用者支援事業',
    domain: 'kosodate',
    functionType: 'child_care_user_support',
    bodyKind: 'agency',
    purposes: consultation,
    channel: 'plugin:kosodate',
    system: 'kosodate',
  },
  {
    key: 'takikan',
    organization: 'city',
    desk: '見本市福祉総務課',
    code: '9950000034',
    name: '多機関協働事業者',
    domain: 'takikan',
    functionType: 'multi_agency_coordination',
    bodyKind: 'agency',
    purposes: ['consultation', 'coordination'],
    channel: 'web',
  },
  {
    key: 'hogo',
    organization: 'city',
    desk: '見本市福祉事務所',
    code: '9960000045',
    name: '福祉事務所(生活保護)',
    domain: 'hogo',
    functionType: 'welfare_office',
    bodyKind: 'agency',
    purposes: consultation,
    channel: 'web',
  },
];

type Seed = readonly [
  key: string,
  code: string,
  name: string,
  desk: string,
  organization: DemoFunction['organization'],
  domain: Domain,
  functionType: string,
  bodyKind: BodyKind,
  more?: Partial<Pick<DemoFunction, 'channel' | 'purposes' | 'sends' | 'receives' | 'kinds'>>,
];

const paper = { channel: 'paper' } as const;
/** Receives without persons: resources, counted needs, 助言依頼. */
const withoutPersons = { receives: false } as const;
const receivesOnly = { sends: false } as const;
const abuse = { sends: false, purposes: ['consultation', 'abuse_response'], kinds: ['notification'] } as const;
/** A department that notices: 利用勧奨, and nobody refers to it. */
const noticing = { receives: false, ...paper } as const;

/** The other functions that つなぎ meets in a municipality (DOMAIN §3), by web or paper. */
const otherFunctions: readonly Seed[] = [
  [
    'kikan',
    '9931000011',
    '基幹相談支援センター',
    '見本市基幹相談支援センター',
    'fukushikai',
    'shogai',
    'core_disability_center',
    'contractor',
  ],
  [
    'kosodate-tokutei',
    '9941000012',
    '利用者支援事業 特定型',
    '見本市保育課',
    'city',
    'kosodate',
    'child_care_user_support_specific',
    'agency',
  ],
  [
    'kosodate-boshi',
    '9941000020',
    '利用者支援事業 母子保健型',
    '見本市健康推進課',
    'city',
    'kosodate',
    'child_care_user_support_maternal',
    'agency',
  ],
  [
    'kodomo-katei',
    '9941000039',
    'こども家庭センター',
    '見本市こども家庭センター',
    'city',
    'kosodate',
    'child_family_center',
    'agency',
  ],
  [
    'choson',
    '9901000015',
    '福祉事務所未設置町村 相談窓口',
    '見本町福祉課',
    'town',
    'konkyu',
    'town_without_welfare_office',
    'public_body',
    paper,
  ],
  [
    'ken-jiritsu',
    '9901000023',
    '都道府県 自立相談支援機関',
    '見本県中部福祉保健所',
    'pref',
    'konkyu',
    'prefectural_self_reliance',
    'public_body',
    { ...receivesOnly, ...paper, kinds: ['prefecture'] },
  ],
  [
    'outreach',
    '9951000013',
    'アウトリーチ等事業者',
    'みほんサポート訪問支援',
    'npo',
    'takikan',
    'outreach',
    'contractor',
  ],
  [
    'sanka',
    '9951000021',
    '参加支援事業者',
    'みほんサポート参加支援',
    'npo',
    'takikan',
    'participation_support',
    'contractor',
  ],
  [
    'seikatsu-co',
    '9980000014',
    '生活支援コーディネーター',
    '見本市社協 地域福祉係',
    'shakyo',
    'chiiki',
    'life_support_coordinator',
    'contractor',
    withoutPersons,
  ],
  [
    'kayoinoba',
    '9980000022',
    '通いの場',
    'みほん通いの場',
    'npo',
    'chiiki',
    'gathering_place',
    'contractor',
    { ...withoutPersons, ...paper },
  ],
  [
    'chikatsu',
    '9980000030',
    '地域活動支援センター',
    'みほん地域活動支援センター',
    'fukushikai',
    'chiiki',
    'community_activity_center',
    'contractor',
    withoutPersons,
  ],
  [
    'kosodate-kyoten',
    '9980000049',
    '地域子育て支援拠点',
    'みほん子育てひろば',
    'npo',
    'chiiki',
    'child_care_base',
    'contractor',
    { ...withoutPersons, ...paper },
  ],
  [
    'kyojo',
    '9980000057',
    '共助の基盤づくり',
    '見本市社協 ボランティア係',
    'shakyo',
    'chiiki',
    'mutual_aid',
    'contractor',
    { ...withoutPersons, ...paper },
  ],
  [
    'shakyo',
    '9990000015',
    '社会福祉協議会',
    '見本市社協 総務係',
    'shakyo',
    'other',
    'social_welfare_council',
    'private',
  ],
  [
    'gyakutai-korei',
    '9971000017',
    '虐待対応窓口(高齢)',
    '見本市高齢福祉課',
    'city',
    'kaigo',
    'elder_abuse_desk',
    'agency',
    abuse,
  ],
  [
    'gyakutai-shogai',
    '9931000046',
    '虐待対応窓口(障害)',
    '見本市障害福祉課',
    'city',
    'shogai',
    'disability_abuse_desk',
    'agency',
    abuse,
  ],
  [
    'gyakutai-jido',
    '9941000047',
    '虐待対応窓口(児童)',
    '見本市こども相談係',
    'city',
    'kosodate',
    'child_abuse_desk',
    'agency',
    abuse,
  ],
  [
    'moushitate',
    '9990000023',
    '市町村長申立て・措置担当',
    '見本市地域福祉課',
    'city',
    'other',
    'rights_protection_desk',
    'agency',
    { ...receivesOnly, purposes: ['consultation', 'rights_protection'], kinds: ['protection'] },
  ],
  [
    'jiso',
    '9990000031',
    '児童相談所',
    '見本県中央児童相談所',
    'pref',
    'other',
    'child_guidance_center',
    'public_body',
    { ...paper, purposes: ['consultation', 'abuse_response'], kinds: ['notification'] },
  ],
  [
    'hokenjo',
    '9990000040',
    '保健所・保健センター',
    '見本県中部保健所',
    'pref',
    'other',
    'health_center',
    'public_body',
    paper,
  ],
  [
    'kyoiku',
    '9990000058',
    '教育委員会・学校',
    '見本市教育委員会 学校教育課',
    'board',
    'other',
    'school',
    'other_agency',
    paper,
  ],
  ['iryo', '9990000066', '医療機関', 'みほん病院 地域連携室', 'hospital', 'other', 'hospital', 'private', paper],
  ['keisatsu', '9990000074', '警察', '見本警察署 生活安全課', 'police', 'other', 'police', 'public_body', paper],
  [
    'kyotaku',
    '9971000025',
    '居宅介護支援事業所',
    'みほんケアプラン',
    'fukushikai',
    'kaigo',
    'care_management',
    'private',
    paper,
  ],
  [
    'keikaku',
    '9931000054',
    '指定特定・障害児相談支援事業所',
    'みほん計画相談',
    'fukushikai',
    'shogai',
    'disability_planning',
    'private',
    paper,
  ],
  [
    'hellowork',
    '9990000082',
    '公共職業安定所',
    '見本公共職業安定所',
    'labour',
    'other',
    'employment_security',
    'public_body',
    paper,
  ],
  [
    'shohi',
    '9990000090',
    '消費生活センター',
    '見本市消費生活センター',
    'city',
    'other',
    'consumer_center',
    'agency',
    paper,
  ],
  [
    'koken',
    '9990000104',
    '成年後見中核機関',
    '見本市社協 権利擁護センター',
    'shakyo',
    'other',
    'adult_guardianship_center',
    'contractor',
    { purposes: ['consultation', 'rights_protection'] },
  ],
  ['josei', '9990000112', '女性相談', '見本市女性相談室', 'city', 'other', 'women_consultation', 'agency'],
  [
    'minsei',
    '9990000120',
    '民生委員・児童委員',
    '見本市民児協',
    'minsei',
    'other',
    'welfare_commissioner',
    'official_volunteer',
    paper,
  ],
  ['zeimu', '9990000139', '税務課', '見本市税務課', 'city', 'other', 'tax', 'agency', noticing],
  ['kokuho', '9990000147', '国保課', '見本市国保年金課', 'city', 'other', 'health_insurance', 'agency', noticing],
  ['suido', '9990000155', '水道課', '見本市水道局', 'city', 'other', 'waterworks', 'other_agency', noticing],
  ['jutaku', '9990000163', '住宅課', '見本市住宅課', 'city', 'other', 'public_housing', 'agency', noticing],
  ['shuro', '9990000171', '就労担当課', '見本市商工労政課', 'city', 'other', 'employment_office', 'agency', noticing],
];

const fromSeed = ([key, code, name, desk, organization, domain, functionType, bodyKind, more]: Seed): DemoFunction => ({
  key,
  code,
  name,
  desk,
  organization,
  domain,
  functionType,
  bodyKind,
  purposes: consultation,
  channel: 'web',
  ...more,
});

export const demoFunctions: readonly DemoFunction[] = [...staffedFunctions, ...otherFunctions.map(fromSeed)];

/**
 * A domain leads to the desk that takes in whoever comes, other types of it only when they are asked for; whoever knows no
 * desk reaches 多機関協働.
 */
export const demoRoutes: readonly { domain: Domain | 'unknown'; function: string; functionType?: string }[] = [
  ...staffedFunctions.map((f) => ({ domain: f.domain, function: f.key })),
  ...otherFunctions.map(fromSeed).map((f) => ({ domain: f.domain, function: f.key, functionType: f.functionType })),
  { domain: 'unknown', function: 'takikan' },
];

type DemoForm = Pick<ConsentForm, 'version' | 'title' | 'profile' | 'parts' | 'keepsPaper'> &
  Pick<Required<ConsentForm>, 'wording' | 'plainWording' | 'script'> & { readonly function: string };

const demoProfile: ConsentForm['profile'] = {
  categories: ['identity', 'contact', 'contact_wishes', 'household_outline', 'concern'],
  purposes: ['consultation'],
  days: 90,
  feedback: 'state',
};

const demoTexts = {
  wording:
    '私は、下に示す項目を、下に示す窓口へ、相談を受けるために伝えることに同意します。同意しなくても、いまの支援は続きます。同意はいつでも撤回できます。',
  plainWording:
    'あなたの ことを ほかの 窓口(まどぐち)に 伝(つた)えて いいですか。いやなときは「いいえ」と 言(い)って ください。あとで やめることも できます。',
  script:
    'これから、どの窓口に何を伝えるかを読み上げます。よろしければ「はい」とお答えください。お断りになっても、いまの支援は続きます。あとから取りやめることもできます。',
};

/** Every desk of the demo asks with this one; its paper stays with the person who signed it. */
export const generalForm = 'D-2026-1';

/** Desks with systems of their own keep the signed paper, so that these may say 「同意あり」. */
export const demoForms: readonly DemoForm[] = [
  {
    function: 'kaigo',
    version: 'K-2026-1',
    title: '個人情報の提供に関する同意書(介護・令和8年版)',
    profile: demoProfile,
    parts: ['personal_data'],
    keepsPaper: true,
    ...demoTexts,
  },
  {
    function: 'konkyu',
    version: 'J-2026-1',
    title: '個人情報の提供に関する同意書(自立相談・令和8年版)',
    profile: demoProfile,
    parts: ['application', 'personal_data'],
    keepsPaper: true,
    ...demoTexts,
  },
  {
    function: 'shogai',
    version: 'S-2026-1',
    title: '個人情報の提供に関する同意書(障害福祉・令和8年版)',
    profile: demoProfile,
    parts: ['personal_data'],
    keepsPaper: true,
    ...demoTexts,
  },
  {
    function: 'kosodate',
    version: 'C-2026-1',
    title: '個人情報の提供に関する同意書(子育て・令和8年版)',
    profile: demoProfile,
    parts: ['personal_data'],
    keepsPaper: true,
    ...demoTexts,
  },
  ...demoFunctions.map(({ key }): DemoForm => ({
    function: key,
    version: generalForm,
    title: '個人情報の提供に関する同意書(共通・令和8年版)',
    profile: demoProfile,
    parts: ['personal_data'],
    keepsPaper: false,
    ...demoTexts,
  })),
];

/** Roles at every function, and for the whole municipality. */
export const demoFunctionRoles = ['caseworker', 'supervisor'] as const satisfies readonly Role[];
export const demoMunicipalRoles = [
  'coordinator',
  'it_admin',
  'privacy_officer',
  'auditor',
  'approver',
] as const satisfies readonly Role[];
