// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

const ILL_FORMED = /[\p{Control}\p{Surrogate}]/u;
const ILL_FORMED_EXCEPT_LINES = /(?![\t\n\r])[\p{Control}\p{Surrogate}]/u;

/**
 * Can every system store and show this text? False with half a surrogate pair or a control character (NUL, ESC, DEL, C1).
 * @param options.lines allow tab, LF and CR, as in a text area. Default: refused too.
 */
export function isWellFormedText(text: string, options: { lines?: boolean } = {}): boolean {
  return !(options.lines === true ? ILL_FORMED_EXCEPT_LINES : ILL_FORMED).test(text);
}
