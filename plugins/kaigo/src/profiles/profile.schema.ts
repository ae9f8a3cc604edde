// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { code, isMyNumberKey } from '@tsunagi/plugin-sdk';
import { codeTable, eraCodes, fileNames, gaijiCodes, oneLine as line, profileName } from '@tsunagi/plugin-sdk/profiles';
import { z } from 'zod';
import { faultsOfProfile } from './profile-faults';

const columnName = line(60).refine((name) => !isMyNumberKey(name), 'マイナンバーの列は扱いません');
const column = columnName.describe('読む列の名前（columns のどれか）');
const required = z.boolean().default(false).describe('空の行を保留にするか');

/** A text of the file: one column, or several that belong together. */
const text = (most: number, what: string) =>
  z
    .strictObject({
      columns: z.array(column).min(1).max(4).describe('読む列の名前。二つ以上なら、空でない値を空白でつなぎます'),
      required,
      attribute: z
        .enum(['text', 'kanji', 'alphanumeric', 'code'])
        .default('text')
        .describe(
          '使える文字。text はどの文字でも、kanji は全角だけ、alphanumeric は半角の英大文字・数字・カナ・空白・ハイフン、code は数字だけ',
        ),
      maxLength: z.int().min(1).max(most).default(most).describe('長さの上限。text は文字数、ほかは CP932 のバイト数'),
      blank: z
        .array(z.string().min(1).max(20))
        .max(10)
        .default([])
        .describe('値がないのと同じに扱う値。例：名の欄に入れておくだけの文字'),
    })
    .describe(what);

/** A value of a code list. */
function coded(field: keyof typeof codeLists, what: string) {
  const codes: readonly [string, ...string[]] = codeLists[field];
  return z
    .strictObject({
      column,
      required,
      codes: codeTable(codes),
      lenient: z
        .boolean()
        .default(false)
        .describe('コード表にない値でも行を受け付け（その項目は空にして W-CODE）るか。書かなければ行を保留にします'),
    })
    .describe(what);
}

export const dateFormats = ['yyyymmdd', 'yyyy-mm-dd', 'yyyy/mm/dd', 'gyymmdd', 'gyy.mm.dd'] as const;
const date = (what: string) =>
  z
    .strictObject({
      column,
      required,
      format: z
        .enum(dateFormats)
        .default('yyyymmdd')
        .describe('日付の書き方。gyymmdd は元号のコードと年月日6桁、gyy.mm.dd は R06.06.10 の形'),
    })
    .describe(what);

/** Our codes of each coded field. */
export const codeLists = {
  change: ['1', '2', '3'],
  sex: ['1', '2'],
  careLevel: ['01', '06', '11', '12', '13', '21', '22', '23', '24', '25'],
  application: ['1', '2', '3'],
  physicalIndependence: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
  dementiaIndependence: ['1', '2', '3', '4', '5', '6', '7', '8'],
  planKind: ['1', '2', '3'],
  target: ['1', '2', '3', '4', '5', '6'],
  consent: ['1', '2', '3', '9'],
  meeting: ['1', '2', '3', '4'],
} as const satisfies Record<string, readonly [string, ...string[]]>;

