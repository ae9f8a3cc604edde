// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  dataCategories,
  type DataCategory,
  Domain,
  type DisclosedReferral,
  type Member,
  ReferralKind,
  uuidToBase32,
} from '@tsunagi/plugin-sdk';
import {
  aReferral,
  arriving,
  carriedItems,
  deliveryId,
  recalling,
  referralId,
  supplementId,
  supplementing,
} from '../../test/disclosed-referral';
import { HubOnlyError, notCarriedInRecords as notCarried } from '@tsunagi/plugin-sdk/records';
import { fieldNumber, type ReferralKey, referralLayout } from './referral-layout';
import { recallRecord, type ReferralSettings, referralRecord } from './referral-record';

const settings: ReferralSettings = { insurers: [], replacements: new Map() };
const recordOf = (changes?: Parameters<typeof arriving>[0], more: Partial<ReferralSettings> = {}) =>
  referralRecord(arriving(changes), { ...settings, ...more });
const valueOf = (key: ReferralKey, ...args: Parameters<typeof recordOf>) =>
  recordOf(...args).values[fieldNumber(key) - 1];
const identity = (changes: object) => ({
  items: { ...carriedItems, identity: { ...carriedItems.identity, ...changes } },
});
const contact = (changes: object) => ({ items: { ...carriedItems, contact: changes } });

/** Every category holds something. */
const everything: Member['items'] = {
  ...carriedItems,
  contact_wishes: { mustNotKnow: '夫' },
  wishes: { wishes: '家で暮らしたい' },
  care_level: { level: '22' },
  disability: { kinds: ['身体'] },
  health: { illness: '高血圧' },
  income_debt: { arrears: '家賃' },
  public_assistance: { receiving: false },
  employment: { status: '無職' },
  housing: { status: '借家' },
  education: { note: 'なし' },
  child_rearing: { note: 'なし' },
  service_use: { planKind: '1' },
  abuse: { note: 'なし' },
  criminal: { note: 'なし' },
  origin: { note: 'なし' },
};
const son: Member = { ref: 'son', role: 'child', identifiers: [], items: { identity: { name: '見本　太郎' } } };

describe('a referral that arrives at the care system', () => {
  it('is one record of 24 fields', () => {
    expect(recordOf({ identifiers: [{ system: 'kaigo', value: '00990010-0000000123' }] })).toEqual({
      values: [
        'Z113',
        '01',
        uuidToBase32(referralId),
        uuidToBase32(deliveryId),
        '1',
        '01',
        '4',
        '見本市自立相談支援機関',
        '見本　三郎',
        '01',
        '0000000123',
        'ﾐﾎﾝ ﾊﾅｺ',
        '見本　花子',
        '19400105',
        '2',
        '見本県見本市見本町一丁目１番１号',
        '099-123-4567',
        '000001200000',
        '2',
        '食事がとれていない様子。',
        '1',
        '20261130',
        '110101000000000000010000',
        '20261120',
      ],
      notCarried: [],
      flaws: [],
    });
    expect(referralLayout).toHaveLength(24);
  });

  it.each([
    ['referral', '01'],
    ['support_request', '02'],
    ['handback', '04'],
    ['inquiry', '06'],
    ['prefecture', '07'],
    ['protection', '08'],
    ['advice', '09'],
  ] as const)('of kind %s has 種類コード %s', (kind, code) => {
    expect(valueOf('kind', { kind })).toBe(code);
  });

  it('is refused when it is a notification, and it is the only kind that is', () => {
    expect(() => recordOf({ kind: 'notification' })).toThrow(HubOnlyError);
    for (const kind of ReferralKind.exclude(['notification']).options) expect(() => recordOf({ kind })).not.toThrow();
  });

  it.each([
    ['kaigo', '1'],
    ['shogai', '2'],
    ['kosodate', '3'],
    ['konkyu', '4'],
    ['takikan', '6'],
    ['chiiki', '5'],
    ['hogo', '5'],
    ['other', '5'],
  ] as const)('from %s has 送付元分野 %s', (domain, digit) => {
    expect(Domain.options).toContain(domain);
    expect(valueOf('fromDomain', { from: { domain, code: 'X', name: '見本' } })).toBe(digit);
  });

  it.each([
    ['consent', '01'],
    ['within_purpose', '02'],
    ['law', '03'],
    ['internal_reasonable', '04'],
    ['public_body_reasonable', '05'],
    ['benefit_of_person', '06'],
    ['emergency', '07'],
    ['disaster', '08'],
    ['private_necessity', '09'],
  ] as const)('by %s has 根拠コード %s', (authority, code) => {
    expect(valueOf('authority', { authority })).toBe(code);
  });

  it.each([
    ['normal', '1'],
    ['urgent', '2'],
    ['same_day', '3'],
  ] as const)('that is %s has 緊急度 %s', (urgency, code) => {
    expect(valueOf('urgency', { urgency })).toBe(code);
  });

  it('has the label of its sender end visibly where it is too long, and blank where CP932 cannot hold it', () => {
    const from = { domain: 'konkyu', code: 'X', name: '見'.repeat(21) } as const;
    const { values, flaws } = recordOf({ from, fromWorker: '𠮷田' });
    expect(values.slice(7, 9)).toEqual([`${'見'.repeat(19)}…`, '']);
    expect(flaws).toEqual([
      { code: 'W-LENGTH', field: 8 },
      { code: 'W-UNENCODABLE', field: 9 },
    ]);
  });

  it('has a blank where nobody is named as worker', () => {
    expect(recordOf({ fromWorker: undefined })).toMatchObject({ flaws: [] });
    expect(valueOf('fromWorker', { fromWorker: undefined })).toBe('');
  });
});

