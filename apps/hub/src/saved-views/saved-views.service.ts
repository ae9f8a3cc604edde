// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import {
  QueueView,
  queueViewNames,
  type ChangeView,
  type ListedView,
  type NewView,
  type QueueFilters,
  type SavedView,
  type ViewList,
  type AuditAction,
} from '@tsunagi/contracts';
import { desksFor, mayForAll } from '@tsunagi/domain';
import { TooManyViewsError, ViewUnknownError } from './saved-views.errors';
import { FunctionNotYoursError, RoleMissingError, type Caller } from '../access';
import { audit } from '../audit';
import { Directory } from '../organizations';
import { changeAt, Clock, Database, newId, type Tx } from '../platform';
import { Views } from '../referrals';

interface ViewRow {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly query: QueueFilters;
  readonly function: string | null;
}

const columns = 'id, version, name, query, function';
/** Of one function, and of one person. */
const most = 50;
const countTo = 1000;

/** Views of the queue under a name. A view shows nobody more than the queue does: each sees through it what it may see itself. */
@Injectable()
export class SavedViews {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly views: Views,
    private readonly clock: Clock,
  ) {}

  async list(caller: Caller, withCounts: boolean): Promise<ViewList> {
    mustBePerson(caller);
    const rows = await this.database.query<ViewRow>(
      `select ${columns} from saved_view where function = any($1::uuid[]) or owner = $2 order by function is null, name, id`,
      [desksOf(caller), caller.actor],
    );
    const listed: ListedView[] = [...builtInFor(caller), ...rows.map((row) => this.shown(row))];
    if (!withCounts) return { items: listed };
    const items: ListedView[] = [];
    for (const view of listed) items.push({ ...view, ...(await this.counted(caller, view.query)) });
    return { items };
  }

  /** @throws {FunctionNotYoursError} @throws {TooManyViewsError} */
  async add(caller: Caller, { name, query, function: desk }: NewView): Promise<SavedView> {
    mustBePerson(caller);
    if (desk !== undefined && !desksOf(caller).includes(desk)) throw new FunctionNotYoursError();
    const now = this.clock.now();
    const whose = { function: desk ?? null, owner: desk === undefined ? caller.actor : null };
    const row: ViewRow = { id: newId(now), version: 1, name, query, function: whose.function };
    await this.database.transaction(async (tx) => {
      const there = await tx.query('select 1 from saved_view where function = $1 or owner = $2', [
        whose.function,
        whose.owner,
      ]);
      if (there.length >= most) throw new TooManyViewsError();
      tx.insert('saved_view', [{ ...row, owner: whose.owner, created_at: now.toISOString() }]);
      this.testify(tx, caller, 'view.created', row, Object.keys(query));
    });
    return this.shown(row);
  }

  /** @throws {ViewUnknownError} */
  async change(caller: Caller, id: string, version: number, to: ChangeView): Promise<SavedView> {
    const changed = await this.database.transaction(async (tx) => {
      const before = await this.known(tx, caller, id);
      await changeAt(tx, 'saved_view', id, version, { name: to.name, query: to.query });
      this.testify(tx, caller, 'view.changed', before, Object.keys(to));
      return this.known(tx, caller, id);
    });
    return this.shown(changed);
  }

  /** @throws {ViewUnknownError} */
  async remove(caller: Caller, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = await this.known(tx, caller, id);
      tx.change('saved_view', 'delete from saved_view where id = $1', [id]);
      this.testify(tx, caller, 'view.deleted', before, []);
    });
  }

  /** Whoever sees it may change it: one's own, or where one works. */
  private async known(tx: Tx, caller: Caller, id: string): Promise<ViewRow> {
    mustBePerson(caller);
    const [row] = await tx.query<ViewRow>(
      `select ${columns} from saved_view where id = $1 and (function = any($2::uuid[]) or owner = $3)`,
      [id, desksOf(caller), caller.actor],
    );
    if (!row) throw new ViewUnknownError();
    return row;
  }

  private async counted(caller: Caller, query: QueueFilters): Promise<Pick<ListedView, 'count' | 'more'>> {
    const counters = await this.views.counters(caller, query);
    const all = counters.reduce((sum, c) => sum + c.count, 0);
    const more = all > countTo || counters.some((c) => c.more);
    return { count: Math.min(all, countTo), ...(more && { more: true as const }) };
  }

  private shown({ id, version, name, query, function: desk }: ViewRow): SavedView {
    return { id, version, name, query, ...(desk !== null && { function: this.directory.outline(desk) }) };
  }

  /** Neither what it is called nor what it asks for: the one is a text. */
  private testify(tx: Tx, caller: Caller, action: AuditAction, view: ViewRow, fields: readonly string[]): void {
    audit(tx, {
      at: this.clock.now(),
      actor: caller.actor,
      function: view.function,
      action,
      objectKind: 'view',
      object: view.id,
      details: { fields },
    });
  }
}

/** Where the caller works, or the one desk that it has chosen to act for. */
const desksOf = (caller: Caller): string[] => desksFor(caller, 'referrals.work');

/** That there is a unit without a lead is told to those who find one. */
const builtInFor = (caller: Caller): ListedView[] =>
  QueueView.options
    .filter((view) => view !== 'without_lead' || mayForAll(caller, 'units.lead'))
    .map((view) => ({ code: view, name: queueViewNames[view], query: { view } }));

/** A program keeps its own. */
function mustBePerson({ kind }: Caller): void {
  if (kind !== 'staff') throw new RoleMissingError();
}
