// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { SettingChange } from '@tsunagi/contracts';
import type { Row } from '../platform';

/** What differs between two versions of settings, field by field, in the order of their places. */
export function settingChanges(before: Row, after: Row): SettingChange[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  const pointers = [...new Set([...old.keys(), ...now.keys()])].sort();
  return pointers.flatMap((pointer) => {
    const [was, is] = [old.get(pointer), now.get(pointer)];
    if (was === is) return [];
    return [{ pointer, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }];
  });
}

/** Every value by its pointer, as JSON. An empty list or object is a value, too. */
function fieldsOf(value: unknown, pointer = '', into = new Map<string, string>()): Map<string, string> {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (inner.length === 0) {
    if (pointer !== '') into.set(pointer, JSON.stringify(value));
    return into;
  }
  for (const [key, one] of inner) fieldsOf(one, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, into);
  return into;
}
