// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Consultation } from './consultation';

/** Bad inputs of one row, named by the code the reader has to find. */
export const consultationVariants = [
  'E-ERA',
  'E-DATE',
  'E-CODE',
  'E-REQUIRED',
  'E-ATTR',
  'S-MYNUMBER',
  'W-CODE',
  'W-GAIJI',
] as const;
export type ConsultationVariant = (typeof consultationVariants)[number];

export interface SpoiledConsultation {
  readonly kind: ConsultationVariant;
  /** 1-based place among the rows written together. */
  readonly row: number;
}

/** The same consultation with exactly one thing wrong with it; it asks for another department, else nobody would look. */
export function spoil(row: Consultation, kind: ConsultationVariant): Consultation {
  return { ...row, tsunagi_bunya: row.tsunagi_bunya ?? '1', ...spoiled(kind) };
}

function spoiled(kind: ConsultationVariant): Partial<Consultation> {
  switch (kind) {
    case 'E-ERA':
      // 平成31年5月1日, a day of 令和.
      return { seinen_gengo: '3', seinen_ymd: '310501' };
    case 'E-DATE':
      return { uketsuke_ymd: 'R08.02.30' };
    case 'E-CODE':
      return { doi_kbn: '5' };
    case 'E-REQUIRED':
      return { seinen_gengo: null, seinen_ymd: '291103' };
    case 'E-ATTR':
      return { shimei: '見本\u0007次郎' };
    case 'S-MYNUMBER':
      // The number of the specification's own example: check digit right, issued to nobody.
      return { shuso: '番号は１２３４ ５６７８ ９０１８です。' };
    case 'W-CODE':
      return { shigoto: '4' };
    case 'W-GAIJI':
      // The first of the municipality's own characters.
      return { shimei: '\ue000橋　花子' };
  }
}

/** `E-ERA:3` for the third row; null for anything else. */
export function asConsultationVariant(text: string): SpoiledConsultation | null {
  const [, name, row] = /^([A-Z-]+):([1-9][0-9]{0,6})$/.exec(text) ?? [];
  const kind = consultationVariants.find((variant) => variant === name);
  return kind ? { kind, row: Number(row) } : null;
}
