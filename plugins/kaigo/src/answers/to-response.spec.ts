// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { referralResponse } from '@tsunagi/plugin-sdk';
import { answerFields, type AnswerValues } from '../../test/answer-file';
import { deliveryId, referralId } from '../../test/disclosed-referral';
import { judgeAnswer } from './judge-answer';
import { toResponse } from './to-response';

function responseTo(row: AnswerValues = {}, { insurer }: { insurer?: string } = { insurer: '00990010' }) {
  const judged = judgeAnswer(answerFields(row), { gaiji: new Map(), insurer });
  if (!judged.ok) throw new Error(judged.faults[0].code);
  const mapped = toResponse({ record: judged.record, insurer });
  if (!mapped.ok) throw new Error(mapped.code);
  return referralResponse.parse(mapped.value);
}

describe('an answer of the care desk in the common schema', () => {
  it('says who did what, when, and how the care system knows the person', () => {
    expect(responseTo({ nextContactOn: '20261201', message: '訪問します。', version: '3' })).toEqual({
      deliveryId,
      referralId,
      code: '20',
      at: '2026-11-24T09:30:00+09:00',
      worker: '見本　五郎',
      identifiers: [{ system: 'kaigo', value: '00990010-0000000123' }],
      nextContactOn: '2026-12-01',
      note: '訪問します。',
    });
  });

  it('hands 理由コード and 結果コード on', () => {
    expect(responseTo({ action: '50', reason: '101' })).toMatchObject({ code: '50', reason: '101' });
    expect(responseTo({ action: '40', outcome: '011' })).toMatchObject({ code: '40', outcome: '011' });
  });

  it('says nothing that the row leaves blank', () => {
    const bare = { referralId: '', worker: '', insured: '' };
    expect(responseTo(bare)).toEqual({ deliveryId, code: '20', at: '2026-11-24T09:30:00+09:00' });
  });

  it('gives a number to nobody when its insurer is not known', () => {
    expect(responseTo({}, {})).not.toHaveProperty('identifiers');
  });
});
