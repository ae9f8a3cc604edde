// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { cp932Length, decodeCp932, encodableOrNull, encodeCp932 } from './cp932';
import { UnencodableError } from './legacy.errors';

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();

/** Every byte and every pair of a lead and a trail byte. */
const allCharacters = [
  ...Array.from({ length: 256 }, (_, byte) => [byte]),
  ...Array.from({ length: 0xfd - 0x81 }, (_, lead) => lead + 0x81)
    .filter((lead) => lead <= 0x9f || lead >= 0xe0)
    .flatMap((lead) => Array.from({ length: 0xfd - 0x40 }, (_, trail) => [lead, trail + 0x40])),
].map((bytes) => Uint8Array.from(bytes));

describe('reading CP932', () => {
  it.each([
    ['FBFC', '髙'],
    ['FAB1', '﨑'],
    ['ED40', '纊'],
    ['FA5C', '纊'],
    ['8790', '≒'],
    ['81E0', '≒'],
    ['879A', '∵'],
    ['FA5B', '∵'],
    ['EEF9', '￢'],
    ['FA54', '￢'],
    ['FA4A', 'Ⅰ'],
    ['8754', 'Ⅰ'],
    ['8160', '～'],
    ['817C', '－'],
    ['8161', '∥'],
    ['8191819281CA', '￠￡￢'],
    ['815C', '―'],
    ['5C7E', '\\~'],
    ['835C', 'ソ'],
    ['837C', 'ポ'],
    ['D0CEDD20CAC5BA', 'ﾐﾎﾝ ﾊﾅｺ'],
    ['1A1C7F', '\u001a\u001c\u007f'],
    ['825083501A', '１ケ\u001a'],
  ])('reads %s as %s', (hex, text) => {
    expect(decodeCp932(bytesOf(hex))).toEqual({ text, gaiji: [], malformed: false });
  });

  it.each([
    ['a cut lead byte', '8CA983'],
    ['a lead byte before a comma', '832C'],
    ['a lead byte before DEL', '837F'],
    ['a pair that stands for nothing', '81AD'],
    ['80', '4180'],
    ['A0', 'A0'],
    ['FD', 'FD40'],
    ['FF', 'FF'],
  ])('says that %s is malformed', (_, hex) => {
    const { text, malformed } = decodeCp932(bytesOf(hex));
    expect(malformed).toBe(true);
    expect(text).toContain('\ufffd');
  });

  it('cannot tell every UTF-8 from CP932, so a file is checked as a whole', () => {
    expect(decodeCp932(Buffer.from('見本'))).toMatchObject({ text: '隕区悽', malformed: false });
  });

  it('goes on reading well after something malformed', () => {
    decodeCp932(bytesOf('83'));
    expect(decodeCp932(bytesOf('8341')).text).toBe('ア');
  });

  it('reads bytes within a larger array', () => {
    expect(decodeCp932(bytesOf('414243835C44').subarray(2, 5)).text).toBe('Cソ');
    expect(decodeCp932(bytesOf('414243').subarray(1, 2)).text).toBe('B');
  });

  it('never throws, and is malformed wherever U+FFFD stands', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const { text, malformed } = decodeCp932(bytes);
        expect(malformed).toBe(text.includes('\ufffd'));
      }),
    );
  });
});

describe('外字', () => {
  it.each([
    ['F040', '\ue000'],
    ['F07E', '\ue03e'],
    ['F080', '\ue03f'],
    ['F0FC', '\ue0bb'],
    ['F140', '\ue0bc'],
    ['F940', '\ue69c'],
    ['F9FC', '\ue757'],
  ])('%s is listed and kept as a private-use character', (code, text) => {
    expect(decodeCp932(bytesOf(code))).toEqual({
      text,
      gaiji: [{ offset: 0, code, replacement: null }],
      malformed: false,
    });
  });

  it('are replaced from the table', () => {
    expect(decodeCp932(bytesOf('F04094F2'), { gaiji: new Map([['F040', '髙']]) })).toEqual({
      text: '髙飛',
      gaiji: [{ offset: 0, code: 'F040', replacement: '髙' }],
      malformed: false,
    });
  });

  it('stay when the table knows that nothing replaces them', () => {
    const { text, gaiji } = decodeCp932(bytesOf('F040'), { gaiji: new Map([['F040', null]]) });
    expect(text).toBe('\ue000');
    expect(gaiji).toEqual([{ offset: 0, code: 'F040', replacement: null }]);
  });

  it('are placed by byte, after characters of one and of two bytes', () => {
    const { gaiji } = decodeCp932(bytesOf('41D08CA9F040F9FC'));
    expect(gaiji.map(({ offset, code }) => [offset, code])).toEqual([
      [4, 'F040'],
      [6, 'F9FC'],
    ]);
  });

  it('are not seen where F0 and 40 belong to other characters', () => {
    expect(decodeCp932(bytesOf('88F04041'))).toEqual({
      text: '芋@A',
      gaiji: [],
      malformed: false,
    });
  });

  it('cannot be written', () => {
    expect(() => encodeCp932('\ue000', '氏名漢字')).toThrow(UnencodableError);
    expect(() => encodeCp932('\ue757', '氏名漢字')).toThrow(UnencodableError);
  });
});

