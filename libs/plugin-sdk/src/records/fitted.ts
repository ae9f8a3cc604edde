// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Why a field does not hold all it should: characters that CP932 has none for, more bytes than there are, signs that its
 * attribute does not allow, no code or no date for it.
 */
export type FieldFlaw = 'W-UNENCODABLE' | 'W-LENGTH' | 'W-ATTR' | 'W-CODE' | 'W-DATE';

/** A value made to fit its field; blank where it cannot, and never a `?`. */
export interface Fitted {
  readonly value: string;
  readonly flaw?: FieldFlaw;
}

export const fits = (value: string): Fitted => ({ value });
export const leftOut = (flaw: FieldFlaw): Fitted => ({ value: '', flaw });

/** A field that does not hold all of its text. */
export interface FlawedField {
  readonly code: FieldFlaw;
  readonly field: number;
}

/** Registered replacements: character → what is written for it where the character itself cannot be. */
export type Replacements = ReadonlyMap<string, string>;
