// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { PluginResult, SettleCounts } from '@tsunagi/contracts';
import { countAgainMs, countsOfDay, daysToCount, standingAfter } from '@tsunagi/domain';
import {
  askDay,
  besideCount,
  dayOf,
  insertDays,
  lastDays,
  noteCounted,
  noteUncounted,
  readDueDays,
  settleDay,
} from './day-counts.rows';
import { rulesOf } from './intake-rules';
import { pausedByItself } from './intake-view';
import { readIntakes } from './intake.rows';
import { NoDifferenceError } from './plugin.errors';
import { PluginRegistry } from './plugin-registry.service';
import type { Caller } from '../access';
import { audit } from '../audit';
import type { HubConfig } from '../hub.config';
import { Clock, Database, HUB_CONFIG, Log, Sweep } from '../platform';

/**
 * Once a day each legacy system is asked how much it holds of the day before, and its numbers are held against the hub's
 * own. The days to be asked for stand in rows, so that no night is lost for want of a host, and each is asked for by one
 * instance. What differs is counted again until it agrees.
 */
@Injectable()
export class DailyCounts extends Sweep {
  constructor(
    private readonly database: Database,
    private readonly registry: PluginRegistry,
    private readonly clock: Clock,
    log: Log,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
  ) {
    super('daily counts', { clock, log, config });
  }

  /** One look at all: what cannot be asked now, the next sweep asks. */
  protected async turn(): Promise<boolean> {
    const now = this.clock.now();
    const last = await lastDays(this.database);
    for (const row of await readIntakes(this.database)) {
      const { plugin, enabled, enabled_at, config, pause } = row;
      const rules = rulesOf(config, this.config);
      if (!enabled || !rules || rules.countAt === null) continue;
      const { countAt } = rules;
      const days = daysToCount({ countAt, enabledAt: enabled_at ?? undefined, lastDay: last.get(plugin) }, now);
      if (days.length > 0) await insertDays(this.database, plugin, days, now);
      // What waits for a person's word is known to differ, and has its own to-do.
      if (!pause && !pausedByItself(row)) await this.ask(plugin, now);
    }
    return false;
  }

  private async ask(plugin: string, now: Date): Promise<void> {
    const due = await readDueDays(this.database, plugin, now);
    const holder = due.length > 0 ? await this.registry.holderOf(plugin) : undefined;
    if (!holder) return;
    for (const { day } of due) {
      const nextAt = new Date(now.getTime() + countAgainMs);
      const command = await this.database.transaction((tx) => askDay(tx, { plugin, day }, { now, nextAt }));
      if (command !== undefined) await this.registry.send(holder.host_id, plugin, { name: 'count', day }, command);
    }
  }

  /** The answer to a question of a day; any other result is none of this. Only the host that holds the plugin is believed, however late its heartbeats are: it has just been heard. */
  async take({ plugin, hostId, commandId, ok, code, counts = [] }: PluginResult): Promise<void> {
    const asked = await dayOf(this.database, plugin, commandId);
    if (!asked || (await this.registry.heldBy(plugin)) !== hostId) return;
    if (!ok) return noteUncounted(this.database, plugin, commandId, code ?? 'FAILED');
    const pairs = [];
    for (const count of counts) pairs.push(await besideCount(this.database, plugin, asked.day, count));
    const compared = countsOfDay(pairs);
    const differs = compared.some(({ verdict }) => verdict === 'differs');
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const row = await dayOf(tx, plugin, commandId, 'for update');
      if (!row) return;
      const before = { differsSince: row.differs_since ?? undefined, told: row.told, nextAt: row.next_at ?? undefined };
      const after = standingAfter(before, differs, now);
      await noteCounted(tx, row, compared, after, now);
      if (before.told === after.told) return;
      audit(tx, {
        actor: `plugin:${plugin}`,
        action: after.told ? 'plugin.counts_differ' : 'plugin.counts_agree',
        objectKind: 'plugin',
        object: plugin,
        details: { day: row.day, counts: compared },
        at: now,
      });
    });
  }

  /**
   * A person knows why it differs, and that nothing is to be mended.
   * @throws {NoDifferenceError}
   */
  async settle(plugin: string, { day, reason }: SettleCounts, caller: Caller): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!(await settleDay(tx, plugin, day))) throw new NoDifferenceError();
      audit(tx, {
        actor: caller.actor,
        function: caller.acting,
        action: 'plugin.counts_settled',
        objectKind: 'plugin',
        object: plugin,
        details: { day, reason },
        at: this.clock.now(),
      });
    });
  }
}
