// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/** One line without control characters or lone surrogates; PostgreSQL refuses the first, JSON mangles the second. */
const oneLine = /^[^\p{Cc}\p{Cs}]*$/u;
/** The same with line breaks and tabs. */
const manyLines = /^(?:[^\p{Cc}\p{Cs}]|[\n\r\t])*$/u;

/** A line of text of at most `max` UTF-16 units. */
export const line = (max: number) => z.string().min(1).max(max).regex(oneLine, 'control characters are not allowed');
/** Text that only its writer reads, such as a watermark; it may be empty. */
export const opaque = (max: number) => z.string().max(max).regex(manyLines, 'control characters are not allowed');
/** Several lines of text of at most `max` UTF-16 units. */
export const prose = (max: number) => z.string().min(1).max(max).regex(manyLines, 'control characters are not allowed');
/** A code: letters, digits, `_ . : -`, no space; at most `max` characters. */
export const code = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[0-9A-Za-z_.:-]+$/);
/** A real calendar date of our centuries, `YYYY-MM-DD`. */
export const day = z.iso.date().refine((text) => /^(1[89]|2[01])/.test(text));
/** A moment of our centuries with an offset that some place on earth has, RFC 3339. */
export const moment = z.iso
  .datetime({ offset: true })
  .refine((text) => /^(1[89]|2[01]).*(Z|[+-](0\d|1[0-4]):\d\d)$/.test(text));
/** UUIDv7 made by the app; shown as UUID in JSON and as 26 characters Crockford base32 on paper and in legacy files. */
export const id = z.uuid();
