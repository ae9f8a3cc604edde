// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import { groundAlarm } from '@tsunagi/domain';
import { groundsWhere, toGround } from './grounds.rows';
import { endIsNear, hastenRatify } from './grounds.todos';
import { audit } from '../audit';
import type { HubConfig } from '../hub.config';
import { Directory } from '../organizations';
import { Clock, Database, HUB_CONFIG, Log, Sweep } from '../platform';
import { remind } from '../referrals';

/** Looked at in one transaction. */
const batch = 50;

/**
 * What was recorded without a consent ends by itself, and its sender and its approvers hear of that before. The moment
 * stands in the ground's own row (ADR 10); that nothing leaves after the end needs no clock, every decision asks for it.
 */
@Injectable()
export class GroundsClock extends Sweep {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly clock: Clock,
    log: Log,
    @Inject(HUB_CONFIG) config: HubConfig,
  ) {
    super('grounds', { clock, log, config });
  }

  protected turn(): Promise<boolean> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const due = await tx.query<{ id: string }>(
        `select id from ground where clock_at <= $1 order by clock_at, id limit ${batch} for update skip locked`,
        [now],
      );
      const grounds = (await groundsWhere(tx, 'id = any($1::uuid[])', [due.map((d) => d.id)])).map(toGround);
      for (const ground of grounds) {
        const row = this.directory.judgedAuthorities().find((a) => a.row.id === ground.row)?.row;
        const next = row && groundAlarm(ground, row, now);
        // It has been announced; only an end after that one is news.
        const later = next && next.getTime() > now.getTime() + 1 ? next : undefined;
        tx.change('ground', 'update ground set clock_at = $2 where id = $1', [ground.id, later ?? null]);
      }
      const undecided = grounds.filter((g) => !g.decided);
      hastenRatify(
        tx,
        undecided.map((g) => g.referral),
      );
      remind(
        tx,
        grounds.map((g) => endIsNear(g, now)),
      );
      audit(
        tx,
        grounds.map(({ referral, function: desk }) => ({
          at: now,
          actor: 'core',
          function: desk,
          action: 'referral.reminded',
          objectKind: 'referral',
          object: referral,
          details: { todos: ['ground_ends'] },
        })),
      );
      return due.length > 0;
    });
  }
}
