// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { checkField, type Attribute, type FieldRule } from './attributes';

const rule = (attribute: Attribute, more: Partial<FieldRule> = {}): FieldRule => ({ attribute, maxBytes: 10, ...more });

describe('attributes of a field', () => {
  it.each<[Attribute, string]>([
    ['alphanumeric', 'Z111'],
    ['alphanumeric', 'H000000001'],
    ['alphanumeric', 'ﾐﾎﾝｼﾞﾛｳ'],
    ['alphanumeric', 'ｽﾐｽ･ｼﾞｮﾝ'],
    ['number', '0'],
    ['number', '-12'],
    ['code', '00990010'],
    ['kanji', '見本　花子'],
    ['kanji', '髙﨑'],
    ['kanji', '\ue000'],
    ['kanji', '－ー１Ａ'],
  ])('%s may be %s', (attribute, value) => {
    expect(checkField(value, rule(attribute))).toBeNull();
  });

  it.each<[Attribute, string]>([
    ['alphanumeric', 'z111'],
    ['alphanumeric', 'Ｚ１１１'],
    ['alphanumeric', 'ミホン'],
    ['alphanumeric', 'ﾐﾎﾝ ｺ'],
    ['alphanumeric', 'KAI-1'],
    ['alphanumeric', "A'B"],
    ['number', '+1'],
    ['number', '1.5'],
    ['number', '-'],
    ['number', '１'],
    ['code', '-1'],
    ['code', 'H1'],
    ['code', ' 1'],
    ['code', '1\n'],
    ['kanji', '見本 花子'],
    ['kanji', '見本A'],
    ['kanji', '見本ｱ'],
  ])('%s may not be %s', (attribute, value) => {
    expect(checkField(value, rule(attribute))).toBe('E-ATTR');
  });

  it('allow space and hyphen in our own formats', () => {
    expect(checkField('ﾐﾎﾝ KAI-1', rule('alphanumeric', { spaceAndHyphen: true }))).toBeNull();
    expect(checkField('kai-1', rule('alphanumeric', { spaceAndHyphen: true }))).toBe('E-ATTR');
    expect(checkField('KAI\t1', rule('alphanumeric', { spaceAndHyphen: true }))).toBe('E-ATTR');
  });
});

describe('length of a field', () => {
  it('counts CP932 bytes, a voiced half-width kana being two', () => {
    expect(checkField('ｶﾞｶﾞｶﾞｶﾞｶﾞ', rule('alphanumeric'))).toBeNull();
    expect(checkField('ｶﾞｶﾞｶﾞｶﾞｶﾞｱ', rule('alphanumeric'))).toBe('E-LENGTH');
    expect(checkField('見本　花子', rule('kanji'))).toBeNull();
    expect(checkField('見本　花子様', rule('kanji'))).toBe('E-LENGTH');
  });
});

describe('a field', () => {
  it('is missing only where it is required', () => {
    expect(checkField('', rule('code'))).toBeNull();
    expect(checkField('', rule('code', { required: true }))).toBe('E-REQUIRED');
  });

  it('holds one of its codes', () => {
    expect(checkField('2', rule('code', { codes: ['1', '2'] }))).toBeNull();
    expect(checkField('3', rule('code', { codes: ['1', '2'] }))).toBe('E-CODE');
    expect(checkField('', rule('code', { codes: ['1', '2'] }))).toBeNull();
  });

  it('is told its attribute before its length, and its length before its code', () => {
    expect(checkField('a'.repeat(20), rule('code', { codes: ['1'] }))).toBe('E-ATTR');
    expect(checkField('1'.repeat(20), rule('code', { codes: ['1'] }))).toBe('E-LENGTH');
  });

  it('counts a text in characters, whatever they are', () => {
    expect(checkField('𠮷'.repeat(4) + "é'a", rule('text', { maxBytes: 7 }))).toBeNull();
    expect(checkField('𠮷'.repeat(8), rule('text', { maxBytes: 7 }))).toBe('E-LENGTH');
  });

  it('may hold anything without a check throwing', () => {
    const attribute = fc.constantFrom<Attribute>('alphanumeric', 'number', 'code', 'kanji', 'text');
    fc.assert(
      fc.property(attribute, fc.string({ unit: 'binary' }), (name, value) => {
        expect(['E-ATTR', 'E-LENGTH', null]).toContain(checkField(value, rule(name)));
      }),
    );
  });
});
