// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CodeText } from '@tsunagi/contracts';
import { catalogue, type Entry } from './catalogue';
import { denyTexts, holdTexts, itemTexts, outcomeTexts, sentenceOf, stepTexts, textOf, todoTexts } from './sentences';

const texts: [string, CodeText][] = [outcomeTexts, holdTexts, denyTexts, itemTexts, stepTexts, todoTexts].flatMap(
  (group) => Object.entries<CodeText>(group),
);
const asks = (sentence: string) => sentence.endsWith('ください。');
/** Nothing has to be done about these. */
const goodNews = ['accepted', 'duplicate', 'no_referral'];

describe('what a code says', () => {
  it.each(texts)('%s is one sentence', (_, { says }) => {
    expect(says).toMatch(/^[^。]+。$/);
  });

  it.each(texts.filter(([code]) => !goodNews.includes(code)))('%s asks for something or names a remedy', (_, text) => {
    expect(text.remedy !== undefined || asks(text.says)).toBe(true);
  });

  it('is the same wherever one code stands in two lists', () => {
    for (const [code, text] of texts) expect([code, textOf(code)]).toEqual([code, text]);
  });

  it('is told in general terms for a code that nobody has given words', () => {
    expect(sentenceOf('E-NOBODY-KNOWS')).toBe('記録の項目が決まりに合っていません。');
    expect(sentenceOf('constructor')).toBe('記録の項目が決まりに合っていません。');
  });
});

describe('a problem', () => {
  it.each(Object.entries<Entry>(catalogue))('%s says what to do', (_, { detail, hint }) => {
    expect(hint !== undefined || asks(detail)).toBe(true);
    expect(hint ?? '').toMatch(/^$|。$/);
  });
});
