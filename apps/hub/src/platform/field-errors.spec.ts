// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { day, line, moment } from '@tsunagi/domain';
import { z } from 'zod';
import { fieldErrors } from './field-errors';

const faults = (schema: z.ZodType, input: unknown) => {
  const result = schema.safeParse(input);
  return result.success ? [] : fieldErrors(result.error.issues, input);
};

describe('faults of an input', () => {
  it('tell absent from wrong', () => {
    const schema = z.strictObject({ a: z.string(), b: z.enum(['x', 'y']), c: z.array(z.int()) });
    expect(faults(schema, { b: 'z', c: [1, '2'] })).toMatchObject([
      { pointer: '/a', code: 'REQUIRED' },
      { pointer: '/b', code: 'NOT_ALLOWED', hint: 'x, y' },
      { pointer: '/c/1', code: 'WRONG_TYPE', hint: 'number' },
    ]);
  });

  it('of a union are those of the branch that was meant', () => {
    const schema = z.strictObject({
      to: z.union([
        z.strictObject({ function: z.uuid() }),
        z.strictObject({ domain: z.string() }),
        z.literal('unknown'),
      ]),
    });
    expect(faults(schema, { to: { function: 'x' } })).toMatchObject([
      { pointer: '/to/function', code: 'WRONG_FORMAT' },
    ]);
    expect(faults(schema, {})).toMatchObject([{ pointer: '/to', code: 'REQUIRED' }]);
    expect(faults(schema, { to: 5 })).toMatchObject([{ pointer: '/to', code: 'NO_MATCH' }]);
  });

  it('of a choice of values name all of them, however it is put together', () => {
    const schema = z.strictObject({ domain: z.union([z.enum(['kaigo', 'konkyu']), z.literal('unknown')]) });
    expect(faults(schema, { domain: 'x' })).toMatchObject([
      { pointer: '/domain', code: 'NOT_ALLOWED', hint: 'kaigo, konkyu, unknown' },
    ]);
    expect(faults(schema, { domain: 5 })).toMatchObject([{ pointer: '/domain', code: 'NOT_ALLOWED' }]);
    const step = z.discriminatedUnion('step', [
      z.strictObject({ step: z.literal('propose'), to: z.string() }),
      z.strictObject({ step: z.literal('cancel') }),
    ]);
    expect(faults(step, { step: 'x' })).toMatchObject([
      { pointer: '/step', code: 'NOT_ALLOWED', hint: 'propose, cancel' },
    ]);
    expect(faults(step, {})).toMatchObject([{ pointer: '/step', code: 'REQUIRED' }]);
  });

  it('are one for each place, the one that says most', () => {
    const schema = z.strictObject({ at: moment, on: day, text: line(5), list: z.array(line(5)) });
    const input = { at: '2026-13-01', on: 'x', text: '', list: ['', '試験'] };
    expect(faults(schema, input)).toMatchObject([
      { pointer: '/at', code: 'WRONG_FORMAT' },
      { pointer: '/on', code: 'WRONG_FORMAT' },
      { pointer: '/text', code: 'TOO_SHORT' },
      { pointer: '/list/0', code: 'TOO_SHORT' },
    ]);
    expect(faults(schema, input)).toHaveLength(4);
    expect(faults(z.strictObject({}), { '見本 花子': 1, '試験 太郎': 2 })).toHaveLength(2);
  });

  it('never quote a value or a key that may be somebody’s', () => {
    const schema = z.record(z.string(), z.int());
    expect(JSON.stringify(faults(schema, { '見本 花子': '090-0000-0000' }))).not.toMatch(/花子|090/);
  });
});
