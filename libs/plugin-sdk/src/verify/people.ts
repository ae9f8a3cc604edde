// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { KitPerson } from './kit';

/** Synthetic persons; each check states what it turns on. */
export function aPerson(number: number, more: Partial<KitPerson> = {}): KitPerson {
  return {
    number,
    name: '見本　春子',
    kana: 'ミホン ハルコ',
    birthDate: '1950-04-01',
    note: '家計の相談を希望。',
    ...more,
  };
}