describe('取消区分', () => {
  it('is 2 for a supplement, which is whole, under its own 配送ID and the ハブ紹介ID of what it supplements', () => {
    const { values } = referralRecord(supplementing(), settings);
    expect(values.slice(2, 5)).toEqual([uuidToBase32(referralId), uuidToBase32(supplementId), '2']);
    expect(values.slice(5)).toEqual(recordOf().values.slice(5));
  });

  it('is 3 for a recall, which carries the 配送ID it cancels, the day, and nothing of the person', () => {
    // 00:10 of the 21st in Japan.
    const { values, ...rest } = recallRecord(recalling().recall, new Date('2026-11-20T15:10:00Z'));
    expect(values).toEqual([
      ...['Z113', '01', uuidToBase32(referralId), uuidToBase32(deliveryId), '3'],
      ...Array.from({ length: 18 }, () => ''),
      '20261121',
    ]);
    expect(rest).toEqual({ notCarried: [], flaws: [] });
  });
});

describe('提供項目マスク', () => {
  const fieldsOf: Partial<Record<DataCategory, ReferralKey[]>> = {
    identity: ['kana', 'kanji', 'birthDate', 'sex'],
    contact: ['address', 'telephone'],
    household_outline: ['householdSize'],
    concern: ['concerns'],
    narrative: ['message'],
  };
  const personal = Object.values(fieldsOf).flat();
  const masked = (mask: string): DisclosedReferral => aReferral({ items: everything, others: [son], mask });

  it.each(dataCategories.map((category, bit) => [bit + 1, category] as const))(
    'bit %i lets the fields of %s be filled, and no others, whatever the message holds',
    (bit, category) => {
      const mask = '0'
        .repeat(bit - 1)
        .concat('1')
        .padEnd(24, '0');
      const { values, notCarried: left } = referralRecord({ ...arriving(), referral: masked(mask) }, settings);
      const filled = personal.filter((key) => values[fieldNumber(key) - 1] !== '');
      expect(filled).toEqual(fieldsOf[category] ?? []);
      expect(values[fieldNumber('mask') - 1]).toBe(mask);
      expect(left).toEqual(category in fieldsOf ? [] : [category]);
    },
  );

  it('of nothing leaves every item blank', () => {
    const { values, notCarried: left } = referralRecord({ ...arriving(), referral: masked('0'.repeat(24)) }, settings);
    expect(personal.filter((key) => values[fieldNumber(key) - 1] !== '')).toEqual([]);
    expect(left).toEqual([]);
  });

  it('names every permitted item for which the record has no field, and says so in the declaration of the plugin', () => {
    const referral = masked(`${'1'.repeat(21)}000`);
    expect(referralRecord({ ...arriving(), referral }, settings).notCarried).toEqual(notCarried);
    expect(notCarried).toHaveLength(21 - Object.keys(fieldsOf).length);
  });

  it('names nothing that the message does not hold', () => {
    const referral = aReferral({ items: {}, mask: '1'.repeat(24) });
    expect(referralRecord({ ...arriving(), referral }, settings).notCarried).toEqual([]);
  });

  it.each([
    ['identity', { identity: { name: '見本　花子', otherNames: [{ name: '旧姓　花子' }] } }],
    ['identity', { identity: { name: '見本　花子', birthDate: '1940-01-05', birthDateText: '昭和15年頃' } }],
    ['contact', { contact: { telephone: '0991234567', mobile: '08000000001' } }],
    ['contact', { contact: { address: '見本町１', residence: '見本町２' } }],
    ['contact', { contact: { address: '見本町１', mail: 'a@example.invalid' } }],
    ['contact', { contact: { telephone: '0991234567', postalCode: '999-0001' } }],
    ['household_outline', { household_outline: { size: 2, relations: ['長男'] } }],
  ] as const)('names %s where the record holds only a part of it: %#', (category, items) => {
    expect(recordOf({ items: structuredClone(items) as Member['items'] }).notCarried).toEqual([category]);
  });

  it('does not count a 郵便番号 beside its address, nor the same number twice, nor the day of a text', () => {
    const number = '0991234567';
    const items = {
      contact: { postalCode: '999-0001', address: '見本町１', telephone: number, mobile: number },
      narrative: { fact: '滞納あり。', writtenOn: '2026-11-18' },
    };
    expect(recordOf({ items }).notCarried).toEqual([]);
  });

  it('never lets another member into the record', () => {
    expect(JSON.stringify(recordOf({ others: [son] }))).not.toContain('太郎');
  });
});

