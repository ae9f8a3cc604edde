// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type Delivery, readFixedFile, silentLog, sliceFields, uuidToBase32 } from '@tsunagi/plugin-sdk';
import { FakeClock } from '@tsunagi/plugin-sdk/testing';
import { HubOnlyError } from '@tsunagi/plugin-sdk/records';
import {
  arriving,
  carriedItems,
  deliveryId,
  recalling,
  referralId,
  supplementId,
  supplementing,
} from '../../test/disclosed-referral';
import { frameOf } from '../layout/frames';
import { referralFiles } from './referral-files';
import { type ReferralKey, referralLayout } from './referral-layout';
import { referralRecord } from './referral-record';

const settings = { municipality: '990019', replacements: new Map<string, string>() };
const known = [{ system: 'shogai', value: '990019-9910100008' }];
const recordOf = (changes: Parameters<typeof arriving>[0] = {}) => {
  const { values, ...more } = referralRecord(arriving(changes), settings);
  const named = Object.fromEntries(referralLayout.map(({ key }, place) => [key, values[place]]));
  return { ...more, values: named as Record<ReferralKey, string> };
};
const files = referralFiles({
  ...settings,
  eol: 'none',
  log: silentLog,
  clock: new FakeClock('2026-11-30T23:30:00+09:00'),
});
function written(deliveries: Delivery[]) {
  const { bytes } = files.render(deliveries, { name: 'SHR00007.DAT', serial: 7 });
  const file = readFixedFile(bytes!, frameOf('SHR', 'none'));
  if (!file.ok) throw new Error(file.code);
  const rows = [...file.rows].map(({ bytes: record }) =>
    Object.fromEntries(
      sliceFields(record, referralLayout).map(({ text }, place) => [referralLayout[place]!.key, text]),
    ),
  );
  return { header: file.header, rows, bytes: Buffer.from(bytes!) };
}

describe('a referral arriving at 障害福祉', () => {
  it('has 26 fields in 600 bytes with 予備', () => {
    expect(referralLayout).toHaveLength(26);
    expect(referralLayout.reduce((sum, { maxBytes }) => sum + maxBytes, 0)).toBeLessThanOrEqual(600);
  });

  it('holds what was disclosed, each in its field, days of birth in eras', () => {
    const { header, rows, bytes } = written([arriving({ identifiers: known })]);
    expect(bytes).toHaveLength(1800);
    expect(header).toEqual({
      municipality: '990019',
      dataKind: 'SHR',
      madeOn: '20261130',
      madeAt: '233000',
      transmission: '000007',
    });
    expect(rows).toEqual([
      {
        kind: '2',
        sequence: '0000001',
        municipality: '990019',
        referralId: uuidToBase32(referralId),
        deliveryId: uuidToBase32(deliveryId),
        cancel: '1',
        referralKind: '01',
        fromDomain: '4',
        fromOffice: '見本市自立相談支援機関',
        fromWorker: '見本　三郎',
        authority: '01',
        recipient: '9910100008',
        resident: '',
        kana: 'ﾐﾎﾝ ﾊﾅｺ',
        kanji: '見本　花子',
        birthDate: '3150105',
        sex: '2',
        address: '見本県見本市見本町一丁目１番１号',
        telephone: '099-123-4567',
        concerns: '000001200000',
        householdSize: '02',
        message: '食事がとれていない様子。',
        urgency: '1',
        acceptBy: '20261130',
        mask: arriving().referral.mask,
        sentOn: '20261120',
      },
    ]);
  });

  it('says of a supplement that it is one, and of a recall only its ids and the day', () => {
    const { rows } = written([arriving(), supplementing(), recalling()]);
    expect(rows.map((row) => [row.deliveryId, row.cancel])).toEqual([
      [uuidToBase32(deliveryId), '1'],
      [uuidToBase32(supplementId), '2'],
      [uuidToBase32(deliveryId), '3'],
    ]);
    const filled = Object.entries(rows[2]!).flatMap(([key, text]) => (text === '' ? [] : [key]));
    expect(filled).toEqual(['kind', 'sequence', 'municipality', 'referralId', 'deliveryId', 'cancel', 'sentOn']);
  });

  it('leaves blank whatever the mask does not permit', () => {
    const { values } = recordOf({ mask: '0'.repeat(24) });
    const keys: ReferralKey[] = ['kana', 'kanji', 'birthDate', 'sex', 'address', 'telephone', 'concerns', 'message'];
    expect(keys.map((key) => values[key]).join('')).toBe('');
  });

  it('leaves out, rather than write ?, what CP932 does not have, and says so', () => {
    const identity = { ...carriedItems.identity, name: '𠮷田' };
    const { values, notCarried, flaws } = recordOf({ items: { ...carriedItems, identity } });
    expect([values.kanji, notCarried]).toEqual(['', ['identity']]);
    expect(flaws).toEqual([{ code: 'W-UNENCODABLE', field: 15 }]);
  });

  it('has no code for a birth before 明治, and invents none', () => {
    const identity = { ...carriedItems.identity, birthDate: '1860-01-01' };
    const { values, notCarried } = recordOf({ items: { ...carriedItems, identity } });
    expect([values.birthDate, notCarried]).toEqual(['', ['identity']]);
  });

  it.each([
    ['of this municipality', ['990019-9910100008'], '9910100008'],
    ['typed without a municipality', ['9910100008'], '9910100008'],
    ['of another municipality', ['131016-9910100008'], ''],
    ['of which there are two', ['990019-9910100008', '990019-9910100009'], ''],
  ])('knows the number %s', (_, numbers, recipient) => {
    const identifiers = numbers.map((value) => ({ system: 'shogai', value }));
    expect(recordOf({ identifiers }).values.recipient).toBe(recipient);
  });

  it('is refused when it is a notification: that is for the hub only', () => {
    expect(() => recordOf({ kind: 'notification' })).toThrow(HubOnlyError);
  });
});
