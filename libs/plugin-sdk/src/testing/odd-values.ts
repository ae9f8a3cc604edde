// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Dice } from './dice';

/** Texts on which readers of texts trip. No number is anybody's. */
const texts = [
  ...[
    '',
    ' ',
    '　',
    '\u0000',
    '\ufeff',
    '\u202e',
    '\u200b',
    '\ud842',
    '\udfb7',
    '𠮷',
    '\ue000',
    '\uffff',
    '\r\n',
    "'",
    '"',
  ],
  ...['0', '1', '2', '9', '-1', '1e999', '0x10', '١', '９', 'NaN', 'null', 'true', '[]', '{}', '=1+1', '%00', '../..'],
  ...[
    '123456789018',
    '１２３４ ５６７８ ９０１８',
    '2023-02-29',
    '9999-12-31',
    '2026-11-10T24:00:00+09:00',
    '20261110',
  ],
  ...[
    '310501',
    '999999',
    'R06.02.30',
    '令和元年5月1日',
    '2026-11-20 09:31:00',
    'infinity',
    'KAI-0001',
    '見本',
    'ﾐﾎﾝ',
    'みほん',
  ],
  ...[
    '01KAFG0000E0080000000000D1',
    '01kafg0000e0080000000000d1',
    '019a9f00-0000-7000-8000-0000000000d1',
    '10',
    '20',
    '60',
  ],
] as const;
/** Names that mean something to JavaScript, to the hub, or to nobody. */
const names = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'length',
  '',
  '0',
  'x',
  'マイナンバー',
  'a/b~c',
];
const numbers = [0, -0, 1, -1, 1.5, 41, 151, 1e308, 5e-324, 2 ** 53 + 2, -(2 ** 31), 20_261_110];

/** A text of which something is long, doubled, or of a script that nobody expects there. */
export function oddText(dice: Dice): string {
  switch (dice.below(8)) {
    case 0:
      return dice.oneOf(texts).repeat(1 + dice.below(30));
    case 1:
      return dice.oneOf(texts) + dice.oneOf(texts);
    case 2:
      return String.fromCharCode(...Array.from({ length: dice.below(12) }, () => dice.below(0x10000)));
    case 3:
      return 'あ'.repeat(dice.below(2_100));
    default:
      return dice.oneOf(texts);
  }
}

/** What JSON may hold in the place of what is expected, none of it deep. */
export function oddValue(dice: Dice, levels = 2): unknown {
  switch (dice.below(levels > 0 ? 8 : 6)) {
    case 0:
      return null;
    case 1:
      return dice.below(2) === 0;
    case 2:
      return dice.oneOf(numbers);
    case 6:
      return Array.from({ length: dice.below(4) }, () => oddValue(dice, levels - 1));
    case 7:
      return withMember({}, dice.oneOf(names), oddValue(dice, levels - 1));
    default:
      return oddText(dice);
  }
}

/** The same value with one thing changed, at whatever depth: a type, a text, a member too many or too few. */
export function oddlyChanged(dice: Dice, value: unknown): unknown {
  const isGroup = typeof value === 'object' && value !== null;
  // Mostly further down: what is wrong at the top is soon said.
  if (!isGroup || dice.below(6) === 0) return changedHere(dice, value);
  const keys = Object.keys(value);
  if (keys.length === 0) return changedHere(dice, value);
  const key = dice.oneOf(keys);
  const members = value as Readonly<Record<string, unknown>>;
  const changed = oddlyChanged(dice, members[key]);
  if (Array.isArray(value)) return value.map((member: unknown, at) => (String(at) === key ? changed : member));
  return withMember(value, key, changed);
}

function changedHere(dice: Dice, value: unknown): unknown {
  if (typeof value === 'string' && dice.below(2) === 0) {
    const at = dice.below(value.length + 1);
    return value.slice(0, at) + oddText(dice) + value.slice(at + dice.below(3));
  }
  if (Array.isArray(value) && dice.below(3) > 0) {
    const list: unknown[] = value;
    return dice.below(2) === 0 ? [...list, ...list] : [...list, oddValue(dice)];
  }
  if (typeof value === 'object' && value !== null && dice.below(4) > 0) {
    const keys = Object.keys(value);
    if (dice.below(2) === 0) return withMember(value, dice.oneOf([...names, ...keys]), oddValue(dice));
    const without = dice.below(keys.length + 1);
    return Object.fromEntries(Object.entries(value).filter((_, at) => at !== without));
  }
  return dice.below(4) === 0 ? [value] : oddValue(dice);
}

/** Whatever its name is: `__proto__` is a member like others here, as it is in JSON. */
function withMember(value: object, name: string, member: unknown): object {
  return Object.fromEntries([...Object.entries(value).filter(([own]) => own !== name), [name, member]]);
}

/** JSON of a value as no serialiser writes it: two equal keys, numbers of any size, escapes, depths, other encodings. */
export function oddJson(dice: Dice, value: unknown): Buffer<ArrayBuffer> {
  const text = JSON.stringify(value);
  const at = dice.below(text.length + 1);
  const behind = (sign: string) => text.indexOf(sign, at) + 1;
  const put = (place: number, more: string) => Buffer.from(text.slice(0, place) + more + text.slice(place));
  switch (dice.below(16)) {
    case 0:
      return put(behind('{'), `"${dice.oneOf([...names, 'eventId', 'subject'])}":${JSON.stringify(oddValue(dice))},`);
    case 1:
      return put(behind(':'), `${dice.oneOf(['1e999', '-1e999', '9'.repeat(400), '0.1e-400', '01', '.5', '+1'])},"x":`);
    case 2: {
      const levels = 1 + dice.below(dice.oneOf([8, 40, 20_000]));
      const [opens, closes] = dice.oneOf([
        ['[', ']'],
        ['{"a":', '}'],
      ]);
      return put(behind(':'), `${opens.repeat(levels)}1${closes.repeat(dice.below(8) === 0 ? 0 : levels)},"x":`);
    }
    case 3:
      return Buffer.from(`\ufeff${text}`);
    case 4:
      return Buffer.concat([Buffer.from(text.slice(0, at)), Buffer.of(dice.oneOf([0x80, 0xc0, 0xed, 0xff, 0x83]))]);
    case 5:
      return Buffer.from(text, 'utf16le');
    case 6:
      return Buffer.from(text.replace(/[a-z]/g, (sign) => (dice.below(4) === 0 ? escapeOf(sign) : sign)));
    case 7:
      return Buffer.from(
        dice.oneOf([`[${text}]`, `${text}${text}`, JSON.stringify(text), `/**/${text}`, `${text}\u0000`]),
      );
    default:
      return Buffer.from(text);
  }
}

const escapeOf = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