describe('the name in the record', () => {
  it('keeps 髙 and 﨑, which CP932 of Windows has', () => {
    expect(recordOf(identity({ name: '髙﨑　花子' }))).toMatchObject({ flaws: [], notCarried: [] });
    expect(valueOf('kanji', identity({ name: '髙﨑　花子' }))).toBe('髙﨑　花子');
  });

  const unwritable = ['𠮷田　花子', '剝　花子', '葛\u{e0100}城　花子', '\ue000田　花子', '한　花子'];
  it.each(unwritable)('is left out, and said so, where CP932 has no character for it: %#', (name) => {
    const record = recordOf(identity({ name }));
    expect(record.values[12]).toBe('');
    expect(record.values[11]).toBe('ﾐﾎﾝ ﾊﾅｺ');
    expect(record.flaws).toEqual([{ code: 'W-UNENCODABLE', field: 13 }]);
    expect(record.notCarried).toEqual(['identity']);
    expect(record.values.join()).not.toContain('?');
  });

  it('has the registered replacement instead, where there is one', () => {
    const replacements = new Map([['𠮷', '吉']]);
    expect(recordOf(identity({ name: '𠮷田　花子' }), { replacements })).toMatchObject({ flaws: [], notCarried: [] });
    expect(valueOf('kanji', identity({ name: '𠮷田　花子' }), { replacements })).toBe('吉田　花子');
  });

  it('is never cut: one of 21 characters is left out', () => {
    expect(valueOf('kanji', identity({ name: '見'.repeat(20) }))).toBe('見'.repeat(20));
    const record = recordOf(identity({ name: '見'.repeat(21) }));
    expect([record.values[12], record.flaws, record.notCarried]).toEqual([
      '',
      [{ code: 'W-LENGTH', field: 13 }],
      ['identity'],
    ]);
  });

  it('is written in full width', () => {
    expect(valueOf('kanji', identity({ name: 'John Smith ｼﾞｮﾝ' }))).toBe('Ｊｏｈｎ　Ｓｍｉｔｈ　ジョン');
  });

  it.each([
    ['full-width kana', 'ガード・パー', 'ｶﾞｰﾄﾞ･ﾊﾟｰ'],
    ['half-width kana', 'ﾐﾎﾝ ﾊﾅｺ', 'ﾐﾎﾝ ﾊﾅｺ'],
    ['hiragana', 'みほん　はなこ', 'ﾐﾎﾝ ﾊﾅｺ'],
    ['small and full-width letters', 'Ｊｏｈｎ smith', 'JOHN SMITH'],
  ])('has its reading in half width, from %s', (_, kana, expected) => {
    expect(valueOf('kana', identity({ kana }))).toBe(expected);
  });

  it('has no reading where a kana has no half-width form, unless a replacement is registered', () => {
    const record = recordOf(identity({ kana: 'ウメヱ' }));
    expect([record.values[11], record.flaws, record.notCarried]).toEqual([
      '',
      [{ code: 'W-UNENCODABLE', field: 12 }],
      ['identity'],
    ]);
    expect(valueOf('kana', identity({ kana: 'ウメヱ' }), { replacements: new Map([['ヱ', 'エ']]) })).toBe('ｳﾒｴ');
  });

  it('has no reading of more than 25 bytes; ﾞ takes one', () => {
    expect(valueOf('kana', identity({ kana: 'ガ'.repeat(12) }))).toHaveLength(24);
    expect(recordOf(identity({ kana: 'ガ'.repeat(13) })).flaws).toEqual([{ code: 'W-LENGTH', field: 12 }]);
  });
});

describe('birth, sex and household in the record', () => {
  it('have no date where only a 不詳 text is known: none is invented', () => {
    const record = recordOf(identity({ birthDate: undefined, birthDateText: '昭和15年頃' }));
    expect([record.values[13], record.flaws, record.notCarried]).toEqual([
      '',
      [{ code: 'W-DATE', field: 14 }],
      ['identity'],
    ]);
  });

  it.each([
    ['male', '1', []],
    ['female', '2', []],
    ['unknown', '', []],
    ['other', '', ['identity']],
  ] as const)('have for %s 性別コード 「%s」', (sex, code, left) => {
    const record = recordOf(identity({ sex }));
    expect([record.values[14], record.notCarried]).toEqual([code, left]);
  });

  it('count the household', () => {
    expect(valueOf('householdSize', { items: { household_outline: { size: 12 } } })).toBe('12');
    expect(recordOf({ items: { household_outline: { affected: '孫' } } }).notCarried).toEqual(['household_outline']);
  });
});

