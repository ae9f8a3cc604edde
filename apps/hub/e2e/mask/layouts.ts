// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Concern, type MemberItems } from '@tsunagi/domain';

/** What a system's record of an arriving referral should hold of its subject, and what it cannot. */
export interface Expected {
  /** By place; absent = blank. */
  readonly places: Readonly<Record<string, string>>;
  /** Categories of which something is disclosed and not in the record. */
  readonly notCarried: readonly string[];
}

/** One system's layout of LEGACY-FORMATS §8.6, read by hand: it shares nothing with the plugins. */
export interface Layout {
  /** Every place that speaks of the person. */
  readonly places: readonly string[];
  expected(subject: MemberItems, withOthers: boolean): Expected;
}

class Sheet {
  private readonly filled: Record<string, string> = {};
  private readonly left = new Set<string>();
  private readonly carried = new Set<string>();

  /** `fits` is asked of what is there. */
  put(category: string, place: string, text: string | undefined, fits: (text: string) => boolean = () => true): void {
    if (text === undefined) return;
    if (fits(text)) {
      this.filled[place] = text;
      this.carried.add(category);
    } else this.left.add(category);
  }

  /** There is no place for these, or no more. */
  leave(category: string, ...values: readonly unknown[]): void {
    if (values.some((value) => value !== undefined)) this.left.add(category);
  }

  /** What of these was put nowhere is not in the record. */
  done(subject: MemberItems, withOthers: boolean): Expected {
    for (const category of Object.keys(subject)) if (!this.carried.has(category)) this.left.add(category);
    if (withOthers) this.left.add('household');
    return { places: this.filled, notCarried: [...this.left].sort() };
  }
}

const wide = (characters: number) => (text: string) =>
  [...text.normalize('NFKC')].length <= characters && !text.includes('𠮷');
/** Half-width kana, a voiced mark by itself; there is no half-width ヱ. */
const narrow = (bytes: number) => (text: string) =>
  text.normalize('NFKC').normalize('NFD').length <= bytes && !text.includes('ヱ');
const atMost = (characters: number) => (text: string) => [...text].length <= characters;
const isNumber = (text: string) => /^[0-9-]{1,15}$/.test(text);

/** 1 = yes, 2 = ◎, in the order of the つなぐシート. */
const flagsOf = ({ boxes, mostPressing = [] }: NonNullable<MemberItems['concern']>) =>
  Concern.options.map((box) => (mostPressing.includes(box) ? 2 : boxes.includes(box) ? 1 : 0));

const labelled = ({ fact, words, view }: NonNullable<MemberItems['narrative']>) => {
  const parts = Object.entries({ 事実: fact, 本人の言葉: words, 支援者の見立て: view });
  const said = parts.flatMap(([label, text]) => (text === undefined ? [] : [`【${label}】${text}`]));
  return said.length > 0 ? said.join('\n') : undefined;
};

/** `KARnnnnn.CSV`, Z113: places by their number among the 24 fields. */
export const kar: Layout = {
  places: ['12', '13', '14', '15', '16', '17', '18', '19', '20'],
  expected(subject, withOthers) {
    const { identity, contact, household_outline, concern, narrative } = subject;
    const sheet = new Sheet();
    if (identity) {
      const { name, kana, birthDate, birthDateText, sex, otherNames } = identity;
      sheet.put('identity', '12', kana, narrow(25));
      sheet.put('identity', '13', name, wide(20));
      sheet.put('identity', '14', birthDate?.replaceAll('-', ''));
      // 1 男 2 女; 不明 is no code and says nothing.
      const code = { male: '1', female: '2', other: undefined, unknown: undefined };
      sheet.put('identity', '15', sex && code[sex]);
      sheet.leave('identity', birthDateText, otherNames, sex === 'other' ? sex : undefined);
    }
    if (contact) {
      const { postalCode, address, residence, telephone, mobile, mail } = contact;
      sheet.put('contact', '16', address ?? residence, wide(40));
      const numbers = [telephone, mobile].filter((number) => number !== undefined);
      const written = numbers.find(isNumber);
      sheet.put('contact', '17', written);
      sheet.leave('contact', ...numbers.filter((number) => number !== written));
      // A 郵便番号 beside its address says nothing of its own.
      sheet.leave('contact', mail, address && residence, address === undefined ? postalCode : undefined);
    }
    sheet.put('concern', '18', concern && flagsOf(concern).join(''));
    sheet.put('household_outline', '19', household_outline?.size?.toString());
    sheet.leave('household_outline', household_outline?.relations, household_outline?.affected);
    if (narrative) {
      const { fact, words, view } = narrative;
      const text = words === undefined && view === undefined ? fact : labelled(narrative)?.replaceAll('\n【', '【');
      sheet.put('narrative', '20', text, wide(100));
    }
    return sheet.done(subject, withOthers);
  },
};

