// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Municipality } from '@tsunagi/testing/invariants';
import type { DataCategory, Party, TimesOf } from '../../src';
import { anAuthority, aParty, aStatuteRow, uuid } from '../builders';

export const takikan = 'multi_agency_coordination';
const desk = (n: number, over: Partial<Party>): Party => aParty({ function: uuid(n), ...over });
/** 地域包括 and 自立相談支援 have systems; the others work on screen. */
export const desks: readonly (Party & { readonly plugin?: string; readonly returnsBySystem?: true })[] = [
  { ...desk(1, { domain: 'kaigo', functionType: 'chiiki_houkatsu' }), plugin: 'kaigo' },
  { ...desk(2, { domain: 'konkyu', functionType: 'jiritsu_soudan' }), plugin: 'konkyu' },
  desk(3, { domain: 'shogai', functionType: 'shogai_soudan', bodyKind: 'public_body', receives: ['prefecture'] }),
  desk(4, { domain: 'kosodate', functionType: 'town_without_welfare_office' }),
  desk(5, { domain: 'takikan', functionType: takikan, bodyKind: 'agency' }),
  { ...desk(6, { domain: 'hogo', bodyKind: 'agency', receives: ['notification', 'protection'] }), plugin: 'hogo' },
].map((d) => ({ ...d, ...(d.domain === 'hogo' && { returnsBySystem: true as const }) }));

export const municipality: Municipality = {
  desks: desks.map(({ function: id, returnsBySystem = false, ...d }) => ({ ...d, id, returnsBySystem })),
  withinPurpose: [{ purpose: 'consultation', categories: ['identity', 'contact', 'concern'] }],
  statutes: [{ statute: 'elder_abuse', categories: ['identity', 'contact', 'concern', 'narrative'] }],
};
export const formCategories: DataCategory[] = ['identity', 'contact', 'contact_wishes', 'household_outline', 'concern'];

export const purpose = 'consultation';
const calendar = { holidays: new Set<string>() };
export const workingDays: TimesOf = () => ({ calendar, dues: {}, limits: {} });

/** The same as rows of the law. */
export const authorities = [
  ...municipality.withinPurpose.map(({ purpose: p, categories }) => anAuthority({ purposes: [p], categories })),
  ...municipality.statutes.map(({ statute, categories }) => aStatuteRow({ code: statute, categories })),
];

export const party = (id: string) => desks.find((d) => d.function === id)!;
