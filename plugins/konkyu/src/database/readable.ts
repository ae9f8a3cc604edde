// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** 外字 of the office's own machines have no meaning elsewhere; 〓 says that a character is missing. */
export function readable(text: string): string {
  return text.replace(/[\ue000-\uf8ff]/gu, '〓');
}
