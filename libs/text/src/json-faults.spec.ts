// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { jsonFaultIn } from './json-faults';

describe('the depth of JSON text', () => {
  const isTooDeep = (text: string, most: number) => jsonFaultIn(text, most) === 'BODY_TOO_DEEP';

  it('counts objects and lists alike', () => {
    expect(isTooDeep('[{"a":[1]}]', 3)).toBe(false);
    expect(isTooDeep('[{"a":[1]}]', 2)).toBe(true);
  });

  it('does not count what stands side by side, nor brackets in texts', () => {
    expect(isTooDeep('[[],[],[]]', 2)).toBe(false);
    expect(isTooDeep('["[[[[", "\\"[[[", {"{{{": "}"}]', 2)).toBe(false);
    expect(isTooDeep('["\\\\", [[1]]]', 2)).toBe(true);
  });

  it('survives text that is no JSON', () => {
    expect(isTooDeep(']]]]"', 1)).toBe(false);
    expect(isTooDeep('"\\', 1)).toBe(false);
    expect(isTooDeep('['.repeat(1_000_000), 32)).toBe(true);
  });
});

describe('two equal keys', () => {
  const isDoubled = (text: string) => jsonFaultIn(text, 32) === 'BODY_DUPLICATE_KEY';

  it.each([
    '{"a":1,"a":1}',
    '{"a":1,"b":{},"a":2}',
    '[{"x":{"a":[],"b":0,"a":""}}]',
    '{"":1,"":2}',
    '{"__proto__":1,"__proto__":2}',
    '{\n"a" :1\t,\r"a" :2}',
  ])('are found in %j', (text) => expect(isDoubled(text)).toBe(true));

  it.each(['{"a":1,"\\u0061":2}', '{"あ":1,"\\u3042":2}', '{"\\/":1,"/":2}', '{"😀":1,"\\ud83d\\uDE00":2}'])(
    'are found however they are written: %s',
    (text) => expect(isDoubled(text)).toBe(true),
  );

  it.each([
    '{"a":{"a":{"a":1}}}',
    '[{"a":1},{"a":1}]',
    '{"a":"b","b":"a"}',
    '{"a":["a","a"],"A":"a"}',
    '{"a":"\\",\\"a\\":"}',
    '{"\\\\u0061":1,"a":2}',
  ])('are not seen in %s', (text) => expect(isDoubled(text)).toBe(false));

  it('are found among many', () => {
    const many = Array.from({ length: 1_000 }, (_, n) => `"k${n}":${n}`);
    expect(isDoubled(`{${many.join()}}`)).toBe(false);
    expect(isDoubled(`{${[...many, '"k7":0'].join()}}`)).toBe(true);
  });
});

it.each([
  ['one long text', `{"a":"${'\\\\'.repeat(500_000)}"}`],
  ['one long key, written in escapes', `{"${'\\u0061'.repeat(170_000)}":1}`],
  ['very many keys', `{${Array.from({ length: 110_000 }, (_, n) => `"${n}":1`).join()}}`],
  ['very many objects', `[${'{},'.repeat(350_000)}{}]`],
])('1 MiB of %s takes a fraction of a second', (_, json) => {
  const began = performance.now();
  expect(jsonFaultIn(json, 32)).toBeUndefined();
  // Some ms on an idle machine; anything but one pass takes minutes.
  expect(performance.now() - began).toBeLessThan(1_000);
});

/** JSON as it was written, with keys that may stand twice. */
type Written =
  | { readonly kind: 'object'; readonly members: readonly (readonly [Text, Written])[] }
  | { readonly kind: 'list'; readonly members: readonly Written[] }
  | { readonly kind: 'text'; readonly text: Text }
  | { readonly kind: 'other'; readonly json: string };
/** A text, and which of its characters are written as an escape. */
type Text = readonly [text: string, escaped: readonly boolean[]];

