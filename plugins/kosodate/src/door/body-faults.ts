// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isRecordCode, myNumberFieldIn, myNumberTextIn, pointerTo, type RecordCode } from '@tsunagi/plugin-sdk';
import type { RefusedField } from '@tsunagi/plugin-sdk/http';
import type { z } from 'zod';

/** A fault that zod has no name for, by its code in the catalogue. */
export const coded = (code: RecordCode) => ({ params: { code } });

/** What does not fit the schema, in the words of the catalogue. zod says nothing of values, so the body is asked what is missing. */
export function bodyFaults(body: unknown, { issues }: z.ZodError): [RefusedField, ...RefusedField[]] {
  return issues.flatMap((issue) => faultOf(body, issue)) as [RefusedField, ...RefusedField[]];
}

function faultOf(body: unknown, issue: z.core.$ZodIssue): RefusedField[] {
  const pointer = issue.path.reduce<string>(pointerTo, '');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ pointer: pointerTo(pointer, key), code: 'E-UNKNOWN' }));
  return [{ pointer, code: valueAt(body, issue.path) === undefined ? 'E-REQUIRED' : codeOf(issue) }];
}

function codeOf(issue: z.core.$ZodIssue): RecordCode {
  switch (issue.code) {
    case 'invalid_value':
      return 'E-CODE';
    case 'too_small':
      return issue.origin === 'string' ? 'E-REQUIRED' : 'E-CODE';
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array' ? 'E-LENGTH' : 'E-CODE';
    case 'custom': {
      const code: unknown = issue.params?.['code'];
      return typeof code === 'string' && isRecordCode(code) ? code : 'E-ATTR';
    }
    default:
      return 'E-ATTR';
  }
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  );
}

/**
 * Is there a field for a マイナンバー, at whatever depth, or a text that may hold one?
 * @param names fields of the body that hold what systems call their records: 12 digits there are a number of something else
 */
export function myNumberFault(
  body: Readonly<Record<string, unknown>>,
  names: ReadonlySet<string>,
): RefusedField | undefined {
  const field = myNumberFieldIn(body);
  if (field !== undefined) return { pointer: field, code: 'S-MYNUMBER-FIELD' };
  for (const [key, value] of Object.entries(body)) {
    const text = names.has(key) ? undefined : myNumberTextIn(value, { at: pointerTo('', key) });
    if (text !== undefined) return { pointer: text, code: 'S-MYNUMBER' };
  }
  return undefined;
}
