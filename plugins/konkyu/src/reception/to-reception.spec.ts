// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type DisclosedReferral, Domain, type Member, ReferralKind, uuidToBase32 } from '@tsunagi/plugin-sdk';
import { claim, deliveryId, referralId } from '../../test/answer-row';
import { aReferral, permittedItems } from '../../test/disclosed-referral';
import { HubOnlyError } from './reception.errors';
import { toCancellation, toReception } from './to-reception';

/** 00:10 of the 21st in Japan. */
const now = new Date('2026-11-20T15:10:00.987Z');
const rowOf = (changes?: Parameters<typeof aReferral>[0]) => toReception(aReferral(changes), now).row;
const person: Member = { ref: 'son', role: 'child', identifiers: [], items: { identity: { name: '見本　太郎' } } };

describe('a referral for the case system', () => {
  it('is one row with what the consent lets through and nothing else', () => {
    expect(toReception(aReferral(), now)).toEqual({
      row: {
        haiso_id: uuidToBase32(deliveryId),
        hub_shokai_id: uuidToBase32(referralId),
        torikeshi_kbn: '1',
        shurui_cd: '01',
        soshin_bunya: '1',
        soshin_kikan: '見本市地域包括支援センター',
        soshin_tanto: '見本　四郎',
        konkyo_cd: '01',
        shimei: '見本　花子',
        furigana: 'ミホン ハナコ',
        seibetsu: '2',
        seinen_gengo: '2',
        seinen_ymd: '150105',
        jusho: '見本県見本市見本町一丁目１番１号',
        tel: '0991234567',
        setai_ninzu: 2,
        sodan_naiyo: '0010020000000000',
        renraku_bun: null,
        kinkyu: '1',
        kigen_ymd: '20261130',
        teikyo_mask: '110101000000000000000000',
        sakusei_dt: '2026-11-21 00:10:00',
      },
      notCarried: [],
    });
  });

  it('that corrects or adds to one before is whole, with 取消区分 2 under a 配送ID of its own', () => {
    const own = '019a9f00-0000-7000-8000-0000000000d5';
    const first = toReception(aReferral(), now).row;
    const { row } = toReception(aReferral({ deliveryId: own }), now, '2');
    expect(row).toEqual({ ...first, haiso_id: uuidToBase32(own), torikeshi_kbn: '2' });
    expect(row.hub_shokai_id).toBe(first.hub_shokai_id);
  });

  it.each([
    ['referral', '01'],
    ['support_request', '02'],
    ['handback', '04'],
    ['inquiry', '06'],
    ['prefecture', '07'],
    ['protection', '08'],
    ['advice', '09'],
  ] as const)('of kind %s has 種類コード %s', (kind, shurui_cd) => {
    expect(rowOf({ kind })).toMatchObject({ shurui_cd });
  });

  it('is refused when it is a notification, and it is the only kind that is', () => {
    expect(() => rowOf({ kind: 'notification' })).toThrow(HubOnlyError);
    for (const kind of ReferralKind.exclude(['notification']).options) expect(() => rowOf({ kind })).not.toThrow();
  });

  it.each([
    ['kaigo', '1'],
    ['shogai', '2'],
    ['kosodate', '3'],
    ['konkyu', '4'],
    ['takikan', '6'],
    ['hogo', '5'],
  ] as const)('from %s has 送付元分野 %s', (domain, soshin_bunya) => {
    expect(rowOf({ from: { domain, code: 'x', name: '見本' } })).toMatchObject({ soshin_bunya });
  });

  it('has a digit for every field of welfare', () => {
    for (const domain of Domain.options) {
      expect(rowOf({ from: { domain, code: 'x', name: '見本' } }).soshin_bunya).toMatch(/^[1-6]$/);
    }
  });

  it('says on which basis it rests and how urgent it is', () => {
    expect(rowOf({ authority: 'within_purpose', urgency: 'urgent' })).toMatchObject({ konkyo_cd: '02', kinkyu: '2' });
    expect(rowOf({ urgency: 'same_day' })).toMatchObject({ kinkyu: '3' });
  });

  const born = (birthDate: string) => rowOf({ items: { identity: { birthDate } } });
  it.each([
    ['1926-12-24', '1', '151224'],
    ['1926-12-25', '2', '011225'],
    ['1989-01-07', '2', '640107'],
    ['1989-01-08', '3', '010108'],
    ['2019-04-30', '3', '310430'],
    ['2019-05-01', '4', '010501'],
  ])('of a person born on %s has era %s and %s', (birthDate, seinen_gengo, seinen_ymd) => {
    expect(born(birthDate)).toMatchObject({ seinen_gengo, seinen_ymd });
  });

  it('of a person born in 明治, which the era table cannot say, has no birth date', () => {
    expect(born('1911-05-01')).toMatchObject({ seinen_gengo: null, seinen_ymd: null });
  });

  it('of a person whose birth date is 不詳 says 999999 and invents nothing', () => {
    expect(rowOf({ items: { identity: { birthDateText: '昭和10年頃' } } })).toMatchObject({
      seinen_gengo: null,
      seinen_ymd: '999999',
    });
  });

  it.each([
    ['male', '1'],
    ['female', '2'],
    ['other', '3'],
    ['unknown', null],
  ] as const)('with sex %s has %s', (sex, seibetsu) => {
    expect(rowOf({ items: { identity: { name: '見本', sex } } })).toMatchObject({ seibetsu });
  });

  it('keeps the three texts apart', () => {
    const narrative = { fact: '家賃滞納あり。', words: '家は離れたくない。', view: '家計の相談を勧めたい。' };
    expect(rowOf({ items: { narrative } }).renraku_bun).toBe(
      '【事実】家賃滞納あり。\n【本人の言葉】家は離れたくない。\n【支援者の見立て】家計の相談を勧めたい。',
    );
  });

  it('says visibly where a text is too long for the column', () => {
    const text = rowOf({ items: { narrative: { fact: 'あ'.repeat(2000), words: 'い' } } }).renraku_bun!;
    expect([...text]).toHaveLength(2000);
    expect(text).toMatch(/以下、ハブの画面で確認）$/);
  });

  it('never holds half a name', () => {
    expect(rowOf({ items: { identity: { name: '見'.repeat(61), kana: 'ミ' } } })).toMatchObject({
      shimei: null,
      furigana: 'ミ',
    });
  });

  it('shortens the name of a worker visibly', () => {
    expect(rowOf({ fromWorker: '見'.repeat(41) }).soshin_tanto).toBe(`${'見'.repeat(39)}…`);
  });

  it('takes the mobile number and the place of stay where there is nothing else', () => {
    expect(rowOf({ items: { contact: { residence: '見本荘', mobile: '09000000000' } } })).toMatchObject({
      jusho: '見本荘',
      tel: '09000000000',
    });
  });

  describe('tells the sender what the table has no place for', () => {
    const notCarried = (items: Member['items'], more: Partial<DisclosedReferral> = {}) =>
      toReception(aReferral({ items, ...more }), now).notCarried;

    it('such as care level, services and wishes about being contacted', () => {
      const more = {
        care_level: { level: '22' },
        service_use: { planKind: '1' },
        contact_wishes: { mustNotKnow: '長男' },
      };
      expect(notCarried({ ...permittedItems, ...more })).toEqual(['contact_wishes', 'care_level', 'service_use']);
    });

    it('such as the other members of the household', () => {
      expect(notCarried(permittedItems, { others: [person] })).toEqual(['household']);
    });

    it('such as a household outline that holds only relations', () => {
      expect(notCarried({ household_outline: { relations: ['長男'] } })).toEqual(['household_outline']);
    });

    it.each([
      ['identity', { identity: { name: '見'.repeat(61), kana: 'ミ' } }],
      ['identity', { identity: { name: '見本', kana: 'ミ'.repeat(61) } }],
      ['identity', { identity: { name: '見本', birthDate: '1911-05-01' } }],
      ['identity', { identity: { name: '見本', birthDateText: '昭和10年頃' } }],
      ['identity', { identity: { name: '見本', otherNames: [{ name: '旧姓' }] } }],
      ['contact', { contact: { telephone: '0991234567', mobile: '09000000000' } }],
      ['contact', { contact: { address: '見本町１', telephone: '代表 099-123-4567 内線1' } }],
      ['contact', { contact: { address: '見本町１', residence: '見本荘' } }],
      ['contact', { contact: { address: '見本町１', mail: 'a@example.invalid' } }],
      ['contact', { contact: { telephone: '0991234567', postalCode: '999-0001' } }],
      ['household_outline', { household_outline: { size: 2, affected: '孫' } }],
      ['narrative', { narrative: { fact: 'あ'.repeat(2000), words: 'い' } }],
    ] as const)('such as the part of %s that has no column, or none that is wide enough: %#', (category, items) => {
      expect(notCarried(structuredClone(items) as Member['items'])).toEqual([category]);
    });

    it('but not a 郵便番号 beside its address, nor the same number twice', () => {
      const number = '0991234567';
      const contact = { postalCode: '999-0001', address: '見本町１', telephone: number, mobile: number };
      expect(notCarried({ contact })).toEqual([]);
    });
  });

  describe('has NULL for every item whose mask bit is 0', () => {
    const everything = { ...permittedItems, narrative: { fact: '家賃滞納あり。' } };
    it.each([
      [0, ['shimei', 'furigana', 'seibetsu', 'seinen_gengo', 'seinen_ymd']],
      [1, ['jusho', 'tel']],
      [3, ['setai_ninzu']],
      [5, ['sodan_naiyo']],
      [19, ['renraku_bun']],
    ] as const)('bit %i', (bit, columns) => {
      const full = aReferral({ items: everything });
      const mask = full.mask.slice(0, bit) + '0' + full.mask.slice(bit + 1);
      const { row } = toReception({ ...full, mask }, now);
      for (const column of columns) expect(row[column]).toBeNull();
    });

    it('even when a message should hold items that its mask does not name', () => {
      const { row, notCarried } = toReception({ ...aReferral({ items: everything }), mask: '0'.repeat(24) }, now);
      expect(JSON.stringify(row)).not.toMatch(/見本　花子|ミホン|0991234567|見本町|滞納/);
      expect(notCarried).toEqual([]);
    });
  });
});

describe('a recall', () => {
  it('names the delivery it cancels and nothing of the person', () => {
    const recall = { deliveryId: '019a9f00-0000-7000-8000-0000000000d2', claim, cancels: deliveryId, referralId };
    const { haiso_id, hub_shokai_id, torikeshi_kbn, sakusei_dt, ...rest } = toCancellation(recall, now);
    expect({ haiso_id, hub_shokai_id, torikeshi_kbn, sakusei_dt }).toEqual({
      haiso_id: uuidToBase32(deliveryId),
      hub_shokai_id: uuidToBase32(referralId),
      torikeshi_kbn: '3',
      sakusei_dt: '2026-11-21 00:10:00',
    });
    expect(new Set(Object.values(rest))).toEqual(new Set([null]));
  });
});