/** 12→16 of LEGACY-FORMATS §8.6: "of several the strongest stands". */
const toForm = [1, 1, 12, 1, 11, 3, 6, 2, 14, 16, 1, 16];

const goesOn = '…（以下、ハブの画面で確認）';

/** `T_HUB_UKETSUKE`: places by column. */
export const uketsuke: Layout = {
  places: [
    'shimei',
    'furigana',
    'seibetsu',
    'seinen_gengo',
    'seinen_ymd',
    'jusho',
    'tel',
    'setai_ninzu',
    'sodan_naiyo',
    'renraku_bun',
  ],
  expected(subject, withOthers) {
    const { identity, contact, household_outline, concern, narrative } = subject;
    const sheet = new Sheet();
    if (identity) {
      const { name, kana, birthDate, birthDateText, sex, otherNames } = identity;
      sheet.put('identity', 'shimei', name, atMost(60));
      sheet.put('identity', 'furigana', kana, atMost(60));
      sheet.put('identity', 'seibetsu', sex && { male: '1', female: '2', other: '3', unknown: undefined }[sex]);
      const era = birthDate === undefined ? undefined : eraOf(birthDate);
      sheet.put('identity', 'seinen_gengo', era?.code);
      sheet.put(
        'identity',
        'seinen_ymd',
        era?.ymd ?? (birthDate === undefined && birthDateText ? '999999' : undefined),
      );
      sheet.leave('identity', birthDateText, otherNames, era ? undefined : birthDate);
    }
    if (contact) {
      const { postalCode, address, residence, telephone, mobile, mail } = contact;
      sheet.put('contact', 'jusho', address ?? residence, atMost(200));
      const numbers = [telephone, mobile].filter((number) => number !== undefined);
      const written = numbers.find(atMost(15));
      sheet.put('contact', 'tel', written);
      sheet.leave('contact', ...numbers.filter((number) => number !== written));
      sheet.leave('contact', mail, address && residence, address === undefined ? postalCode : undefined);
    }
    if (concern) {
      const boxes = Array.from({ length: 16 }, () => 0);
      flagsOf(concern).forEach((flag, n) => (boxes[toForm[n]! - 1] = Math.max(boxes[toForm[n]! - 1]!, flag)));
      sheet.put('concern', 'sodan_naiyo', boxes.join(''));
    }
    sheet.put('household_outline', 'setai_ninzu', household_outline?.size?.toString());
    sheet.leave('household_outline', household_outline?.relations, household_outline?.affected);
    const text = narrative && labelled(narrative);
    if (text !== undefined && text.length > 2000) {
      sheet.put('narrative', 'renraku_bun', text.slice(0, 2000 - goesOn.length) + goesOn);
      sheet.leave('narrative', text);
    } else sheet.put('narrative', 'renraku_bun', text);
    return sheet.done(subject, withOthers);
  },
};

/** 1 大正 2 昭和 3 平成 4 令和, of somebody born in July; before 大正 there is no code. */
function eraOf(birthDate: string): { code: string; ymd: string } | undefined {
  const year = Number(birthDate.slice(0, 4));
  const first = [1912, 1926, 1989, 2019];
  // The summer of 1926 is 大正 still.
  const era = year > 1926 ? first.filter((began) => began <= year).length : year >= 1912 ? 1 : 0;
  if (era === 0) return undefined;
  const ofEra = String(year - first[era - 1]! + 1).padStart(2, '0');
  return { code: String(era), ymd: `${ofEra}${birthDate.slice(5, 7)}${birthDate.slice(8)}` };
}
