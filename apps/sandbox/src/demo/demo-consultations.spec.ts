// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { demoConsultations } from './demo-consultations';

const { rows, variants, asking } = demoConsultations(new Date('2026-11-21T09:00:00+09:00'), 1);

describe('the consultations of the first start', () => {
  it('begin with an elderly man who needs care and agreed', () => {
    expect(rows[0]).toMatchObject({ tsunagi_bunya: '1', doi_kbn: '1', furigana: 'みほん じろう', seinen_gengo: '2' });
    expect(rows[0]?.sodan_naiyo[11]).toBe('2');
  });

  it('hold one that may cross, one that waits for consent, one bad row, and one that stays in the office', () => {
    expect(rows.map(({ tsunagi_bunya, doi_kbn }) => [tsunagi_bunya, doi_kbn])).toEqual([
      ['1', '1'],
      ['1', '9'],
      ['1', '1'],
      [null, '1'],
    ]);
    expect(variants).toEqual([{ kind: 'E-ERA', row: 3 }]);
    expect(asking).toBe(3);
  });

  it('say where somebody without a home is not to be found', () => {
    expect(rows[1]?.jusho).toBe('住所不定');
  });

  it('name every consultation once', () => {
    expect(new Set(rows.map(({ sodan_id }) => sodan_id)).size).toBe(4);
  });
});
