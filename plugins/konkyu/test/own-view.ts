// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Another package's view: other names of the columns, other codes, eras by their letters. */
export const ownProfile = {
  view: 'v_case',
  columns: {
    renban: 'case_seq',
    koshin_dt: 'updated_at',
    sodan_id: 'case_id',
    shimei: 'full_name',
    seibetsu: 'sex',
    seinen_gengo: 'era',
    seinen_ymd: 'born',
    shuso: 'story',
    tsunagi_bunya: 'refer_to',
    doi_kbn: 'agreed',
  },
  codes: {
    seibetsu: { M: '1', F: '2' },
    tsunagi_bunya: { KAIGO: '1', SHOGAI: '2' },
    doi_kbn: { Y: '1', N: '9' },
  },
  eras: { T: 'taisho', S: 'showa', H: 'heisei', R: 'reiwa' },
  formVersion: 'CASE-2026-1',
} as const;

export const ownRow = (over: Readonly<Record<string, unknown>> = {}) => ({
  case_seq: '1',
  updated_at: '2026-11-20 09:31:00.000000',
  case_id: 'C-1',
  full_name: '見本　次郎',
  sex: 'M',
  era: 'S',
  born: '291103',
  story: '膝が悪い。',
  refer_to: 'KAIGO',
  agreed: 'Y',
  ...over,
});
