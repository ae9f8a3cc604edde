// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Member } from '@tsunagi/domain';
import { isKana, nameKey, readingKey, typedDay } from '@tsunagi/text';

/** Nobody types more of a name to find somebody. */
const longest = 12;

/** What somebody is called, as a list of words from whose beginning each is found: the whole, and each part. */
function wordsOf(text: string, key: (part: string) => string): string[] {
  const parts = text.normalize('NFKC').trim().split(/\s+/);
  return [...new Set([parts.join(''), ...parts].map(key))].filter((word) => word !== '');
}

/** By what one who is called so is found: beginnings of two letters or more, and each word whole. */
const beginningsOf = (word: string): string[] => {
  const letters = [...word];
  const lengths = letters.map((_, n) => n + 1).filter((n) => n > 1 && n <= longest);
  return letters.length === 1 ? [word] : lengths.map((n) => letters.slice(0, n).join(''));
};

type Found = Pick<Member, 'items' | 'identifiers'>;

const namesOf = ({ items: { identity } }: Found): string[] => [
  ...(identity?.name === undefined ? [] : [identity.name]),
  ...(identity?.otherNames ?? []).map((o) => o.name),
];

/** Every word by which somebody is called, under its kind. */
function calledBy(member: Found): { readonly name: string[]; readonly kana: string[] } {
  const { kana } = member.items.identity ?? {};
  const names = namesOf(member);
  return {
    name: names.flatMap((n) => wordsOf(n, nameKey)),
    kana: [...(kana === undefined ? [] : [kana]), ...names.filter(isKana)].flatMap((n) => wordsOf(n, readingKey)),
  };
}

/** A number whole, and without what stands before its last hyphen: 0000880001 of 00990010-0000880001. */
const numbersOf = ({ identifiers }: Found): string[] =>
  identifiers.flatMap(({ value }) => [
    value,
    ...(value.includes('-') ? [value.slice(value.lastIndexOf('-') + 1)] : []),
  ]);

/** The texts behind whose tokens somebody stands. */
export function findableBy(member: Found): string[] {
  const { name, kana } = calledBy(member);
  const { birthDate } = member.items.identity ?? {};
  return [
    ...new Set([
      ...name.flatMap(beginningsOf).map((w) => `name ${w}`),
      ...kana.flatMap(beginningsOf).map((w) => `kana ${w}`),
      ...(birthDate === undefined ? [] : [`born ${birthDate}`]),
      ...numbersOf(member).map((n) => `number ${n}`),
    ]),
  ];
}

/** What is asked for. */
export interface Asked {
  /** Any of these texts is what somebody who fits is found by. */
  readonly by: readonly string[];
  fits(member: Found): boolean;
}

/** A name or its beginning, a reading, a birth date, a number: whatever it may be. `undefined` = too little to ask for. */
export function askedFor(q: string): Asked | undefined {
  const [name, reading, number, born] = [
    nameKey(q),
    isKana(q) ? readingKey(q) : '',
    q.normalize('NFKC').trim(),
    typedDay(q),
  ];
  const cut = (word: string) => [...word].slice(0, longest).join('');
  const by = [
    ...(name === '' ? [] : [`name ${cut(name)}`]),
    ...(reading === '' ? [] : [`kana ${cut(reading)}`]),
    ...(number === '' ? [] : [`number ${number}`]),
    ...(born === undefined ? [] : [`born ${born}`]),
  ];
  if (by.length === 0) return undefined;
  const begins = (words: readonly string[], asked: string) =>
    asked !== '' && words.some((w) => ([...asked].length === 1 ? w === asked : w.startsWith(asked)));
  return {
    by,
    fits: (member) => {
      const called = calledBy(member);
      return (
        begins(called.name, name) ||
        begins(called.kana, reading) ||
        numbersOf(member).includes(number) ||
        (born !== undefined && member.items.identity?.birthDate === born)
      );
    },
  };
}
