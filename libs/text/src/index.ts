// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export * from './code-on-paper';
export * from './crockford';
export * from './japanese-day';
export * from './json-faults';
export * from './json-pointer';
export * from './kana';
export * from './my-number';
export * from './personal-traces';
export * from './reading';
export * from './residence-status';
export * from './variant-kanji';
export * from './well-formed';
export * from './windows-forms';
