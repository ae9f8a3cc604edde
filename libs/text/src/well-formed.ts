// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Also what cannot be seen; the joiners of emoji and some scripts may stay. */
const ILL_FORMED = /(?![\u200C\u200D])[\p{Control}\p{Surrogate}\p{Format}]/u;
/** Also what turns the direction of writing. */
const ILL_FORMED_EXCEPT_LINES = /(?![\t\n\r])[\p{Control}\p{Surrogate}\u202A-\u202E\u2066-\u2069]/u;
const VISIBLE = /[^\p{Separator}\p{Control}\p{Format}\p{Surrogate}]/u;

/** Is there anything to see in it? */
export const isVisibleText = (text: string): boolean => VISIBLE.test(text);

/**
 * Can every system store and show this text? False with half a surrogate pair, a control character (NUL, ESC, DEL, C1) or one
 * that hides: the rule of the common schema.
 * @param options.lines allow tab, LF and CR, as in a text area. Default: refused too.
 */
export function isWellFormedText(text: string, options: { lines?: boolean } = {}): boolean {
  return !(options.lines === true ? ILL_FORMED_EXCEPT_LINES : ILL_FORMED).test(text);
}
