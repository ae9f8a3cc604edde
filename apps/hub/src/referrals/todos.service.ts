// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { TodoDone, TodoQuery, Todos as TodoList } from '@tsunagi/contracts';
import {
  carriedDueOn,
  desksFor,
  hiddenKinds,
  japaneseDay,
  mayForAll,
  rolesFor,
  StepRefusedError,
  todoListsOf,
  type Duty,
  type Role,
} from '@tsunagi/domain';
import { Changes } from './changes';
import { Hoarding } from './hoarding.service';
import { timesOf } from './in-time';
import { Proposals } from './proposals.service';
import { acknowledgeOnScreen, disposeOnScreen } from './recalls';
import { referralsById, type ReferralRecord } from './referral.record';
import {
  DispositionMissingError,
  ReferralUnknownError,
  SubmissionRejectedError,
  TodoNotTickableError,
} from './referrals.errors';
import { askedSince, isAnswered, isListedFor, isShutOut, isTickable, type Answered } from './todos';
import type { Caller } from '../access';
import { audit } from '../audit';
import type { HubConfig } from '../hub.config';
import { Incidents } from '../incidents';
import { Directory } from '../organizations';
import {
  Clock,
  Database,
  HUB_CONFIG,
  HUB_KEYS,
  idOf,
  residenceStatusAt,
  sentenceOf,
  type HubKeys,
  type Tx,
} from '../platform';
import { knownToAs, lockPersons } from '../people';
import { IntakeDesk, type IntakeConcern } from '../plugins';
import { MissingLeads } from '../support-units';

interface TodoRow {
  readonly id: string;
  readonly function: string;
  readonly role: Role;
  readonly kind: string;
  readonly referral: string | null;
  readonly person: string | null;
  readonly conference: string | null;
  readonly escalated: boolean;
  readonly created_at: Date;
}
const columns = 'id, function, role, kind, referral, person, conference, escalated, created_at';
const defaultLimit = 200;

/** What is written down when such a to-do is answered with a word. */
const answers = {
  withdrawal_asked: { action: 'go_on', also: () => ({ withdrawalAsked: false }) },
  ask_after_no: { action: 'asked_again', also: () => ({ askAgainOn: undefined }) },
  // The sender has asked whether the sheet has come; as long as nobody tells it so, it asks again.
  carried_not_arrived: {
    action: 'asked_again',
    also: (referral: ReferralRecord, directory: Directory, now: Date) => {
      const next = carriedDueOn(japaneseDay(now), timesOf(referral, directory));
      return { toldDueOn: next, ...(referral.state === 'sent' && { dueOn: next }) };
    },
  },
} as const satisfies Record<
  Answered,
  {
    readonly action: string;
    readonly also: (referral: ReferralRecord, directory: Directory, now: Date) => Partial<ReferralRecord>;
  }
>;

/** What a to-do is about, and at whose desk. */
interface Place {
  readonly function: string;
  readonly referral: string;
}

/** Who hears of what is the matter with the intake of a plugin. */
const heard: Readonly<Record<IntakeConcern['kind'], Duty>> = {
  confirm_intake: 'intake.confirm',
  file_missing: 'intake.miss',
  counts_differ: 'intake.count',
  not_taken_in: 'intake.miss',
};

