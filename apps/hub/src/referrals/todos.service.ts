// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { TodoQuery, Todos as TodoList } from '@tsunagi/contracts';
import { Role } from '@tsunagi/domain';
import { acknowledgeOnScreen } from './recalls';
import { ReferralUnknownError, TodoNotTickableError } from './referrals.errors';
import { isTickable } from './todos';
import { isCoordinatorsDesk } from './viewpoint';
import type { Caller } from '../access';
import { audit } from '../audit';
import { Directory } from '../organizations';
import { Clock, Database, sentenceOf } from '../platform';
import { IntakeDesk, type IntakeConcern } from '../plugins';

interface TodoRow {
  readonly id: string;
  readonly function: string;
  readonly role: Role;
  readonly kind: string;
  readonly referral: string | null;
  readonly escalated: boolean;
  readonly created_at: Date;
}
const columns = 'id, function, role, kind, referral, escalated, created_at';
const defaultLimit = 200;

/** Who hears of what is the matter with the intake of a plugin; who holds both roles hears of it once. */
const hearers: Readonly<Record<IntakeConcern['kind'], readonly Role[]>> = {
  confirm_intake: ['it_admin'],
  file_missing: ['it_admin', 'coordinator'],
};

/** What waits for somebody of a desk. */
@Injectable()
export class TodosOfDesks {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly intake: IntakeDesk,
    private readonly clock: Clock,
  ) {}

  async of(caller: Caller, query: TodoQuery = {}): Promise<TodoList> {
    const limit = query.limit ?? defaultLimit;
    const { sql, parameters } = page(caller, this.confirmedByMunicipality(caller), query, limit + 1);
    const rows = await this.database.query<TodoRow>(sql, parameters);
    const ofDesks = rows.slice(0, limit).map((t) => ({
      id: t.id,
      kind: t.kind,
      sentence: sentenceOf(t.kind),
      role: t.role,
      function: this.directory.outline(t.function),
      ...(t.referral !== null && { referralId: t.referral }),
      ...(isTickable(t.kind) && { tickable: true as const }),
      ...(t.escalated && { escalated: true as const }),
      createdAt: t.created_at.toISOString(),
    }));
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: [...(await this.ofPlugins(caller, query)), ...ofDesks],
      ...(last && { next: `${last.escalated ? 1 : 0}.${last.id}` }),
    };
  }

  /** R2: the desks whose returns the approver of the municipality confirms. */
  private confirmedByMunicipality(caller: Caller): string[] {
    if (!caller.everywhere('approver')) return [];
    return this.directory.all().flatMap(({ id }) => (isCoordinatorsDesk(id, this.directory) ? id : []));
  }

  /** What stops a whole plugin stands first. No rows: each is there as long as the plugin says so. */
  private async ofPlugins(
    caller: Caller,
    { cursor, function: desk, role: wanted, kind: only, escalated }: TodoQuery,
  ): Promise<TodoList['items']> {
    if (cursor !== undefined || desk !== undefined || escalated !== undefined) return [];
    const roleFor = (kind: IntakeConcern['kind']) =>
      only === undefined || only === kind
        ? hearers[kind].find((role) => caller.everywhere(role) && (wanted === undefined || wanted === role))
        : undefined;
    if (!Object.keys(hearers).some((kind) => roleFor(kind as IntakeConcern['kind']))) return [];
    return (await this.intake.concerns()).flatMap(({ id, plugin, kind, since }) => {
      const role = roleFor(kind);
      return role ? [{ id, kind, sentence: sentenceOf(kind), role, plugin, createdAt: since.toISOString() }] : [];
    });
  }

  /**
   * Something was done beside the referral. To have stopped using what was recalled also acknowledges the recall, where
   * no system does.
   * @throws {TodoNotTickableError} it is done when the referral moves on.
   */
  async done(caller: Caller, id: string): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const [todo] = await tx.query<TodoRow>(
        `select ${columns} from todo where id = $1 and done_at is null for update`,
        [id],
      );
      if (!todo || !isMine(caller, todo)) throw new ReferralUnknownError();
      if (!isTickable(todo.kind)) throw new TodoNotTickableError();
      await tx.query('update todo set done_at = $2, done_by = $3 where id = $1', [id, now, caller.actor]);
      if (todo.kind === 'stop_using' && todo.referral !== null)
        await acknowledgeOnScreen(tx, todo.referral, caller.actor, now);
      audit(tx, [
        {
          at: now,
          actor: caller.actor,
          function: todo.function,
          action: `todo.${todo.kind}.done`,
          objectKind: 'referral',
          object: todo.referral ?? id,
          details: { todo: id },
        },
      ]);
    });
  }
}

/** The lists of the roles that the caller holds, at the function each; of every list no more is read than is shown. */
function page(
  caller: Caller,
  confirmed: readonly string[],
  query: TodoQuery,
  limit: number,
): { sql: string; parameters: unknown[] } {
  const parameters: unknown[] = [];
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const mine: { desk: string; role: Role }[] = [
    ...caller.functions.flatMap((desk) =>
      Role.options
        .filter((role) => !municipal.includes(role) && caller.has([role], desk))
        .map((role) => ({ desk, role })),
    ),
    ...confirmed.map((desk) => ({ desk, role: 'approver' as const })),
  ];
  const lists = `unnest(${bind(mine.map((m) => m.desk))}::uuid[], ${bind(mine.map((m) => m.role))}::text[]) as l(function, role)`;
  const narrow: string[] = ['done_at is null'];
  if (query.function !== undefined) narrow.push(`t.function = ${bind(query.function)}`);
  if (query.role !== undefined) narrow.push(`t.role = ${bind(query.role)}`);
  if (query.kind !== undefined) narrow.push(`kind = ${bind(query.kind)}`);
  if (query.escalated !== undefined) narrow.push('escalated');
  if (query.cursor !== undefined) {
    const [escalated, id] = query.cursor.split('.');
    narrow.push(`(not escalated, id) > (${bind(escalated === '0')}::boolean, ${bind(id)}::uuid)`);
  }
  const list = (whose: string) =>
    `select ${columns} from todo t where ${[...narrow, whose].join(' and ')} order by (not escalated), id limit ${limit}`;
  const parts = [
    `select t.* from ${lists} cross join lateral (${list('t.function = l.function and t.role = l.role')}) t`,
    ...(caller.everywhere('coordinator') ? [`(${list(`t.role = 'coordinator'`)})`] : []),
  ];
  const sql = `select ${columns} from (${parts.join(' union all ')}) t order by (not escalated), id limit ${limit}`;
  return { sql, parameters };
}

/** What asks for one of these asks whoever is it for the whole municipality, whichever desk it is about. */
const municipal: readonly Role[] = ['coordinator', 'approver'];

const isMine = (caller: Caller, { role, function: desk }: TodoRow): boolean =>
  municipal.includes(role) ? caller.everywhere(role) : caller.functions.includes(desk) && caller.has([role], desk);
