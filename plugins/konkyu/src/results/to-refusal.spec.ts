// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { AnsweredRow, ItemAnswer } from '@tsunagi/plugin-sdk';
import { aConsultation } from '../../test/consultation-row';
import { toRefusal } from './to-refusal';

const now = new Date('2026-11-20T15:10:00.987Z');
const answered = (answer: Partial<ItemAnswer>, more: Partial<AnsweredRow> = {}): AnsweredRow => ({
  itemId: '101/abc',
  origin: { row: 101 },
  row: aConsultation(),
  answer: { itemId: '101/abc', outcome: 'rejected', codes: [], ...answer },
  ...more,
});

describe('a row that the hub took nothing of', () => {
  it('is told to the office with code and column, and without any value but its own key', () => {
    const refusal = toRefusal(answered({ codes: ['E-ERA'] }, { fault: { code: 'E-ERA', field: 11 } }), now);
    expect(refusal).toEqual({
      kekka_id: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
      sodan_id: 'S-2026-0101',
      tsunagi_bunya: '1',
      hub_shokai_id: null,
      jotai_cd: '90',
      jotai_dt: '2026-11-21 00:10:00.987',
      uketsuke_kikan: null,
      tantosha: null,
      jikai_ymd: null,
      sashimodoshi_riyu: null,
      renraku_bun: 'E-ERA（11 seinen_ymd）',
      teisei_kbn: '1',
      sakusei_dt: '2026-11-21 00:10:00',
      sakusei_sha: 'HUB',
    });
  });

  it('has one name however often the item goes, and another when the row was changed', () => {
    const idOf = (itemId: string) => toRefusal(answered({}, { itemId }), now)?.kekka_id;
    expect(idOf('101/abc')).toBe(idOf('101/abc'));
    expect(idOf('101/abd')).not.toBe(idOf('101/abc'));
  });

  it('says the hub’s own reason when the hub refused it', () => {
    expect(toRefusal(answered({ codes: ['FUNCTION_UNKNOWN'] }), now)).toMatchObject({
      renraku_bun: 'FUNCTION_UNKNOWN',
    });
    expect(toRefusal(answered({ outcome: 'conflict' }), now)).toMatchObject({ renraku_bun: 'conflict' });
  });

  it('names no つなぎ先 that is none', () => {
    const row = aConsultation({ tsunagi_bunya: '7' });
    expect(toRefusal(answered({}, { row }), now)).toMatchObject({ jotai_cd: '90', tsunagi_bunya: null });
  });

  it.each([null, '  ', 'S'.repeat(21), 7])('cannot be told where it does not say whose it is (%s)', (sodan_id) => {
    expect(toRefusal(answered({}, { row: { ...aConsultation(), sodan_id } }), now)).toBeUndefined();
  });
});

describe('a row that went on', () => {
  it.each(['accepted', 'held', 'denied', 'duplicate', 'no_referral', 'unrouted', 'draft'] as const)(
    'as %s is not told: its states are',
    (outcome) => {
      expect(toRefusal(answered({ outcome }), now)).toBeUndefined();
    },
  );
});
