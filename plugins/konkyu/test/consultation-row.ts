// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ConsultationRow } from '../src/consultations/consultation-row';
import type { ConsultationSettings } from '../src/consultations/to-submission';

export const settings: ConsultationSettings = {
  functionCode: '9900000041',
  formVersion: 'J-2026-1',
  gaiji: new Map(),
  shigoto: {},
  jukyo: {},
};

/** A man out of work asks for care, and agreed; each case states what it turns on. */
export function aConsultation(row: Partial<ConsultationRow> = {}): ConsultationRow {
  return {
    renban: '101',
    koshin_dt: '2026-11-20 09:31:00.123456',
    sakujo_flg: '0',
    sodan_id: 'S-2026-0101',
    uketsuke_ymd: 'R08.11.19',
    uketsuke_sha: '相談員　一',
    shimei: '見本　次郎',
    furigana: 'みほん　じろう',
    seibetsu: '1',
    seinen_gengo: '2',
    seinen_ymd: '291103',
    yubin_no: '999-0001',
    jusho: '見本県見本市見本町一丁目１番１号',
    tel_jitaku: '000-0000-0101',
    tel_keitai: '000-1111-0101',
    raidan_kankei: '0',
    sodan_naiyo: '1020000000010000',
    sodan_keiro: '01',
    shigoto: '6',
    jukyo: '2',
    shuso: '膝が悪く、仕事が続かない。',
    tsunagi_bunya: '1',
    doi_kbn: '1',
    plan_no: null,
    ...row,
  };
}
