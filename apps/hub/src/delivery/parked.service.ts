// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import { deliveryText, type ParkedPage, type ParkedQuery, type Replayed, type ReplayMany } from '@tsunagi/contracts';
import { DeliveryNotParkedError } from './delivery.errors';
import { isReplayable, lockInOrder, replayParked, type DeliveryKind } from './delivery.rows';
import { Relay } from './relay.service';
import type { Caller } from '../access';
import { audit } from '../audit';
import { Clock, Database, NotFoundError, type Tx } from '../platform';

const pageSize = 100;
/** At once: each of them is decided anew, under the locks of its persons. */
const atOnce = 500;

interface ParkedRow {
  id: string;
  plugin: string;
  kind: DeliveryKind;
  referral: string;
  error: string | null;
  attempts: number;
  not_before: Date;
}

interface BuriedRow {
  at: Date;
  queue: string;
  type: string | null;
  source: string | null;
  code: string;
}

const isParked = isReplayable('d');

/**
 * The one list of failures: what could not be brought to a system, and what a queue gave up. Whoever looks after the
 * systems sees ids and codes, and lets it be brought again: under the same id, in the order in which it came, and decided
 * anew at the moment of sending (DOMAIN §8, invariant 2).
 */
@Injectable()
export class Parked {
  constructor(
    private readonly database: Database,
    private readonly relay: Relay,
    private readonly clock: Clock,
  ) {}

  async list({ plugin, code, cursor }: ParkedQuery): Promise<ParkedPage> {
    const rows = await this.database.query<ParkedRow>(
      `select d.id, d.plugin, d.kind, d.referral, d.error, d.attempts, d.not_before from delivery d
       where ${isParked} and ($1::text is null or d.plugin = $1) and ($2::text is null or d.error = $2)
         and ($3::uuid is null or d.seq > (select seq from delivery where id = $3))
       order by d.seq limit $4`,
      [plugin ?? null, code ?? null, cursor ?? null, pageSize + 1],
    );
    const shown = rows.slice(0, pageSize);
    const last = rows.length > pageSize ? shown.at(-1) : undefined;
    return {
      items: shown.map((row) => {
        const said = row.error ?? 'FAILED';
        const { says, remedy } = deliveryText(said);
        return {
          ...{ id: row.id, plugin: row.plugin, kind: row.kind, referralId: row.referral, code: said, says },
          ...(remedy !== undefined && { remedy }),
          ...{ attempts: row.attempts, since: row.not_before.toISOString() },
        };
      }),
      ...(last && { next: last.id }),
      buried: cursor === undefined ? await this.buried() : [],
    };
  }

  /** @throws {NotFoundError} @throws {DeliveryNotParkedError} */
  async replay(caller: Caller, id: string): Promise<Replayed> {
    await this.again(caller, async (tx) => {
      const [delivery] = await lockInOrder(tx, [id]);
      if (!delivery) throw new NotFoundError();
      const done = await replayParked(tx, [id], this.clock.now());
      if (done.length === 0) throw new DeliveryNotParkedError();
      return done;
    });
    return { replayed: 1, left: 0 };
  }

  async replayMany(caller: Caller, { plugin, code, ids: among }: ReplayMany): Promise<Replayed> {
    const of = [plugin, code ?? null];
    const replayed = await this.again(caller, async (tx) => {
      const found = await tx.query<{ id: string }>(
        `select d.id from delivery d where ${isParked} and d.plugin = $1 and ($2::text is null or d.error = $2)
           and ($4::uuid[] is null or d.id = any($4)) order by d.seq limit $3`,
        [...of, atOnce, among ?? null],
      );
      const ids = found.map((d) => d.id);
      await lockInOrder(tx, ids);
      return replayParked(tx, ids, this.clock.now());
    });
    const [row] = await this.database.query<{ left: number }>(
      `select count(*)::int as left from delivery d where ${isParked} and d.plugin = $1 and ($2::text is null or d.error = $2)`,
      of,
    );
    return { replayed: replayed.length, left: row?.left ?? 0 };
  }

  private async again(caller: Caller, work: (tx: Tx) => Promise<readonly string[]>): Promise<readonly string[]> {
    const at = this.clock.now();
    const ids = await this.database.transaction(async (tx) => {
      const done = await work(tx);
      audit(
        tx,
        done.map((object) => ({
          ...{ at, actor: caller.actor, action: 'delivery.replayed', objectKind: 'delivery', object, details: {} },
        })),
      );
      return done;
    });
    this.relay.wake();
    return ids;
  }

  private async buried(): Promise<ParkedPage['buried']> {
    const rows = await this.database.query<BuriedRow>(
      'select at, queue, type, source, code from dead_message order by at desc, id desc limit $1',
      [pageSize],
    );
    return rows.map(({ at, queue, type, source, code }) => ({
      ...{ at: at.toISOString(), queue, code },
      ...(type !== null && { type }),
      ...(source !== null && { from: source }),
    }));
  }
}
