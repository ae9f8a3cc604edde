// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { code, isMyNumberKey } from '@tsunagi/plugin-sdk';
import {
  beginningOf,
  eraCodes,
  fileNames,
  gaijiCodes,
  oneLine,
  type ProfileFault,
  profileName,
} from '@tsunagi/plugin-sdk/profiles';
import { z } from 'zod';
import { eventLayout } from '../intake/event-layout';
import type { ReadKey } from './event-format';

/** What a field may be read as. つなぎ先分野 and 同意 may stand together, or each in a field of its own. */
const keys: [ReadKey, ...ReadKey[]] = [
  'target',
  'consent',
  ...eventLayout.map(({ key }) => key).filter((key) => key !== 'kind' && key !== 'sequence'),
];

/** Our codes of each coded field. */
export const codeLists = {
  change: ['1', '2', '3'],
  sex: ['1', '2'],
  physicalGrade: ['1', '2', '3', '4', '5', '6', '7'],
  mentalGrade: ['1', '2', '3'],
  supportLevel: ['21', '22', '23', '24', '25', '26', '99'],
  target: ['1', '2', '3', '4', '5', '6'],
  consent: ['1', '2', '3', '9'],
  meeting: ['1', '2', '3', '4'],
} as const satisfies Partial<Record<ReadKey, readonly string[]>>;
export type CodedKey = keyof typeof codeLists;

export const days = ['changedOn', 'birthDate', 'validFrom', 'validTo'] as const;

const field = z.strictObject({
  name: oneLine(40)
    .refine((name) => !isMyNumberKey(name), 'マイナンバーの項目は扱いません')
    .describe('項目名'),
  type: z
    .enum(['9', 'X', 'K', 'N'])
    .describe('9 数字（左に 0。すべて 0 は「なし」）、X 半角、K 半角カナ、N 全角。埋め草は除いて読みます'),
  bytes: z.int().min(1).max(2_000).describe('CP932 のバイト数'),
  key: z.enum(keys).optional().describe('何として読むか。書かない項目は読み飛ばし、どこへも渡しません'),
  required: z.boolean().default(false).describe('空のレコードを保留にするか'),
  codes: z
    .record(z.string().min(1).max(20), z.string().min(1).max(2))
    .optional()
    .describe('コード表。ファイルの値と、こちらのコード。書かなければ同じコードとして読みます'),
  lenient: z
    .boolean()
    .default(false)
    .describe('コード表にない値でも受け付け（その項目は空にして W-CODE）るか。書かなければ保留にします'),
  format: z
    .enum(['ymd', 'gyymmdd'])
    .default('ymd')
    .describe('日付の書き方。ymd は西暦8桁、gyymmdd は元号のコードと年月日6桁（左に 0 があってもよい）'),
});
export type ProfileField = z.infer<typeof field>;

/** How another system writes its records of fixed length: data, so that it needs no program. */
export const profile = z
  .strictObject({
    name: profileName,
    fileName: fileNames('IDO{serial}.DAT'),
    dataKind: z
      .string()
      .regex(/^[A-Z0-9]{3}$/)
      .describe('データ種別（3文字）。ヘッダーにあるもの'),
    eol: z.enum(['none', 'crlf']).default('none').describe('レコードの区切り。crlf はレコードごとに CR LF'),
    fields: z
      .array(field)
      .min(3)
      .max(200)
      .describe('レコード区分（1）とレコード連番（7）のあとの項目を、並びのとおりに全部。予備も書きます'),
    fixed: z
      .strictObject({
        change: z.enum(['1', '2']).optional().describe('異動区分'),
        target: z.enum(codeLists.target).optional().describe('つなぎ先分野'),
        consent: z
          .enum(['3', '9'])
          .optional()
          .describe('同意。「あり」は記録ごとにしか言えないので、ここには書けません'),
      })
      .default({})
      .describe('ファイルに項目がないものの、すべてのレコードに共通の値'),
    eras: eraCodes.describe('元号のコード表。書かなければ 1 明治・2 大正・3 昭和・4 平成・5 令和'),
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

interface ProfileParts {
  readonly fileName: string;
  readonly fields: readonly ProfileField[];
  readonly fixed: Readonly<Record<string, string | undefined>>;
}

/** What no single setting shows: each is right alone, and they do not go together. */
function* faultsOfProfile({ fileName, fields, fixed }: ProfileParts): Generator<ProfileFault> {
  for (const sign of ['{serial}', '{date}', '*'])
    if (fileName.split(sign).length > 2) yield { path: ['fileName'], message: `${sign} は一度だけ書けます` };
  // The trailer has to fit into a record: 区分, 市町村番号, 件数, ハッシュ合計.
  if (fields.reduce((sum, { bytes }) => sum + bytes, 8) < 31)
    yield { path: ['fields'], message: 'レコードは、トレーラーが入る 31 バイト以上にします（予備も書きます）' };
  const read = new Set<string>();
  for (const [at, { key, codes, format }] of fields.entries()) {
    const path = ['fields', at];
    if (key === undefined) continue;
    if (read.has(key)) yield { path: [...path, 'key'], message: '同じ項目を二度読むことはできません' };
    read.add(key);
    const own: readonly string[] | undefined = Object.hasOwn(codeLists, key) ? codeLists[key as CodedKey] : undefined;
    if (codes !== undefined && own === undefined)
      yield { path: [...path, 'codes'], message: 'この項目にコード表はありません' };
    for (const [value, ours] of Object.entries(codes ?? {}))
      if (own?.includes(ours) === false)
        yield { path: [...path, 'codes', value], message: `こちらのコードは ${own.join('・')} です` };
    if (format !== 'ymd' && !(days as readonly string[]).includes(key))
      yield { path: [...path, 'format'], message: '日付の項目だけに書けます' };
  }
  if (read.has('targetAndConsent')) {
    for (const key of ['target', 'consent'])
      if (read.has(key)) yield { path: ['fields'], message: `targetAndConsent と ${key} は、どちらか一つです` };
    read.add('target').add('consent');
  }
  for (const [key, value] of Object.entries(fixed))
    if (value !== undefined && read.has(key))
      yield { path: ['fixed', key], message: '項目から読むものに、共通の値は書けません' };
  for (const key of ['recipient', 'changedOn', 'externalNumber', 'change', 'target', 'consent'])
    if (!read.has(key) && fixed[key] === undefined)
      yield { path: ['fields'], message: `${key} を読む項目が要ります（change・target・consent は fixed でも）` };
}

/** Whose file a name means must be plain, and no two systems may have one name. */
export function* faultsAmongProfiles(profiles: readonly ('standard' | Profile)[]): Generator<ProfileFault> {
  const names = new Set<string>(['standard', 'folder', 'answers']);
  const beginnings = ['SHG', 'SHS'];
  let standards = 0;
  for (const [at, one] of profiles.entries()) {
    if (one === 'standard') {
      standards += 1;
      if (standards > 1) yield { path: [at], message: 'この名前はもう使われています' };
      continue;
    }
    if (names.has(one.name)) yield { path: [at, 'name'], message: 'この名前はもう使われています' };
    names.add(one.name);
    const beginning = beginningOf(one.fileName);
    // What is no name at all is said of the name itself.
    if (beginning === '') continue;
    if (beginnings.some((other) => other.startsWith(beginning) || beginning.startsWith(other)))
      yield { path: [at, 'fileName'], message: 'ほかの種類のファイルと名前の初めが同じです' };
    beginnings.push(beginning);
  }
}
