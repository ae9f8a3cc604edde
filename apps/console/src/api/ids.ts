// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useSearchParams } from 'react-router';

/**
 * Whether this is an id and nothing more. What stands in an address anybody can have written, and it goes into the path of a
 * question: with a slash or dots in it, it would be another question.
 */
export const isId = (text: string): boolean => /^[\w-]{1,64}$/.test(text);

/** The id under this name behind the `?` of the address. */
export function useIdInAddress(name: string): string | undefined {
  const text = useSearchParams()[0].get(name);
  return text !== null && isId(text) ? text : undefined;
}
