// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import type { AuthorityCode } from '../disclosure/authority-row';

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

/** The law that lets the members of such a sitting share without consent; the others discuss with consent, or nobody. */
export const conferenceAuthorities: Readonly<Partial<Record<ConferenceKind, AuthorityCode>>> = {
  shien_kaigi: 'shien_kaigi',
  shien_kaigi_konkyu: 'shien_kaigi_konkyu',
  chosei_kaigi: 'chosei_kaigi',
  yotaikyo_case: 'yotaikyo',
};
