// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReadValue } from '../records/record-field';

/** A code of ours for what the other system says. */
export function readCode(
  own: readonly string[],
  { codes, lenient }: { readonly codes?: Readonly<Record<string, string>> | undefined; readonly lenient: boolean },
): (text: string) => ReadValue {
  const table = new Map(codes === undefined ? own.map((code) => [code, code]) : Object.entries(codes));
  return (text) => {
    const value = table.get(text);
    if (value !== undefined) return { value };
    return lenient ? { value: '', warning: 'W-CODE' } : { code: 'E-CODE' };
  };
}
