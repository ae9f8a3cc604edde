// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  Statute,
  type BodyKind,
  type DataCategory,
  type Domain,
  type Feedback,
  type Purpose,
  type Role,
} from '@tsunagi/domain';

/** 見本市: a made-up municipality for trying out, training and tests. Nothing in it exists. */
export const demoOrganizations = [
  { key: 'city', name: '見本市', bodyKind: 'agency' },
  { key: 'shakyo', name: '見本市社会福祉協議会', bodyKind: 'contractor' },
  { key: 'fukushikai', name: '社会福祉法人みほん福祉会', bodyKind: 'contractor' },
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
}

const consultation = ['consultation'] as const;

/** Codes that begin with 99 belong to no real place. */
export const demoFunctions: readonly DemoFunction[] = [
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
    channel: 'web',
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
    channel: 'web',
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

/** A domain leads to its only function; whoever knows no desk reaches 多機関協働. */
export const demoRoutes: readonly { domain: Domain | 'unknown'; function: string }[] = [
  ...demoFunctions.map((f) => ({ domain: f.domain, function: f.key })),
  { domain: 'unknown', function: 'takikan' },
];

interface DemoForm {
  readonly function: string;
  readonly version: string;
  readonly title: string;
  readonly profile: {
    readonly categories: readonly DataCategory[];
    readonly purposes: readonly Purpose[];
    readonly days: number;
    readonly feedback: Feedback;
  };
}

const demoProfile = {
  categories: ['identity', 'contact', 'contact_wishes', 'household_outline', 'concern'],
  purposes: ['consultation'],
  days: 90,
  feedback: 'state',
} as const;

export const demoForms: readonly DemoForm[] = [
  {
    function: 'kaigo',
    version: 'K-2026-1',
    title: '個人情報の提供に関する同意書(介護・令和8年版)',
    profile: demoProfile,
  },
  {
    function: 'konkyu',
    version: 'J-2026-1',
    title: '個人情報の提供に関する同意書(自立相談・令和8年版)',
    profile: demoProfile,
  },
];

/** 利用目的内 for what is no つなぎ. Nobody at a 法務 has checked them: they count with TSUNAGI_LEGAL=demo only. */
export const demoWithinPurpose: readonly { purpose: Purpose; categories: readonly DataCategory[] }[] = [
  { purpose: 'consultation', categories: ['identity', 'concern'] },
  { purpose: 'coordination', categories: ['identity', 'household_outline', 'concern', 'service_use'] },
  { purpose: 'rights_protection', categories: ['identity', 'contact', 'household_outline', 'concern'] },
];

/** Laws that command a 通報・通告: everything that such a report is about. They, too, are unchecked. */
export const demoStatutes: readonly { code: Statute; categories: readonly DataCategory[] }[] = Statute.options.map(
  (code) => ({
    code,
    categories: [
      'identity',
      'contact',
      'contact_wishes',
      'household_outline',
      'concern',
      'care_level',
      'disability',
      'health',
      'abuse',
      'narrative',
    ],
  }),
);

/** Roles at every function, and for the whole municipality. */
export const demoFunctionRoles = ['caseworker', 'supervisor'] as const satisfies readonly Role[];
export const demoMunicipalRoles = [
  'coordinator',
  'it_admin',
  'privacy_officer',
  'auditor',
  'approver',
] as const satisfies readonly Role[];
