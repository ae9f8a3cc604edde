// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { Todos as TodoList } from '@tsunagi/contracts';
import type { Role } from '@tsunagi/domain';
import { acknowledgeOnScreen } from './recalls';
import { ReferralUnknownError, TodoNotTickableError } from './referrals.errors';
import { isTickable } from './todos';
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
  readonly created_at: Date;
}
const columns = 'id, function, role, kind, referral, created_at';

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

  async of(caller: Caller): Promise<TodoList['items']> {
    const rows = await this.database.query<TodoRow>(
      `select ${columns} from todo
       where done_at is null and (function = any($1::uuid[]) or ($2 and role = 'coordinator')) order by created_at, id limit 1000`,
      [caller.functions, caller.everywhere('coordinator')],
    );
    const ofDesks = rows
      .filter((t) => isMine(caller, t))
      .map((t) => ({
        id: t.id,
        kind: t.kind,
        sentence: sentenceOf(t.kind),
        role: t.role,
        function: this.directory.outline(t.function),
        ...(t.referral !== null && { referralId: t.referral }),
        ...(isTickable(t.kind) && { tickable: true as const }),
        createdAt: t.created_at.toISOString(),
      }));
    return [...(await this.ofPlugins(caller)), ...ofDesks];
  }

  /** What stops a whole plugin stands first. No rows: each is there as long as the plugin says so. */
  private async ofPlugins(caller: Caller): Promise<TodoList['items']> {
    const roleFor = (kind: IntakeConcern['kind']) => hearers[kind].find((role) => caller.everywhere(role));
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

const isMine = (caller: Caller, { role, function: desk }: TodoRow): boolean =>
  role === 'coordinator'
    ? caller.everywhere('coordinator')
    : caller.functions.includes(desk) && caller.has([role], desk);
