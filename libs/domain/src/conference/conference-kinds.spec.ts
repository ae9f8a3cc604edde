// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ConferenceKind, conferenceRules, mayHold, mayShareAnAfternoon, type ConferenceRule } from './conference-kinds';
import { aParty } from '../../test/builders';
import { conferenceCodes } from '../disclosure/authority-row';

const holds = (
  kind: ConferenceKind,
  functionType: string,
  bodyKind: 'agency' | 'contractor' | 'private' = 'contractor',
) => mayHold(kind, aParty({ functionType, bodyKind }));
const nobodyChecked = { checked: () => false };

/** DOMAIN §7 once more, by hand: held by, how persons are discussed, on which law. */
const table: readonly [
  ConferenceKind,
  held: [type: string, body: 'agency' | 'contractor'],
  not: [type: string, body: 'agency' | 'contractor' | 'private'],
  ConferenceRule['persons'],
  law: string | undefined,
][] = [
  ['shien_kaigi', ['any_desk', 'agency'], ['any_desk', 'contractor'], 'without_consent', 'shien_kaigi'],
  ['shien_kaigi_konkyu', ['any_desk', 'agency'], ['any_desk', 'contractor'], 'without_consent', 'shien_kaigi_konkyu'],
  ['chosei_kaigi', ['welfare_office', 'agency'], ['any_desk', 'agency'], 'without_consent', 'chosei_kaigi'],
  ['yotaikyo_case', ['child_family_center', 'agency'], ['any_desk', 'agency'], 'without_consent', 'yotaikyo'],
  ['juso', ['multi_agency_coordination', 'contractor'], ['any_desk', 'agency'], 'with_consent', undefined],
  ['shien_chosei', ['self_reliance_support', 'contractor'], ['any_desk', 'agency'], 'with_consent', undefined],
  [
    'chiiki_care_kobetsu',
    ['community_care_center', 'contractor'],
    ['any_desk', 'private'],
    'with_consent',
    'chiiki_care_kaigi',
  ],
  [
    'shogai_kyogikai',
    ['core_disability_center', 'contractor'],
    ['any_desk', 'private'],
    'with_consent',
    'shogai_kyogikai',
  ],
  ['chiiki_care_suishin', ['any_desk', 'agency'], ['any_desk', 'private'], 'none', undefined],
  ['kyogitai', ['life_support_coordinator', 'contractor'], ['any_desk', 'private'], 'none', undefined],
];

describe('kinds of conference', () => {
  it.each(table)('%s is held by its own, and discusses persons as its law says', (kind, held, not, persons, law) => {
    expect(holds(kind, ...held)).toBe(true);
    expect(holds(kind, ...not)).toBe(false);
    expect(conferenceRules[kind]).toMatchObject({ persons });
    expect(conferenceRules[kind].authority).toBe(law);
  });

  it('case_kaigi is anybody’s, with consent', () => {
    expect(holds('case_kaigi', 'any_desk', 'private')).toBe(true);
    expect(conferenceRules.case_kaigi).toMatchObject({ persons: 'with_consent' });
    expect(conferenceRules.case_kaigi.authority).toBeUndefined();
  });

  it('are all in this table', () => {
    expect(new Set([...table.map(([kind]) => kind), 'case_kaigi'])).toEqual(new Set(ConferenceKind.options));
  });

  it('share on a law of conferences, or on none', () => {
    for (const { authority, persons } of Object.values(conferenceRules)) {
      if (authority !== undefined) expect(conferenceCodes.has(authority)).toBe(true);
      if (persons === 'without_consent') expect(authority).toBeDefined();
      if (persons === 'none') expect(authority).toBeUndefined();
    }
  });

  it('juso always seats the municipality and 多機関協働, at plan, re-plan, closure and discontinuation', () => {
    const { obligatory, occasions } = conferenceRules.juso;
    expect(obligatory).toEqual(['municipality', 'multi_agency']);
    expect(occasions).toEqual(['plan', 'replan', 'closure', 'discontinuation']);
    const others = ConferenceKind.options.filter((k) => k !== 'juso' && conferenceRules[k].occasions.length > 0);
    expect(others).toEqual([]);
  });
});

describe('one afternoon', () => {
  it('serves 支援調整会議, 地域ケア個別会議, 協議会 and 重層的支援会議 in parts', () => {
    expect(mayShareAnAfternoon(['juso', 'shien_chosei', 'chiiki_care_kobetsu', 'shogai_kyogikai'], nobodyChecked)).toBe(
      true,
    );
  });

  it.each<[string, [ConferenceKind, ...ConferenceKind[]]]>([
    ['the same kind twice', ['juso', 'juso']],
    ['a 支援会議 beside one with consent', ['juso', 'shien_kaigi']],
    ['two that share without consent', ['shien_kaigi', 'shien_kaigi_konkyu']],
    ['a case conference beside them', ['juso', 'case_kaigi']],
    ['one without persons beside them', ['juso', 'kyogitai']],
  ])('never serves %s', (_, kinds) => {
    expect(mayShareAnAfternoon(kinds, { checked: () => true })).toBe(false);
  });

  it('takes 要対協 back to back only where its law was checked, and beside those four only', () => {
    const checked = { checked: (law: string) => law === 'yotaikyo' };
    expect(mayShareAnAfternoon(['juso', 'yotaikyo_case'], nobodyChecked)).toBe(false);
    expect(mayShareAnAfternoon(['juso', 'yotaikyo_case'], checked)).toBe(true);
    expect(mayShareAnAfternoon(['yotaikyo_case', 'shien_chosei'], checked)).toBe(true);
    expect(mayShareAnAfternoon(['yotaikyo_case', 'shien_kaigi'], checked)).toBe(false);
  });
});
