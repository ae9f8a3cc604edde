// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** 項目名 of the control record's values, in their order. */
export const controlFields: readonly string[] = [
  'レコード種別',
  'レコード番号',
  'ボリューム通番',
  'レコード件数',
  'データ種別',
  '福祉事務所特定番号',
  '保険者番号',
  '事業所番号',
  '都道府県番号',
  '媒体区分',
  '処理対象年月',
  'ファイル管理番号',
];
