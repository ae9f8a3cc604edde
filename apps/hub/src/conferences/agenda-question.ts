// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { AgendaQuestion, Attendee, Conference, ConferenceActor } from '@tsunagi/domain';
import { wishesOf } from '../consents';
import type { Directory } from '../organizations';
import type { Tx } from '../platform';

/** What decides now on the items of this conference. */
export async function agendaQuestion(
  tx: Tx,
  directory: Directory,
  { persons }: Conference,
  now: Date,
): Promise<AgendaQuestion> {
  const { consents, refusals, seals, dangers } = await wishesOf(tx, persons);
  return {
    now,
    consents,
    refusals,
    seals,
    dangers,
    authorities: directory.authorities(),
    party: (id) => directory.party(id),
  };
}

/** A member in a part in which secrecy was acknowledged. */
export const attendeeOf = ({ staff, function: desk }: ConferenceActor, part: number): Attendee => ({
  part,
  staff,
  function: desk,
  acknowledged: true,
});