describe('address and telephone in the record', () => {
  it('are the address, and where there is none the place where the person stays', () => {
    expect(valueOf('address', contact({ address: '見本町１', residence: '見本町２' }))).toBe('見本町１');
    expect(valueOf('address', contact({ residence: '見本町２' }))).toBe('見本町２');
  });

  it('have no half address: one of 41 characters is left out', () => {
    const record = recordOf(contact({ address: '町'.repeat(41), telephone: '0991234567' }));
    expect([record.values[15], record.values[16]]).toEqual(['', '0991234567']);
    expect([record.flaws, record.notCarried]).toEqual([[{ code: 'W-LENGTH', field: 16 }], ['contact']]);
  });

  it.each([
    ['（０９９）１２３−４５６７', '099-123-4567'],
    ['099(123)4567', '099-123-4567'],
    ['099 123 4567', '099 123 4567'],
    ['080-1234-5678-9012', '080123456789012'],
  ])('have %s as %s', (telephone, expected) => {
    expect(valueOf('telephone', contact({ telephone }))).toBe(expected);
  });

  it('have the mobile number where the other is none, or is more than a number', () => {
    expect(valueOf('telephone', contact({ mobile: '080-0000-0001' }))).toBe('080-0000-0001');
    const { flaws, notCarried: left } = recordOf(contact({ telephone: '代表 内線12', mobile: '080-0000-0001' }));
    // The other one is not in the record, and the sender hears it.
    expect([flaws, left]).toEqual([[], ['contact']]);
    expect(recordOf(contact({ telephone: '代表 内線12' })).flaws).toEqual([{ code: 'W-ATTR', field: 17 }]);
  });

  it('are not carried at all where only a mail address is known', () => {
    expect(recordOf(contact({ mail: 'a@example.invalid' })).notCarried).toEqual(['contact']);
  });
});

describe('the text in the record', () => {
  const narrative = (texts: object) => ({ items: { narrative: texts } });

  it('is 事実 as it stands, and labelled where there are others', () => {
    expect(valueOf('message', narrative({ fact: '滞納あり。' }))).toBe('滞納あり。');
    expect(valueOf('message', narrative({ words: '家にいたい' }))).toBe('【本人の言葉】家にいたい');
    expect(valueOf('message', narrative({ fact: '滞納', words: '家に', view: '要訪問' }))).toBe(
      '【事実】滞納【本人の言葉】家に【支援者の見立て】要訪問',
    );
  });

  it('has its lines in one, and everything in full width', () => {
    expect(valueOf('message', narrative({ fact: '1行目\r\n2行目' }))).toBe('１行目　２行目');
  });

  it('is never cut: one of 101 characters is left out and named', () => {
    expect(valueOf('message', narrative({ fact: 'あ'.repeat(100) }))).toBe('あ'.repeat(100));
    const record = recordOf(narrative({ fact: 'あ'.repeat(101) }));
    expect([record.values[19], record.flaws, record.notCarried]).toEqual([
      '',
      [{ code: 'W-LENGTH', field: 20 }],
      ['narrative'],
    ]);
  });
});

describe('被保険者番号 in the record', () => {
  const number = (values: string[], insurers: string[] = []) =>
    valueOf('insured', { identifiers: values.map((value) => ({ system: 'kaigo', value })) }, { insurers });

  it.each([
    ['the one that is known', ['00990010-0000000123'], [], '0000000123'],
    ['one that begins with H', ['00990010-H000000001'], [], 'H000000001'],
    ['the one that is known twice', ['00990010-0000000123', '00990010-0000000123'], [], '0000000123'],
    [
      'the one of the insurer that is served',
      ['00990010-0000000123', '00990028-0000000999'],
      ['00990010'],
      '0000000123',
    ],
    [
      'none where several are known: a wrong number is another person',
      ['00990010-1000000000', '00990028-2000000000'],
      [],
      '',
    ],
    ['none of an insurer that is not served', ['00990028-0000000999'], ['00990010'], ''],
    ['one without its insurer where one only is served', ['0000000123'], ['00990010'], '0000000123'],
    ['none without its insurer where it could be anybody’s', ['0000000123'], [], ''],
    ['none that is of no form', ['00990010-123'], [], ''],
  ])('is %s', (_, values, insurers, expected) => {
    expect(number(values, insurers)).toBe(expected);
  });

  it('is none of another system', () => {
    expect(valueOf('insured', { identifiers: [{ system: 'shogai', value: '0000000123' }] })).toBe('');
  });
});
