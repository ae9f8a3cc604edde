// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { referralResponse, uuidToBase32 } from '@tsunagi/plugin-sdk';
import { anAnswer, deliveryId, referralId } from '../../test/answer-row';
import type { AnswerRow } from './answer-row';
import { toResponse } from './to-response';

const read = (row: Partial<AnswerRow>) => toResponse(anAnswer(row));

describe('an answer of the case system', () => {
  it('names its delivery, what was done, when and by whom', () => {
    expect(toResponse(anAnswer())).toEqual({
      ok: true,
      value: {
        deliveryId,
        referralId,
        code: '20',
        at: '2026-11-20T09:30:00+09:00',
        worker: '見本　三郎',
        identifiers: [{ system: 'konkyu', value: 'S-2026-0001' }],
        nextContactOn: '2026-11-27',
        note: '来週、面談の予定です。',
      },
    });
  });

  it.each(['10', '20', '30', '35', '40', '45', '50', '60'])('with 対応区分 %s is one the hub understands', (code) => {
    const answer = read({ taio_kbn: code });
    expect(answer.ok && referralResponse.parse(answer.value).code).toBe(code);
  });

  it('carries reason and outcome codes as they are', () => {
    expect(read({ riyu_cd: '101', kekka_cd: '011' })).toMatchObject({ value: { reason: '101', outcome: '011' } });
  });

  it('is freed of the spaces that fixed-width columns add', () => {
    expect(read({ tantosha: '見本　三郎　　', riyu_cd: '   ', renraku_bun: '  ', taio_kbn: '20 ' })).toMatchObject({
      ok: true,
      value: { worker: '見本　三郎', code: '20' },
    });
    expect(read({ riyu_cd: '   ' })).not.toHaveProperty('value.reason');
  });

  it('may leave out everything but delivery, 対応区分 and time', () => {
    const rest = { hub_shokai_id: null, tantosha: null, sodan_id: null, jikai_ymd: null, renraku_bun: null, han: null };
    expect(read(rest)).toEqual({ ok: true, value: { deliveryId, code: '20', at: '2026-11-20T09:30:00+09:00' } });
  });

  it('keeps characters that CP932 does and does not know', () => {
    expect(read({ tantosha: '髙﨑𠮷①' })).toMatchObject({ value: { worker: '髙﨑𠮷①' } });
  });

  it('may name a worker of 40 characters, of whatever plane', () => {
    expect(read({ tantosha: `${'𠮷'.repeat(20)}${'見'.repeat(20)}` })).toMatchObject({ ok: true });
  });

  it('shows 〓 for a character of the office’s own making', () => {
    expect(read({ tantosha: '\ue000橋' })).toMatchObject({ value: { worker: '〓橋' } });
  });

  it('keeps the lines of a text', () => {
    expect(read({ renraku_bun: '一行目\r\n二行目' })).toMatchObject({ value: { note: '一行目\r\n二行目' } });
  });

  it('understands an id that somebody typed in small letters', () => {
    expect(read({ haiso_id: uuidToBase32(deliveryId).toLowerCase() })).toMatchObject({ value: { deliveryId } });
  });

  describe('waits in the quarantine', () => {
    const cases: [why: string, row: Partial<AnswerRow>, code: string, field: number][] = [
      ['without the id of its delivery', { haiso_id: null }, 'E-REQUIRED', 3],
      ['with spaces for the id of its delivery', { haiso_id: ' '.repeat(26) }, 'E-REQUIRED', 3],
      ['with an id of 25 characters', { haiso_id: '0'.repeat(25) }, 'E-ID', 3],
      ['with a letter that no id has', { haiso_id: `${'0'.repeat(25)}U` }, 'E-ID', 3],
      ['with 26 characters that are no id of the hub', { haiso_id: '0'.repeat(25) + '1' }, 'E-ID', 3],
      ['with a bad referral id', { hub_shokai_id: 'X' }, 'E-ID', 4],
      ['without 対応区分', { taio_kbn: null }, 'E-REQUIRED', 5],
      ['with an unknown 対応区分', { taio_kbn: '11' }, 'E-CODE', 5],
      ['without a time', { taio_dt: null }, 'E-REQUIRED', 6],
      ['with an unreal day', { taio_dt: '2026-02-29 09:30:00' }, 'E-DATE', 6],
      ['with an unreal hour', { taio_dt: '2026-11-20 24:00:00' }, 'E-DATE', 6],
      ['with a time without end', { taio_dt: 'infinity' }, 'E-DATE', 6],
      ['with the year 0001, which says "none"', { taio_dt: '0001-01-01 00:00:00' }, 'E-DATE', 6],
      ['with a control character in a name', { tantosha: '見本\u0007' }, 'E-ATTR', 7],
      ['with a name of 41 characters', { tantosha: '見'.repeat(41) }, 'E-LENGTH', 7],
      ['with a case number of 21 characters', { sodan_id: 'S'.repeat(21) }, 'E-LENGTH', 8],
      ['with a reason of letters', { riyu_cd: 'abc' }, 'E-CODE', 9],
      ['with an outcome of two digits', { kekka_cd: '11' }, 'E-CODE', 10],
      ['with an unreal next date', { jikai_ymd: '20260931' }, 'E-DATE', 11],
      ['with the year 9999 for no next date', { jikai_ymd: '99991231' }, 'E-DATE', 11],
      ['with NUL written as text control', { renraku_bun: 'あ\u0000い' }, 'E-ATTR', 12],
      ['with a text of 2,001 characters', { renraku_bun: 'あ'.repeat(2001) }, 'E-LENGTH', 12],
      ['with a possible 個人番号 in its text', { renraku_bun: '１２３４ ５６７８ ９０１８' }, 'S-MYNUMBER', 12],
      ['with a possible 個人番号 for a worker', { tantosha: '123456789018' }, 'S-MYNUMBER', 7],
    ];
    it.each(cases)('%s', (_, row, code, field) => {
      expect(read(row)).toEqual({ ok: false, code, field });
    });

    it('with a possible 個人番号 named before any other fault', () => {
      expect(read({ taio_kbn: 'XX', renraku_bun: '123456789018' })).toMatchObject({ code: 'S-MYNUMBER' });
    });
  });
});
