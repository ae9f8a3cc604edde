// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Municipality } from '@tsunagi/testing/invariants';
import { groundCodes, itemCategories } from '../../src';
import type { AuthorityRow, BodyKind, DataCategory, Party, TimesOf } from '../../src';
import { anAuthority, aGroundRow, aParty, aSittingRow, aStatuteRow, now, uuid } from '../builders';

export const takikan = 'multi_agency_coordination';
const desk = (n: number, over: Partial<Party>): Party => aParty({ function: uuid(n), ...over });
/** 地域包括 and 自立相談支援 have systems; the others work on screen. */
export const desks: readonly (Party & { readonly plugin?: string; readonly returnsBySystem?: true })[] = [
  { ...desk(1, { domain: 'kaigo', functionType: 'chiiki_houkatsu' }), plugin: 'kaigo' },
  { ...desk(2, { domain: 'konkyu', functionType: 'jiritsu_soudan' }), plugin: 'konkyu' },
  desk(3, { domain: 'shogai', functionType: 'shogai_soudan', bodyKind: 'public_body', receives: ['prefecture'] }),
  desk(4, { domain: 'kosodate', functionType: 'town_without_welfare_office', bodyKind: 'private' }),
  desk(5, { domain: 'takikan', functionType: takikan, bodyKind: 'agency' }),
  { ...desk(6, { domain: 'hogo', bodyKind: 'agency', receives: ['notification', 'protection'] }), plugin: 'hogo' },
].map((d) => ({ ...d, ...(d.domain === 'hogo' && { returnsBySystem: true as const }) }));

const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString();
export const municipality: Municipality = {
  desks: desks.map(({ function: id, returnsBySystem = false, ...d }) => ({ ...d, id, returnsBySystem })),
  withinPurpose: [{ purpose: 'consultation', categories: ['identity', 'contact', 'concern'] }],
  statutes: [{ statute: 'elder_abuse', categories: ['identity', 'contact', 'concern', 'narrative'] }],
  grounds: groundCodes.map((code) => ({
    code,
    categories: code === 'law' ? ['identity', 'concern'] : itemCategories,
    ...(code === 'disaster' && {
      windows: [
        { from: inDays(0), until: inDays(4) },
        { from: inDays(6), until: inDays(40) },
      ],
    }),
  })),
  sittings: [{ law: 'shien_kaigi', categories: ['identity', 'contact', 'concern', 'narrative'] }],
};
export const formCategories: DataCategory[] = ['identity', 'contact', 'contact_wishes', 'household_outline', 'concern'];

export const purpose = 'consultation';
const calendar = { holidays: new Set<string>() };
export const workingDays: TimesOf = () => ({ calendar, dues: {}, limits: {} });

const own: readonly BodyKind[] = ['agency', 'contractor'];
const said = ['reason', 'why_no_consent', 'harms_nobody'] as const;
const beforehand = {
  approval: 'before',
  hours: undefined,
  needs: said,
  overRefusal: 'with_words',
  feedback: 'state',
} as const;
const unapproved = { approval: 'none', hours: undefined, feedback: 'state' } as const;
/** As a municipality has them that changes nothing of the law. */
const rowsOfGrounds: Readonly<Record<(typeof groundCodes)[number], Partial<AuthorityRow>>> = {
  law: { ...unapproved, needs: ['law', 'article', 'why_no_consent'] },
  internal_reasonable: { ...beforehand, senders: own, recipients: ['agency'] },
  public_body_reasonable: { ...beforehand, senders: own, recipients: ['other_agency', 'public_body'] },
  benefit_of_person: { ...beforehand, senders: [...own, 'other_agency'] },
  private_necessity: { ...beforehand, senders: ['private'] },
  disaster: {
    ...unapproved,
    needs: ['window'],
    senders: own,
    recipients: ['agency', 'other_agency', 'public_body', 'official_volunteer', 'private'],
  },
  emergency: { needs: ['reason', 'why_no_consent'], approval: 'after', hours: 72, feedback: 'arrival' },
};

/** The same as rows of the law. */
export const authorities = [
  ...municipality.withinPurpose.map(({ purpose: p, categories }) => anAuthority({ purposes: [p], categories })),
  ...municipality.statutes.map(({ statute, categories }) => aStatuteRow({ code: statute, categories })),
  ...municipality.grounds.map(({ code, ...row }, n) =>
    aGroundRow({ ...rowsOfGrounds[code], id: uuid(520 + n), code, ...row }),
  ),
  ...municipality.sittings.map(({ law, categories }) => aSittingRow({ code: law, categories, feedback: 'arrival' })),
];

/** Two who work at each desk. */
export const workersOf = (desk: string): readonly [first: string, second: string] => [
  desk.replace('-8000-', '-8001-'),
  desk.replace('-8000-', '-8002-'),
];

export const party = (id: string) => desks.find((d) => d.function === id)!;
