// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { ChangeDeskFunction, DeskFunctionView, NewDeskFunction, NewOperator } from '@tsunagi/contracts';
import { operatorOn } from '@tsunagi/domain';
import { MasterData, type Note } from './master-data';
import type { Caller } from '../access';
import {
  Directory,
  functionView,
  NothingToAcknowledgeError,
  PeriodOverlapsError,
  PeriodPastError,
  PluginUnknownError,
  ReferenceUnknownError,
} from '../organizations';
import { PluginRegistry } from '../plugins';
import { changeAt, newId, NotFoundError, type Row, type Tx } from '../platform';

interface OperatorRow {
  readonly id: string;
  readonly organization: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly secrecy_acknowledged_at: Date | null;
  readonly secrecy_acknowledged_by: string | null;
}

/** Desk functions and who operates them. */
@Injectable()
export class FunctionsDesk {
  constructor(
    private readonly data: MasterData,
    private readonly directory: Directory,
    private readonly plugins: PluginRegistry,
  ) {}

  show(id: string): DeskFunctionView {
    const found = this.directory.find(id);
    if (!found) throw new NotFoundError();
    return functionView(this.directory, found);
  }

  async add(caller: Caller, desk: NewDeskFunction): Promise<DeskFunctionView> {
    await this.mustBeThere(desk.channel);
    const id = await this.data.write(caller, async (tx, note) => this.insert(tx, note, desk));
    return this.show(id);
  }

  async change(caller: Caller, id: string, version: number, to: ChangeDeskFunction): Promise<DeskFunctionView> {
    await this.mustBeThere(to.channel);
    await this.data.write(caller, (tx, note) => this.update(tx, note, id, version, to));
    return this.show(id);
  }

  /** The organization of its desk operates it from its first day on. */
  async insert(tx: Tx, note: Note, desk: NewDeskFunction): Promise<string> {
    const [place] = await tx.query<{ organization: string }>('select organization from desk where id = $1', [
      desk.desk,
    ]);
    if (!place) throw new ReferenceUnknownError('/desk');
    const id = newId();
    tx.insert('desk_function', [
      {
        id,
        code: desk.code,
        valid_from: desk.validFrom,
        returns_without_supervisor: false,
        ...columnsOf(desk),
        kinds: desk.kinds ?? [],
        gives_town_away: desk.givesTownAway ?? false,
      },
    ]);
    tx.insert('function_operator', [
      {
        id: newId(),
        function: id,
        organization: place.organization,
        valid_from: desk.validFrom,
        handed_over_at: this.data.now().toISOString(),
      },
    ]);
    await tx.flush();
    note('desk_function.created', 'desk_function', id, { code: desk.code, organization: place.organization });
    return id;
  }

  /** A desk that is reached another way from now on is like one in other hands: what is on its way follows. */
  async update(tx: Tx, note: Note, id: string, version: number, to: ChangeDeskFunction): Promise<void> {
    const before = this.directory.registered(id);
    if (!before) throw new NotFoundError();
    this.data.mustNotRewrite(before.validTo, to.validTo);
    if (to.validTo !== undefined && to.validTo !== null && to.validTo < before.validFrom) throw new PeriodPastError();
    if (to.desk !== undefined) await this.mustBeOf(tx, to.desk, this.directory.operator(id)?.organization, '/desk');
    const { channel, system, ...stays } = columnsOf(to);
    await changeAt(tx, 'desk_function', id, version, stays);
    const reached = { channel: channel ?? before.channel, system: system === undefined ? before.system : system };
    if (reached.channel !== before.channel || reached.system !== before.system) await this.reachBy(tx, id, reached);
    note('desk_function.changed', 'desk_function', id, { fields: Object.keys(to), version: version + 1 });
  }

  /** From that day on another organization operates it; the day before is the last of the one until then. */
  async passOn(caller: Caller, id: string, version: number, next: NewOperator): Promise<DeskFunctionView> {
    if (next.validFrom < this.data.today()) throw new PeriodPastError();
    if (!this.directory.organizations().some((o) => o.id === next.organization))
      throw new ReferenceUnknownError('/organization');
    await this.mustBeThere(next.channel);
    await this.data.write(caller, async (tx, note) => {
      await changeAt(tx, 'desk_function', id, version, {});
      await this.mustBeOf(tx, next.desk, next.organization, '/desk');
      const operators = await this.operators(tx, id);
      const planned = operators.find((o) => o.validFrom === next.validFrom && o.validFrom > this.data.today());
      if (operators.some((o) => o !== planned && o.validFrom >= next.validFrom)) throw new PeriodOverlapsError();
      await tx.query(
        `update function_operator set valid_to = $2::date - 1 where function = $1 and valid_from < $2 and (valid_to is null or valid_to >= $2)`,
        [id, next.validFrom],
      );
      tx.insert(
        'function_operator',
        [
          {
            id: newId(),
            function: id,
            organization: next.organization,
            valid_from: next.validFrom,
            desk: next.desk,
            body_kind: next.bodyKind ?? null,
            channel: next.channel ?? 'web',
            system: next.system ?? null,
          },
        ],
        // Planned before, and planned otherwise now.
        `on conflict (function, valid_from) do update set organization = excluded.organization, desk = excluded.desk,
           body_kind = excluded.body_kind, channel = excluded.channel, system = excluded.system`,
      );
      note('desk_function.passed_on', 'desk_function', id, {
        organization: next.organization,
        validFrom: next.validFrom,
      });
    });
    return this.show(id);
  }

