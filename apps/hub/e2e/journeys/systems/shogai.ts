// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { numberFieldOf, shogaiAnswer, shogaiFile, shogaiRecord } from '../../town/shogai-desk';
import { ymd } from '../../town/written';
import { acceptBy, dayAndTime, has, meetingOf, type Asked, type System, type Way } from './system';

/** 障害福祉: files of fixed length. */
export function shogaiSystem({ town, seat }: Way): System {
  const recipients = new Map<string, string>();
  const numberOf = (key: string) => {
    const number = recipients.get(key) ?? String(9_910_100_000 + recipients.size);
    recipients.set(key, number);
    return number;
  };
  const drop = async (key: string, to: System, over: Asked, change: '1' | '2') => {
    const record = shogaiRecord({
      ...over,
      meeting: meetingOf(over),
      key,
      recipient: numberOf(key),
      to: to.digit,
      change,
    });
    const name = town.shogai.drop([record]);
    const [[, , result = '', , , referral = ''] = []] = await town.shogai.result(name);
    const found = await town.shogai.resultBytes(name);
    expect(found).toEqual(shogaiFile('SHE', headerOf(found), [['1', key, result, '', '', referral]]));
    return referral;
  };
  return {
    domain: 'shogai',
    digit: '2',
    office: { code: '9930000012', name: '障害者相談支援事業所' },
    desk: seat({ role: 'caseworker', domain: 'shogai' }),
    supervisor: seat({ role: 'supervisor', domain: 'shogai' }),

    said: {
      worker: '',
      kanji: '見本　三郎',
      kana: 'ﾐﾎﾝ ｻﾌﾞﾛｳ',
      fullKana: 'ミホン サブロウ',
      birth: '19851015',
      eraBirth: '3601015',
      sex: '1',
      address: '見本県見本市見本町一丁目１番１号',
      telephone: '0991112222',
      household: '3',
      concerns: '000101200000',
      boxes: '1010020000000000',
    },
    asks: (key, to, over = {}) => drop(key, to, over, '1'),
    async changes(key, to, over) {
      await drop(key, to, over, '2');
    },
    codes: async (key) => town.shogai.statusCodes(key),
    async status({ key, referral, code, at, by, reason = '', worker = '', next = '', text = '' }) {
      const found = await town.shogai.fileWith('SHO', `${referral}${code}`);
      const receiver = by ? [by.digit, by.office.code, by.office.name] : ['', '', ''];
      const record = ['990019', numberOf(key), '', key, referral, code, ...dayAndTime(at), ...receiver];
      const told = [worker, next, reason, text];
      const expected = shogaiFile('SHO', headerOf(found), [[...record, ...told]], numberFieldOf.SHO);
      return { found, expected };
    },

    async arrived(referral, mark) {
      const { bytes, delivery } = await town.shogai.referral(referral, mark);
      return { delivery, found: bytes };
    },
    record(of, found) {
      const { referral, delivery, mark, from, said, mask } = of;
      const header = headerOf(found as Buffer);
      const ids = ['990019', referral, delivery, mark];
      // A recall names the delivery it cancels and the day, and nobody.
      const nothing = Array<string>(19).fill('');
      const fields = [
        ...[
          '01',
          from.digit,
          from.office.name,
          said.worker,
          '01',
          '',
          '',
          said.kana,
          said.kanji,
          said.eraBirth,
          said.sex,
        ],
        ...(has(of, 2) ? [said.address, said.telephone] : ['', '']),
        ...[said.concerns, has(of, 4) ? said.household : '', '', '1', acceptBy(), mask],
      ];
      const record = [...ids, ...(mark === '3' ? nothing : fields), ymd()];
      return shogaiFile('SHR', header, [record], numberFieldOf.SHR);
    },
    count: async (referral) => town.shogai.referrals().filter((r) => r.values[1] === referral).length,
    async answers(at, code, key, { worker, ...more } = {}) {
      const name = town.shogai.answer(
        shogaiAnswer(at, code, key, { ...more, ...(worker !== undefined && { worker }) }),
      );
      const found = await town.shogai.resultBytes(name);
      expect(found).toEqual(shogaiFile('SHE', headerOf(found), [['1', key, '10', '', '', at.referral]]));
    },
  };
}

/** What a file says of itself: the day is today, the time that of its making, 送信連番 not zero. */
function headerOf(file: Buffer): { day: string; time: string; serial: number } {
  const [, day = '', time = '', serial = ''] =
    /^1990019SH[GSEOR]([0-9]{8})([0-2][0-9][0-5][0-9][0-5][0-9])([0-9]{6})/.exec(file.toString('latin1', 0, 40)) ?? [];
  expect([day, Number(serial) > 0]).toEqual([ymd(), true]);
  return { day, time, serial: Number(serial) };
}