describe('writing CP932', () => {
  it.each([
    ['髙', 'FBFC'],
    ['﨑', 'FAB1'],
    ['纊', 'FA5C'],
    ['≒', '81E0'],
    ['∵', '81E6'],
    ['￢', '81CA'],
    ['Ⅰ', '8754'],
    ['～', '8160'],
    ['〜', '8160'],
    ['－', '817C'],
    ['−', '817C'],
    ['∥', '8161'],
    ['‖', '8161'],
    ['￠', '8191'],
    ['¢', '8191'],
    ['￡', '8192'],
    ['£', '8192'],
    ['¬', '81CA'],
    ['―', '815C'],
    ['—', '815C'],
    ['\\', '5C'],
    ['?', '3F'],
    ['葛', '8A8B'],
    ['見本　花子', '8CA9967B814089D48E71'],
    ['ﾐﾎﾝ ﾊﾅｺ', 'D0CEDD20CAC5BA'],
  ])('writes %s as %s', (text, hex) => {
    expect(hexOf(encodeCp932(text, '氏名漢字'))).toBe(hex);
  });

  it.each([
    ['𠮷田', 'U+20BB7'],
    ['葛\u{e0100}城', 'U+E0100'],
    ['é', 'U+00E9'],
    ['剝', 'U+525D'],
    ['𠮟', 'U+20B9F'],
    ['¥', 'U+00A5'],
    ['‾', 'U+203E'],
    ['\u0080', 'U+0080'],
    ['\ufffd', 'U+FFFD'],
    ['a\ud842', 'U+D842'],
    ['見本😀', 'U+1F600'],
    ['\ue000', 'U+E000'],
  ])('refuses %j naming the field and %s, not the value', (text, codePoint) => {
    let thrown: unknown;
    try {
      encodeCp932(text, '氏名漢字');
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(UnencodableError);
    expect(thrown).toMatchObject({ code: 'UNENCODABLE', fieldName: '氏名漢字', codePoint });
    expect((thrown as Error).message).toBe(`氏名漢字: ${codePoint} cannot be written in CP932`);
  });

  it('comes back the same for every character of CP932, although not always in the same bytes', () => {
    const readable = allCharacters
      .map((bytes) => decodeCp932(bytes))
      .filter(({ malformed, gaiji }) => !malformed && gaiji.length === 0)
      .map(({ text }) => text);
    expect(readable.length).toBeGreaterThan(7000);
    for (const text of readable) expect(decodeCp932(encodeCp932(text, 'x')).text).toBe(text);
    expect(hexOf(encodeCp932(decodeCp932(bytesOf('8790')).text, 'x'))).toBe('81E0');
  });

  it('writes every text back readable or refuses it', () => {
    const text = fc.string({
      unit: fc.oneof(fc.constantFrom(...'髙﨑〜−ｶﾞァ漢字~\\¥𠮷é'), fc.string({ unit: 'binary' })),
    });
    const windows = (value: string) =>
      [...value].map((char) => '～－∥―￠￡￢'['〜−‖—¢£¬'.indexOf(char)] ?? char).join('');
    fc.assert(
      fc.property(text, (value) => {
        try {
          const bytes = encodeCp932(value, 'x');
          expect(decodeCp932(bytes).text).toBe(windows(value));
          expect(bytes).toHaveLength(cp932Length(value));
        } catch (error) {
          expect(error).toBeInstanceOf(UnencodableError);
        }
      }),
    );
  });
});

describe('leaving out what cannot be written', () => {
  it('keeps what can be written', () => {
    expect(encodableOrNull('髙﨑〜')).toBe('髙﨑〜');
    expect(encodableOrNull('')).toBe('');
  });

  it('has nothing for what cannot', () => {
    expect(encodableOrNull('𠮷田')).toBeNull();
  });

  it('uses the registered replacement', () => {
    expect(encodableOrNull('𠮷田', new Map([['𠮷', '吉']]))).toBe('吉田');
    expect(encodableOrNull('葛\u{e0100}城', new Map([['\u{e0100}', '']]))).toBe('葛城');
  });

  it('has nothing when the replacement cannot be written either', () => {
    expect(encodableOrNull('𠮟', new Map([['𠮟', '𠮷']]))).toBeNull();
  });
});

describe('length in CP932', () => {
  it.each([
    ['', 0],
    ['KAI-1', 5],
    ['ｶﾞ', 2],
    ['見本　花子', 10],
    ['髙', 2],
    ['𠮷', 2],
    ['\ue000', 2],
  ])('of %j is %d bytes', (text, length) => {
    expect(cp932Length(text)).toBe(length);
  });
});
