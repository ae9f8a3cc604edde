// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { OutcomeCode, referralResponse, ResponseCode, ReturnReason } from '@tsunagi/plugin-sdk';
import { answerFile, answerRecord, type AnswerValues } from '../../test/answer-file';
import { deliveryId, referralId } from '../../test/disclosed-referral';
import { anything } from '../layout/intake-rules';
import { answerLayout } from './answer-layout';
import { judgeAnswer } from './judge-answer';
import { readAnswers } from './read-answers';
import { toResponse } from './to-response';

const judge = (row: AnswerValues) => judgeAnswer(answerRecord(row), '990019', anything);
const read = (bytes: Uint8Array) => {
  const reading = readAnswers(bytes, anything);
  return reading.ok ? [...reading.rows] : reading;
};
const rowsOf = (rows: readonly AnswerValues[]) => {
  const reading = read(answerFile(rows));
  if (!Array.isArray(reading)) throw new Error(reading.code);
  return reading;
};
function responseTo(row: AnswerValues = {}) {
  const judged = judge(row);
  if (!judged.ok) throw new Error(judged.faults[0].code);
  const mapped = toResponse(judged.record);
  if (!mapped.ok) throw new Error(mapped.code);
  return referralResponse.parse(mapped.value);
}

describe('an answer of the desk of 障害福祉', () => {
  it('has 16 fields in 300 bytes with 予備', () => {
    expect(answerLayout).toHaveLength(16);
    expect(answerLayout.reduce((sum, { maxBytes }) => sum + maxBytes, 0)).toBe(250);
  });

  it('says who did what, when, and how the system knows the person', () => {
    expect(responseTo({ nextContactOn: '20261201', message: '訪問します。', version: '3' })).toEqual({
      deliveryId,
      referralId,
      code: '20',
      at: '2026-11-24T09:30:00+09:00',
      worker: '見本　五郎',
      identifiers: [{ system: 'shogai', value: '990019-9910100008' }],
      nextContactOn: '2026-12-01',
      note: '訪問します。',
    });
  });

  it('says nothing that the record leaves blank', () => {
    const bare = { referralId: '', worker: '', recipient: '' };
    expect(responseTo(bare)).toEqual({ deliveryId, code: '20', at: '2026-11-24T09:30:00+09:00' });
  });

  it('is sound with every 対応区分, 理由コード and 結果コード there is, and at midnight', () => {
    for (const action of ResponseCode.options)
      expect(judge({ action, reason: '101', outcome: '011' })).toMatchObject({ ok: true });
    for (const reason of ReturnReason.options) expect(responseTo({ action: '50', reason })).toMatchObject({ reason });
    for (const outcome of OutcomeCode.options) expect(responseTo({ action: '40', outcome })).toMatchObject({ outcome });
    expect(responseTo({ actedAt: '000000' }).at).toBe('2026-11-24T00:00:00+09:00');
  });

  const cases: [why: string, row: AnswerValues, code: string, field: number][] = [
    ['with the check digit of an insurer', { municipality: '990010' }, 'E-CD-MUNI', 3],
    ['of another municipality than the file', { municipality: '131016' }, 'E-CODE', 3],
    ['with a ハブ紹介ID of 25 characters', { referralId: '0'.repeat(25) }, 'E-ID', 4],
    ['without 配送ID', { deliveryId: '' }, 'E-REQUIRED', 5],
    ['with a letter that no id has', { deliveryId: `${'0'.repeat(25)}U` }, 'E-ID', 5],
    ['without 対応区分', { action: '' }, 'E-REQUIRED', 6],
    ['with an unknown 対応区分', { action: '11' }, 'E-CODE', 6],
    ['with an unreal day', { actedOn: '20260229' }, 'E-DATE', 7],
    ['with an unreal hour', { actedAt: '240000' }, 'E-DATE', 8],
    ['with a worker in half width', { worker: Buffer.from('Goro') }, 'E-ATTR', 9],
    ['with a 受給者証番号 of nine digits', { recipient: '991010000' }, 'E-CODE', 10],
    ['with a return without its reason', { action: '50' }, 'E-REQUIRED', 11],
    ['with an unknown 理由コード', { action: '50', reason: '199' }, 'E-CODE', 11],
    ['with a report without its outcome', { action: '40' }, 'E-REQUIRED', 12],
    ['with an unreal next date', { nextContactOn: '20260931' }, 'E-DATE', 13],
    ['with a possible 個人番号 in 連絡文', { message: '１２３４５６７８９０１８' }, 'S-MYNUMBER', 14],
    ['without 外部管理番号', { externalNumber: '' }, 'E-REQUIRED', 16],
  ];
  it.each(cases)('waits in the quarantine %s', (_, row, code, field) => {
    expect(judge(row)).toMatchObject({ ok: false, faults: [{ code, field }] });
  });

  it('has one name in whatever file and place it stands', () => {
    const [a, b, c] = rowsOf([{}, {}, { message: '訪問済み' }]).map(({ name }) => name);
    expect(a).toMatch(/^shs\/[0-9a-f]{64}$/);
    expect([b, c === a]).toEqual([a, false]);
  });

  it('never makes a response the hub would refuse, whatever one field holds', () => {
    const any = fc.constantFrom(...answerLayout.slice(2)).chain(({ key, maxBytes }) =>
      fc
        .oneof(
          fc.uint8Array({ minLength: maxBytes, maxLength: maxBytes }),
          fc
            .array(fc.constantFrom(...'0123456789'), { minLength: maxBytes, maxLength: maxBytes })
            .map((digits) => Buffer.from(digits.join(''))),
        )
        .map((bytes) => ({ [key]: bytes })),
    );
    fc.assert(
      fc.property(any, (values) => {
        const reading = read(answerFile([values]));
        for (const row of Array.isArray(reading) ? reading : []) {
          if (!('answer' in row)) continue;
          const mapped = toResponse(row.answer);
          if (mapped.ok) referralResponse.parse(mapped.value);
        }
      }),
      { numRuns: 300 },
    );
  });
});
