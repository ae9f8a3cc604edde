// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { referralResponse } from '@tsunagi/plugin-sdk';
import { answerFile, type AnswerFileShape, type AnswerValues } from '../../test/answer-file';
import { type AnswerKey, answerLayout } from './answer-layout';
import { answeringInsurer, readAnswers } from './read-answers';
import { toResponse } from './to-response';

const rules = { gaiji: new Map<string, string | null>(), insurers: [] };
const read = (bytes: Uint8Array) => {
  const reading = readAnswers(bytes, rules);
  return reading.ok ? [...reading.rows] : reading;
};
const rowsOf = (rows: readonly AnswerValues[], shape?: AnswerFileShape) => {
  const reading = read(answerFile(rows, shape));
  if (!Array.isArray(reading)) throw new Error(reading.code);
  return reading;
};

describe('a file of answers', () => {
  it('goes on with the sound rows where others wait', () => {
    const rows = rowsOf([
      { externalNumber: 'A-1' },
      { externalNumber: 'A-2', actedOn: '20260229' },
      { externalNumber: 'a-3' },
    ]);
    expect(rows.map(({ label }) => label)).toEqual(['A-1', 'A-2', undefined]);
    expect(rows.slice(1)).toEqual([
      { row: 2, label: 'A-2', quarantined: { code: 'E-DATE', field: 6, key: 'A-2' } },
      { row: 3, quarantined: { code: 'E-ATTR', field: 15 } },
    ]);
  });

  it('is refused as a whole when its count is wrong or its end is missing', () => {
    expect(read(answerFile([{}], { count: 2 }))).toMatchObject({ ok: false, code: 'E-COUNT', field: 4 });
    expect(read(answerFile([{}], { end: false }))).toMatchObject({ ok: false, code: 'E-NO-END' });
  });

  it('has each answer under one name, in whatever file and place it stands', () => {
    const [a, b, c] = rowsOf([{}, {}, { message: '訪問済み' }]).map(({ name }) => name);
    const [d] = rowsOf([{}]).map(({ name }) => name);
    expect(a).toMatch(/^kas\/[0-9a-f]{64}$/);
    expect(new Set([a, b, d]).size).toBe(1);
    expect(c).not.toBe(a);
  });

  it.each([
    ['the one the control record names', '00990010', [], '00990010'],
    ['the one it names in six digits', '990010', [], '00990010'],
    ['the only one served where it names none', '000000', ['00990010'], '00990010'],
    ['nobody where it names none and several could be', '000000', [], undefined],
    ['nobody where the one it names is not served', '00990028', ['00990010'], undefined],
    ['nobody where the check digit is wrong', '00990011', [], undefined],
  ])('speaks of the numbers of %s', (_, insurerNumber, insurers, expected) => {
    expect(answeringInsurer({ insurerNumber }, { insurers })).toBe(expected);
  });

  it('whatever its bytes, is read or refused but never breaks the reader', () => {
    const frame = (body: Uint8Array) =>
      Buffer.concat([Buffer.from('1,1,0,1,Z11,0,00990010,0,00,7,202611,0\r\n2,2,'), body, Buffer.from('\r\n3,3\r\n')]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        read(bytes);
        read(frame(bytes));
      }),
      { numRuns: 500 },
    );
  });

  const anyBytes = fc
    .uint8Array({ maxLength: 30 })
    .map((bytes) => bytes.filter((byte) => ![0x0a, 0x22].includes(byte)));
  const digits = fc.stringMatching(/^[0-9]{1,26}$/).map((text) => Buffer.from(text));
  it('never makes a response the hub would refuse, whatever one field holds', () => {
    const keys = answerLayout.map(({ key }) => key);
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.oneof(anyBytes, digits), (key, bytes) => {
        const reading = read(answerFile([{ [key]: bytes }]));
        for (const row of Array.isArray(reading) ? reading : []) {
          if (!('answer' in row)) continue;
          const mapped = toResponse(row.answer);
          if (mapped.ok) referralResponse.parse(mapped.value);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('tells of a waiting row where and why, never a value', () => {
    const secrets: AnswerValues = { worker: '其の名前', insured: 'H987654321', message: '其の連絡文' };
    const faults: [AnswerKey, string][] = [
      ['worker', 'half'],
      ['insured', 'X'],
      ['message', '１２３４５６７８９０１８'],
      ['actedAt', '999999'],
    ];
    for (const [key, value] of faults) {
      const [row] = rowsOf([{ ...secrets, [key]: value }]);
      if (!row || !('quarantined' in row)) throw new Error('not quarantined');
      const { key: ownKey, ...told } = row.quarantined;
      expect(ownKey).toBe('KAS-20261124-0001');
      expect(JSON.stringify(told)).toMatch(/^\{"code":"[ES]-[A-Z-]+","field":\d+\}$/);
    }
  });
});
