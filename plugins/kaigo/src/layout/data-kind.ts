// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** データ種別 of every file of this interface; the records in it are told apart by their 交換情報識別番号. */
export const dataKind = 'Z11';
