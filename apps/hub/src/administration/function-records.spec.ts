// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { deskFunctionRecord, type DeskFunctionRecord } from '@tsunagi/contracts';
import { BodyKind, Domain, Purpose, ReferralKind } from '@tsunagi/domain';
import fc from 'fast-check';
import { differences, recordsFromCsv, recordsToCsv } from './function-records';

const aDay = fc
  .integer({ min: 0, max: 9_000 })
  .map((n) => new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10));
const text = fc.constantFrom('見本市こども課', '窓口"い",ろ', 'a b', '1');
const code = fc.stringMatching(/^[0-9A-Za-z]{1,10}$/);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const aRecord: fc.Arbitrary<DeskFunctionRecord> = fc
  .record({
    code,
    name: text,
    organization: text,
    desk: text,
    domain: fc.constantFrom(...Domain.options),
    functionType: code,
    bodyKind: fc.constantFrom(...BodyKind.options),
    purposes: fc.uniqueArray(fc.constantFrom(...Purpose.options), { minLength: 1 }),
    channel: fc.constantFrom('web', 'paper', 'plugin:kaigo'),
    system: maybe(code),
    sends: fc.boolean(),
    receives: fc.boolean(),
    kinds: maybe(fc.uniqueArray(fc.constantFrom(...ReferralKind.options), { minLength: 1 })),
    area: maybe(code),
    calendar: maybe(
      fc.record({
        weekdays: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
        holidays: fc.array(aDay, { maxLength: 3 }),
        closed: fc.array(aDay, { maxLength: 3 }),
      }),
    ),
    dutyTelephone: maybe(fc.constant('099-123-4567')),
    nextDutyTelephone: maybe(fc.constant('0991234568')),
    givesTownAway: maybe(fc.constant(true)),
    validFrom: fc.constant('2020-04-01'),
    validTo: maybe(fc.constant('2027-03-31')),
  })
  .map((r) => deskFunctionRecord.parse(JSON.parse(JSON.stringify(r))));

describe('desk functions in a file', () => {
  it('come back from CSV as they were', () => {
    fc.assert(
      fc.property(fc.array(aRecord, { maxLength: 4 }), (records) => {
        const read = recordsFromCsv(recordsToCsv(records).slice(1)).map((r) => deskFunctionRecord.parse(r));
        expect(read).toEqual(records);
      }),
    );
  });

  it('are read by the names of the columns, in any order', () => {
    expect(recordsFromCsv('name,code,sends\nい,1,0\n')).toEqual([{ name: 'い', code: '1', sends: false }]);
  });

  it('keep what no record has, so that it is refused and not lost', () => {
    const [row] = recordsFromCsv('code,nmae,sends\n1,い,yes\n');
    const issues = deskFunctionRecord.safeParse(row).error?.issues ?? [];
    expect(issues.flatMap((i) => (i.code === 'unrecognized_keys' ? i.keys : []))).toEqual(['nmae']);
    expect(issues.map((i) => i.path.join())).toContain('sends');
  });

  it('differ in the fields that say something else, or nothing any more', () => {
    fc.assert(
      fc.property(aRecord, (record) => {
        expect(differences(record, { ...record })).toEqual([]);
        expect(differences(record, { ...record, name: `${record.name}x` })).toEqual(['name']);
        const { area: _, ...without } = record;
        expect(differences({ ...record, area: 'north' }, without)).toEqual(['area']);
      }),
    );
  });
});
