// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// What a municipality has after years, straight into the hub's tables: most referrals are over, a few kinds and urgencies are
// rare, every desk has its part. Each has its person, its first event, the permit it went out on, and what its state asks
// for stands on a list. Contents are empty: no list opens one.

/** What a state asks of whom, as the hub's own lists have it (`todosOf` of the domain). */
const asks = [
  [`state in ('sent', 'received')`, 'to_function', 'caseworker', 'take_referral', 'false'],
  [`state = 'accepted'`, 'to_function', 'caseworker', 'begin_work', 'false'],
  [`state = 'awaiting_authority'`, 'from_function', 'caseworker', 'authority_needed', 'false'],
  [`state = 'questioned'`, 'from_function', 'caseworker', 'answer_question', 'false'],
  [`state = 'returned'`, 'from_function', 'caseworker', 'act_on_return', 'false'],
  [`state = 'coordinating'`, 'from_function', 'coordinator', 'hold_meeting', 'false'],
  [`due_on < current_date - 5`, 'from_function', 'coordinator', 'overdue', 'true'],
];
/** Every tenth `n` of ten takes its state from here: four tenths are open or came to nothing. */
const others = [
  ...['draft', 'awaiting_authority', 'sent', 'received', 'questioned', 'accepted', 'in_progress', 'on_hold'],
  ...['return_proposed', 'returned', 'coordinating', 'completed', 'follow_up'],
  ...['declined', 'redirected', 'withdrawn', 'revoked', 'entered_in_error'],
];
/** So many at once: of a million in one transaction nobody would see how far it is. */
const batch = 100_000;

/** @param town of town.mjs, whose desks are those at which somebody works @param count referrals */
export async function fillTown(town, count) {
  const staffed = [...new Set(town.access.staff.flatMap((s) => s.functions))];
  const { rows } = await town.query('select id from desk_function where id = any($1) order by code', [staffed]);
  const desks = rows.map(({ id }) => id);
  await withoutIndexes(town, ['referral', 'referral_event', 'disclosure_decision'], async () => {
    for (let from = 1; from <= count; from += batch) {
      const to = Math.min(from + batch - 1, count);
      // Keys fit by construction, and no name waits to be indexed where no content is.
      await town.query(`begin; set local session_replication_role = replica; ${sqlOf(desks, from, to, count)} commit`);
      console.error(`  ${to} referrals`);
    }
  });
  const todos = asks.map(
    ([where, desk, role, kind, escalated]) =>
      `select gen_random_uuid(), ${desk}, '${role}', '${kind}', id, state_at, ${escalated} from referral where ${where} and kind <> 'notification'`,
  );
  await town.query(
    `insert into todo (id, function, role, kind, referral, created_at, escalated) ${todos.join(' union all ')}`,
  );
  await town.query('vacuum analyze');
}

/** An index is built in a fraction of the time that it takes to grow. Those of the keys stay. */
async function withoutIndexes(town, tables, fill) {
  const { rows: indexes } = await town.query(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
     where i.indrelid = any($1::regclass[]) and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)`,
    [tables],
  );
  for (const { name } of indexes) await town.query(`drop index ${name}`);
  await fill();
  for (const { definition } of indexes)
    await town.query(`begin; set local maintenance_work_mem = '256MB'; ${definition}; commit`);
}

/** An id of this moment, so that ids and moments have one order. */
const idAt = (ms, n, mark) =>
  `(substr(lpad(to_hex((${ms})::bigint), 12, '0'), 1, 8) || '-' || substr(lpad(to_hex((${ms})::bigint), 12, '0'), 9) || '-7${mark}-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

const sqlOf = (desks, from, to, count) => `
  insert into person (id) select ${idAt('1700000000000', 'p', '0ff')} from generate_series(${Math.ceil(from / 3)}, ${Math.ceil(to / 3)}) p on conflict do nothing;
  create temporary table filled on commit drop as
    select n, ${idAt('ms', 'n', '000')} as id, to_timestamp(ms / 1000.0) as at, ${idAt('1700000000000', 'ceil(n / 3.0)::int', '0ff')} as person,
      case when n % 997 = 0 then 'notification' when n % 211 = 0 then 'inquiry' else 'referral' end as kind,
      case when n % 499 = 0 then 'same_day' when n % 50 = 0 then 'urgent' else 'normal' end as urgency,
      case when n % 10 < 6 then 'closed' else (array[${others.map((s) => `'${s}'`)}])[1 + (n / 10 * 4 + n % 10) % ${others.length}] end as state,
      (array[${desks.map((d) => `'${d}'`)}]::uuid[])[1 + n % ${desks.length}] as sender,
      (array[${desks.map((d) => `'${d}'`)}]::uuid[])[1 + (n + 1 + n / ${desks.length} % ${desks.length - 1}) % ${desks.length}] as recipient
    from (select n, (extract(epoch from now()) * 1000)::bigint - (${count} - n)::bigint * 94000000 / (${count} / 1000 + 1) as ms from generate_series(${from}, ${to}) n) moments;
  insert into referral (id, journey, kind, state, told_state, version, sender, source_key, source_system, from_function, to_function, hops, worker, ever_received,
      ever_accepted, to_address, urgency, purpose, how_they_meet, subject, members, content, created_at, state_at, sent_at, due_on, told_due_on)
    select id, id, kind, state, state, 1, 'plugin:kaigo', n::text, 'kaigo', sender, case when state = 'draft' and n % 5 = 0 then null else recipient end,
      case when n % 503 = 0 then 1 else 0 end, case when n % 97 > 0 and state in ('accepted', 'in_progress', 'on_hold') then '見本' end,
      state not in ('draft', 'awaiting_authority', 'sent'), state not in ('draft', 'awaiting_authority', 'sent', 'received', 'declined'), '{"domain":"konkyu"}',
      urgency, 'consultation', 'person_visits', person, jsonb_build_array(jsonb_build_object('ref', 'subject', 'person', person, 'present', '["identity","concern"]'::jsonb)),
      '\\x00', at, at, case when state not in ('draft', 'awaiting_authority') then at end, due, due
    from filled cross join lateral (select case when state in ('sent', 'received', 'accepted', 'in_progress') then current_date - 20 + n % 60 end as due) d;
  insert into referral_event (referral, version, action, to_state, actor, function, at) select id, 1, 'submit', state, 'plugin:kaigo', sender, at from filled;
  insert into disclosure_decision (id, referral, direction, outcome, authority, members, feedback, reasons, not_after, inputs, decided_at)
    select ${idAt('ms', 'n', '001')}, id, 'referral', 'permit', 'consent', '[]', 'state', '{}', now() + (n % 400) * interval '1 day', '{}', at
    from (select *, (extract(epoch from at) * 1000)::bigint as ms from filled) f where state not in ('draft', 'awaiting_authority');`;
