// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { awaitsPaper, type Consent, type Refusal } from '@tsunagi/domain';
import { indexPapers, type PaperAwaited } from './todos';
import { wishesOf } from '../consents';
import type { Tx } from '../platform';

/** A person, and a desk to which something was said. */
export interface AtDesk {
  readonly person: string;
  readonly function: string;
}

/** What was said of this person at this desk. */
export const saidAt = (
  { person, function: desk }: AtDesk,
  said: { readonly consents: readonly Consent[]; readonly refusals: readonly Refusal[] },
) => ({
  consents: said.consents.filter((c) => c.person === person && c.givenTo === desk),
  refusals: said.refusals.filter((r) => r.person === person && r.recordedBy === desk),
});

/** How urgently a desk is asked for a paper of this person. */
export function paperAwaited(at: AtDesk, consents: readonly Consent[], now: Date): PaperAwaited {
  const awaited = consents.map((c) => awaitsPaper(c, now));
  return {
    person: at.person,
    function: at.function,
    awaited: awaited.includes('escalated') ? 'escalated' : awaited.find((a) => a !== undefined),
  };
}

/** A consent was recorded, confirmed or has ended; of what waits for its paper the lists say so at once. */
export async function papersChanged(tx: Tx, at: readonly AtDesk[], now: Date): Promise<void> {
  const wishes = await wishesOf(tx, [...new Set(at.map((a) => a.person))]);
  indexPapers(
    tx,
    at.map((a) => paperAwaited(a, saidAt(a, wishes).consents, now)),
    now,
  );
}
