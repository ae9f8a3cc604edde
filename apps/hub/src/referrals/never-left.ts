// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { FunctionOutline, WithdrawalProof } from '@tsunagi/contracts';
import type { Permit } from '@tsunagi/domain';
import { timeOfId } from '../platform';

/** A delivery that was taken back in the hub: no message of it was ever made, so the ledger has no line of it. */
export interface Unsent {
  readonly delivery: string;
  readonly authority: Permit['authority'];
  /** As it was permitted when it was to leave. */
  readonly members: readonly Pick<Permit['members'][number], 'ref' | 'categories'>[];
}

export interface UnsentReferral {
  readonly id: string;
  readonly members: readonly { readonly ref: string; readonly person: string }[];
  readonly unsent: readonly Unsent[];
}

type Line = WithdrawalProof['stopped'][number];

/** As the ledger would say it of what was taken back on its way; of others in the referral nothing is said. */
export function linesOfUnsent(
  { id: referralId, members: inReferral, unsent }: UnsentReferral,
  {
    persons,
    from,
    to,
  }: { readonly persons: readonly string[]; readonly from: FunctionOutline; readonly to: FunctionOutline },
): Line[] {
  const refs = new Set(inReferral.flatMap(({ ref, person }) => (persons.includes(person) ? [ref] : [])));
  return unsent.map(({ delivery, authority, members }) => ({
    id: delivery,
    referralId,
    from,
    to,
    // To a desk on screen it has its line since it was sent.
    way: 'message',
    authority,
    members: members.filter(({ ref }) => refs.has(ref)).map(({ ref, categories }) => ({ ref, categories })),
    state: 'recalled',
    at: timeOfId(delivery).toISOString(),
  }));
}