/** What waits for somebody of a desk. */
@Injectable()
export class TodosOfDesks {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly intake: IntakeDesk,
    private readonly leads: MissingLeads,
    private readonly hoarding: Hoarding,
    private readonly incidents: Incidents,
    private readonly proposals: Proposals,
    private readonly clock: Clock,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  async of(caller: Caller, query: TodoQuery = {}): Promise<TodoList> {
    const limit = query.limit ?? defaultLimit;
    const { sql, parameters } = page(caller, query, limit + 1, this.clock.now());
    const rows = await this.database.query<TodoRow>(sql, parameters);
    const known = await this.asKnown(rows);
    const ofDesks = rows.slice(0, limit).map((t) => ({
      id: t.id,
      kind: t.kind,
      sentence: sentenceOf(t.kind),
      role: t.role,
      function: this.directory.outline(t.function),
      ...(t.referral !== null && { referralId: t.referral }),
      ...(t.person !== null && { person: known(t.function, t.person) }),
      ...(t.conference !== null && { conferenceId: t.conference }),
      ...(isTickable(t.kind) && { tickable: true as const }),
      ...(t.escalated && { escalated: true as const }),
      createdAt: t.created_at.toISOString(),
    }));
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: [
        ...(await this.ofPlugins(caller, query)),
        ...(await this.ofUnits(caller, query)),
        ...(await this.ofCases(caller, query)),
        ...(await this.ofIncidents(caller, query)),
        ...(await this.ofProposals(caller, query)),
        ...ofDesks,
      ],
      ...(last && { next: `${last.escalated ? 1 : 0}.${last.id}` }),
    };
  }

  /** Under the ids that each desk knows; whoever judges for the municipality knows persons by their own. */
  private asKnown(rows: readonly TodoRow[]): ReturnType<typeof knownToAs> {
    return knownToAs(
      this.database,
      rows.flatMap(({ function: desk, role, person }) =>
        person === null || role === 'privacy_officer' ? [] : [{ function: desk, person }],
      ),
    );
  }

  /** Somebody at the desk has it in hand again. */
  private assign(tx: Tx, caller: Caller, at: Place, worker: string, now: Date): Promise<void> {
    return this.write(tx, at, now, (changes, referral) =>
      changes.record(
        referral,
        'assign',
        { actor: caller.actor, function: at.function },
        { facts: { worker: { name: worker } } },
        { worker },
      ),
    );
  }

  /** What a state asked for is answered with a word: the desk goes on with the person, or has asked and heard no again. */
  private answer(tx: Tx, caller: Caller, at: Place, kind: Answered, now: Date): Promise<void> {
    const by = { actor: caller.actor, function: at.function };
    const { action, also } = answers[kind];
    return this.write(tx, at, now, (changes, referral) =>
      changes.record(referral, action, by, {}, also(referral, this.directory, now)),
    );
  }

  private async write(
    tx: Tx,
    at: Place,
    now: Date,
    write: (changes: Changes, referral: ReferralRecord) => unknown,
  ): Promise<void> {
    const referral = (await referralsById(tx, [at.referral])).get(at.referral);
    if (!referral) throw new ReferralUnknownError();
    const changes = new Changes(
      { sealing: this.keys.sealing, directory: this.directory, legal: this.config.legal },
      now,
    );
    write(changes, referral);
    await changes.save(tx);
  }

  /** What stops a whole plugin stands first. No rows: each is there as long as the plugin says so. */
  private async ofPlugins(
    caller: Caller,
    { cursor, function: desk, role: wanted, kind: only, escalated }: TodoQuery,
  ): Promise<TodoList['items']> {
    if (cursor !== undefined || desk !== undefined || escalated !== undefined) return [];
    if (!Object.values(heard).some((duty) => mayForAll(caller, duty))) return [];
    return (await this.intake.concerns()).flatMap(({ id, plugin, kind, since }) => {
      const role = only === undefined || only === kind ? hearingRole(caller, heard[kind]) : undefined;
      return role && (wanted === undefined || wanted === role)
        ? [{ id, kind, sentence: sentenceOf(kind), role, plugin, createdAt: since.toISOString() }]
        : [];
    });
  }

  /** Units that nobody leads any more. No rows either: each is there until somebody leads. */
  private async ofUnits(
    caller: Caller,
    { cursor, function: desk, role = 'coordinator', kind = 'lead_missing', escalated }: TodoQuery,
  ): Promise<TodoList['items']> {
    if (cursor !== undefined || escalated !== undefined || !mayForAll(caller, 'units.lead')) return [];
    if (role !== 'coordinator' || kind !== 'lead_missing') return [];
    return (await this.leads.list())
      .filter((m) => desk === undefined || m.function === desk)
      .map(({ unit, function: last, since }) => ({
        id: unit,
        kind,
        sentence: sentenceOf(kind),
        role,
        function: this.directory.outline(last),
        unitId: unit,
        createdAt: since.toISOString(),
      }));
  }

  /** What incidents ask for, from the day on; late by the days of the law, whatever process sleeps. */
  private async ofIncidents(
    caller: Caller,
    { cursor, function: desk, role = 'privacy_officer', kind, escalated }: TodoQuery,
  ): Promise<TodoList['items']> {
    if (cursor !== undefined || desk !== undefined || role !== 'privacy_officer') return [];
    if (!mayForAll(caller, 'incidents.report')) return [];
    return (await this.incidents.waiting())
      .map(({ step, ...open }) => ({ ...open, kind: `incident_${step}` }))
      .filter((open) => (kind === undefined || kind === open.kind) && (escalated === undefined || open.late))
      .map((open) => ({
        id: idOf(`${open.kind}:${open.incident}`),
        kind: open.kind,
        sentence: sentenceOf(open.kind),
        role,
        incidentId: open.incident,
        ...(open.late && { escalated: true as const }),
        createdAt: open.since.toISOString(),
      }));
  }

  /** What waits to be written into the system of a desk. No rows: each is there as long as it waits. */
  private async ofProposals(
    caller: Caller,
    { cursor, function: desk, role = 'caseworker', kind = 'approve_write', escalated }: TodoQuery,
  ): Promise<TodoList['items']> {
    if (cursor !== undefined || escalated !== undefined || role !== 'caseworker' || kind !== 'approve_write') return [];
    return (await this.proposals.waiting(caller))
      .filter(({ toFunction }) => desk === undefined || desk === toFunction)
      .map(({ referral, toFunction, since }) => ({
        id: idOf(`approve_write:${referral}`),
        kind,
        sentence: sentenceOf(kind),
        role,
        function: this.directory.outline(toFunction),
        referralId: referral,
        createdAt: since.toISOString(),
      }));
  }

  /** Compound cases that a desk keeps to itself: its chief sees them until a second desk is there. */
  private async ofCases(
    caller: Caller,
    { cursor, function: desk, role = 'supervisor', kind = 'case_hoarded', escalated }: TodoQuery,
  ): Promise<TodoList['items']> {
    if (cursor !== undefined || escalated !== undefined || role !== 'supervisor' || kind !== 'case_hoarded') return [];
    const mine = desksFor(caller, 'cases.oversee').filter((f) => desk === undefined || f === desk);
    if (mine.length === 0) return [];
    const hoarded = await this.hoarding.until(this.clock.now(), mine);
    const told = hoarded.filter(({ referral }) => !isShutOut(caller, { referral, person: null }));
    return told.map(({ referral, function: of, since }) => ({
      id: idOf(`case_hoarded:${referral}`),
      kind,
      sentence: sentenceOf(kind),
      role,
      function: this.directory.outline(of),
      referralId: referral,
      createdAt: since.toISOString(),
    }));
  }

  /**
   * Something was done beside the referral. To have stopped using what was recalled also acknowledges the recall, where
   * no system does.
   * @throws {TodoNotTickableError} it is done when the referral moves on.
   */
  async done(caller: Caller, id: string, { worker, disposition }: TodoDone): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      // As every step does; the clock may be about to write on the same list.
      const subjects = await tx.query<{ subject: string }>(
        'select r.subject from todo t join referral r on r.id = t.referral where t.id = $1',
        [id],
      );
      await lockPersons(
        tx,
        subjects.map((s) => s.subject),
      );
      const [todo] = await tx.query<TodoRow & { readonly hidden: boolean }>(
        `select ${columns}, exists (select 1 from referral r where r.id = todo.referral and (r.kind = any($2::text[]) or r.conference is not null)) as hidden
         from todo where id = $1 and done_at is null for update`,
        [id, hiddenKinds],
      );
      if (!todo || isShutOut(caller, todo) || !isListedFor(caller, todo)) throw new ReferralUnknownError();
      if (!isTickable(todo.kind)) throw new TodoNotTickableError();
      await tx.query('update todo set done_at = $2, done_by = $3 where id = $1', [id, now, caller.actor]);
      if (isAnswered(todo.kind) && todo.referral !== null)
        await this.answer(tx, caller, { function: todo.function, referral: todo.referral }, todo.kind, now);
      if (todo.kind === 'recall_disposition' && !disposition) throw new DispositionMissingError();
      const uncollected = residenceStatusAt(disposition, '/disposition');
      if (uncollected !== undefined) throw new SubmissionRejectedError('RESIDENCE_STATUS_TEXT', uncollected);
      const isOfRecall = todo.kind === 'stop_using' || todo.kind === 'recall_disposition';
      if (isOfRecall && todo.referral !== null) {
        const asked = { ...todo, referral: todo.referral };
        if (disposition) await disposeOnScreen(tx, asked, disposition, now);
        if (todo.kind === 'stop_using') await acknowledgeOnScreen(tx, asked, caller.actor, now);
      }
      if (todo.kind === 'unassigned' && todo.referral !== null) {
        if (!worker) throw new StepRefusedError('WORKER_MISSING');
        await this.assign(tx, caller, { function: todo.function, referral: todo.referral }, worker.name, now);
      }
      audit(tx, [
        {
          at: now,
          actor: caller.actor,
          function: todo.function,
          action: `todo.${todo.kind}.done`,
          ...(todo.referral === null && todo.person !== null
            ? { objectKind: 'person', object: todo.person }
            : { objectKind: 'referral', object: todo.referral ?? id }),
          details: { todo: id, ...(isOfRecall && disposition && { done: disposition.done }) },
        },
      ]);
    });
  }
}

