// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { aConsultation, settings } from '../../test/consultation-row';
import type { ConsultationRow } from './consultation-row';
import { type ConsultationSettings, toSubmission } from './to-submission';

const map = (row: Partial<ConsultationRow> = {}, more: Partial<ConsultationSettings> = {}) =>
  toSubmission(aConsultation(row), { ...settings, ...more });

function submission(row: Partial<ConsultationRow> = {}, more: Partial<ConsultationSettings> = {}) {
  const mapped = map(row, more);
  if (!mapped.ok) throw new Error(mapped.code);
  return mapped.value;
}
const itemsOf = (row: Partial<ConsultationRow>, more?: Partial<ConsultationSettings>) =>
  submission(row, more).subject.items;

describe('a consultation in the common schema', () => {
  it('puts every item in its category', () => {
    expect(submission().subject).toEqual({
      ref: 'subject',
      role: 'subject',
      identifiers: [{ system: 'konkyu', value: 'S-2026-0101' }],
      items: {
        identity: { name: '見本　次郎', kana: 'ミホン　ジロウ', birthDate: '1954-11-03', sex: 'male' },
        contact: {
          postalCode: '999-0001',
          address: '見本県見本市見本町一丁目１番１号',
          telephone: '000-0000-0101',
          mobile: '000-1111-0101',
        },
        concern: { boxes: ['illness', 'care', 'income_work'], mostPressing: ['income_work'] },
        employment: { status: '失業・休職中' },
        housing: { status: '借家' },
        narrative: { words: '膝が悪く、仕事が続かない。', writtenOn: '2026-11-19' },
      },
    });
  });

  it('names the office, its own key, and when the row was changed', () => {
    expect(submission()).toMatchObject({
      source: {
        system: 'konkyu',
        key: 'S-2026-0101/1',
        change: 'changed',
        occurredAt: '2026-11-20T09:31:00.123+09:00',
        echo: '["S-2026-0101","1"]',
      },
      fromCode: '9900000041',
      acting: { name: '相談員　一' },
      asserted: { code: '1', formVersion: 'J-2026-1', on: '2026-11-19' },
      urgency: 'normal',
      purpose: 'consultation',
      others: [],
    });
  });

  it('leaves open how they meet: the view does not say, so it goes through the office', () => {
    expect(submission()).not.toHaveProperty('howTheyMeet');
  });

  it('is freed of the spaces that fixed-width columns add', () => {
    const padded = { sodan_id: 'S-2026-0101   ', shimei: '見本　次郎　　', seibetsu: '1 ', jusho: '   ', shuso: '　' };
    expect(submission(padded).source.key).toBe('S-2026-0101/1');
    expect(itemsOf(padded)).toMatchObject({ identity: { name: '見本　次郎', sex: 'male' } });
    expect(itemsOf(padded)).not.toHaveProperty('contact.address');
    expect(itemsOf(padded)).not.toHaveProperty('narrative');
  });

  it('may leave out everything but number, time, ID and つなぎ先', () => {
    const none = Object.fromEntries(Object.keys(aConsultation()).map((column) => [column, null]));
    const { renban, koshin_dt, sodan_id, tsunagi_bunya } = aConsultation();
    expect(submission({ ...none, renban, koshin_dt, sodan_id, tsunagi_bunya })).toMatchObject({
      subject: { items: { identity: { birthDateText: '年月日不詳' } } },
      asserted: { code: '9', on: '2026-11-20' },
    });
  });

  it.each([
    ['1', { domain: 'kaigo' }, 'referral'],
    ['2', { domain: 'shogai' }, 'referral'],
    ['3', { domain: 'kosodate' }, 'referral'],
    ['5', { domain: 'other' }, 'referral'],
    ['6', 'unknown', 'support_request'],
  ])('with つなぎ先分野 %s goes to %j', (tsunagi_bunya, to, kind) => {
    expect(submission({ tsunagi_bunya })).toMatchObject({ to, kind, source: { key: `S-2026-0101/${tsunagi_bunya}` } });
  });

  it.each([
    ['stays in the office', { tsunagi_bunya: '4' }, 'changed'],
    ['is withdrawn', { sakujo_flg: '1' }, 'ended'],
  ])('that %s names no addressee and says nothing of the person', (_, row, change) => {
    const { to, subject, source, acting } = submission(row);
    expect(to).toBeUndefined();
    expect(acting).toBeUndefined();
    expect(source.change).toBe(change);
    expect(subject).toEqual({
      ref: 'subject',
      role: 'subject',
      identifiers: [{ system: 'konkyu', value: 'S-2026-0101' }],
      items: {},
    });
  });

  it('that is withdrawn is not kept back by what nobody will read any more', () => {
    const row = {
      sakujo_flg: '1',
      seinen_gengo: '3',
      seinen_ymd: '310501',
      shuso: '１２３４５６７８９０１８',
      seibetsu: '9',
    };
    expect(map(row)).toMatchObject({ ok: true, value: { source: { change: 'ended' } } });
  });

  describe('the person', () => {
    it.each([
      ['ひらがな', 'みほん　じろう', 'ミホン　ジロウ'],
      ['カタカナ', 'ミホン ジロウ', 'ミホン ジロウ'],
      ['半角カタカナ', 'ﾐﾎﾝ ｼﾞﾛｳ', 'ミホン ジロウ'],
      ['a mark of its own', 'みほん し\u3099ろう', 'ミホン ジロウ'],
    ])('has a reading in full-width katakana when the office typed %s', (_, furigana, kana) => {
      expect(itemsOf({ furigana }).identity).toMatchObject({ kana });
    });

    it.each([
      ['1', 'male'],
      ['2', 'female'],
      ['3', 'other'],
    ])('with 性別 %s is %s', (seibetsu, sex) => {
      expect(itemsOf({ seibetsu }).identity).toMatchObject({ sex });
    });

    it('keeps the name as it is registered, whatever CP932 knows of it', () => {
      expect(itemsOf({ shimei: '髙﨑𠮷①〜' }).identity).toMatchObject({ name: '髙﨑𠮷①〜' });
    });

    it.each([
      ['大正', '1', '151225', '1926-12-25'],
      ['昭和', '2', '640107', '1989-01-07'],
      ['平成', '3', '310430', '2019-04-30'],
      ['令和', '4', '010501', '2019-05-01'],
    ])('is born in %s by this interface’s own table', (_, seinen_gengo, seinen_ymd, birthDate) => {
      expect(itemsOf({ seinen_gengo, seinen_ymd }).identity).toMatchObject({ birthDate });
    });

    it.each([
      [null, null, '年月日不詳'],
      [null, '999999', '年月日不詳'],
      ['2', '999999', '昭和年月日不詳'],
      ['2', null, '昭和年月日不詳'],
    ])('whose birth is 不詳 (%s, %s) keeps it so: no date is invented', (seinen_gengo, seinen_ymd, birthDateText) => {
      const { identity } = itemsOf({ seinen_gengo, seinen_ymd });
      expect(identity).toMatchObject({ birthDateText });
      expect(identity).not.toHaveProperty('birthDate');
    });

    it.each(['住所不定', '住所不定（見本駅の周辺）', '住居不定'])(
      'with %s has no address but a place to stay',
      (jusho) => {
        const { contact } = itemsOf({ jusho });
        expect(contact).toMatchObject({ residence: jusho });
        expect(contact).not.toHaveProperty('address');
      },
    );

    it('whose telephones are unknown has an address all the same', () => {
      expect(itemsOf({ tel_jitaku: null, tel_keitai: ' ', yubin_no: null }).contact).toEqual({
        address: '見本県見本市見本町一丁目１番１号',
      });
    });

    it('who came tells the story in own words; what others told stands as told', () => {
      expect(itemsOf({ raidan_kankei: '0' }).narrative).toHaveProperty('words');
      for (const raidan_kankei of ['1', '2', null]) {
        expect(itemsOf({ raidan_kankei }).narrative).toMatchObject({ fact: '膝が悪く、仕事が続かない。' });
      }
    });
  });

  describe('相談内容, 16 boxes', () => {
    it.each([
      ['1000000000000000', ['illness'], undefined],
      ['0101000000000000', ['spending_debt', 'housing'], undefined],
      ['0000000000102000', ['child_rearing', 'other'], ['other']],
      ['0000000000000211', ['spending_debt', 'violence', 'other'], ['violence']],
    ])('%s become the 12 of the つなぐシート', (sodan_naiyo, boxes, mostPressing) => {
      expect(itemsOf({ sodan_naiyo }).concern).toEqual(mostPressing ? { boxes, mostPressing } : { boxes });
    });

    it.each(['0000000000000000', null])('that are all empty (%s) are none', (sodan_naiyo) => {
      expect(itemsOf({ sodan_naiyo })).not.toHaveProperty('concern');
    });
  });

  describe('仕事 and 住居', () => {
    it('become the words of the form', () => {
      expect(itemsOf({ shigoto: '2', jukyo: '6' })).toMatchObject({
        employment: { status: '臨時・パート・アルバイト・派遣' },
        housing: { status: '野宿' },
      });
    });

    it('with a code that nobody knows are left out with a flag, and the row goes on', () => {
      const mapped = map({ shigoto: '4', jukyo: '9' });
      expect(mapped).toMatchObject({
        ok: true,
        warnings: [
          { code: 'W-CODE', field: 19 },
          { code: 'W-CODE', field: 20 },
        ],
      });
      expect(mapped.ok && Object.keys(mapped.value.subject.items)).not.toContain('employment');
    });

    it('may have codes of the office’s own', () => {
      expect(itemsOf({ shigoto: '4' }, { shigoto: { '4': '学生' } }).employment).toEqual({ status: '学生' });
    });
  });

  describe('同意', () => {
    it.each(['1', '2', '3', '9'])('%s is handed on as the office’s own code', (doi_kbn) => {
      expect(submission({ doi_kbn }).asserted).toMatchObject({ code: doi_kbn });
    });

    it('that nobody entered is not known', () => {
      expect(submission({ doi_kbn: null }).asserted).toMatchObject({ code: '9' });
    });

    it('names no form while none is set', () => {
      expect(submission({}, { formVersion: undefined }).asserted).toEqual({ code: '1', on: '2026-11-19' });
    });
  });

  describe('外字', () => {
    it('that the table does not know costs the name, not the row: the reading stands for it', () => {
      const mapped = map({ shimei: '\ue000橋　次郎' });
      expect(mapped).toMatchObject({ ok: true, warnings: [{ code: 'W-GAIJI', field: 7 }] });
      expect(mapped.ok && mapped.value.subject.items.identity).toEqual({
        kana: 'ミホン　ジロウ',
        birthDate: '1954-11-03',
        sex: 'male',
      });
    });

    it('that the table knows is replaced, and flagged', () => {
      const mapped = map({ shimei: '\ue000橋　次郎' }, { gaiji: new Map([['F040', '髙']]) });
      expect(mapped).toMatchObject({
        ok: true,
        warnings: [{ code: 'W-GAIJI-MAPPED', field: 7 }],
        value: { subject: { items: { identity: { name: '髙橋　次郎' } } } },
      });
    });

    it('in other texts becomes 〓, and so does what CP932 has no place for', () => {
      const mapped = map({ jusho: '\uf8ff町１番', shuso: '\ue001さんの紹介。' });
      expect(mapped).toMatchObject({
        ok: true,
        warnings: [
          { code: 'W-GAIJI', field: 13 },
          { code: 'W-GAIJI', field: 21 },
        ],
        value: { subject: { items: { contact: { address: '〓町１番' }, narrative: { words: '〓さんの紹介。' } } } },
      });
    });
  });
});
