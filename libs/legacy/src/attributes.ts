// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { cp932Length, isSingleByte } from './cp932';

/** 英数 · 数値 · コード値 · 漢字, as the 国保連 interfaces call them, and any text, as systems without such rules have it. */
export type Attribute = 'alphanumeric' | 'number' | 'code' | 'kanji' | 'text';

export interface FieldRule {
  readonly attribute: Attribute;
  /** In CP932 bytes, without quotes; of a `text`, which need not have any, in characters. */
  readonly maxBytes: number;
  /** Must not be empty. @default false */
  readonly required?: boolean;
  /** The only values allowed. @default any */
  readonly codes?: readonly string[];
  /** In 英数 also space and hyphen-minus, as in the formats of this project. @default false */
  readonly spaceAndHyphen?: boolean;
}

export type FieldErrorCode = 'E-REQUIRED' | 'E-ATTR' | 'E-LENGTH' | 'E-CODE';

/** First rule that a value breaks, or null. An empty value that is not required breaks none. */
export function checkField(value: string, rule: FieldRule): FieldErrorCode | null {
  if (value === '') return rule.required === true ? 'E-REQUIRED' : null;
  if (!hasAttribute(value, rule)) return 'E-ATTR';
  if ((rule.attribute === 'text' ? [...value].length : cp932Length(value)) > rule.maxBytes) return 'E-LENGTH';
  return rule.codes === undefined || rule.codes.includes(value) ? null : 'E-CODE';
}

function hasAttribute(value: string, { attribute, spaceAndHyphen = false }: FieldRule): boolean {
  switch (attribute) {
    case 'alphanumeric':
      return (spaceAndHyphen ? /^[A-Z0-9｡-ﾟ -]+$/ : /^[A-Z0-9｡-ﾟ]+$/).test(value);
    case 'number':
      return /^-?[0-9]+$/.test(value);
    case 'code':
      return /^[0-9]+$/.test(value);
    case 'kanji':
      return ![...value].some(isSingleByte);
    case 'text':
      return true;
  }
}
