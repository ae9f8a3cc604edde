// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFixedFile, type ReferralStatus, silentLog, sliceFields, uuidToBase32 } from '@tsunagi/plugin-sdk';
import { FakeClock } from '@tsunagi/plugin-sdk/testing';
import { claim, deliveryId, referralId } from '../../test/disclosed-referral';
import { writeEcho } from '../intake/record-key';
import { frameOf } from '../layout/frames';
import { statusFiles } from './status-files';
import { statusLayout, statusRecord } from './status-record';

const key = { municipality: '990019', recipient: '9910100008', resident: '000000000001236', externalNumber: 'SHG-1' };
const aStatus = (more: Partial<ReferralStatus> = {}): ReferralStatus => ({
  deliveryId,
  claim,
  referralId,
  code: '20',
  at: '2026-11-20T15:10:00Z',
  echo: writeEcho(key),
  by: { domain: 'konkyu', code: 'KONKYU-01', name: '見本市自立相談支援機関' },
  ...more,
});
const files = statusFiles({
  municipality: '990019',
  eol: 'none',
  replacements: new Map(),
  log: silentLog,
  clock: new FakeClock('2026-11-21T00:30:00+09:00'),
});
function written(status: ReferralStatus) {
  const delivery = { kind: 'status', deliveryId, claim, status } as const;
  const { bytes } = files.render([delivery], { name: 'SHO00003.DAT', serial: 3 });
  const file = readFixedFile(bytes!, frameOf('SHO', 'none'));
  if (!file.ok) throw new Error(file.code);
  return { header: file.header, record: Buffer.from([...file.rows][0]!.bytes) };
}

describe('what became of a record of 障害福祉', () => {
  it('has its fields where the table has them: 283 bytes, the rest of 300 being 予備', () => {
    const { header, record } = written(aStatus({ worker: '見本', returnReason: '101', nextContactOn: '2026-11-27' }));
    expect(header).toMatchObject({ madeOn: '20261121', madeAt: '003000', transmission: '000003' });
    expect(statusLayout.reduce((sum, { maxBytes }) => sum + maxBytes, 0)).toBe(283);
    const at = (from: number, to: number) => record.subarray(from - 1, to).toString('latin1');
    expect([at(1, 1), at(9, 14), at(15, 24), at(25, 39), at(40, 59)]).toEqual([
      '2',
      '990019',
      '9910100008',
      '000000000001236',
      'SHG-1'.padEnd(20),
    ]);
    expect([at(60, 85), at(86, 87), at(88, 95), at(96, 101), at(102, 102), at(103, 112)]).toEqual([
      uuidToBase32(referralId),
      '20',
      '20261121',
      '001000',
      '4',
      'KONKYU-01 ',
    ]);
    expect([at(173, 180), at(181, 183), at(284, 300)]).toEqual(['20261127', '101', ' '.repeat(17)]);
  });

  it('leaves blank what the feedback scope kept back', () => {
    const { record } = written(aStatus());
    const texts = sliceFields(record, statusLayout).map(({ text }) => text);
    expect(texts.slice(13)).toEqual(['', '', '', '']);
  });

  it('leaves a field out, rather than write ?, where CP932 has no character', () => {
    const { values, flaws } = statusRecord(aStatus({ worker: '𠮷田' }));
    expect([values[13], flaws]).toEqual(['', [{ code: 'W-UNENCODABLE', field: 14 }]]);
  });

  it('ends visibly where a text is too long', () => {
    expect(statusRecord(aStatus({ note: 'あ'.repeat(51) })).values[16]).toBe(`${'あ'.repeat(49)}…`);
  });

  it.each([undefined, '', '{}', '["1"]'])('cannot be written without the sender’s own keys (%j)', (echo) => {
    expect(() => statusRecord(aStatus({ echo }))).toThrow(expect.objectContaining({ code: 'E-ECHO' }));
  });
});
