// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { referralSubmission } from '@tsunagi/plugin-sdk';
import { eventFile, type EventValues } from '../../test/event-file';
import { type EventKey, eventLayout } from './event-layout';
import { readEvents, toEventSubmission } from './read-events';

const rules = { gaiji: new Map<string, string | null>(), insurers: [] };
const read = (bytes: Uint8Array) => {
  const reading = readEvents(bytes, rules);
  return reading.ok ? [...reading.rows] : reading;
};

describe('a file of change records', () => {
  it('goes on with the sound rows where others wait', () => {
    const bad: Record<number, EventValues> = {
      10: { insurer: '00990011' },
      100: { birthDate: '20230229' },
      200: { message: '１２３４ ５６７８ ９０１８'.replaceAll(' ', '　') },
    };
    const rows = Array.from({ length: 200 }, (_, index) => ({ externalNumber: `N-${index + 1}`, ...bad[index + 1] }));
    const reading = read(eventFile(rows));
    if (!Array.isArray(reading)) throw new Error('refused');
    expect(reading.filter((row) => 'event' in row)).toHaveLength(197);
    expect(reading.filter((row) => 'quarantined' in row)).toEqual([
      { row: 10, label: 'N-10', quarantined: { code: 'E-CD-HOKENSHA', field: 6, key: '00990010/N-10' } },
      { row: 100, label: 'N-100', quarantined: { code: 'E-DATE', field: 10, key: '00990010/N-100' } },
      { row: 200, label: 'N-200', quarantined: { code: 'S-MYNUMBER', field: 24, key: '00990010/N-200' } },
    ]);
  });

  it('reads the one row that a person lets go on with the insurer of the control record', () => {
    const bytes = eventFile([{ insurer: '00990011' }, { insurer: '00990011', birthDate: '20230229' }]);
    const rowsWith = (row: number) => {
      const reading = readEvents(bytes, rules, undefined, undefined, { row, override: 'E-CD-HOKENSHA' });
      return reading.ok ? [...reading.rows] : [];
    };
    expect(rowsWith(1)[0]).toMatchObject({ event: { record: { insurer: '00990010' } } });
    expect(rowsWith(1)[1]).toHaveProperty('quarantined.code', 'E-CD-HOKENSHA');
    // Every other fault keeps it back all the same.
    expect(rowsWith(2)[1]).toHaveProperty('quarantined.code', 'E-DATE');
  });

  it('is refused as a whole when its count is wrong or its end is missing', () => {
    expect(read(eventFile([{}], { count: 2 }))).toMatchObject({ ok: false, code: 'E-COUNT' });
    expect(read(eventFile([{}], { end: false }))).toMatchObject({ ok: false, code: 'E-NO-END' });
  });

  it('hands the flags of a row on with its submission', () => {
    const [row] = [...(read(eventFile([{ reason: '99' }])) as Extract<ReturnType<typeof read>, unknown[]>)];
    if (!row || !('event' in row)) throw new Error('no event');
    expect(toEventSubmission(row.event, { functionCode: 'K' })).toMatchObject({
      ok: true,
      warnings: [{ code: 'W-CODE', field: 5 }],
    });
  });

  it('has no clock in it: equal rows in other files and places have equal content', () => {
    const hashes = (file: Buffer) =>
      (read(file) as { event: { contentHash: string } }[]).map(({ event }) => event.contentHash);
    const [a, b] = hashes(eventFile([{}, {}]));
    const [c] = hashes(eventFile([{}]));
    const [d] = hashes(eventFile([{ message: '家賃滞納なし。' }]));
    expect(new Set([a, b, c]).size).toBe(1);
    expect(d).not.toBe(a);
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
  const keys = eventLayout.map(({ key }) => key);
  it('never makes a submission the hub would refuse, whatever one field holds', () => {
    fc.assert(
      fc.property(fc.constantFrom(...keys), anyBytes, (key, bytes) => {
        const reading = read(eventFile([{ [key]: bytes }]));
        for (const row of Array.isArray(reading) ? reading : []) {
          if (!('event' in row)) continue;
          const mapped = toEventSubmission(row.event, { functionCode: '9970100005' });
          if (!mapped.ok) continue;
          const { source, ...draft } = mapped.value;
          referralSubmission.parse({
            ...draft,
            source: { ...source, channel: 'plugin', plugin: 'kaigo', row: row.row },
          });
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('tells of a waiting row where and why, never a value', () => {
    const secrets: EventValues = {
      kana: 'ｿﾉﾅﾏｴ',
      kanji: '其の名前',
      insured: 'H987654321',
      birthDate: '19351231',
      message: '其の連絡文',
      address: '其の住所',
      telephone: '0998887777',
    };
    const faults: [EventKey, string | Uint8Array][] = [
      ['kanji', 'half'],
      ['birthDate', '19350231'],
      ['sex', '7'],
      ['message', '１２３４５６７８９０１８'],
      ['householdSize', 'XX'],
    ];
    for (const [key, value] of faults) {
      const rows = read(eventFile([{ ...secrets, [key]: value }]));
      const [row] = Array.isArray(rows) ? rows : [];
      if (!row || !('quarantined' in row)) throw new Error('not quarantined');
      const { key: ownKey, ...told } = row.quarantined;
      expect(ownKey).toBe('00990010/KAI-20261110-0001');
      expect(JSON.stringify(told)).toMatch(/^\{"code":"[ES]-[A-Z-]+","field":\d+\}$/);
    }
  });
});
