// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { dataCategories } from './data-category';
import { redactMember } from './redact';
import { maskThirdParties, withoutThirdParties } from './third-parties';
import { aMember } from '../../test/builders';
import { propertyRuns } from '../../test/property-runs';

describe('what the sender marks as about somebody else', () => {
  it('is left out, and that something stood there is seen', () => {
    expect(maskThirdParties('長男は無職。〔長男の妻は入院中。〕家賃は母。〔隣人〕')).toBe(
      '長男は無職。〔…〕家賃は母。〔…〕',
    );
  });

  it('is what stands in the outermost marks, and all the rest where a mark was not closed', () => {
    expect(maskThirdParties('〔妻〔妻の妹〕も同居〕母は不在。')).toBe('〔…〕母は不在。');
    expect(maskThirdParties('母は不在。〔妻は〔入院〕中。')).toBe('母は不在。〔…');
    expect(maskThirdParties('母〕は〔妻〕と不在。')).toBe('母〕は〔…〕と不在。');
  });

  it('is nothing of a text without a mark, which stays the very same', () => {
    const group = { fact: '家賃の滞納。', services: ['訪問介護'], letters: false };
    expect(withoutThirdParties(group)).toBe(group);
  });

  it('leaves nothing of it in any text of a member, but in the name, by which somebody is found', () => {
    const member = aMember({
      items: {
        identity: { name: '見本〔旧〕　花子' },
        wishes: { wishes: '〔秘密〕会いたい。' },
        household_outline: { relations: ['〔秘密〕', '長男'], affected: '〔秘密〕' },
        narrative: { fact: '〔秘密〕', writtenOn: '2026-11-19' },
      },
    });
    const before = structuredClone(member);
    const redacted = redactMember({ ...member, relation: '長男〔秘密〕' }, [...dataCategories]);
    expect(redacted.relation).toBe('長男〔…〕');
    expect(redacted.items).toEqual({
      identity: { name: '見本〔旧〕　花子' },
      wishes: { wishes: '〔…〕会いたい。' },
      household_outline: { relations: ['〔…〕', '長男'], affected: '〔…〕' },
      narrative: { fact: '〔…〕', writtenOn: '2026-11-19' },
    });
    expect(member).toEqual(before);
  });

  it('is in no text of anything that goes to another desk, however deep it stands', () => {
    const text = fc.tuple(fc.string(), fc.string()).map(([before, after]) => `${before}〔秘密${after}`);
    const { anything } = fc.letrec((tie) => ({
      anything: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.array(tie('anything'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('note', 'asked', 'on', 'names'), tie('anything')),
      ),
    }));
    fc.assert(
      fc.property(anything, (said) => expect(JSON.stringify(withoutThirdParties(said))).not.toContain('秘密')),
      { numRuns: propertyRuns },
    );
  });

  it('never comes through, keeps what is around it, and is left out once', () => {
    const plain = fc.string({ unit: fc.constantFrom('母', '。', 'ヌ', '𠮟'), maxLength: 6 });
    const marked = fc.string({ unit: fc.constantFrom('彁', '秘'), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(fc.tuple(plain, marked), { maxLength: 5 }), plain, (parts, end) => {
        const text = `${parts.map(([before, hidden]) => `${before}〔${hidden}〕`).join('')}${end}`;
        const kept = maskThirdParties(text);
        expect(kept).toBe(`${parts.map(([before]) => `${before}〔…〕`).join('')}${end}`);
        expect(maskThirdParties(kept)).toBe(kept);
        expect(kept.length).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: propertyRuns },
    );
  });
});
