// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** What records of files have in common, whatever their frame: judging the fields of one, and making the fields of one. */
export * from './addressing';
export * from './concern-flags';
export * from './desk-answer';
export * from './fitted';
export * from './hub-only.error';
export * from './japanese-moment';
export * from './judge-record';
export * from './kana-field';
export * from './kanji-field';
export * from './narrative-text';
export * from './person-fields';
export * from './present';
export * from './readable-text';
export * from './record-field';
export * from './referral-fields';
export * from './result-of-row';
export * from './status-fields';
export * from './telephone-field';
export * from './to-day';