  /** A member of the organization that operates it says so for the organization; from then on its members see it. */
  async acknowledgeSecrecy(caller: Caller, id: string): Promise<void> {
    const operator = this.directory.operator(id);
    if (!operator || (!caller.awaiting.includes(id) && !caller.functions.includes(id))) throw new NotFoundError();
    if (caller.kind !== 'staff' || !caller.awaiting.includes(id)) throw new NothingToAcknowledgeError();
    await this.data.write(caller, async (tx, note) => {
      await tx.query(
        `update function_operator set secrecy_acknowledged_at = $2, secrecy_acknowledged_by = $3
         where id = $1 and secrecy_acknowledged_at is null`,
        [operator.id, this.data.now(), caller.actor],
      );
      note('desk_function.secrecy_acknowledged', 'desk_function', id, { organization: operator.organization });
    });
  }

  /** @throws {PluginUnknownError} */
  private async mustBeThere(channel: string | undefined): Promise<void> {
    const plugin = pluginIn(channel);
    if (plugin === undefined) return;
    const known = await this.plugins.known();
    if (!known.includes(plugin)) throw new PluginUnknownError(known);
  }

  /** The same organization, from today on by another way. */
  private async reachBy(tx: Tx, id: string, reached: { channel: string; system: string | null }): Promise<void> {
    const today = this.data.today();
    const now = operatorOn(await this.operators(tx, id), today);
    if (!now) {
      await tx.query('update desk_function set channel = $2, system = $3 where id = $1', [
        id,
        reached.channel,
        reached.system,
      ]);
      return;
    }
    if (now.validFrom === today) {
      await tx.query(
        `update function_operator set channel = $2, system = $3, channel_only = channel_only or handed_over_at is not null,
           handed_over_at = null, handover_cursor = null where id = $1`,
        [now.id, reached.channel, reached.system],
      );
      return;
    }
    await tx.query('update function_operator set valid_to = $2::date - 1 where id = $1', [now.id, today]);
    tx.insert('function_operator', [
      {
        id: newId(),
        function: id,
        organization: now.organization,
        valid_from: today,
        valid_to: now.validTo,
        ...reached,
        secrecy_acknowledged_at: now.secrecy_acknowledged_at?.toISOString() ?? null,
        secrecy_acknowledged_by: now.secrecy_acknowledged_by,
      },
    ]);
  }

  private operators(tx: Tx, id: string): Promise<OperatorRow[]> {
    return tx.query<OperatorRow>(
      `select id, organization, valid_from as "validFrom", valid_to as "validTo", secrecy_acknowledged_at, secrecy_acknowledged_by
       from function_operator where function = $1 order by valid_from for update`,
      [id],
    );
  }

  private async mustBeOf(tx: Tx, desk: string, organization: string | undefined, pointer: string): Promise<void> {
    const [place] = await tx.query<{ organization: string }>('select organization from desk where id = $1', [desk]);
    if (place?.organization !== organization) throw new ReferenceUnknownError(pointer);
  }
}

/** The plugin behind a channel, if it is one. */
export const pluginIn = (channel: string | undefined): string | undefined => channel?.split('plugin:')[1];

/** What a body says, as columns; what it leaves out stays `undefined`. */
const columnsOf = (body: Partial<NewDeskFunction> | ChangeDeskFunction) =>
  ({
    name: body.name,
    desk: body.desk,
    domain: body.domain,
    function_type: body.functionType,
    body_kind: body.bodyKind,
    purposes: body.purposes,
    channel: body.channel,
    system: body.system,
    sends: body.sends,
    receives: body.receives,
    kinds: body.kinds,
    area: body.area,
    calendar: body.calendar,
    duty_telephone: body.dutyTelephone,
    next_duty_telephone: body.nextDutyTelephone,
    gives_town_away: body.givesTownAway,
    valid_to: body.validTo,
  }) satisfies Row;
