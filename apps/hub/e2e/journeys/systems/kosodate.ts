// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { uuidToBase32 } from '@tsunagi/legacy';
import { heldOf } from '../consultations';
import { kosodateEvent } from '../../town/kosodate-desk';
import { isoDay, wallClock } from '../../town/written';
import { acceptBy, has, type Asked, type System, type Way } from './system';

const concerns =
  'illness mental_health care disability child_rearing income_work spending_debt housing violence rights health other'.split(
    ' ',
  );
const actions: Readonly<Record<string, string>> = {
  '20': 'accept',
  '30': 'start',
  '40': 'complete',
  '45': 'ask',
  '50': 'proposeReturn',
  '60': 'ackCancel',
};
const receipt = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/** 子育て: a system that calls, and is called. */
export function kosodateSystem({ town, seat }: Way): System {
  const desk = seat({ role: 'caseworker', domain: 'kosodate' });
  const asked = new Map<string, { readonly person: string; readonly to: string }>();
  let versions = 0;
  const send = async (key: string, to: System, { consent, address }: Asked) => {
    const known = asked.get(key) ?? { person: String(9_940_000 + asked.size), to: to.digit };
    asked.set(key, known);
    const event = kosodateEvent({
      key,
      person: known.person,
      to: [to.digit],
      version: String(++versions),
      ...(consent === '9' && { consent: 'unknown' }),
      ...(address !== undefined && { address }),
    });
    const answered = await town.kosodate.insist('events', event);
    expect(answered).toEqual({ status: 202, body: { eventId: key, receiptId: expect.stringMatching(receipt) } });
    return known.person;
  };
  return {
    domain: 'kosodate',
    digit: '3',
    office: { code: '9940000023', name: '利用者支援事業' },
    desk,
    supervisor: seat({ role: 'supervisor', domain: 'kosodate' }),

    said: {
      worker: '',
      kanji: '見本　四葉',
      kana: 'ﾐﾎﾝ ﾖﾂﾊﾞ',
      fullKana: 'ミホン　ヨツバ',
      birth: '19950401',
      eraBirth: '4070401',
      sex: '2',
      address: '見本県見本市見本町一丁目１番１号',
      telephone: '',
      household: '2',
      relations: ['夫'],
      concerns: '000021000000',
      boxes: '0010000000200000',
    },
    async asks(key, to, over = {}) {
      const person = await send(key, to, over);
      // There is no 状態コード for waiting.
      if (over.consent === '9') return uuidToBase32(await heldOf(desk, person));
      return String((await town.kosodate.status(key, '10')).body['referralId']);
    },
    async changes(key, to, over) {
      await send(key, to, over);
    },
    codes: (key) => Promise.resolve(town.kosodate.statuses(key).map(({ body }) => String(body['status']))),
    async status({ key, referral, code, at, by, reason = null, worker = null, next, text = null }) {
      const { text: found, body } = await town.kosodate.status(key, code);
      const expected = {
        eventId: key,
        referralId: referral,
        status: code,
        statusAt: japaneseMoment(at),
        domain: by?.digit ?? asked.get(key)?.to,
        organisationId: by?.office.code ?? null,
        organisationName: by?.office.name ?? null,
        personInCharge: worker,
        nextContactOn: next === undefined ? null : withHyphens(next),
        returnReason: reason,
        message: text,
        isNotDisclosed: false,
        hubVersion: '1.0',
        sentAt: sentToday(body),
      };
      return { found, expected: JSON.stringify(expected) };
    },

    async arrived(referral, mark) {
      const { text, body } = await town.kosodate.referral(referral, mark);
      return { delivery: String(body['deliveryId']), found: text };
    },
    record(of, found) {
      const { referral, delivery, mark, from, said, mask } = of;
      const sentAt = sentToday(JSON.parse(found as string) as Record<string, unknown>);
      const ids = { deliveryId: delivery, referralId: referral, cancel: mark };
      // A recall names the delivery it cancels and the day, and nobody.
      if (mark === '3') return JSON.stringify({ ...ids, sentAt });
      const { worker, postalCode, address, telephone, relations } = said;
      const outline = { size: Number(said.household), ...(relations && { relations }) };
      const flags = [...said.concerns];
      return JSON.stringify({
        ...ids,
        kind: '01',
        from: {
          domain: from.digit,
          organisationName: from.office.name,
          ...(worker !== '' && { personInCharge: worker }),
        },
        authority: '01',
        subject: {
          name: said.kanji,
          nameKana: said.fullKana,
          dateOfBirth: withHyphens(said.birth),
          sex: said.sex,
          ...(has(of, 2) && {
            ...(postalCode !== undefined && { postalCode }),
            address,
            ...(telephone !== '' && { telephone }),
          }),
          ...(has(of, 4) && { details: { household_outline: outline } }),
        },
        household: [],
        concerns: concerns.filter((_, box) => flags[box] !== '0'),
        ...(flags.includes('2') && { primaryConcern: concerns[flags.indexOf('2')] }),
        urgency: '1',
        acceptBy: withHyphens(acceptBy()),
        disclosedCategories: [
          'identity',
          'contact',
          'contact_wishes',
          'household_outline',
          'household',
          'concern',
        ].filter((_, bit) => mask[bit] === '1'),
        isNotDisclosed: false,
        sentAt,
      });
    },
    count: (referral) =>
      Promise.resolve(town.kosodate.referrals().filter(({ body }) => body['referralId'] === referral).length),
    async answers({ referral, delivery }, code, key, { worker = '試験　太郎', reason, outcome, next, text } = {}) {
      const answered = await town.kosodate.insist('responses', {
        responseId: key,
        deliveryId: delivery,
        referralId: referral,
        action: actions[code],
        at: japaneseMoment(new Date().toISOString()),
        personInCharge: worker,
        ...(reason !== undefined && { reasonCode: reason }),
        ...(outcome !== undefined && { outcomeCode: outcome }),
        ...(next !== undefined && { nextContactOn: withHyphens(next) }),
        ...(text !== undefined && { message: text }),
      });
      expect(answered).toEqual({ status: 202, body: { responseId: key, receiptId: expect.stringMatching(receipt) } });
    },
  };
}

const withHyphens = (day: string) => day.replace(/^(....)(..)(..)$/, '$1-$2-$3');

/** To the second, on the clock of Japan. */
const japaneseMoment = (at: string) => `${wallClock(at).slice(0, 19).replace(' ', 'T')}+09:00`;

/** When the call was made only the call says. */
function sentToday({ sentAt }: Readonly<Record<string, unknown>>): string {
  expect(sentAt).toMatch(new RegExp(`^${isoDay()}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\+09:00$`));
  return sentAt as string;
}
