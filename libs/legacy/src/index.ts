// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export * from './attributes';
export * from './check-digits';
export * from './concern-boxes';
export { splitFields } from './raw-field';
export { cp932Length, decodeCp932, encodableOrNull, encodeCp932, type DecodedText } from './cp932';
export { base32ToUuid, InvalidIdError, uuidToBase32 } from '@tsunagi/text';
export { formatYmd, parseYmd, type ParsedDate } from './dates';
export type { EnvelopeControl } from './envelope-control';
export * from './envelope-reader';
export * from './envelope-writer';
export * from './era';
export * from './fixed-fields';
export * from './fixed-file-reader';
export * from './fixed-file-writer';
export type { FixedFrame, FixedHeader } from './fixed-frame';
export * from './gaiji';
export * from './legacy.errors';
export type { LineEnd } from './lines';
export type { Encoding, FieldReading, RawField } from './raw-field';
export * from './table-reader';
