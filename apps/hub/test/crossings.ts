// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { startOf } from '@tsunagi/domain';
import type { HubUnderTest } from './hub-under-test';

/** Like one another, but for what a test turns on. */
export interface Alike {
  readonly from: string;
  readonly to: string;
  readonly on: string;
  readonly kind?: string;
  readonly channel?: string;
  readonly conference?: string;
  /** What happened to them after they were sent: action, the state it led to, day, reason. */
  readonly then?: readonly (readonly [action: string, state: string, on: string, reason?: string])[];
}

export interface Crossings {
  /** A desk by its field. */
  readonly desk: Readonly<Record<string, string>>;
  /** So many crossed, as the steps would leave them. */
  were(n: number, alike: Alike): Promise<void>;
  /** So many wait at 介護 since that day, for this reason. */
  held(n: number, reason: string, on: string): Promise<void>;
}

const somebody = '01900000-0000-7000-8000-0000000000a1';
const noon = (day: string) => new Date(startOf(day).getTime() + 12 * 3_600_000);

/** Referrals between the desks of the demo municipality in numbers, for what is counted and not for what is done. */
export async function crossings(under: HubUnderTest): Promise<Crossings> {
  const desk: Record<string, string> = {};
  for (const { id, domain } of await under.rows<{ id: string; domain: string }>(
    'select id, domain from desk_function where receives and id = any($1) order by code desc',
    [under.access.staff.flatMap((s) => s.functions)],
  ))
    desk[domain] = id;
  await under.rows('insert into person (id) values ($1)', [somebody]);
  const members = JSON.stringify([{ ref: 'subject', person: somebody, present: [] }]);
  return {
    desk,
    async were(n, { from, to, on, kind, channel, conference, then = [] }) {
      await under.rows(
        `insert into referral (id, journey, kind, state, told_state, version, sender, source_key, source_system, from_function, to_function, channel, conference,
           to_address, urgency, purpose, subject, members, content, created_at, state_at, sent_at)
         select id, id, $3, $4, $4, 9, 'plugin:kaigo', id::text, 'kaigo', $1, $2, $5, $6, '{"domain":"konkyu"}', 'normal', 'consultation',
           $9, $10::jsonb, '\\x00', $7, $7, $7
         from (select gen_random_uuid() as id from generate_series(1, $8)) made`,
        [
          desk[from],
          desk[to],
          kind ?? 'referral',
          then.at(-1)?.[1] ?? 'sent',
          channel ?? null,
          conference ?? null,
          noon(on),
          n,
          somebody,
          members,
        ],
      );
      for (const [k, [action, state, day, reason]] of ([['send', 'sent', on], ...then] as const).entries())
        await under.rows(
          `insert into referral_event (referral, version, action, from_state, to_state, actor, at, reasons)
           select r.id, $1, $2, 'received', $3, 'core', $4, $5 from referral r
           where r.version = 9 and not exists (select 1 from referral_event e where e.referral = r.id and e.version >= $1)`,
          [k + 1, action, state, noon(day), reason === undefined ? [] : [reason]],
        );
      // Whatever comes next is others'.
      await under.rows('update referral set version = 8 where version = 9');
    },
    async held(n, reason, on) {
      await under.rows(
        `with made as (insert into referral (id, journey, kind, state, told_state, version, sender, source_key, source_system, from_function, to_function, waits_for,
           to_address, urgency, purpose, subject, members, content, created_at, state_at)
         select id, id, 'referral', 'awaiting_authority', 'awaiting_authority', 1, 'plugin:kaigo', id::text, 'kaigo', $1, $2, 'authority', '{"domain":"konkyu"}', 'normal',
           'consultation', $6, $7::jsonb, '\\x00', at, at
         from (select gen_random_uuid() as id, $3::timestamptz as at from generate_series(1, $4)) m returning id, created_at)
         insert into disclosure_decision (id, referral, direction, outcome, members, reasons, inputs, decided_at)
         select gen_random_uuid(), id, 'referral', 'hold', '[]', array[$5], '{}', created_at from made`,
        [desk['kaigo'], desk['konkyu'], noon(on), n, reason, somebody, members],
      );
    },
  };
}
