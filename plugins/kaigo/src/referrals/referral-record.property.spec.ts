// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { Concern, dataCategories, member, readEnvelope, ReferralKind, Urgency } from '@tsunagi/plugin-sdk';
import { arriving, supplementing } from '../../test/disclosed-referral';
import { judgeFields } from '@tsunagi/plugin-sdk/records';
import { writeReferralFile } from './referral-files';
import { referralLayout } from './referral-layout';
import { referralRecord } from './referral-record';

/** What people type, what old systems hold, and what CP932 cannot: everything that the common schema lets in. */
const sign = fc.oneof(
  fc.constantFrom(...'髙﨑𠮷剝葛\u{e0100}ヱヶガﾊﾟぁ〜～−‖é¥한?"\',A-9 　・ーａ。\ue000\n\r\t\u200b'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  fc.constantFrom(...'見本花子一二三ミホンハナコ'),
);
const words = (max: number) => fc.array(sign, { minLength: 1, maxLength: max }).map((signs) => signs.join(''));
const clean = (text: string, max: number, unfit: RegExp) => {
  const fit = text.slice(0, max).replace(unfit, '');
  return /[^\p{Z}\p{Cc}\p{Cf}\p{Cs}]/u.test(fit) ? fit : '見';
};
const oneLine = (max: number) => words(max).map((text) => clean(text, max, /(?![\u200c\u200d])[\p{Cc}\p{Cs}\p{Cf}]/gu));
const prose = (max: number) =>
  words(max).map((text) => clean(text, 2000, /(?![\n\r\t])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu));
const day = fc
  .date({ min: new Date('1880-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const items = fc.record({
  identity: maybe(
    fc.record({
      name: maybe(oneLine(30)),
      kana: maybe(oneLine(30)),
      birthDate: maybe(day),
      birthDateText: maybe(oneLine(10)),
      sex: maybe(fc.constantFrom('male', 'female', 'other', 'unknown')),
    }),
  ),
  contact: maybe(
    fc.record({
      address: maybe(oneLine(60)),
      telephone: maybe(oneLine(20)),
      mobile: maybe(fc.stringMatching(/^[0-9-]{1,20}$/)),
    }),
  ),
  household_outline: maybe(fc.record({ size: maybe(fc.integer({ min: 1, max: 99 })) })),
  concern: maybe(fc.record({ boxes: fc.subarray(Concern.options), mostPressing: maybe(fc.subarray(Concern.options)) })),
  wishes: maybe(fc.record({ wishes: prose(10) })),
  narrative: maybe(fc.record({ fact: maybe(prose(120)), words: maybe(prose(40)), view: maybe(prose(40)) })),
});
const referral = fc.record({
  items: items.map((made) => member.shape.items.parse(JSON.parse(JSON.stringify(made)))),
  mask: fc.subarray([...dataCategories]).map((permitted) =>
    dataCategories
      .map((category) => (permitted.includes(category) ? '1' : '0'))
      .join('')
      .padEnd(24, '0'),
  ),
  kind: fc.constantFrom(...ReferralKind.exclude(['notification']).options),
  urgency: fc.constantFrom(...Urgency.options),
  fromWorker: maybe(oneLine(60)),
  identifiers: fc.array(
    fc.record({
      system: fc.constantFrom('kaigo', 'shogai'),
      value: fc.constantFrom('00990010-0000000123', 'H000000001'),
    }),
    { maxLength: 2 },
  ),
});
const replacements = fc.constantFrom(
  new Map<string, string>(),
  new Map([
    ['𠮷', '吉'],
    ['ヱ', 'ｴ'],
    ['é', "e'?"],
  ]),
);

/** What Windows writes where other systems use a look-alike. */
const asWindows = (text: string) => text.replace(/[〜−‖—¢£¬]/g, (char) => '～－∥―￠￡￢'['〜−‖—¢£¬'.indexOf(char)]!);

describe('whatever a referral holds', () => {
  it('its record is written, keeps to the layout, and reads back as it was written', () => {
    fc.assert(
      fc.property(referral, replacements, fc.boolean(), (changes, replaced, isNew) => {
        const delivery = isNew ? arriving(changes) : supplementing(changes);
        const { values, flaws, notCarried } = referralRecord(delivery, { insurers: [], replacements: replaced });
        const file = Buffer.from(writeReferralFile([{ values, insurer: undefined, madeOn: '20261120' }]));

        const envelope = readEnvelope(file, { dataKind: 'Z11' });
        if (!envelope.ok) throw new Error(envelope.code);
        const [row] = [...envelope.rows];
        expect(row?.fields.map(({ text }) => text)).toEqual(values.map(asWindows));
        expect(judgeFields(row!.fields, referralLayout, new Map())).toMatchObject({ faults: [], warnings: [] });
        // A character without a place never became a question mark; a real one is 2 bytes wide.
        expect(file.includes('?')).toBe(false);
        for (const { field } of flaws) expect(values[field - 1]).toMatch(/^(.*…)?$/);
        for (const category of notCarried) expect(changes.mask[dataCategories.indexOf(category)]).toBe('1');
      }),
      { numRuns: 500 },
    );
  });
});