/** The lists of the roles that the caller holds, at the function each; of every list no more is read than is shown. */
function page(caller: Caller, query: TodoQuery, limit: number, now: Date): { sql: string; parameters: unknown[] } {
  const parameters: unknown[] = [];
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const all = todoListsOf(caller);
  const mine = all.filter((l) => l.function !== undefined);
  const lists = `unnest(${bind(mine.map((l) => l.function))}::uuid[], ${bind(mine.map((l) => l.role))}::text[]) as l(function, role)`;
  // Of two persons the one who has asked is not the other.
  const released = `exists (select 1 from reveal_request q where q.referral = t.referral and q.function = t.function
    and q.decided_at is null and q.asked_by <> ${bind(caller.actor)} and q.asked_at > ${bind(askedSince(now))})`;
  const narrow: string[] = ['done_at is null', `(t.kind <> 'release_name' or ${released})`];
  if (query.function !== undefined) narrow.push(`t.function = ${bind(query.function)}`);
  if (query.role !== undefined) narrow.push(`t.role = ${bind(query.role)}`);
  if (query.kind !== undefined) narrow.push(`kind = ${bind(query.kind)}`);
  if (query.escalated !== undefined) narrow.push('escalated');
  if (query.cursor !== undefined) {
    const [escalated, id] = query.cursor.split('.');
    narrow.push(`(not escalated, id) > (${bind(escalated === '0')}::boolean, ${bind(id)}::uuid)`);
  }
  // Of a 通報・通告, and of what rests on a conference, only the people of its two functions hear: no coordinator, and no system.
  const isHidden = () =>
    `exists (select 1 from referral r where r.id = t.referral and (r.kind = any(${bind(hiddenKinds)}::text[]) or r.conference is not null))`;
  if (caller.kind === 'client') narrow.push('t.conference is null', `not ${isHidden()}`);
  const { excluded } = caller;
  if (excluded) {
    const persons = bind([...excluded.persons]);
    narrow.push(
      `not coalesce(t.referral = any(${bind([...excluded.referrals])}::uuid[]), false)`,
      `not coalesce(t.person = any(${persons}::uuid[]), false)`,
      `not exists (select 1 from conference k where k.id = t.conference and k.persons && ${persons}::uuid[])`,
    );
  }
  const list = (whose: string) =>
    `select ${columns} from todo t where ${[...narrow, whose].join(' and ')} order by (not escalated), id limit ${limit}`;
  const parts = [
    `select t.* from ${lists} cross join lateral (${list('t.function = l.function and t.role = l.role')}) t`,
    ...all
      .filter((l) => l.function === undefined)
      .map((l) => `(${list(`t.role = '${l.role}' and not ${isHidden()}`)})`),
  ];
  const sql = `select ${columns} from (${parts.join(' union all ')}) t order by (not escalated), id limit ${limit}`;
  return { sql, parameters };
}

/** Who holds several of its roles hears of it once, in the first. */
const hearingRole = (caller: Caller, duty: Duty): Role | undefined =>
  mayForAll(caller, duty) ? rolesFor(duty).find((role) => caller.rolesEverywhere().includes(role)) : undefined;
