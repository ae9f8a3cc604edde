// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * A step at the version that is shown now, as a person takes it: where something came between looking and pressing (a
 * receipt of a system, mostly), they look again and press again. A spec about races names its versions itself.
 */
export async function atShownVersion<T extends { readonly body: any }>(
  shown: () => Promise<string>,
  step: (match: { readonly 'if-match': string }) => Promise<T>,
): Promise<T> {
  for (let left = 5; ; left--) {
    const answer = await step({ 'if-match': await shown() });
    if (answer.body?.code !== 'VERSION_CONFLICT' || left === 0) return answer;
  }
}
