// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Is this a 介護保険者番号, 6 digits or 8 as 証記載保険者番号 has them, with its check digit? All zeros mean "none" and are not.
 * Digits times 2, 1, 2, 1 … from the right, two-digit products summed by digit, subtracted from the next ten.
 */
export function isInsurerNumber(text: string): boolean {
  if (!/^([0-9]{2})?[0-9]{6}$/.test(text) || /^0+$/.test(text)) return false;
  const [check = 0, ...base] = digitsFromRight(text);
  const sum = base.reduce((total, digit, place) => {
    const product = place % 2 === 0 ? digit * 2 : digit;
    return total + (product > 9 ? product - 9 : product);
  }, 0);
  return check === (10 - (sum % 10)) % 10;
}

/**
 * Is this a 全国地方公共団体コード, 6 digits with its check digit? Modulus 11, weights 6 to 2; reproduces published codes.
 * The same five digits have another check digit as an insurer number.
 */
export function isMunicipalityCode(text: string): boolean {
  if (!/^[0-9]{6}$/.test(text)) return false;
  const [check = 0, ...base] = digitsFromRight(text);
  return check === (11 - (weightedSum(base, 2, 6) % 11)) % 10;
}

/**
 * Has this 宛名番号 the check digit of newly issued numbers (modulus 11, weights 2 to 7 from the right)? Only ever a
 * warning: old numbers were not issued again. Null where the remainder is 1, for which no rule is known to us.
 */
export function hasResidentNumberCheckDigit(text: string): boolean | null {
  if (!/^[0-9]{2,}$/.test(text)) return false;
  const [check = 0, ...base] = digitsFromRight(text);
  const remainder = weightedSum(base, 2, 7) % 11;
  if (remainder === 1) return null;
  return check === (11 - remainder) % 11;
}

function digitsFromRight(text: string): number[] {
  return [...text].reverse().map(Number);
}

/** Weights run from `from` to `to` and begin again. */
function weightedSum(digits: number[], from: number, to: number): number {
  return digits.reduce((sum, digit, place) => sum + digit * (from + (place % (to - from + 1))), 0);
}
