// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** 項目名 of header and trailer, for what is wrong with a whole file. */
export const headerFields: readonly string[] = [
  'レコード区分',
  '市町村番号',
  'データ種別',
  '作成年月日',
  '作成時刻',
  '送信連番',
];
export const trailerFields: readonly string[] = ['レコード区分', '市町村番号', '件数', '受給者証番号ハッシュ合計'];
/** Place of 送信連番 in the header. */
export const transmissionField = 6;
