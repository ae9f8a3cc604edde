// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralStatus } from '@tsunagi/plugin-sdk';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeEcho } from '../intake/record-key';
import { writeStatusFile } from './status-file';
import { statusRecord } from './status-record';

/** 00:30 of 21 November in Japan. */
const now = new Date('2026-11-20T15:30:00Z');
const echo = writeEcho({ insurer: '00990010', insured: '0000000201', externalNumber: 'KAI-20261110-0001' });
const konkyu = { domain: 'konkyu', code: 'konkyu-01', name: '見本市自立相談支援機関' } as const;

function aStatus(status: Partial<ReferralStatus> = {}): ReferralStatus {
  return {
    deliveryId: '019a9f00-0000-7000-8000-0000000000d1',
    claim: '019a9f00-0000-7000-8000-0000000000c1',
    referralId: '019a9f00-0000-7000-8000-0000000000a1',
    code: '20',
    at: '2026-11-20T15:10:00Z',
    echo,
    by: konkyu,
    ...status,
  };
}

const valueOf = (field: number, status: Partial<ReferralStatus>, replacements?: Map<string, string>) =>
  statusRecord(aStatus(status), now, replacements).values[field - 1];

describe('what became of a record', () => {
  it('is byte for byte the expected file', () => {
    const second = '019a9f00-0000-7000-8000-0000000000a2';
    const at = '2026-11-21T09:30:00+09:00';
    const statuses = [
      aStatus({ worker: '見本 三郎', nextContactOn: '2026-11-27', note: '来週、面談の予定です。' }),
      aStatus({ code: '50', at, returnReason: '101' }),
      {
        deliveryId: aStatus().deliveryId,
        claim: aStatus().claim,
        referralId: second,
        code: '65' as const,
        at,
        echo: writeEcho({ insurer: '00990010', insured: '0000000202', externalNumber: 'KAI-20261110-0002' }),
      },
    ];
    const file = writeStatusFile(statuses.map((status) => statusRecord(status, now).values));
    expect(Buffer.from(file)).toEqual(readFileSync(join(__dirname, '../../test/expected/KAO00001.CSV')));
  });

  it('has 18 fields', () => {
    expect(statusRecord(aStatus(), now).values).toHaveLength(18);
  });

  it('says of another worker or date under the same code what is true now, as a record of its own', () => {
    const first = { worker: '見本 三郎', note: '来週、面談の予定です。' };
    const later = { worker: '見本 四郎', nextContactOn: '2026-12-08', at: '2026-11-25T00:00:00Z' };
    const [before, after] = [statusRecord(aStatus(first), now).values, statusRecord(aStatus(later), now).values];
    const fields = (values: readonly string[]) => [7, 13, 14, 16, 17].map((field) => values[field - 1]);
    expect(fields(before)).toEqual(['20', '見本　三郎', '', '来週、面談の予定です。', '1']);
    expect(fields(after)).toEqual(['20', '見本　四郎', '20261208', '', '1']);
    expect(after.slice(0, 6)).toEqual(before.slice(0, 6));
  });

  it('tells day and time as clocks in Japan do', () => {
    expect(valueOf(8, {})).toBe('20261121');
    expect(valueOf(9, {})).toBe('001000');
    expect(valueOf(18, {})).toBe('20261121');
  });

  it.each([
    ['kaigo', '1'],
    ['shogai', '2'],
    ['kosodate', '3'],
    ['konkyu', '4'],
    ['takikan', '6'],
    ['hogo', '5'],
    ['chiiki', '5'],
    ['other', '5'],
  ] as const)('by %s has 受付分野 %s', (domain, digit) => {
    expect(valueOf(10, { by: { ...konkyu, domain } })).toBe(digit);
  });

  it('leaves blank what the feedback scope kept back', () => {
    const { values } = statusRecord(aStatus(), now);
    expect([values[12], values[13], values[14], values[15]]).toEqual(['', '', '', '']);
  });

  it('writes half-width text in full width, and lines as one', () => {
    expect(valueOf(16, { note: 'ﾒﾝﾀﾞﾝ 10:00\r\nA-1' })).toBe('メンダン　１０：００　Ａ－１');
  });

  it('writes 髙 and 﨑, which CP932 of Windows has', () => {
    expect(valueOf(13, { worker: '髙﨑' })).toBe('髙﨑');
  });

  it('leaves a field out, rather than write ?, where CP932 has no character', () => {
    const { values, flaws } = statusRecord(aStatus({ worker: '𠮷田', note: '連絡済み' }), now);
    expect(values[12]).toBe('');
    expect(values[15]).toBe('連絡済み');
    expect(flaws).toEqual([{ code: 'W-UNENCODABLE', field: 13 }]);
  });

  it('writes the registered replacement instead, where there is one', () => {
    expect(valueOf(13, { worker: '𠮷田' }, new Map([['𠮷', '吉']]))).toBe('吉田');
  });

  it('ends visibly where a text is too long', () => {
    const { values, flaws } = statusRecord(aStatus({ note: 'あ'.repeat(101) }), now);
    expect(values[15]).toBe(`${'あ'.repeat(99)}…`);
    expect(flaws).toEqual([{ code: 'W-LENGTH', field: 16 }]);
  });

  it('leaves out a code that 英数 cannot hold', () => {
    expect(valueOf(11, { by: { ...konkyu, code: 'a_b' } })).toBe('');
  });

  it.each([undefined, '', 'x', '{}', '["1","2"]'])('cannot be written without the sender’s own keys (%j)', (broken) => {
    expect(() => statusRecord(aStatus({ echo: broken }), now)).toThrow(expect.objectContaining({ code: 'E-ECHO' }));
  });

  it('of several insurers names none in the control record', () => {
    const other = statusRecord(
      aStatus({ echo: writeEcho({ insurer: '00990028', insured: 'H1', externalNumber: 'A' }) }),
      now,
    );
    const file = Buffer.from(writeStatusFile([statusRecord(aStatus(), now).values, other.values])).toString('latin1');
    expect(file).toMatch(/^1,1,0,2,Z11,0,000000,0,00,7,202611,0\r\n/);
  });
});
