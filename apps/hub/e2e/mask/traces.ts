// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Whose value of which field a word stands in. */
export interface Origin {
  readonly referral: number;
  readonly ref: string;
  readonly category: string;
  readonly field: string;
}

/** Signs that CP932 has a place for, and that no folding of width changes. */
const kanji = [...'一二三四五六七八九十木林森山川田町村丘谷石岩空雨雪風花草竹松梅桜'];
const kana = [...'アカサタナハマヤラワイキシチヒミリウクスツフ'];
const digits = [...'0123456789'];
const letters = [...'0123456789abcdefghijklmnopqrstuvwxyz'];

/** Where a template leaves room, and the word that stands there and nowhere else. 彁 is no word of any language. */
const words: Readonly<Record<string, (serial: number) => string>> = {
  '◆': (serial) => `彁${inSigns(serial, kanji, 4)}`,
  '◇': (serial) => `ヌヌ${inSigns(serial, kana, 5)}`,
  '♯': (serial) => inSigns(serial, digits, 8).replace(/^(.)(...)/, '9$1-$2-'),
  '♭': (serial) => `zq${inSigns(serial, letters, 5)}`,
};
const word = new RegExp(
  `彁[${kanji.join('')}]{4}|ヌヌ[${kana.join('')}]{5}|9[0-9]-[0-9]{3}-[0-9]{4}|zq[0-9a-z]{5}`,
  'g',
);

/** Words in the texts of referrals that tell, wherever they are found, whose they are. */
export class Traces {
  private readonly origins = new Map<string, Origin>();

  /** The same with a word of its own wherever a template leaves room for one. */
  fill<T>(template: T, origin: Origin): T {
    return JSON.parse(
      JSON.stringify(template).replace(/[◆◇♯♭]/g, (room, at: number, whole: string) => {
        const made = words[room]!(this.origins.size);
        // What is marked is of nobody in it: it may stand nowhere else, whatever of the field may leave.
        const isMarked = whole.lastIndexOf('〔', at) > whole.lastIndexOf('〕', at);
        this.origins.set(made, isMarked ? { ...origin, field: `${origin.field}〔〕` } : origin);
        return made;
      }),
    ) as T;
  }

  /** Whose words stand in a text, whatever width it is written in. */
  foundIn(text: string): Origin[] {
    const found = new Set(text.normalize('NFKC').match(word));
    return [...found].flatMap((made) => this.origins.get(made) ?? []);
  }
}

function inSigns(serial: number, signs: readonly string[], places: number): string {
  let rest = serial;
  let text = '';
  for (let place = 0; place < places; place++) {
    text = signs[rest % signs.length]! + text;
    rest = Math.floor(rest / signs.length);
  }
  return text;
}