const text: fc.Arbitrary<Text> = fc.tuple(
  fc.oneof(
    fc.constantFrom('a', 'b', '', '"', '\\', '\\u0061', '{', '],', 'あ', '😀', '__proto__'),
    fc.string({ unit: 'binary', maxLength: 5 }),
  ),
  fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
);
const { written } = fc.letrec<{ written: Written }>((tie) => ({
  written: fc.oneof(
    { maxDepth: 5 },
    text.map((t): Written => ({ kind: 'text', text: t })),
    fc.constantFrom('1', '-0.5e400', 'true', 'null').map((json): Written => ({ kind: 'other', json })),
    fc.array(tie('written'), { maxLength: 3 }).map((members): Written => ({ kind: 'list', members })),
    fc
      .array(fc.tuple(text, tie('written')), { maxLength: 20 })
      .map((members): Written => ({ kind: 'object', members })),
  ),
}));

function jsonOf(value: Written): string {
  switch (value.kind) {
    case 'object':
      return `{${value.members.map(([key, member]) => `${textOf(key)} : ${jsonOf(member)}`).join(' ,')}}`;
    case 'list':
      return `[${value.members.map(jsonOf).join(', ')}]`;
    case 'text':
      return textOf(value.text);
    case 'other':
      return value.json;
  }
}

function textOf([content, escaped]: Text): string {
  const units = Array.from({ length: content.length }, (_, at) => content.charCodeAt(at));
  return `"${units
    .map((unit, at) => {
      const plain = JSON.stringify(String.fromCharCode(unit)).slice(1, -1);
      return escaped[at % escaped.length] ? `\\u${unit.toString(16).padStart(4, '0')}` : plain;
    })
    .join('')}"`;
}

const membersOf = (value: Written): readonly Written[] =>
  value.kind === 'object' ? value.members.map(([, member]) => member) : value.kind === 'list' ? value.members : [];
const depthOf = (value: Written): number =>
  value.kind === 'object' || value.kind === 'list' ? 1 + Math.max(0, ...membersOf(value).map(depthOf)) : 0;
const hasDouble = (value: Written): boolean =>
  (value.kind === 'object' && new Set(value.members.map(([[key]]) => key)).size < value.members.length) ||
  membersOf(value).some(hasDouble);

describe('a key that JavaScript keeps for itself', () => {
  it.each(['{"a":{"length":{"valueOf":1,"toString":1}}}', '[{"to\\u0053tring":""}]'])('is found in %s', (text) =>
    expect(jsonFaultIn(text, 32)).toBe('BODY_RESERVED_KEY'),
  );

  it.each(['{"a":"valueOf"}', '["toString"]', '{"tostring":1}'])('is not seen in %s', (text) =>
    expect(jsonFaultIn(text, 32)).toBeUndefined(),
  );
});

describe('for every JSON text', () => {
  it('what is found is what was written', () => {
    fc.assert(
      fc.property(written, fc.integer({ min: 1, max: 6 }), (value, most) => {
        const faults = [
          ...(depthOf(value) > most ? ['BODY_TOO_DEEP'] : []),
          ...(hasDouble(value) ? ['BODY_DUPLICATE_KEY'] : []),
        ];
        const json = jsonOf(value);
        JSON.parse(json);
        expect(faults.length === 0 ? [undefined] : faults).toContain(jsonFaultIn(json, most));
      }),
      { numRuns: 500 },
    );
  });

  it('what a program wrote has no double', () => {
    fc.assert(
      fc.property(fc.json(), (json) => expect([undefined, 'BODY_RESERVED_KEY']).toContain(jsonFaultIn(json, 100))),
    );
  });
});

it('any other text is left to the parser', () => {
  const crumbs = fc.array(fc.constantFrom('{', '}', '[', ']', '"', '\\', '\\u', ',', ':', 'a', ' '), { maxLength: 40 });
  fc.assert(
    fc.property(
      crumbs.map((parts) => parts.join('')),
      (json) => void jsonFaultIn(json, 5),
    ),
  );
});
