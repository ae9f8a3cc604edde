// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/**
 * One line with something to see, without control characters or lone surrogates (PostgreSQL refuses the first, JSON
 * mangles the second), and without what is invisible or turns the direction of writing.
 */
const oneLine = /^(?=.*[^\p{Z}\p{Cc}\p{Cf}\p{Cs}])(?:[^\p{Cc}\p{Cs}\p{Cf}]|[\u200C\u200D])*$/su;
/** The same with line breaks and tabs. */
const manyLines = /^(?:[^\p{Cc}\p{Cs}]|[\n\r\t])*$/u;
/** Prose also without what turns the direction of writing, and with something to see. */
const readable = /^(?=.*[^\p{Z}\p{Cc}\p{Cf}\p{Cs}])[^\u202A-\u202E\u2066-\u2069]*$/su;

/** A line of text of at most `max` UTF-16 units. */
export const line = (max: number) => z.string().min(1).max(max).regex(oneLine, 'control characters are not allowed');
/** Text that only its writer reads, such as a watermark; it may be empty. */
export const opaque = (max: number) => z.string().max(max).regex(manyLines, 'control characters are not allowed');
/** Several lines of text of at most `max` UTF-16 units. */
export const prose = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(manyLines, 'control characters are not allowed')
    .regex(readable, 'nothing to see, or turned text');
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
export const id = z.uuid().toLowerCase();
