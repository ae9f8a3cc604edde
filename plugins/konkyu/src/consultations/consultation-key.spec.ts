// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { aConsultation } from '../../test/consultation-row';
import { contentHash, readEcho, writeEcho } from './consultation-key';
import type { ConsultationRow } from './consultation-row';

const hashOf = (row: Partial<ConsultationRow> = {}, asks = true) => contentHash(aConsultation(row), { asks });

describe('the keys that come back with every status', () => {
  it('are read as they were written, whatever the office uses for an ID', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 20 }), fc.constantFrom('1', '6'), (sodanId, target) => {
        expect(readEcho(writeEcho({ sodanId, target }))).toEqual({ sodanId, target });
      }),
    );
  });

  it.each([undefined, '', '{}', '["S-1"]', '["S-1","7"]', '["00990010","0000000201","KAI-1"]'])(
    'are not ours when they are %s',
    (echo) => {
      expect(readEcho(echo)).toBeUndefined();
    },
  );
});

describe('the content of a row', () => {
  it.each([
    ['its number', { renban: '999' }],
    ['its time, as in a bulk update', { koshin_dt: '2026-11-21 00:00:00' }],
    ['a plan number that came later', { plan_no: 'P-1' }],
    ['the way it came', { sodan_keiro: '09' }],
    ['who received it', { uketsuke_sha: '相談員　二' }],
    ['spaces at the end', { shimei: '見本　次郎　　' }],
  ])('is the same in spite of %s', (_, row) => {
    expect(hashOf(row)).toBe(hashOf());
  });

  it.each(['shimei', 'jusho', 'shuso', 'doi_kbn', 'tsunagi_bunya', 'sakujo_flg'] as const)(
    'is another with another %s',
    (column) => {
      expect(hashOf({ [column]: '3' })).not.toBe(hashOf());
    },
  );

  it('of a row that asks for nothing is its key and consent alone', () => {
    expect(hashOf({ shimei: '別の　名前' }, false)).toBe(hashOf({}, false));
    expect(hashOf({ doi_kbn: '3' }, false)).not.toBe(hashOf({}, false));
  });
});