const fields = z
  .strictObject({
    externalNumber: z
      .strictObject({
        columns: z
          .array(column)
          .min(1)
          .max(4)
          .describe('同じ記録にいつも同じ値が入る列。一つで足りなければ二つ以上（- でつなぎます）'),
      })
      .describe('外部管理番号：送り手が自分の記録を見分ける番号。保険者ごとに一つだけのもの。空の行は保留になります'),
    insured: z.strictObject({ column }).describe('被保険者番号：10桁、または H と9桁'),
    insurer: z
      .strictObject({ column })
      .optional()
      .describe('保険者番号：6桁、または 00＋6桁。列がなければ fixed.insurer に書きます'),
    changedOn: date('異動年月日：記録ができた、または変わった日。列がなければファイルの名前の {date}').optional(),
    change: coded('change', '異動区分：1 新規、2 変更、3 終了').optional(),
    endedOn: date('利用が終わった日。異動年月日までに来ていれば、終了（3）として扱います').optional(),
    diedOn: date('亡くなった日。異動年月日までに来ていれば、終了（3）として扱います').optional(),
    kana: text(100, '氏名カナ').optional(),
    kanji: text(100, '氏名').optional(),
    birthDate: date('生年月日').optional(),
    sex: coded('sex', '性別：1 男、2 女').optional(),
    address: text(200, '住所').optional(),
    telephone: text(20, '電話番号').optional(),
    householdSize: z.strictObject({ column }).optional().describe('世帯人数：1から99'),
    careLevel: coded('careLevel', '要介護状態区分コード：01 非該当、12 要支援1、21 要介護1 など').optional(),
    application: coded('application', '認定申請区分：1 新規、2 更新、3 区分変更').optional(),
    validFrom: date('認定有効期間の開始').optional(),
    validTo: date('認定有効期間の終了。元号の終わりを過ぎた日付も読みます（W-ERA-OVERRUN）').optional(),
    physicalIndependence: coded('physicalIndependence', '障害高齢者の日常生活自立度：1 自立 から 9 C2').optional(),
    dementiaIndependence: coded('dementiaIndependence', '認知症高齢者の日常生活自立度：1 自立 から 8 M').optional(),
    planKind: coded('planKind', '居宅サービス計画の作成区分：1 事業所、2 自己、3 介護予防').optional(),
    office: text(100, '居宅介護支援事業所').optional(),
    concerns: z
      .strictObject({ column, required })
      .optional()
      .describe('相談事由フラグ：12文字の 0・1・2（つなぐシートの順）'),
    target: coded('target', 'つなぎ先分野：1 介護 から 6 多機関協働・つなぎ先不明').optional(),
    consent: coded('consent', '同意：1 あり、2 なし（法106条の6）、3 なし（他の根拠）、9 不明').optional(),
    meeting: coded('meeting', '会い方：1 連絡可、2 同行、3 本人が来所、4 送り手を通す').optional(),
    message: text(2000, '連絡文（事実として渡る文）').optional(),
  })
  .describe('読み取る項目と、それがある列。ここに書かない列は読むだけで、どこへも渡しません');

/** How another system writes its records: data, so that it needs no program. */
export const profile = z
  .strictObject({
    name: profileName,
    fileName: fileNames('IDO{serial}.CSV'),
    frame: z
      .enum(['envelope', 'csv', 'csv-names', 'csv-kind-names'])
      .describe(
        '枠。envelope は国保連の三種のレコード、csv はデータの行だけ、csv-names は一行目が列の名前、csv-kind-names は一行目がデータの種類で二行目が列の名前',
      ),
    dataKind: z
      .string()
      .regex(/^[A-Z0-9]{3}$/)
      .optional()
      .describe('データ種別（3文字）。envelope のコントロールレコードにあるもの'),
    recordNumber: line(40)
      .optional()
      .describe('記録の番号。envelope では各行のはじめの列の値、csv-kind-names では一行目の値。違えば受け付けません'),
    encoding: z
      .enum(['cp932', 'utf-8'])
      .default('cp932')
      .describe('文字コード。utf-8 は BOM があってもなくても読みます'),
    eol: z
      .enum(['any', 'crlf', 'lf', 'cr'])
      .default('any')
      .describe('行の終わり。any は CR LF・LF・CR のどれでも、lf は CR LF か LF'),
    columns: z.array(columnName).min(2).max(200).describe('列の名前を、ファイルの並びのとおりに全部'),
    shortest: z
      .int()
      .min(1)
      .max(200)
      .optional()
      .describe('短い行の列の数。行がここで終わってもよいときに書きます（途中の数は受け付けません）'),
    fields,
    fixed: z
      .strictObject({
        insurer: z
          .string()
          .regex(/^00[0-9]{6}$/)
          .optional()
          .describe('証記載保険者番号（00＋6桁）'),
        change: z.enum(['1', '2']).optional().describe('異動区分'),
        target: z.enum(['1', '2', '3', '4', '5', '6']).optional().describe('つなぎ先分野'),
        consent: z
          .enum(['3', '9'])
          .optional()
          .describe('同意。「あり」は記録ごとにしか言えないので、ここには書けません'),
        meeting: z.enum(['1', '2', '3', '4']).optional().describe('会い方'),
      })
      .default({})
      .describe('ファイルに列がない項目の、すべての行に共通の値'),
    eras: eraCodes.describe(
      '元号のコード表。書かなければ 1 明治・2 大正・3 昭和・4 平成・5 令和（gyy.mm.dd では M・T・S・H・R）',
    ),
    formVersion: code(40)
      .optional()
      .describe(
        'このファイルの同意「1 あり」が表す同意書様式の版。及ぶ範囲は、ハブに登録されたその様式のとおりです。書かなければ全体の formVersion',
      ),
    gaiji: gaijiCodes.describe('このファイルの外字表。書かなければ全体の gaiji'),
  })
  .superRefine((written, context) => {
    for (const { path, message } of faultsOfProfile(written)) context.addIssue({ code: 'custom', path, message });
  });
export type Profile = z.infer<typeof profile>;
export type ProfileFields = Profile['fields'];
