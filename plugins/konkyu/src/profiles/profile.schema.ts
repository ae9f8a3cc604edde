// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { code, isMyNumberKey } from '@tsunagi/plugin-sdk';
import { codeTable, eraCodes, gaijiCodes, type ProfileFault } from '@tsunagi/plugin-sdk/profiles';
import { z } from 'zod';
import { consents, targets, visitors } from '../consultations/consultation-codes';
import { type ConsultationColumn, consultationColumns } from '../consultations/consultation-row';

/** As the database has it; names stand in statements as they are. */
const name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);
const column = name.refine((text) => !isMyNumberKey(text), 'マイナンバーの列は扱いません');

/** Words of the office for codes of one of its lists. */
export const words = z.record(z.string().regex(/^[0-9A-Za-z]$/), z.string().min(1).max(40));

/** Our codes of each coded column. */
export const codedColumns = {
  sakujo_flg: ['0', '1'],
  seibetsu: ['1', '2', '3'],
  raidan_kankei: visitors,
  tsunagi_bunya: targets,
  doi_kbn: consents,
} as const satisfies Partial<Record<ConsultationColumn, readonly [string, ...string[]]>>;

const needed = ['renban', 'koshin_dt', 'sodan_id'] as const;
type Needed = (typeof needed)[number];
type OwnColumns = {
  readonly [C in ConsultationColumn]: C extends Needed ? typeof column : z.ZodOptional<typeof column>;
};
const ownColumns = Object.fromEntries(
  consultationColumns.map((own) => [
    own,
    (needed as readonly string[]).includes(own)
      ? column.describe(`${own} にあたる列。なければ読めません`)
      : column.optional().describe(`${own} にあたる列`),
  ]),
) as unknown as OwnColumns;

/** How the office's own view writes its consultations: data, so that it needs no program. */
export const profile = z
  .strictObject({
    view: name.describe('ビューの名前（英小文字・数字・下線）。schema の中のもの'),
    columns: z
      .strictObject(ownColumns)
      .describe(
        'V_HUB_SODAN の列にあたる、ビューの列の名前。renban は一つの記録に一つの番号、koshin_dt は最後に変えた日時、sodan_id は相談の番号。ない列は書きません（その項目は空になります）',
      ),
    codes: z
      .strictObject({
        sakujo_flg: codeTable(codedColumns.sakujo_flg),
        seibetsu: codeTable(codedColumns.seibetsu),
        raidan_kankei: codeTable(codedColumns.raidan_kankei),
        tsunagi_bunya: codeTable(codedColumns.tsunagi_bunya),
        doi_kbn: codeTable(codedColumns.doi_kbn),
      })
      .default({})
      .describe('コードの列ごとのコード表。表にない値の行は保留になります'),
    fixed: z
      .strictObject({
        tsunagi_bunya: z.enum(targets).optional().describe('つなぎ先分野'),
        doi_kbn: z
          .enum(['3', '9'])
          .optional()
          .describe('同意。「あり」は記録ごとにしか言えないので、ここには書けません'),
      })
      .default({})
      .describe('ビューに列がない項目の、すべての行に共通の値'),
    eras: eraCodes.describe('生年月日の元号のコード表。書かなければ 1 大正・2 昭和・3 平成・4 令和'),
    formVersion: code(40)
      .optional()
      .describe(
        'このビューの同意「1 あり」が表す同意書様式の版。及ぶ範囲は、ハブに登録されたその様式のとおりです。書かなければ全体の formVersion',
      ),
    gaiji: gaijiCodes.describe('このビューの外字表。書かなければ全体の gaiji'),
    shigoto: words.optional().describe('仕事のコードと言葉。書かなければ全体の shigoto'),
    jukyo: words.optional().describe('住居のコードと言葉。書かなければ全体の jukyo'),
  })
  .superRefine((written, context) => {
    for (const { path, message } of faultsOfProfile(written)) context.addIssue({ code: 'custom', path, message });
  });
export type Profile = z.infer<typeof profile>;

/** What no single setting shows: each is right alone, and they do not go together. */
function* faultsOfProfile({ columns, fixed, codes }: ProfileParts): Generator<ProfileFault> {
  const seen = new Set<string>();
  for (const [own, theirs] of Object.entries(columns)) {
    if (theirs !== undefined && seen.has(theirs))
      yield { path: ['columns', own], message: '同じ列を二つの項目には使えません' };
    if (theirs !== undefined) seen.add(theirs);
  }
  if (columns.tsunagi_bunya === undefined && fixed.tsunagi_bunya === undefined)
    yield { path: ['columns', 'tsunagi_bunya'], message: 'つなぎ先分野の列か fixed.tsunagi_bunya が要ります' };
  for (const own of ['tsunagi_bunya', 'doi_kbn'] as const)
    if (fixed[own] !== undefined && columns[own] !== undefined)
      yield { path: ['fixed', own], message: '列から読む項目に、共通の値は書けません' };
  for (const own of Object.keys(codes) as (keyof typeof codedColumns)[])
    if (codes[own] !== undefined && columns[own] === undefined)
      yield { path: ['codes', own], message: 'この項目の列がありません' };
}

interface ProfileParts {
  readonly columns: Readonly<Partial<Record<ConsultationColumn, string | undefined>>>;
  readonly fixed: { readonly tsunagi_bunya?: string | undefined; readonly doi_kbn?: string | undefined };
  readonly codes: Readonly<Partial<Record<keyof typeof codedColumns, object | undefined>>>;
}
