// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { DisclosedReferral, FieldChange, ProposedContent } from '@tsunagi/contracts';
import { DomainError } from '@tsunagi/domain';
import { settingChanges } from '../plugins';
import type { Row, Sealing } from '../platform';

/** What would be written into the system of a desk: its message without ids, and without what each day says anew. */
export type Proposed = ProposedContent;

export function proposed({
  deliveryId: _,
  referralId: __,
  journeyId: ___,
  acceptBy: ____,
  sentOn: _____,
  mask: ______,
  notAfter: _______,
  ...content
}: DisclosedReferral): Proposed {
  return asKept(content);
}

/** As it comes back from where it is kept: what is absent is not there. */
const asKept = (content: Proposed): Proposed => JSON.parse(JSON.stringify(content)) as Proposed;

/** Names exactly this content of this delivery, and tells nothing of it to who has not seen it. */
export const tagOf = (delivery: string, content: Proposed): string =>
  createHash('sha256')
    .update(`${delivery}\n${JSON.stringify(content)}`)
    .digest('hex')
    .slice(0, 32);

const place = (delivery: string) => `approval:${delivery}`;
export const sealProposed = (sealing: Sealing, delivery: string, content: Proposed) =>
  sealing.seal(place(delivery), content);
/** `undefined` = it cannot be opened any more. */
export function openProposed(sealing: Sealing, delivery: string, approval: Buffer): Proposed | undefined {
  try {
    return sealing.open<Proposed>(place(delivery), approval);
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

/** Is what leaves what was approved? What cannot be opened any more was approved by nobody. */
export const isAsApproved = (
  sealing: Sealing,
  { id, approval }: { readonly id: string; readonly approval: Buffer },
  leaving: DisclosedReferral,
): boolean => isDeepStrictEqual(openProposed(sealing, id, approval), proposed(leaving));

/** Field by field; the others by their `ref`, so that one who has come or gone moves nobody else. */
export function changesBetween(before: Proposed | undefined, after: Proposed): FieldChange[] {
  const fields = (content: Proposed): Row => ({
    ...content,
    others: Object.fromEntries(content.others.map((o) => [o.ref, o])),
  });
  return settingChanges(before ? fields(before) : {}, fields(after));
}
