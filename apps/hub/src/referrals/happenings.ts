// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hiddenKinds, type DeliveryChannel, type ReferralKind, type ReferralState, type Role } from '@tsunagi/domain';
import { isTold } from './is-told';
import { isListedFor, isShutOut } from './todos';
import { viewpointOf } from './viewpoint';
import type { Caller } from '../access';
import type { Directory } from '../organizations';
import type { Database } from '../platform';

/** Lines of the audit: after this one, up to and with that one. */
export interface Span {
  readonly after: number;
  readonly upTo: number;
}

/** What happened to referrals that are alike in all that decides who may know. */
interface Steps {
  readonly kind: ReferralKind;
  readonly state: ReferralState;
  conference: string | null;
  readonly channel: DeliveryChannel | null;
  readonly from_function: string;
  readonly to_function: string | null;
  readonly lead: string | null;
  readonly ever_received: boolean;
  readonly ever_accepted: boolean;
  readonly sent_at: Date | null;
  readonly action: string;
  readonly told: boolean;
  /** For which desk. */
  readonly function: string | null;
  /** The state is another one since. */
  readonly moved: boolean;
  readonly referrals: readonly string[];
}

/** A list of to-dos that is not as it was. */
interface ChangedList {
  readonly function: string;
  readonly role: Role;
  readonly kind: ReferralKind | null;
  conference: string | null;
  readonly referral: string | null;
  readonly person: string | null;
}

/** Everything that has happened, with what decides who may hear of it. */
export interface Happenings {
  readonly steps: readonly Steps[];
  readonly lists: readonly ChangedList[];
}

/** What one viewer may hear of. */
export interface Heard {
  readonly referrals: readonly string[];
  /** There are more than are named. */
  readonly more: boolean;
  readonly todos: boolean;
}

/** As many are named; of more, the queue is read anew. */
export const mostNamed = 50;

/**
 * What the audit says has happened: every step has a line there, and every to-do is written or done at the moment of one.
 * All is found by keys, so it costs what has happened, not what there is.
 */
export async function happeningsIn(database: Database, { after, upTo }: Span): Promise<Happenings> {
  const lines = `with line as materialized (
    select at, details, case when object_kind = 'referral' then object::uuid end as referral,
      case when object_kind = 'person' then object::uuid end as person
    from audit_entry where id > $1 and id <= $2 and object_kind in ('referral', 'person'))`;
  const [steps, lists] = await database.transaction((tx) =>
    Promise.all([
      tx.query<Steps>(
        `${lines}
         select r.kind, r.state, r.conference, r.channel, r.from_function, r.to_function, r.lead, r.ever_received, r.ever_accepted, max(r.sent_at) as sent_at,
           e.action, e.told, e.function, e.from_state is distinct from e.to_state as moved,
           (array_agg(distinct r.id))[1:${mostNamed + 1}] as referrals
         from line join referral_event e on e.referral = line.referral and e.version = (line.details->>'version')::int
           join referral r on r.id = e.referral
         group by r.kind, r.state, r.conference, r.channel, r.from_function, r.to_function, r.lead, r.ever_received, r.ever_accepted, r.sent_at is null,
           e.action, e.told, e.function, moved`,
        [after, upTo],
      ),
      tx.query<ChangedList>(
        `${lines}
         select distinct t.function, t.role, r.kind, r.conference, t.referral, t.person from (
           select t.* from line join todo t on t.referral = line.referral and (t.created_at = line.at or t.done_at = line.at)
           union all select t.* from line join todo t on t.person = line.person and t.done_at is null and t.created_at = line.at
           union all select t.* from line join todo t on t.id = (line.details->>'todo')::uuid
         ) t left join referral r on r.id = t.referral`,
        [after, upTo],
      ),
    ]),
  );
  return { steps, lists };
}

/** The same rules as of the timeline and of the lists: whoever would not see it there hears nothing. */
export function heardBy(caller: Caller, { steps, lists }: Happenings, directory: Pick<Directory, 'find'>): Heard {
  const referrals = new Set<string>();
  for (const step of steps) {
    const referral = {
      kind: step.kind,
      state: step.state,
      conference: step.conference ?? undefined,
      channel: step.channel ?? undefined,
      fromFunction: step.from_function,
      toFunction: step.to_function ?? undefined,
      lead: step.lead ?? undefined,
      everReceived: step.ever_received,
      everAccepted: step.ever_accepted,
      sentAt: step.sent_at ?? undefined,
    };
    const viewpoint = viewpointOf(caller, referral, directory);
    if (!viewpoint) continue;
    // Whoever leads without having taken part sees how far it is, in the queue, and not what was done.
    const inQueue = step.moved && viewpoint.lead;
    if (!inQueue && !isTold(viewpoint, step, referral)) continue;
    for (const id of step.referrals) if (!caller.excluded?.referrals.has(id)) referrals.add(id);
  }
  const isMine = ({ kind, conference, ...list }: ChangedList) =>
    !isShutOut(caller, list) &&
    isListedFor(caller, { ...list, hidden: conference !== null || (kind !== null && hiddenKinds.includes(kind)) });
  return {
    referrals: [...referrals].slice(0, mostNamed),
    more: referrals.size > mostNamed,
    todos: lists.some(isMine),
  };
}
