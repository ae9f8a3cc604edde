// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/** How far a view was read: local time of the legacy system as text, so that no microsecond is lost, and the number. */
export const watermark = z.strictObject({
  at: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?$/)
    // `0000-00-00 00:00:00` has the form and is no time.
    .refine((at) => !Number.isNaN(Date.parse(`${at.slice(0, 19).replace(' ', 'T')}Z`))),
  no: z.string().regex(/^-?\d{1,19}$/),
});
export type Watermark = z.infer<typeof watermark>;

/** What the hub keeps for a view: how far it was read, and since when it has been read no further until a person asks. */
const viewCheckpoint = z.strictObject({ ...watermark.shape, pausedSince: z.iso.datetime().optional() });
export type ViewCheckpoint = z.infer<typeof viewCheckpoint>;

/** Can reading go on from here? Not from a time such as `infinity`, nor from a row without a number. */
export function isWatermark(place: Watermark): boolean {
  return watermark.safeParse({ at: place.at, no: place.no }).success;
}

/** A fixed width, so that texts compare as times do. */
export function normalTime(at: string): string {
  const [whole = '', fraction = ''] = at.replace('T', ' ').split('.');
  return `${whole}.${fraction.padEnd(6, '0').slice(0, 6)}`;
}

export function isAfter(a: Watermark, b: Watermark): boolean {
  return a.at === b.at ? BigInt(a.no) > BigInt(b.no) : a.at > b.at;
}

/** The local time `ms` milliseconds before. */
export function timeBefore(at: string, ms: number): string {
  const [whole = '', fraction = '000000'] = normalTime(at).split('.');
  const before = new Date(Date.parse(`${whole.replace(' ', 'T')}Z`) - ms).toISOString();
  return `${before.slice(0, 19).replace('T', ' ')}.${fraction}`;
}

/** The moment as local time of a place without summer time. */
export function localTime(moment: Date, utcOffsetMinutes: number): string {
  return normalTime(new Date(moment.getTime() + utcOffsetMinutes * 60_000).toISOString().slice(0, 23));
}

/** Undefined for a checkpoint that is none of ours, such as one of an older version: reading starts anew. */
export function parseViewCheckpoint(checkpoint: string | undefined): ViewCheckpoint | undefined {
  if (checkpoint === undefined) return undefined;
  try {
    return viewCheckpoint.parse(JSON.parse(checkpoint));
  } catch {
    return undefined;
  }
}
