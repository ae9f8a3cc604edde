// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { referralSubmission, type ReferralSubmission } from '@tsunagi/contracts';
import { z } from 'zod';
import { myNumberAt, myNumberIn } from './my-number';
import { number, textsIn, type Schema, type Step } from '../../test/texts-in';

describe('a 個人番号 in what people write', () => {
  it('is found wherever it stands', () => {
    expect(myNumberIn({ note: { more: ['番号は 1234-5678-9018 です'] } })).toBe('/note/more/0');
  });

  it('is found in every shape of digits', () => {
    expect(myNumberIn({ note: '１２３４５６７８９０１８' })).toBe('/note');
    expect(myNumberIn({ note: '①②③④⑤⑥⑦⑧⑨⓪①⑧' })).toBe('/note');
  });

  it('is not seen in the id of a referral, whatever its digits are', () => {
    const duplicateOf = '01a22100-0000-7000-8000-123456789018';
    expect(myNumberIn({ duplicateOf })).toBeUndefined();
    expect(myNumberIn({ note: `${duplicateOf} 123456789018` })).toBe('/note');
  });
});

describe('a 個人番号 in a record that a plugin brings', () => {
  const document = z.toJSONSchema(referralSubmission, { io: 'input', unrepresentable: 'any' });
  const empty = { subject: { identifiers: [], items: {} }, others: [] };
  const bodyWith = (path: readonly Step[]) => {
    const [first = '', ...rest] = path;
    const inner = rest.reduceRight<unknown>((value, step) => (step === 0 ? [value] : { [step]: value }), number);
    const member = { ...empty.subject, ...(first === 'others' ? ((inner as object[])[0] ?? {}) : (inner as object)) };
    const put = first === 'subject' ? member : first === 'others' ? [member] : inner;
    return { ...empty, [first]: put } as unknown as ReferralSubmission;
  };
  /** What its system calls the record and the person, and the municipality's own names of desks. */
  const noTexts = ['/source/key', '/source/echo', '/identifiers/0/value'];
  const places = new Map(textsIn(document, document as Schema).map((path) => [`/${path.join('/')}`, path]));

  it('is found in every text of it', () => {
    const texts = [...places].filter(([pointer]) => !noTexts.some((end) => pointer.endsWith(end)));
    expect(texts.length).toBeGreaterThan(60);
    const missed = texts.filter(([pointer, path]) => myNumberAt(bodyWith(path)) !== pointer);
    expect(missed.map(([pointer]) => pointer)).toEqual([]);
  });
});
