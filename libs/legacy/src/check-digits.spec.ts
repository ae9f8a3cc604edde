// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { hasResidentNumberCheckDigit, isInsurerNumber, isMunicipalityCode } from './check-digits';

describe('an insurer number', () => {
  it.each(['435073', '294538', '33120015', '00435073', '990010', '00990010'])('%s has its check digit', (number) => {
    expect(isInsurerNumber(number)).toBe(true);
  });

  it.each(['435074', '990019', '00990011', '33120016'])('%s has another', (number) => {
    expect(isInsurerNumber(number)).toBe(false);
  });

  it.each(['', '0', '43507', '0435073', '000435073', '43507A', '４３５０７３', '000000', '00000000'])(
    '%j is none',
    (text) => {
      expect(isInsurerNumber(text)).toBe(false);
    },
  );
});

describe('a municipality code', () => {
  it.each(['131016', '131032', '131041', '435074', '990019'])('%s has its check digit', (code) => {
    expect(isMunicipalityCode(code)).toBe(true);
  });

  it.each(['131017', '435073', '990010'])('%s has another', (code) => {
    expect(isMunicipalityCode(code)).toBe(false);
  });

  it.each(['', '13101', '0131016', '13101A', '000000'])('%j is none', (text) => {
    expect(isMunicipalityCode(text)).toBe(false);
  });

  it('is not told from an insurer number by its base: 43507 makes 435073 there and 435074 here', () => {
    expect(isInsurerNumber('435073') && isMunicipalityCode('435074')).toBe(true);
  });
});

describe('a resident number', () => {
  it.each([
    ['19', true], // 1 × 2 = 2; 11 − 2
    ['18', false],
    ['1234567892', true], // 9×2 8×3 7×4 6×5 5×6 4×7 3×2 2×3 1×4 = 174; remainder 9
    ['000000000000000', true], // remainder 0 makes 0
    ['60', null], // 6 × 2 = 12; remainder 1
    ['67', null],
    ['1', false],
    ['', false],
    ['12A4', false],
  ])('%j: %s', (number, verdict) => {
    expect(hasResidentNumberCheckDigit(number)).toBe(verdict);
  });
});

describe('any base', () => {
  it('has exactly one check digit, or for a resident number none known', () => {
    const digits = [...'0123456789'];
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9][0-9]{4}$/), (base) => {
        expect(digits.filter((digit) => isInsurerNumber(base + digit))).toHaveLength(1);
        expect(digits.filter((digit) => isMunicipalityCode(base + digit))).toHaveLength(1);
        const verdicts = digits.map((digit) => hasResidentNumberCheckDigit(base + digit));
        const known = verdicts.filter((verdict) => verdict === true);
        expect(verdicts.includes(null) ? verdicts : known).toHaveLength(verdicts.includes(null) ? 10 : 1);
      }),
    );
  });
});
