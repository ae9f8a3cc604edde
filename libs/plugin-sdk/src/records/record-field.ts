// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { id } from '@tsunagi/domain';
import type { EraOptions, EraTable, FieldRule } from '@tsunagi/legacy';
import { base32ToUuid } from '@tsunagi/text';

/** One field of a record that is read. Its place in its layout is its field number. */
export interface RecordField extends FieldRule {
  readonly key: string;
  /** 項目名, as in the layout's table. */
  readonly name: string;
  /** `YYYYMMDD`, a day that exists. */
  readonly date?: true;
  /** `GYYMMDD` in the eras of this table, also with a zero in front; the value becomes `YYYYMMDD`. */
  readonly era?: EraOptions & { readonly table: EraTable };
  /** `HHMMSS`. */
  readonly time?: true;
  /** A value outside `codes` is flagged with W-CODE and the row goes on, unless it is not even of its `form`. */
  readonly lenient?: true;
  /** Somebody may have typed a 個人番号 here. */
  readonly typed?: true;
  /** What attribute, length and code list do not say: a code for a value that is not of its form. */
  readonly form?: (text: string) => string | null;
  /** What the value is, where the file writes it otherwise. Asked when nothing else was found wrong. @default as it stands */
  readonly read?: (text: string) => ReadValue;
}

/** A value as the record has it, empty for none, perhaps with a flag; or why it cannot be read. */
export type ReadValue =
  | { readonly value: string; readonly warning?: string | null }
  | { readonly code: string; readonly suggestion?: string };

export const alphanumeric = { attribute: 'alphanumeric', spaceAndHyphen: true } as const;
export const kanji = { attribute: 'kanji' } as const;
export const required = { required: true } as const;
export const typed = { typed: true } as const;
export const date = { attribute: 'code', maxBytes: 8, date: true } as const;
export const time = { attribute: 'code', maxBytes: 6, time: true } as const;
export const digits = (maxBytes: number) => ({ attribute: 'code', maxBytes }) as const;
export const oneOf = <const C extends readonly [string, ...string[]]>(...codes: C) =>
  ({ attribute: 'code', maxBytes: codes[0].length, codes }) as const;
export const matching = (form: RegExp, code: string) => (text: string) => (form.test(text) ? null : code);

/** 外部管理番号: the sender's own key. */
export const externalNumberForm = matching(/^[A-Z0-9-]+$/, 'E-ATTR');
/** 26 characters base32 of one of the hub's ids. */
export function hubIdForm(text: string): string | null {
  try {
    return id.safeParse(base32ToUuid(text)).success ? null : 'E-ID';
  } catch {
    return 'E-ID';
  }
}

/** 1-based place of each field, as results and quarantines name it. */
export function numbersOf<K extends string>(layout: readonly { readonly key: K }[]): ReadonlyMap<K, number> {
  return new Map(layout.map(({ key }, index) => [key, index + 1]));
}

type ValueOf<F> = F extends { lenient: true }
  ? string
  : F extends { codes: readonly (infer C extends string)[] }
    ? C
    : string;
/** The values of a record that was judged sound, by name; an optional field that is empty or not there is absent. */
export type RecordOf<F extends { readonly key: string }> = {
  readonly [L in F as L extends { required: true } ? L['key'] : never]: ValueOf<L>;
} & {
  readonly [L in F as L extends { required: true } ? never : L['key']]?: ValueOf<L>;
};
