// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** What people type for a hyphen, as a class of a regular expression with `u`: hyphens of any kind, long vowels, minus signs and rules. */
export const typedHyphen = '\\p{Pd}ーｰ−⁃˗─━';
