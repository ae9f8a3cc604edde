// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { referralResponse } from '@tsunagi/plugin-sdk';
import fc from 'fast-check';
import { anAnswer } from '../../test/answer-row';
import { answerColumns } from './answer-row';
import { readAnswer } from './answer-source';
import { toResponse } from './to-response';

/** What a row's fault may say: a code and a column's number. */
const told = /^\{"code":"[ES]-[A-Z]+"(,"field":\d+)?\}$/;

describe('a row of the view', () => {
  it('has its columns in the order by which quarantined rows name them', () => {
    expect(answerColumns.join(' ')).toBe(
      'renban koshin_dt haiso_id hub_shokai_id taio_kbn taio_dt tantosha sodan_id riyu_cd kekka_cd jikai_ymd renraku_bun han',
    );
  });

  it.each([
    ['han', 'three', 13],
    ['tantosha', 7, 7],
    ['renban', null, 1],
  ])('with another type in %s waits', (column, value, field) => {
    expect(readAnswer({ ...anAnswer(), [column]: value })).toEqual({ quarantined: { code: 'E-ROW', field } });
  });

  it('with a column that was not agreed waits', () => {
    expect(readAnswer({ ...anAnswer(), kojin_bango: '1' })).toEqual({ quarantined: { code: 'E-ROW' } });
  });

  const anyValue = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constant(null), fc.integer(), fc.date());
  it('whatever it holds, becomes an answer the hub understands or waits without a value', () => {
    fc.assert(
      fc.property(fc.constantFrom(...answerColumns), anyValue, (column, value) => {
        const reading = readAnswer({ ...anAnswer(), [column]: value });
        if ('quarantined' in reading) return expect(JSON.stringify(reading.quarantined)).toMatch(told);
        if (!('answer' in reading)) throw new Error('no answer');
        const mapped = toResponse(reading.answer);
        if (mapped.ok) return void referralResponse.parse(mapped.value);
        const { ok: _ok, ...fault } = mapped;
        expect(JSON.stringify(fault)).toMatch(told);
      }),
      { numRuns: 2_000 },
    );
  });
});
