// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { answerAsCare } from '../consultations';
import { kaigoRecord } from '../../town/kaigo-desk';
import { cp932, ymd } from '../../town/written';
import { acceptBy, dayAndTime, has, meetingOf, type Asked, type System, type Way } from './system';

const file = (record: string, insurer = '00990010') =>
  cp932(`1,1,0,1,Z11,0,${insurer},0,00,7,${ymd().slice(0, 6)},0\r\n2,2,${record}\r\n3,3\r\n`);
const quoted = (text = '') => (text === '' ? '' : `"${text}"`);

/** 介護: files in the envelope. */
export function kaigoSystem({ town, seat }: Way): System {
  const insured = new Map<string, string>();
  const numberOf = (key: string) => {
    const number = insured.get(key) ?? String(700 + insured.size).padStart(10, '0');
    insured.set(key, number);
    return number;
  };
  const drop = async (key: string, to: System, over: Asked, change: '1' | '2') => {
    const record = kaigoRecord({
      ...over,
      meeting: meetingOf(over),
      key,
      insured: numberOf(key),
      to: to.digit,
      change,
    });
    const [[, , , , , , , referral = ''] = []] = await town.kaigo.result(town.kaigo.drop([record]));
    return referral;
  };
  return {
    domain: 'kaigo',
    digit: '1',
    office: { code: '9970100005', name: '地域包括支援センター' },
    desk: seat({ role: 'caseworker', domain: 'kaigo' }),
    supervisor: seat({ role: 'supervisor', domain: 'kaigo' }),

    said: {
      worker: '',
      kanji: '見本　花子',
      kana: 'ﾐﾎﾝ ﾊﾅｺ',
      fullKana: 'ミホン ハナコ',
      birth: '19400105',
      eraBirth: '3150105',
      sex: '2',
      address: '見本県見本市見本町一丁目１番１号',
      telephone: '0991234567',
      household: '2',
      concerns: '000001100000',
      boxes: '0010010000000000',
    },
    asks: (key, to, over = {}) => drop(key, to, over, '1'),
    async changes(key, to, over) {
      await drop(key, to, over, '2');
    },
    codes: async (key) => town.kaigo.statuses(key).map((r) => r[6] ?? ''),
    async status({ key, referral, code, at, by, reason, worker, next, text }) {
      const [number, moment] = [numberOf(key), dayAndTime(at).join()];
      const receiver = by ? `${by.digit},${by.office.code},"${by.office.name}"` : ',,';
      const told = [quoted(worker), next, reason, quoted(text)].join();
      const record = `Z112,01,00990010,${number},${key},${referral},${code},${moment},${receiver},${told},1,${ymd()}`;
      return { found: await town.kaigo.fileWith('KAO', `${key},${referral},${code},`), expected: file(record) };
    },

    async arrived(referral, mark) {
      const { bytes, delivery } = await town.kaigo.referral(referral, mark);
      return { delivery, found: bytes };
    },
    record(of) {
      const { referral, delivery, mark, from, said, mask } = of;
      // A recall names the delivery it cancels and the day, and nobody.
      if (mark === '3') return file(`Z113,01,${referral},${delivery},3${','.repeat(19)}${ymd()}`, '000000');
      const contact = has(of, 2) ? `"${said.address}",${said.telephone}` : ',';
      const fields = [
        ...['Z113,01', referral, delivery, mark, '01', from.digit, quoted(from.office.name), quoted(said.worker), '01'],
        ...['', quoted(said.kana), quoted(said.kanji), said.birth, said.sex, contact, said.concerns],
        ...[has(of, 4) ? said.household : '', '', '1', acceptBy(), mask, ymd()],
      ];
      return file(fields.join(), '000000');
    },
    count: async (referral) => town.kaigo.referrals().filter((r) => r.values[2] === referral).length,
    answers: (at, code, key, more) => answerAsCare(town, at, code, key, more),
  };
}
