// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Problem } from '@tsunagi/contracts';
import type { z } from 'zod';
import { fieldCatalogue, formatHints, type FieldCode } from './catalogue';
import { textOf } from './sentences';

type Issue = z.core.$ZodIssue;
type FieldError = NonNullable<Problem['errors']>[number];
type Path = readonly PropertyKey[];

/** More would not help anybody to mend the request. */
const most = 50;

/** zod's issues as `errors[]` of a problem: where, which code, what to do; never the value. */
export function fieldErrors(issues: readonly Issue[], input: unknown, prefix = ''): FieldError[] {
  const faults = issues
    .flatMap((issue) => flatten(issue, []))
    .map(({ issue, path }) => {
      const { code, hint } = meaningOf(issue, path, input);
      return {
        pointer: prefix + pointerOf(path),
        code,
        message: fieldCatalogue[code],
        ...(hint !== undefined && { hint }),
      };
    });
  // What is wrong in form is wrong in its other rules as well: the first says what to mend.
  return faults.filter((f, n) => faults.findIndex((first) => isSamePlace(first, f)) === n).slice(0, most);
}

/** A key that may be somebody's data hides which place it is. */
const isSamePlace = (one: FieldError, other: FieldError) =>
  one === other || (one.pointer === other.pointer && !other.pointer.includes('*'));

/** Unknown keys get a line each. Of a union the branch counts that came furthest. */
function flatten(issue: Issue, before: Path): { issue: Issue; path: Path }[] {
  const path = [...before, ...issue.path];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ issue, path: [...path, key] }));
  if (issue.code !== 'invalid_union') return [{ issue, path }];
  const branches = issue.errors.filter((branch) => branch.length > 0 && !branch.some(isOfAnotherKind));
  const [best] = branches.sort((a, b) => a.length - b.length);
  return best ? best.flatMap((inner) => flatten(inner, path)) : [{ issue, path }];
}

/** The branch is meant for another type or another member of a discriminated union. */
const isOfAnotherKind = (issue: Issue) =>
  issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');

function meaningOf(issue: Issue, path: Path, input: unknown): { code: FieldCode; hint?: string } {
  switch (issue.code) {
    case 'unrecognized_keys':
      return { code: 'UNKNOWN_FIELD' };
    case 'invalid_format':
      return withHint('WRONG_FORMAT', formatHints[issue.format]);
    case 'too_big':
      return { code: 'TOO_LONG', hint: `最大 ${String(issue.maximum)}` };
    case 'too_small':
      return { code: 'TOO_SHORT', hint: `最小 ${String(issue.minimum)}` };
    case 'invalid_type':
      return isAbsent(input, path) ? { code: 'REQUIRED' } : { code: 'WRONG_TYPE', hint: issue.expected };
    case 'invalid_value':
      return isAbsent(input, path)
        ? { code: 'REQUIRED' }
        : { code: 'NOT_ALLOWED', hint: issue.values.map(String).join(', ') };
    case 'invalid_union': {
      if (isAbsent(input, path)) return { code: 'REQUIRED' };
      const values = valuesOf(issue);
      return values ? { code: 'NOT_ALLOWED', hint: values.join(', ') } : { code: 'NO_MATCH' };
    }
    case 'custom':
      return { code: isAbsent(input, path) ? 'REQUIRED' : 'NOT_VALID' };
    default:
      return { code: 'NOT_VALID' };
  }
}

/** What may stand there, where only a choice of values was not met. */
function valuesOf(issue: z.core.$ZodIssueInvalidUnion): string[] | undefined {
  if ('options' in issue && issue.options) return issue.options.map(String);
  const onlyValues = (branch: readonly Issue[]) =>
    branch.flatMap((i) => (i.code === 'invalid_value' && i.path.length === 0 ? i.values.map(String) : []));
  const choices = issue.errors.map(onlyValues);
  return choices.length > 0 && choices.every((values) => values.length > 0) ? choices.flat() : undefined;
}

const withHint = (code: FieldCode, hint: string | undefined) => (hint === undefined ? { code } : { code, hint });

function isAbsent(input: unknown, path: Path): boolean {
  let at = input;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return true;
    at = (at as Record<PropertyKey, unknown>)[key];
  }
  return at === undefined;
}

/** RFC 6901. A key that does not look like one of ours may be somebody's data: it is shown as `*`. */
const pointerOf = (path: Path) => path.map((key) => `/${safeKey(key)}`).join('');
const safeKey = (key: PropertyKey) => {
  const text = String(key);
  return typeof key === 'number' || /^[A-Za-z_][A-Za-z0-9_-]{0,39}$/.test(text) ? text : '*';
};

/**
 * A code as an error of a field.
 *
 * @param known the names that would be taken in its place: codes of the installation, nothing of persons
 */
export function reasonAt(code: string, pointer: string, known?: readonly string[]): FieldError {
  const { says, remedy } = textOf(code);
  const names = known && (known.length > 0 ? `いまあるもの: ${known.join('、')}。` : 'いまは一つもありません。');
  const hint = [remedy, names].filter((part) => part !== undefined).join('');
  return { pointer, code, message: says, ...(hint !== '' && { hint }) };
}
